import { PIECE_COST_BYTES } from '#bytes';

/**
 * Bytes of a process on their way to one reader. What the reader has not taken yet waits here; past the mark push() says so, and whoever
 * pushes is to stop until `onRoom`.
 */
export class Output implements AsyncIterable<Buffer> {
  readonly #onRoom: () => void;
  #pieces: Buffer[] = [];
  #bytes = 0;
  #end: { error?: Error } | undefined;
  #wake: (() => void) | undefined;
  #destroyed = false;
  #full = false;

  constructor(onRoom: () => void) {
    this.#onRoom = onRoom;
  }

  /** False, once: nothing more is to come until onRoom is called (what comes all the same is taken). */
  push(piece: Buffer): boolean {
    if (this.#destroyed || this.#end) return true;
    this.#pieces.push(piece);
    this.#bytes += piece.length + PIECE_COST_BYTES;
    this.#wake?.();
    if (this.#full || this.#bytes < WAITING_MAX_BYTES) return true;
    this.#full = true;
    return false;
  }

  /** After what waits, the iteration ends, or throws the error. Only the first call counts. */
  end(error?: Error): void {
    this.#end ??= error ? { error } : {};
    this.#wake?.();
  }

  /** The reader wants no more; what waits and what comes is dropped. */
  destroy(): void {
    this.#destroyed = true;
    this.#pieces = [];
    this.#bytes = 0;
    this.#wake?.();
    this.#makeRoom();
  }

  /** For one reader; leaving the loop destroys it. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer, undefined> {
    try {
      for (;;) {
        // All that waits is taken at once: the next pieces come while the reader is busy with these.
        const pieces = this.#pieces;
        this.#pieces = [];
        this.#bytes = 0;
        this.#makeRoom();
        yield* pieces;
        if (this.#pieces.length > 0) continue;
        if (this.#destroyed) return undefined;
        if (this.#end) {
          if (this.#end.error) throw this.#end.error;
          return undefined;
        }
        await new Promise<void>((resolve) => { this.#wake = resolve; });
        this.#wake = undefined;
      }
    } finally {
      this.destroy();
    }
  }

  #makeRoom(): void {
    if (!this.#full) return;
    this.#full = false;
    this.#onRoom();
  }
}

/** Of one stream; as much again may be with the reader. */
const WAITING_MAX_BYTES = 256 * 1024;
