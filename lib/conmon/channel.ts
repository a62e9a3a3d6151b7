import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { raceSignal } from '#async';
import { errnoOf, ResourceExhaustedError, UnavailableError } from '#errors';
import { encodeFrame, encodeHeader, FrameDecoder } from './frames.ts';
import type { Frame } from './frames.ts';
import { FRAME_PAYLOAD_MAX_BYTES } from './protocol.ts';

export interface ChannelHandler {
  /** Every frame in order. What it throws ends the channel with that error. */
  onFrame(frame: Frame): void;
  /** Once: the channel has ended, by the peer, by an error, or by close(). */
  onEnd(error: Error | undefined): void;
}

/** Payloads from this size on are sent without a copy of them. */
const NO_COPY_BYTES = 4096;

/** Frames over one connection to a monitor. */
export class Channel {
  readonly #socket: Socket;

  constructor(socket: Socket, handler: ChannelHandler) {
    this.#socket = socket;
    const decoder = new FrameDecoder(FRAME_PAYLOAD_MAX_BYTES);
    let failure: Error | undefined;
    socket.on('data', (chunk: Buffer) => {
      try {
        for (const frame of decoder.push(chunk)) handler.onFrame(frame);
      } catch (error) {
        failure = error instanceof Error ? error : new UnavailableError(String(error));
        socket.destroy();
      }
    });
    socket.on('error', (error) => { failure ??= error; });
    socket.on('close', () => handler.onEnd(failure));
  }

  /** Sends a frame. Its payload must not be changed until `done` is called: it has been sent, or never will be. */
  send(type: number, id: number, payload?: Uint8Array, done?: () => void): void {
    const socket = this.#socket;
    if (!socket.writable) { done?.(); return; }
    if (payload === undefined || payload.length < NO_COPY_BYTES) {
      socket.write(encodeFrame(type, id, payload), done);
      return;
    }
    socket.cork();
    socket.write(encodeHeader(type, id, payload.length));
    socket.write(payload, done);
    socket.uncork();
  }

  /** Sends the frames of `work` as one. */
  together(work: () => void): void {
    this.#socket.cork();
    work();
    this.#socket.uncork();
  }

  /** Stops and continues reading: the back-pressure of whoever consumes the frames. */
  pause(): void { this.#socket.pause(); }
  resume(): void { this.#socket.resume(); }

  /** Ends the connection at once; idempotent. */
  close(): void {
    this.#socket.destroy();
  }
}

/**
 * Connects to a unix socket.
 * @returns undefined when nobody listens there.
 */
export async function connectSocket(path: string, options: { signal: AbortSignal }): Promise<Socket | undefined> {
  const socket = connect({ path });
  const connected = new Promise<Socket>((resolve, reject) => {
    socket.once('connect', () => resolve(socket));
    socket.once('error', reject);
  });
  try {
    const result = await raceSignal(connected, options.signal, `connect to "${path}"`);
    socket.removeAllListeners('error');
    return result;
  } catch (error) {
    socket.destroy();
    if (['ENOENT', 'ECONNREFUSED', 'ENOTDIR'].includes(errnoOf(error) ?? '')) return undefined;
    if (errnoOf(error) === 'EAGAIN') throw new ResourceExhaustedError(`connect to "${path}": too many connections wait there`, { cause: error });
    throw error;
  }
}
