import { closeSync } from 'node:fs';
import { Socket } from 'node:net';
import type { ByteSink, ByteSource, ByteTaker } from './byte-streams.ts';
import { ReadBuffers } from './read-buffers.ts';

/** Pieces that may be out; one buffer more is ready for the kernel. */
const PIECES_OUT_MAX = 2;
/** The largest pipe that a monitor makes: more cannot have been in it when the process ended. */
const PIPE_BYTES = 1024 * 1024;

export type Direction = 'in' | 'out' | 'both';

/**
 * A pipe or a connection by its descriptor, which is ours from here on: read into a few buffers that are used again and again, written
 * without a copy. When the peer takes no more, what is still written is dropped. One that is both read and written is opened before it is
 * written, and lives until both directions have ended or close().
 */
export class DescriptorStream implements ByteSource, ByteSink {
  readonly #fd: number;
  readonly #direction: Direction;
  #socket: Socket | undefined;
  #taker: ByteTaker | undefined;
  readonly #buffers = new ReadBuffers();
  #out = 0;
  #inputEnded = false;
  #closed = false;
  #readBytes = 0;
  #drain: NodeJS.Timeout | undefined;

  constructor(fd: number, direction: Direction) {
    this.#fd = fd;
    this.#direction = direction;
  }

  open(taker: ByteTaker): void {
    this.#taker = taker;
    this.#connect();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#inputEnded = true;
    clearInterval(this.#drain);
    if (this.#socket) this.#socket.destroy();
    else closeSync(this.#fd);
  }

  /** Whoever wrote has ended: what it wrote is still given, but what others write who hold the pipe only until they pause for `graceMs`. */
  endSoon(graceMs: number): void {
    if (this.#inputEnded) return;
    const limit = this.#readBytes + PIPE_BYTES;
    let before = this.#readBytes;
    this.#drain = setInterval(() => {
      if (this.#out > 0) return;
      if (this.#readBytes >= limit || this.#readBytes === before) this.#endInput();
      before = this.#readBytes;
    }, graceMs);
  }

  write(piece: Buffer, done: () => void): void {
    const socket = this.#connect();
    if (!socket || socket.destroyed || !socket.writable) { done(); return; }
    // The pieces of one turn go out by one writev().
    if (socket.writableCorked === 0) {
      socket.cork();
      process.nextTick(() => socket.uncork());
    }
    socket.write(piece, () => done());
  }

  end(): void {
    this.#connect()?.end();
  }

  /** Reading begins as soon as there is a Socket. */
  #connect(): Socket | undefined {
    if (this.#closed || this.#socket) return this.#socket;
    const socket = new Socket({
      fd: this.#fd, readable: this.#direction !== 'out', writable: this.#direction !== 'in', allowHalfOpen: true,
      onread: { buffer: () => this.#buffers.next(), callback: (size, buffer) => this.#took(size, buffer as Buffer) },
    });
    this.#socket = socket;
    socket.on('error', () => { this.#endInput(); this.close(); });
    socket.on('end', () => this.#endInput());
    return socket;
  }

  #took(size: number, buffer: Buffer): boolean {
    if (this.#inputEnded) return false;
    this.#out++;
    this.#readBytes += size;
    this.#buffers.filled(buffer, size);
    this.#taker?.take(buffer.subarray(0, size), () => this.#done(buffer));
    return this.#out < PIECES_OUT_MAX;
  }

  #done(buffer: Buffer): void {
    this.#out--;
    if (this.#inputEnded) return;
    this.#buffers.giveBack(buffer);
    this.#socket?.resume();
  }

  #endInput(): void {
    if (this.#inputEnded) return;
    this.#inputEnded = true;
    if (this.#direction === 'in') this.close();
    this.#taker?.end();
  }
}
