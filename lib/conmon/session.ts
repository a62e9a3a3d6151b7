import { CancelledError, DataLossError, DavitError, FailedPreconditionError } from '#errors';
import type { StreamSession } from './api.ts';
import type { TerminalSize } from './byte-streams.ts';
import { Channel } from './channel.ts';
import { frameError, MonitorLostError } from './errors.ts';
import type { Frame } from './frames.ts';
import { Output } from './output.ts';
import { FRAME_PAYLOAD_MAX_BYTES, FRAME_PAYLOAD_SMALL_BYTES, FrameType, PROTOCOL_LARGE_FRAMES } from './protocol.ts';
import type { Socket } from 'node:net';

/** What an exec's and an attach's connection have in common: two output streams, stdin, one first answer and one last. */
export class Session implements StreamSession {
  readonly stdout: Output;
  readonly stderr: Output;
  /** The monitor has greeted: it has room for us. */
  readonly greeted: Promise<void>;
  /** Payload of the frame that says it has begun. */
  readonly begun: Promise<Buffer>;
  /** Payload of the frame that says how it ended. */
  readonly ended: Promise<Buffer>;
  readonly #channel: Channel;
  readonly #payloadMax: number;
  #paused = 0;
  readonly #beginType: number;
  readonly #endType: number;
  readonly #action: string;
  readonly #greeting: PromiseWithResolvers<void> = Promise.withResolvers();
  readonly #begin: PromiseWithResolvers<Buffer> = Promise.withResolvers();
  readonly #end: PromiseWithResolvers<Buffer> = Promise.withResolvers();
  /** Of the three above, those that the monitor has told us: after all of them nobody waits for an error any more, and an error costs 50 us. */
  readonly #told = new Set<PromiseWithResolvers<void> | PromiseWithResolvers<Buffer>>();

  /** @param options.protocol what the monitor speaks */
  constructor(socket: Socket, action: string, types: { begin: number; end: number }, options: { protocol: number }) {
    this.#action = action;
    this.#payloadMax = options.protocol >= PROTOCOL_LARGE_FRAMES ? FRAME_PAYLOAD_MAX_BYTES : FRAME_PAYLOAD_SMALL_BYTES;
    this.#beginType = types.begin;
    this.#endType = types.end;
    this.greeted = this.#greeting.promise;
    this.begun = this.#begin.promise;
    this.ended = this.#end.promise;
    // Whoever does not ask need not handle.
    this.greeted.catch(() => undefined);
    this.begun.catch(() => undefined);
    this.ended.catch(() => undefined);
    this.stdout = new Output(() => this.#release());
    this.stderr = new Output(() => this.#release());
    this.#channel = new Channel(socket, { onFrame: (frame) => this.#take(frame), onEnd: (error) => this.#finish(error) });
  }

  send(type: number, payload?: Uint8Array): void {
    this.#channel.send(type, 0, payload);
  }

  /** Sends `data` in as many frames of that type as it takes. */
  sendAll(type: number, data: Uint8Array): void {
    for (let at = 0; at < data.length; at += this.#payloadMax) this.send(type, data.subarray(at, at + this.#payloadMax));
  }

  /** Sends the frames of `work` as one. */
  together(work: () => void): void {
    this.#channel.together(work);
  }

  async write(data: Uint8Array): Promise<void> {
    const pieces: Uint8Array[] = [];
    for (let at = 0; at < data.length; at += this.#payloadMax) pieces.push(data.subarray(at, at + this.#payloadMax));
    // All at once: what somebody else writes meanwhile comes after them.
    await Promise.all(pieces.map((piece) => new Promise<void>((done) => { this.#channel.send(FrameType.stdin, 0, piece, done); })));
  }

  closeStdin(): void {
    this.send(FrameType.stdinClose);
  }

  resize(size: TerminalSize): void {
    this.send(FrameType.resize, encodeSize(size));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#isOver) this.#finish(new CancelledError(`${this.#action}: the session was closed`));
    this.#channel.close();
  }

  get #isOver(): boolean {
    return this.#told.size === 3;
  }

  #release(): void {
    if (--this.#paused === 0) this.#channel.resume();
  }

  #deliver(stream: Output, payload: Buffer): void {
    if (stream.push(payload)) return;
    this.#paused++;
    this.#channel.pause();
  }

  #take(frame: Frame): void {
    switch (frame.type) {
      case FrameType.hello: this.#told.add(this.#greeting); this.#greeting.resolve(); return;
      case FrameType.stdout: this.#deliver(this.stdout, frame.payload); return;
      case FrameType.stderr: this.#deliver(this.stderr, frame.payload); return;
      case FrameType.error: this.#finish(frameError(this.#action, frame.payload)); return;
      case this.#beginType: this.#told.add(this.#begin); this.#begin.resolve(frame.payload); return;
      case this.#endType:
        this.#told.add(this.#end);
        this.#end.resolve(frame.payload);
        this.stdout.end();
        this.stderr.end();
        return;
      // The container has ended: an exec that runs is told its own end, one that has not begun never will.
      case FrameType.exit: this.#begin.reject(new FailedPreconditionError(`${this.#action}: the container has ended`)); return;
      default: throw new DataLossError(`read monitor frame: type ${frame.type} was not expected`);
    }
  }

  #fail(error: Error): void {
    this.#greeting.reject(error);
    this.#begin.reject(error);
    this.#end.reject(error);
  }

  #finish(cause: Error | undefined): void {
    if (this.#isOver) return;
    const error = cause instanceof DavitError ? cause : new MonitorLostError(`${this.#action}: the connection to the monitor ended`, { cause });
    this.#fail(error);
    // After the last frame the streams have ended well.
    this.stdout.end(error);
    this.stderr.end(error);
  }
}

/** u16 rows, u16 columns. */
export function encodeSize(size: TerminalSize): Buffer {
  const payload = Buffer.alloc(4);
  payload.writeUInt16LE(size.rows, 0);
  payload.writeUInt16LE(size.columns, 2);
  return payload;
}
