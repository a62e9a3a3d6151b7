import type { BlockMemory } from './block-pool.ts';
import { BLOCK_BYTES } from './block-pool.ts';

/** Memory that is spoilt when it is given back: who reads or writes it after that is found out. */
export class SpoilingMemory implements BlockMemory {
  readonly out = new Set<Buffer>();
  readonly #spoilt: Buffer[] = [];

  take(): Buffer {
    const block = Buffer.alloc(BLOCK_BYTES);
    this.out.add(block);
    return block;
  }

  give(block: Buffer): void {
    if (!this.out.delete(block)) throw new Error('a block was given back that is not out');
    this.#spoilt.push(block.fill(0xee));
  }

  /** Whether nothing was written to what had been given back. */
  get untouched(): boolean {
    return this.#spoilt.every((block) => block.every((byte) => byte === 0xee));
  }
}
