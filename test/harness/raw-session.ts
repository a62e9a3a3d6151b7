import { connect } from 'node:http2';
import type { ClientHttp2Session, ClientHttp2Stream, IncomingHttpHeaders } from 'node:http2';
import { connect as connectSocket } from 'node:net';

/** What a call came to on the wire. */
export interface RawAnswer {
  readonly httpStatus: number;
  readonly grpcStatus: string;
  readonly message: string;
  /** Of the body, frames' heads included. */
  readonly bytes: number;
}

/** A connection on which calls are made without a client library: what they cost is the server's part. Disposing ends it. */
export interface RawSession extends Disposable {
  /** A unary call whose message is any bytes at all. @param method e.g. `RuntimeService/Version` */
  call(method: string, message: Uint8Array): Promise<RawAnswer>;
  /** An empty request whose answer is never read. Resolves when the connection or the call has ended. */
  ignore(method: string): Promise<void>;
}

const TIMEOUT_MS = 60_000;

/** @param windowBytes what the server may send of an answer before some of it is read; default HTTP/2's 65535 */
export function openRawSession(socket: string, windowBytes?: number): RawSession {
  const session = connect('http://localhost', { createConnection: () => connectSocket(socket), ...windowBytes !== undefined && { settings: { initialWindowSize: windowBytes } } });
  // Told to the call that it breaks.
  session.on('error', () => undefined);
  return { call: (method, message) => call(session, method, message), ignore: (method) => ignore(session, method), [Symbol.dispose]: () => session.destroy() };
}

function ignore(session: ClientHttp2Session, method: string): Promise<void> {
  const stream = request(session, method, new Uint8Array());
  return new Promise((resolve) => { stream.on('error', () => undefined).on('close', () => resolve()); });
}

function request(session: ClientHttp2Session, method: string, message: Uint8Array): ClientHttp2Stream {
  const stream = session.request({ ':method': 'POST', ':path': `/runtime.v1.${method}`, 'content-type': 'application/grpc', te: 'trailers' });
  stream.end(frame(message));
  return stream;
}

function call(session: ClientHttp2Session, method: string, message: Uint8Array): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const stream = request(session, method, message);
    const headers = new Map<string, string>();
    let bytes = 0;
    const take = (more: IncomingHttpHeaders): void => { for (const [name, value] of Object.entries(more)) headers.set(name, String(value)); };
    stream.on('response', take).on('trailers', take).on('error', reject).on('data', (chunk: Buffer) => { bytes += chunk.length; });
    stream.on('end', () => { resolve({ httpStatus: Number(headers.get(':status')), grpcStatus: headers.get('grpc-status') ?? '', message: decodeURIComponent(headers.get('grpc-message') ?? ''), bytes }); });
    stream.setTimeout(TIMEOUT_MS, () => { reject(new Error(`${method}: no answer in ${TIMEOUT_MS} ms`)); stream.close(); });
  });
}

/** gRPC's length-prefixed message, not compressed. */
function frame(message: Uint8Array): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}
