/** Who sends little costs little; whoever fills a buffer gets a larger one. */
const FIRST_BUFFER_BYTES = 16 * 1024;
const LARGEST_BUFFER_BYTES = 256 * 1024;
const GROWTH = 4;
/** Kept for the next reads; what more comes back goes. */
const FREE_MAX = 3;

/** Memory that one stream is read into, again and again: new memory for each read makes the garbage collector mark the whole heap every few megabytes. */
export class ReadBuffers {
  #free: Buffer[] = [];
  #sizeBytes = FIRST_BUFFER_BYTES;

  /** For one read; whoever has it gives it back when its bytes are of no more use, or never. */
  next(): Buffer {
    return this.#free.pop() ?? Buffer.allocUnsafeSlow(this.#sizeBytes);
  }

  /** So many bytes have been read into a buffer of ours. */
  filled(buffer: Buffer, size: number): void {
    if (size < buffer.length || buffer.length !== this.#sizeBytes || size === LARGEST_BUFFER_BYTES) return;
    this.#sizeBytes *= GROWTH;
    this.#free = [];
  }

  /** Nothing comes for now: what is kept for the next reads goes, and they begin small again. */
  rest(): void {
    this.#free = [];
    this.#sizeBytes = FIRST_BUFFER_BYTES;
  }

  giveBack(buffer: Buffer): void {
    if (buffer.length === this.#sizeBytes && this.#free.length < FREE_MAX) this.#free.push(buffer);
  }
}
