import type { BlockMemory } from './block-pool.ts';

/** A read must find this much room. TLS brings up to this much more after it was told to stop. */
const MIN_ROOM_BYTES = 128 * 1024;

interface Block { readonly memory: Buffer; begin: number; end: number }

/** Bytes of a body between the connection that brings them and who takes them, in three blocks at most that are used again and again. */
export class BodyBlocks {
  readonly #source: BlockMemory;
  /** The last of #blocks. */
  #filling: Block;
  /** Not taken yet, in their order. */
  readonly #blocks: Block[];
  readonly #spare: Block[] = [];
  /** What was taken last lies here, and nothing else. */
  #held: Block | undefined;

  constructor(source: BlockMemory) {
    this.#source = source;
    this.#filling = this.#newBlock();
    this.#blocks = [this.#filling];
  }

  /** Where the next read goes; good until the next call of arrived(). */
  room(): Buffer {
    return this.#filling.memory.subarray(this.#filling.end);
  }

  /** `bytes` have come: to where room() said, or elsewhere; then they are copied, and may be MIN_ROOM_BYTES at most. */
  arrived(bytes: Uint8Array): void {
    const block = this.#filling;
    if (bytes.buffer !== block.memory.buffer) block.memory.set(bytes, block.end);
    block.end += bytes.length;
    if (block.memory.length - block.end >= MIN_ROOM_BYTES) return;
    this.#filling = this.#spare.pop() ?? this.#newBlock();
    this.#blocks.push(this.#filling);
  }

  /** A block waits to be taken: nothing more should be read. */
  get isFull(): boolean {
    return this.#blocks.length > 1;
  }

  /** What has come, or the first part of it; it is good until the next call. */
  take(): Buffer | undefined {
    if (this.#held) this.#recycle(this.#held);
    this.#held = undefined;
    for (;;) {
      const [block, next] = this.#blocks;
      if (!block) return undefined;
      const bytes = block.memory.subarray(block.begin, block.end);
      block.begin = block.end;
      if (next) this.#blocks.shift();
      if (bytes.length > 0) {
        if (next) this.#held = block;
        return bytes;
      }
      if (!next) return undefined;
      this.#recycle(block);
    }
  }

  /** Gives the blocks back: nothing comes any more, and what was taken last has been done with. */
  end(): void {
    for (const { memory } of [...this.#blocks.splice(0), ...this.#spare.splice(0), ...this.#held ? [this.#held] : []]) this.#source.give(memory);
    this.#held = undefined;
  }

  #recycle(block: Block): void {
    block.begin = block.end = 0;
    this.#spare.push(block);
  }

  #newBlock(): Block {
    return { memory: this.#source.take(), begin: 0, end: 0 };
  }
}
