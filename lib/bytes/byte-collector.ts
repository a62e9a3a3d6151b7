/** The first block; each further one is as large as all before it, up to the largest. */
const BLOCK_MIN_BYTES = 4 * 1024;
const BLOCK_MAX_BYTES = 1024 * 1024;

/** Puts copies of pieces together, in memory of at most twice their bytes however many they are. Whoever adds bounds how much. */
export class ByteCollector {
  #blocks: Buffer[] = [];
  #bytes = 0;
  /** Of the last block. */
  #free = 0;

  get length(): number {
    return this.#bytes;
  }

  add(piece: Uint8Array): void {
    for (let at = 0; at < piece.length;) {
      if (this.#free === 0) {
        this.#free = Math.min(Math.max(this.#bytes, piece.length - at, BLOCK_MIN_BYTES), BLOCK_MAX_BYTES);
        this.#blocks.push(Buffer.allocUnsafeSlow(this.#free));
      }
      const block = this.#blocks.at(-1) as Buffer;
      const part = piece.subarray(at, at + this.#free);
      block.set(part, block.length - this.#free);
      at += part.length;
      this.#free -= part.length;
      this.#bytes += part.length;
    }
  }

  /** All of it in one; the collector is empty then. */
  take(): Buffer {
    const all = Buffer.concat(this.#blocks, this.#bytes);
    this.clear();
    return all;
  }

  clear(): void {
    [this.#blocks, this.#bytes, this.#free] = [[], 0, 0];
  }
}
