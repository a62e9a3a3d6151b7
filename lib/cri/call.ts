/**
 * The one wrapper round every call: decode, one signal, handler, error to status, one log line.
 * Bytes go in and come out, so that a malformed request is an InvalidArgument of ours and not an
 * internal error of the library.
 */
import { once } from 'node:events';
import type { handleServerStreamingCall, handleUnaryCall, ServerWritableStream } from '@grpc/grpc-js';
import { CancelledError, DavitError, DeadlineExceededError, errorText, InvalidArgumentError, ResourceExhaustedError, UnavailableError } from '#errors';
import type { Logger } from '#log';
import { callSignal } from './call-signal.ts';
import type { EndableCall } from './call-signal.ts';
import type { CallsUnderWay } from './calls-under-way.ts';
import { EncodedMessage } from './encoded-items.ts';
import { CALLS } from './generated/services.ts';
import type { CallName, Calls, StreamName, UnaryName } from './generated/services.ts';
import type { Codec, Input } from './generated/cri.js';
import type { CallContext, Dependencies, StreamHandler, UnaryHandler } from './handler.ts';
import { HANDLERS } from './handlers.ts';
import { MAX_MESSAGE_BYTES } from './limits.ts';
import { toStatus } from './status.ts';
import type { RpcStatus } from './status.ts';
import { subjectOf } from './subject.ts';

/** What the calls of one server share. */
export interface CallEnvironment {
  readonly deps: Dependencies;
  readonly log: Logger;
  /** Aborted: new calls are refused, streams end. */
  readonly stopping: AbortSignal;
  /** Aborted: calls under way end. */
  readonly ending: AbortSignal;
  nextRequestId(): number;
  readonly underWay: CallsUnderWay;
}

export function unaryCall<N extends UnaryName>(env: CallEnvironment, name: N): handleUnaryCall<Buffer, Buffer> {
  const { response } = CALLS[name];
  const handler = HANDLERS[name] as UnaryHandler<N>;
  return (call, callback) => {
    let answer: Buffer | undefined;
    void observed(env, name, call, call.request, env.ending, async (request, call) => {
      answer = encode(name, response, await handler(env.deps, request, call));
    }).then((status) => {
      if (status === undefined) callback(null, answer);
      else callback({ code: status.code, details: status.details });
    });
  };
}

export function streamCall<N extends StreamName>(env: CallEnvironment, name: N): handleServerStreamingCall<Buffer, Buffer> {
  const { response } = CALLS[name];
  const handler = HANDLERS[name] as StreamHandler<N>;
  return (call) => {
    void observed(env, name, call, call.request, env.stopping, async (request, { signal, timeLeftMs }) => {
      for await (const message of handler(env.deps, request, { signal, timeLeftMs })) await send(call, encode(name, response, message), signal);
      signal.throwIfAborted();
    }).then((status) => {
      if (status === undefined) call.end();
      else call.emit('error', { code: status.code, details: status.details });
    });
  };
}

/** @returns the status to answer with; undefined for OK */
async function observed<N extends CallName>(
  env: CallEnvironment, name: N, call: EndableCall, bytes: Buffer, ending: AbortSignal, work: (request: Calls[N]['request'], call: CallContext) => Promise<void>,
): Promise<RpcStatus | undefined> {
  const begun = performance.now();
  const requestId = env.nextRequestId();
  using scope = callSignal(call, ending);
  const underWay = env.underWay.begin();
  let subject: string | undefined;
  let failure: { readonly error: unknown; readonly status: RpcStatus } | undefined;
  try {
    if (env.stopping.aborted) throw new UnavailableError(`${name}: davit is stopping`);
    const request = decode(name, bytes);
    subject = subjectOf(request);
    await endedBySignal(name, work(request, scope), scope.signal, scope.graceMs);
  } catch (error) {
    const told = asEndOfCall(name, error, scope.signal, ending);
    failure = { error, status: toStatus(told) };
  } finally {
    underWay[Symbol.dispose]();
  }
  logCall(env.log, name, { request: requestId, subject, ms: Math.round((performance.now() - begun) * 100) / 100 }, failure);
  return failure?.status;
}

function decode<N extends CallName>(name: N, bytes: Buffer): Calls[N]['request'] {
  try {
    return CALLS[name].request.decode(bytes);
  } catch (error) {
    throw new InvalidArgumentError(`${name}: the request is no message of this call: ${errorText(error)}`, { cause: error });
  }
}

function encode<T>(name: CallName, codec: Codec<T>, message: Input<T> | EncodedMessage): Buffer {
  const bytes = message instanceof EncodedMessage ? message.bytes : codec.encode(message).finish() as Buffer;
  if (bytes.length > MAX_MESSAGE_BYTES) {
    throw new ResourceExhaustedError(`${name}: the answer has ${bytes.length} bytes and a client takes at most ${MAX_MESSAGE_BYTES}; ask with a filter or by the streaming form`);
  }
  return bytes;
}

/** Writes no faster than the client reads. */
async function send(call: ServerWritableStream<Buffer, Buffer>, bytes: Buffer, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (!call.write(bytes)) await once(call, 'drain', { signal });
}

/** A handler that does not heed its signal does not keep its client waiting: after the grace it goes on alone. */
async function endedBySignal(name: CallName, work: Promise<void>, signal: AbortSignal, graceMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let onAbort: (() => void) | undefined;
  const abandoned = new Promise<never>((_resolve, reject) => {
    onAbort = (): void => { timer = setTimeout(() => reject(new CancelledError(`${name}: still under way when its caller's time was over`)), graceMs); };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    await Promise.race([work, abandoned]);
  } finally {
    clearTimeout(timer);
    if (onAbort) signal.removeEventListener('abort', onAbort);
  }
}

/** An end that the signal brought about is told by its reason, whatever the handler made of it; its words stay. */
function asEndOfCall(name: CallName, error: unknown, signal: AbortSignal, ending: AbortSignal): unknown {
  const isCancel = error instanceof CancelledError || (error instanceof Error && error.name === 'AbortError');
  if (!signal.aborted || !isCancel) return error;
  const text = error instanceof CancelledError ? errorText(error) : `${name}: ${errorText(signal.reason)}`;
  if (signal.reason instanceof Error && signal.reason.name === 'TimeoutError') return new DeadlineExceededError(text, { cause: error });
  return ending.aborted ? new UnavailableError(`${text} (davit is stopping)`, { cause: error }) : error;
}

/** Calls that read, many times a minute: a line each would bury the ones that change something. */
const READS = /^(?:List|Stream|Version$|Status$|RuntimeConfig$|ImageFsInfo$)|Status$|Stats$/;

function logCall(
  log: Logger, name: CallName, fields: { request: number; subject: string | undefined; ms: number }, failure: { readonly error: unknown; readonly status: RpcStatus } | undefined,
): void {
  const all = { ...fields, outcome: failure?.status.name ?? 'OK', error: failure?.status.details };
  // The stack of an error of no class of ours: a bug, or a system error that nobody put into words.
  if (failure?.error instanceof Error && failure.status.name === 'Unknown' && !(failure.error instanceof DavitError)) log.error(name, { ...all, stack: failure.error.stack });
  else if (READS.test(name)) log.debug(name, all);
  else log.info(name, all);
}
