/** A piece smaller than this part of its chunk is copied: a few bytes that nobody takes are not to hold the memory of many. */
const COPIED_BELOW = 1 / 8;

/** A chunk whose memory goes back when the last of its pieces is done with, and release() has been called. */
export class LentChunk {
  readonly bytes: Buffer;
  readonly #done: () => void;
  #holders = 1;

  constructor(bytes: Buffer, done: () => void) {
    this.bytes = bytes;
    this.#done = done;
  }

  /** A part of the chunk for longer than the chunk is read; call `release` once. */
  keep(part: Buffer): { readonly piece: Buffer; readonly release: () => void } {
    if (part.length < this.bytes.buffer.byteLength * COPIED_BELOW) return { piece: Buffer.from(part), release: () => undefined };
    this.#holders++;
    return { piece: part, release: () => this.release() };
  }

  release(): void {
    if (--this.#holders === 0) this.#done();
  }
}
