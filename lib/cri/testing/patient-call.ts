/**
 * A call by plain HTTP/2, from a client that names a deadline and then waits for the answer however
 * long it takes: gRPC's own clients give up at their deadline, and on a busy host before any answer.
 */
import { connect } from 'node:http2';
import { connect as connectSocket } from 'node:net';
import { once } from 'node:events';

export interface Answer { readonly status: number; readonly message: string }

/** @param message one encoded request */
export async function patientCall(socketPath: string, path: string, message: Uint8Array, timeoutMs: number): Promise<Answer> {
  const session = connect('http://localhost', { createConnection: () => connectSocket(socketPath) });
  try {
    const stream = session.request({ ':method': 'POST', ':path': path, 'content-type': 'application/grpc', te: 'trailers', 'grpc-timeout': `${timeoutMs}m` });
    const head = Buffer.alloc(5);
    head.writeUInt32BE(message.length, 1);
    stream.end(Buffer.concat([head, message]));
    stream.resume();
    // An answer without a message has its status in the headers, one with a message in the trailers.
    const [headers] = await Promise.race([once(stream, 'trailers'), once(stream, 'response').then(async (first: unknown[]) =>
      ((first[0] as Record<string, unknown>)['grpc-status'] === undefined ? once(stream, 'trailers') : first))]) as [Record<string, string>];
    return { status: Number(headers['grpc-status']), message: decodeURI(headers['grpc-message'] ?? '') };
  } finally {
    session.destroy();
  }
}
