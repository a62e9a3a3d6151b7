import { openRawSession } from './raw-session.ts';
import type { RawAnswer } from './raw-session.ts';

/** A unary call whose message is any bytes at all, which no client library would send, on a connection of its own. @param method e.g. `RuntimeService/Version` */
export async function rawCall(socket: string, method: string, message: Uint8Array): Promise<RawAnswer> {
  using session = openRawSession(socket);
  return await session.call(method, message);
}
