import type { Semaphore } from '#async';
import type { Logger } from '#log';

/** The memory of one range, until it is disposed. */
export interface RangeShare extends Disposable {
  /** The range has come: its connection's place is another layer's. */
  fetched(): void;
}

/** What all layers of the node may fetch ahead of their turn together: bytes in memory, and connections within the places for layers. */
export class ParallelRanges {
  readonly #places: Semaphore;
  readonly #log: Logger;
  #freeBytes: number;

  constructor(options: { readonly totalBytes: number; readonly places: Semaphore; readonly log: Logger }) {
    this.#freeBytes = options.totalBytes;
    this.#places = options.places;
    this.#log = options.log;
  }

  /** Room for a range; undefined when there is none now. A layer that waits for a place goes before every range. */
  take(bytes: number): RangeShare | undefined {
    if (bytes > this.#freeBytes) return undefined;
    const place = this.#places.tryAcquire();
    if (!place) return undefined;
    this.#freeBytes -= bytes;
    let held = bytes;
    return {
      fetched: () => place[Symbol.dispose](),
      [Symbol.dispose]: () => {
        place[Symbol.dispose]();
        this.#freeBytes += held;
        held = 0;
      },
    };
  }

  /** A layer goes on over one connection: a range of it did not come as it should. */
  gaveUp(digest: string, endpoint: string, why: string): void {
    this.#log.info('layer is not fetched by ranges any more', { digest, endpoint, why });
  }
}
