/**
 * A client of a CRI socket, davit's or another runtime's: the operator's commands, the demo,
 * the benches and the tests call the daemon by it.
 */
import { Client, credentials, status } from '@grpc/grpc-js';
import type { ClientReadableStream, ServiceError } from '@grpc/grpc-js';
import { throwIfAborted } from '#async';
import { CALLS } from './generated/services.ts';
import type { Calls, StreamName, UnaryName } from './generated/services.ts';
import type { Input } from './generated/cri.js';
import { CHANNEL_OPTIONS } from './limits.ts';
import { fromStatus } from './status.ts';

/** Deadline of a call that names none: kubelet's `--runtime-request-timeout`. */
export const DEFAULT_CALL_TIMEOUT_MS = 120_000;

export interface ClientCallOptions {
  /** Default DEFAULT_CALL_TIMEOUT_MS for one answer, none for a stream. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

export interface CriClient extends Disposable {
  /** One call, one answer. @throws the class of #errors that stands for the status of the answer. */
  call<N extends UnaryName>(name: N, request: Input<Calls[N]['request']>, options?: ClientCallOptions): Promise<Calls[N]['response']>;
  /** The messages of a stream; leaving the loop ends the call. @throws as `call` does. */
  stream<N extends StreamName>(name: N, request: Input<Calls[N]['request']>, options?: ClientCallOptions): AsyncIterable<Calls[N]['response']>;
  /** Closes the connection; calls under way fail. Twice is harmless. */
  close(): void;
}

/** Connects at the first call, and again when the daemon has gone and come back. @param socketPath absolute */
export function createClient(socketPath: string): CriClient {
  const client = new Client(`unix:${socketPath}`, credentials.createInsecure(), {
    ...CHANNEL_OPTIONS,
    'grpc.default_authority': 'localhost',
    'grpc.initial_reconnect_backoff_ms': 50,
    'grpc.max_reconnect_backoff_ms': 500,
    // A connection of its own: nothing is shared with another client of the same process.
    'grpc.use_local_subchannel_pool': 1,
  });
  return {
    call: (name, request, options) => callUnary(client, name, request, options),
    stream: (name, request, options) => callStream(client, name, request, options),
    close: () => client.close(),
    [Symbol.dispose]: () => client.close(),
  };
}

async function callUnary<N extends UnaryName>(client: Client, name: N, request: Input<Calls[N]['request']>, options: ClientCallOptions = {}): Promise<Calls[N]['response']> {
  const { path, request: requestCodec, response } = CALLS[name];
  if (options.signal) throwIfAborted(options.signal, name);
  return new Promise((resolve, reject) => {
    const cancel = (): void => call.cancel();
    const call = client.makeUnaryRequest(path, (m: Input<Calls[N]['request']>) => encode(requestCodec.encode(m)), (bytes: Buffer) => response.decode(bytes), request,
      { deadline: Date.now() + (options.timeoutMs ?? DEFAULT_CALL_TIMEOUT_MS) }, (error, answer) => {
        options.signal?.removeEventListener('abort', cancel);
        if (error) reject(toError(error));
        else if (answer === undefined) reject(fromStatus(status.UNKNOWN, `${name}: no answer`, undefined));
        else resolve(answer);
      });
    options.signal?.addEventListener('abort', cancel, { once: true });
  });
}

async function* callStream<N extends StreamName>(client: Client, name: N, request: Input<Calls[N]['request']>, options: ClientCallOptions = {}): AsyncIterable<Calls[N]['response']> {
  const { path, request: requestCodec, response } = CALLS[name];
  if (options.signal) throwIfAborted(options.signal, name);
  const call: ClientReadableStream<Calls[N]['response']> = client.makeServerStreamRequest(
    path, (m: Input<Calls[N]['request']>) => encode(requestCodec.encode(m)), (bytes: Buffer) => response.decode(bytes), request,
    options.timeoutMs === undefined ? {} : { deadline: Date.now() + options.timeoutMs });
  const cancel = (): void => call.cancel();
  options.signal?.addEventListener('abort', cancel, { once: true });
  try {
    for await (const message of call) yield message as Calls[N]['response'];
  } catch (error) {
    throw toError(error as ServiceError);
  } finally {
    options.signal?.removeEventListener('abort', cancel);
    // The status of a call that we leave is of no interest, but must not be an unheard error event.
    call.on('error', () => undefined);
    call.cancel();
  }
}

function encode(writer: { finish(): Uint8Array }): Buffer {
  const bytes = writer.finish();
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function toError(error: ServiceError): Error {
  return fromStatus(error.code, error.details, error);
}
