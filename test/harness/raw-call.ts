import { connect } from 'node:http2';
import type { IncomingHttpHeaders } from 'node:http2';
import { connect as connectSocket } from 'node:net';

/** What a call came to on the wire. */
export interface RawAnswer { readonly httpStatus: number; readonly grpcStatus: string; readonly message: string }

const TIMEOUT_MS = 30_000;

/** A unary call whose message is any bytes at all, which no client library would send. @param method e.g. `RuntimeService/Version` */
export async function rawCall(socket: string, method: string, message: Uint8Array): Promise<RawAnswer> {
  const session = connect('http://localhost', { createConnection: () => connectSocket(socket) });
  try {
    return await new Promise((resolve, reject) => {
      session.on('error', reject);
      const stream = session.request({ ':method': 'POST', ':path': `/runtime.v1.${method}`, 'content-type': 'application/grpc', te: 'trailers' });
      const headers = new Map<string, string>();
      const take = (more: IncomingHttpHeaders): void => { for (const [name, value] of Object.entries(more)) headers.set(name, String(value)); };
      stream.on('response', take).on('trailers', take).on('error', reject).resume();
      stream.on('end', () => { resolve({ httpStatus: Number(headers.get(':status')), grpcStatus: headers.get('grpc-status') ?? '', message: decodeURIComponent(headers.get('grpc-message') ?? '') }); });
      stream.setTimeout(TIMEOUT_MS, () => { reject(new Error(`${method}: no answer in ${TIMEOUT_MS} ms`)); stream.close(); });
      stream.end(frame(message));
    });
  } finally {
    session.destroy();
  }
}

/** gRPC's length-prefixed message, not compressed. */
function frame(message: Uint8Array): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}
