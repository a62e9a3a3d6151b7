import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { raceSignal, Semaphore } from '#async';
import { UnavailableError } from '#errors';
import { takeDescriptor } from '#linux';
import type { ProcessRunner } from '#linux';
import type { ByteSink, ByteSource } from './byte-streams.ts';
import { DescriptorStream } from './descriptor-stream.ts';
import { Fields } from './fields.ts';
import { runMonitorBinary } from './run-binary.ts';

/** Both directions of a connection. Open it before writing; close() ends both, and is needed unless both have ended. */
export type Connection = ByteSource & ByteSink;

/** Connections into pods' networks. */
export interface Dialer extends AsyncDisposable {
  /**
   * Connects to `port` of the local host in a network namespace, IPv4 first, then IPv6.
   * @param networkNamespace path; '' for the host's.
   * @throws InternalError with the reason of both when nobody listens there.
   */
  dial(networkNamespace: string, port: number, options: { signal: AbortSignal }): Promise<Connection>;
}

export interface DialerOptions {
  readonly binary: string;
  readonly launcher: ProcessRunner;
  /** Absolute, at most 107 bytes, in a directory of root alone. */
  readonly socketPath: string;
}

/** What `davit-monitor dial` may take; it gives up earlier by itself. */
const DIAL_TIMEOUT_MS = 25_000;
/** Connections being made at once; each is a process for a moment. */
const DIALS_MAX = 64;
/** What a helper says is shorter. */
const CALL_BYTES_MAX = 1024;
/** For a helper that has connected to us to say what it has. */
const CALL_TIMEOUT_MS = 10_000;

/**
 * Starts to dial: helpers in a pod's network namespace hand their connections over by calling back on `socketPath`.
 * Disposing it leaves connections that were made to their owners.
 */
export async function createDialer({ binary, launcher, socketPath }: DialerOptions): Promise<Dialer> {
  const waiting = new Map<string, ExpectedCall>();
  const server = createServer((socket) => takeCall(socket, waiting));
  await listen(server, socketPath);
  const places = new Semaphore(DIALS_MAX);
  return {
    async dial(networkNamespace, port, { signal }) {
      const action = `connect to port ${port}`;
      const place = await places.acquire(signal, action);
      const call = expectCall(waiting);
      const helper = runMonitorBinary(binary, launcher, ['dial', networkNamespace, String(port), socketPath, call.token], DIAL_TIMEOUT_MS, action, { signal });
      helper.then(() => call.giveUp(new UnavailableError(`${action}: the helper ended without a connection`)), call.giveUp);
      raceSignal(call.descriptor, signal, action).catch(call.giveUp);
      try {
        return new DescriptorStream(await call.descriptor, 'both');
      } finally {
        place[Symbol.dispose]();
      }
    },
    [Symbol.asyncDispose]: async () => {
      await new Promise<void>((resolve) => { server.close(() => resolve()); });
    },
  };
}

async function listen(server: Server, path: string): Promise<void> {
  // What an earlier daemon has left: the directory is locked, so that there is no other daemon now.
  await rm(path, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(new UnavailableError(`listen on "${path}"`, { cause: error })));
    server.listen({ path }, resolve);
  });
}

/** A helper that will call. Whichever comes first decides: the descriptor is taken and its caller has it, or it is given up and nothing is taken. */
interface ExpectedCall {
  readonly token: string;
  readonly descriptor: Promise<number>;
  /** @param fd of process `pid`. */
  take(pid: number, fd: number): void;
  readonly giveUp: (error: unknown) => void;
}

function expectCall(waiting: Map<string, ExpectedCall>): ExpectedCall {
  const token = randomBytes(16).toString('hex');
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const call: ExpectedCall = {
    token, descriptor: promise,
    take: (pid, fd) => { waiting.delete(token); resolve(takeDescriptor(pid, fd)); },
    giveUp: (error) => { waiting.delete(token); reject(error); },
  };
  waiting.set(token, call);
  return call;
}

/** Takes the connection that a helper of ours has; whoever says anything else is hung up on. */
function takeCall(socket: Socket, waiting: ReadonlyMap<string, ExpectedCall>): void {
  let text = '';
  socket.setTimeout(CALL_TIMEOUT_MS, () => socket.destroy());
  socket.on('error', () => socket.destroy());
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    text += chunk;
    if (!/\nfd=\d+\n$/.test(text) && text.length <= CALL_BYTES_MAX) return;
    const fields = new Fields(text);
    const call = waiting.get(fields.all('token')[0] ?? '');
    try {
      // While the helper waits for us to hang up, its process and its descriptor are there.
      call?.take(fields.number('pid'), fields.number('fd'));
    } catch (error) {
      call?.giveUp(new UnavailableError('take a connection from its helper', { cause: error }));
    }
    socket.destroy();
  });
}
