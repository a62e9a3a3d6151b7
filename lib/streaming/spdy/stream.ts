import type { ByteSink } from '#conmon';
import { Inlet } from '../inlet.ts';
import { ResetStatus } from './frames.ts';
import type { Headers } from './headers.ts';
import { WINDOW_STEP_BYTES } from './limits.ts';
import { SendWindow } from './window.ts';

/** What a stream needs of its connection. */
export interface StreamLink {
  /** Sends data now. */
  sendData(streamId: number, piece: Buffer, fin: boolean, done: () => void): void;
  sendReply(streamId: number, fin: boolean): void;
  sendReset(streamId: number, status: number): void;
  /** How much may be sent on the connection; Infinity with a peer that has no flow control. */
  room(): number;
  used(bytes: number): void;
  /** Tells the peer that so much of its stream has been taken. */
  sendTaken(streamId: number, bytes: number): void;
  closed(stream: SpdyStream): void;
  /** Nothing waits any more. */
  flushed(): void;
}

interface Waiting { readonly piece: Buffer; readonly done: () => void }

/**
 * One stream that the peer has opened: `input` is what it sends, the stream itself the way back.
 *
 *   open --our FIN--> half closed --its FIN--> closed        a RST_STREAM of either side closes at once
 */
export class SpdyStream implements ByteSink {
  readonly id: number;
  readonly headers: Headers;
  readonly input = new Inlet();
  readonly window = new SendWindow();
  readonly #link: StreamLink;
  #waiting: Waiting[] = [];
  #ending = false;
  #outputEnded: boolean;
  #inputEnded: boolean;
  #takenBytes = 0;
  #onReset: (() => void) | undefined;

  constructor(link: StreamLink, id: number, headers: Headers, state: { inputEnded: boolean; outputEnded: boolean }) {
    this.#link = link;
    this.id = id;
    this.headers = headers;
    this.#inputEnded = state.inputEnded;
    this.#outputEnded = state.outputEnded;
    if (state.inputEnded) this.input.end();
  }

  /** Whether something waits for the peer's window. */
  get isWaiting(): boolean {
    return this.#waiting.length > 0;
  }

  /** Accepts the stream; the peer waits for it. */
  reply(): void {
    this.#link.sendReply(this.id, this.#outputEnded);
  }

  /** Called when the peer resets the stream; its input has ended then too. */
  onReset(listener: () => void): void {
    this.#onReset = listener;
  }

  write(piece: Buffer, done: () => void): void {
    if (this.#outputEnded || this.#ending) { done(); return; }
    this.#waiting.push({ piece, done });
    this.flush();
  }

  end(): void {
    if (this.#outputEnded || this.#ending) return;
    this.#ending = true;
    this.flush();
  }

  /** Ends both directions at once. */
  reset(status: number = ResetStatus.cancel): void {
    if (this.#outputEnded && this.#inputEnded) return;
    this.#link.sendReset(this.id, status);
    this.abandon();
  }

  /** Sends what the windows allow. */
  flush(): void {
    while (this.#waiting.length > 0) {
      const room = this.#link.room() === Infinity ? Infinity : Math.min(this.#link.room(), this.window.bytes);
      if (room <= 0) return;
      const { piece, done } = this.#waiting[0] as Waiting;
      if (piece.length > room) {
        this.#waiting[0] = { piece: piece.subarray(room), done };
        this.#send(piece.subarray(0, room), false, () => undefined);
        return;
      }
      this.#waiting.shift();
      this.#send(piece, false, done);
    }
    if (this.#ending && !this.#outputEnded) {
      this.#outputEnded = true;
      this.#send(Buffer.alloc(0), true, () => undefined);
      if (this.#inputEnded) this.#link.closed(this);
    }
    this.#link.flushed();
  }

  #send(piece: Buffer, fin: boolean, done: () => void): void {
    this.window.use(piece.length);
    this.#link.used(piece.length);
    this.#link.sendData(this.id, piece, fin, done);
  }

  /** A piece from the peer. @returns false when the stream's input has ended already */
  takeData(piece: Buffer, fin: boolean, done: () => void): boolean {
    if (this.#inputEnded) { done(); return false; }
    if (piece.length > 0) this.input.push(piece, () => { this.#told(piece.length); done(); });
    else done();
    if (fin) this.endInput();
    return true;
  }

  /** The peer sends no more. */
  endInput(): void {
    if (this.#inputEnded) return;
    this.#inputEnded = true;
    this.input.end();
    if (this.#outputEnded) this.#link.closed(this);
  }

  /** The peer, or the connection, has ended the stream. */
  wasReset(): void {
    this.abandon();
    this.#onReset?.();
  }

  abandon(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#outputEnded = true;
    for (const { done } of waiting) done();
    if (!this.#inputEnded) {
      this.#inputEnded = true;
      this.input.end();
    }
    this.#link.closed(this);
  }

  #told(bytes: number): void {
    this.#takenBytes += bytes;
    if (this.#takenBytes < WINDOW_STEP_BYTES || this.#inputEnded) return;
    this.#link.sendTaken(this.id, this.#takenBytes);
    this.#takenBytes = 0;
  }
}
