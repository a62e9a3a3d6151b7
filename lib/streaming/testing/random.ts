/** Numbers that are the same in every run: a failure names its case, and the case comes again. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** From 0 to `below` - 1. */
  below(below: number): number {
    this.#state = (Math.imul(this.#state, 1103515245) + 12345) & 0x7fff_ffff;
    return (this.#state >>> 8) % below;
  }

  bytes(length: number): Buffer {
    return Buffer.from(Array.from({ length }, () => this.below(256)));
  }

  /** `data` in pieces of random sizes. */
  pieces(data: Buffer, largest: number): Buffer[] {
    const pieces: Buffer[] = [];
    for (let at = 0; at < data.length;) {
      const size = 1 + this.below(largest);
      pieces.push(Buffer.from(data.subarray(at, at + size)));
      at += size;
    }
    return pieces;
  }

  /** `data` with a few bytes changed, cut off, put in or sent twice. */
  damaged(data: Buffer): Buffer {
    let bytes: Buffer = Buffer.from(data);
    for (let n = 1 + this.below(4); n > 0; n--) {
      const at = this.below(bytes.length + 1);
      switch (this.below(4)) {
        case 0: if (at < bytes.length) bytes[at] = this.below(256); break;
        case 1: bytes = bytes.subarray(0, at); break;
        case 2: bytes = Buffer.concat([bytes.subarray(0, at), this.bytes(this.below(20)), bytes.subarray(at)]); break;
        default: bytes = Buffer.concat([bytes, bytes.subarray(at)]); break;
      }
    }
    return bytes;
  }
}
