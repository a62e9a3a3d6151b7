/** The CRI server of the daemon. */
import { chmod } from 'node:fs/promises';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import type { MethodDefinition, UntypedServiceImplementation } from '@grpc/grpc-js';
import { UnavailableError } from '#errors';
import type { Logger } from '#log';
import { streamCall, unaryCall } from './call.ts';
import type { CallEnvironment } from './call.ts';
import { CallsUnderWay } from './calls-under-way.ts';
import { EncodedItems } from './encoded-items.ts';
import { CALLS } from './generated/services.ts';
import type { CallName, StreamName, UnaryName } from './generated/services.ts';
import type { Dependencies } from './handler.ts';
import { CHANNEL_OPTIONS } from './limits.ts';
import { prepareSocket, SOCKET_MODE } from './socket.ts';

/** Time that calls under way get when the daemon stops. */
export const DEFAULT_DRAIN_TIMEOUT_MS = 10_000;
/** Time that they get to answer once their signal has aborted, and that answers have to travel. */
const END_GRACE_MS = 1000;

export interface CriServerOptions extends Omit<Dependencies, 'encoded'> {
  /** Absolute path of the unix socket. */
  readonly socketPath: string;
  readonly log: Logger;
  /** A call has been answered, or its stream has ended. */
  readonly onAnswered?: () => void;
}

export interface CriServer {
  /** Resolves when clients can connect. @throws FailedPreconditionError when another daemon listens there */
  listen(): Promise<void>;
  /**
   * Refuses new calls, ends the streams, waits for the calls under way up to `drainTimeoutMs`, then
   * aborts their signal, and closes. Twice is harmless. The socket's file is gone when this returns.
   */
  stop(options?: { drainTimeoutMs?: number }): Promise<void>;
}

/** A server that does not listen yet. `pods`, `images`, `info` and `streams` stay the caller's: stop() closes none of them. */
export function createServer({ socketPath, log, pods, images, info, streams, onAnswered = () => undefined }: CriServerOptions): CriServer {
  const [stopping, ending] = [new AbortController(), new AbortController()];
  let requests = 0;
  const env: CallEnvironment = { deps: { pods, images, info, streams, encoded: new EncodedItems() }, log, stopping: stopping.signal, ending: ending.signal, nextRequestId: () => ++requests, underWay: new CallsUnderWay(onAnswered) };
  const server = new Server(CHANNEL_OPTIONS);
  addCalls(server, env);
  let stopped: Promise<void> | undefined;
  return {
    listen: async () => {
      await prepareSocket(socketPath);
      await bind(server, socketPath);
      await chmod(socketPath, SOCKET_MODE);
      log.info('listening', { socket: socketPath });
    },
    stop: ({ drainTimeoutMs = DEFAULT_DRAIN_TIMEOUT_MS } = {}) => (stopped ??= stop(server, env.underWay, stopping, ending, drainTimeoutMs)),
  };
}

async function stop(server: Server, underWay: CallsUnderWay, stopping: AbortController, ending: AbortController, drainTimeoutMs: number): Promise<void> {
  stopping.abort();
  const drained = new Promise<void>((resolve) => { server.tryShutdown(() => resolve()); });
  if (!await settlesWithin(underWay.none(), drainTimeoutMs)) ending.abort();
  // Answers are on their way; a client that does not read its own is not waited for any longer.
  await settlesWithin(drained, END_GRACE_MS);
  server.forceShutdown();
}

async function settlesWithin(promise: Promise<void>, timeoutMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => { timer = setTimeout(() => resolve(false), timeoutMs); });
  return Promise.race([promise.then(() => true), late]).finally(() => clearTimeout(timer));
}

function bind(server: Server, socketPath: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.bindAsync(`unix:${socketPath}`, ServerCredentials.createInsecure(), (error) => {
      if (error) reject(new UnavailableError(`listen on ${JSON.stringify(socketPath)}: ${error.message}`, { cause: error }));
      else resolve();
    });
  });
}

function addCalls(server: Server, env: CallEnvironment): void {
  const definition: Record<string, MethodDefinition<Buffer, Buffer>> = {};
  const implementation: UntypedServiceImplementation = {};
  for (const name of Object.keys(CALLS) as CallName[]) {
    const { path, stream } = CALLS[name];
    definition[name] = {
      path, requestStream: false, responseStream: stream,
      requestSerialize: asIs, requestDeserialize: asIs, responseSerialize: asIs, responseDeserialize: asIs,
    };
    implementation[name] = stream ? streamCall(env, name as StreamName) : unaryCall(env, name as UnaryName);
  }
  server.addService(definition, implementation);
}

/** Messages are encoded and decoded in call.ts. */
function asIs(bytes: Buffer): Buffer {
  return bytes;
}
