import { Socket } from 'node:net';

/** About what a socket holds. */
const BUFFER_BYTES = 256 * 1024;
/** One is filled while the others are worked on. */
const BUFFERS = 4;

/** Takes bytes that must not change until it resolves. */
export type TakeBytes = (bytes: Buffer) => Promise<void>;

/** The bytes that come in through a pipe, in a few buffers that are used again and again. */
export class ByteInput {
  readonly #socket: Socket;
  readonly #buffers = Array.from({ length: BUFFERS }, () => Buffer.allocUnsafeSlow(BUFFER_BYTES));
  /** What is under way, by buffer. */
  readonly #work = new Map<number, Promise<void>>();
  #next = 0;
  #take: TakeBytes | undefined;
  #received = 0;
  #onReceived: (() => void) | undefined;

  constructor(fd: number) {
    // Node asks for the next buffer before it calls `callback` for the last time in a turn: which one it is depends on nothing but their order.
    this.#socket = new Socket({
      fd, readable: true, writable: false,
      onread: { buffer: () => this.#buffers[this.#next] ?? Buffer.alloc(0), callback: (length, buffer) => this.#onBytes(Buffer.from(buffer.buffer, buffer.byteOffset, length)) },
    });
    this.#socket.pause();
  }

  /** Hands on what comes from now on, until finish(). */
  start(take: TakeBytes): void {
    this.#take = take;
    this.#received = 0;
    this.#socket.resume();
  }

  /** Resolves when `total` bytes have come since start() and are done with. @throws what taking them threw */
  async finish(total: number): Promise<void> {
    while (this.#received < total) await new Promise<void>((resolve) => { this.#onReceived = resolve; });
    this.#take = undefined;
    this.#socket.pause();
    await Promise.all(this.#work.values());
  }

  /** False: no more for now. */
  #onBytes(bytes: Buffer): boolean {
    this.#received += bytes.length;
    this.#onReceived?.();
    const slot = this.#next;
    this.#next = (slot + 1) % BUFFERS;
    const work = (this.#take?.(bytes) ?? Promise.resolve()).then(() => {
      this.#work.delete(slot);
      if (slot === this.#next && this.#take) this.#socket.resume();
    });
    this.#work.set(slot, work);
    return !this.#work.has(this.#next);
  }
}
