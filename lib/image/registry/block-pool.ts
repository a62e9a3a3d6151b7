import { releasePages, uncountedMemory } from '#linux';

/** Several times what a read brings at most times: each piece that is handed on costs the same, however large it is. */
export const BLOCK_BYTES = 512 * 1024;
/** Blocks that nobody has now and that keep their pages, as somebody will soon. */
const KEPT_WARM = 16;

/** Where who brings bytes of a layer gets memory for them: blocks of BLOCK_BYTES, with anything in them. */
export interface BlockMemory {
  take(): Buffer;
  /** @param block from take(), that nothing reads or writes any more */
  give(block: Buffer): void;
}

/**
 * The memory of all bodies on their way through the daemon. The garbage collector knows nothing of it: where it counted the blocks of a pull, it marked the whole
 * heap for each few megabytes of them. It has no pages while nobody has a block; of blocks themselves there are as many as were ever needed at once.
 */
export class BlockPool implements BlockMemory {
  #warm: Buffer[] = [];
  readonly #cold: Buffer[] = [];
  #taken = 0;

  take(): Buffer {
    this.#taken++;
    return this.#warm.pop() ?? this.#cold.pop() ?? uncountedMemory(BLOCK_BYTES);
  }

  give(block: Buffer): void {
    this.#taken--;
    this.#warm.push(block);
    const kept = this.#taken === 0 ? 0 : KEPT_WARM;
    for (const cold of this.#warm.splice(0, this.#warm.length - kept)) {
      releasePages(cold);
      this.#cold.push(cold);
    }
  }

  /** For one layer. */
  lease(): BlockLease {
    return new BlockLease(this);
  }
}

/** The blocks of one layer. Disposing gives back those that are still out: when the layer's connections are closed and nobody unpacks it any more. */
export class BlockLease implements BlockMemory, Disposable {
  readonly #pool: BlockPool;
  readonly #taken = new Set<Buffer>();

  constructor(pool: BlockPool) {
    this.#pool = pool;
  }

  take(): Buffer {
    const block = this.#pool.take();
    this.#taken.add(block);
    return block;
  }

  give(block: Buffer): void {
    if (this.#taken.delete(block)) this.#pool.give(block);
  }

  [Symbol.dispose](): void {
    for (const block of this.#taken) this.give(block);
  }
}
