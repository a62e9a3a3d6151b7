import type { ByteSource, ByteTaker } from '#conmon';

interface Piece { readonly bytes: Buffer; readonly done: () => void }

/** What a client sends on one of its streams: kept until somebody opens it. Who feeds it bounds what is kept, by the pieces that are not done. */
export class Inlet implements ByteSource {
  #kept: Piece[] = [];
  #taker: ByteTaker | undefined;
  #ended = false;
  #closed = false;

  open(taker: ByteTaker): void {
    this.#taker = taker;
    const kept = this.#kept;
    this.#kept = [];
    for (const { bytes, done } of kept) taker.take(bytes, done);
    if (this.#ended && !this.#closed) taker.end();
  }

  /** What came and what still comes is dropped. */
  close(): void {
    this.#closed = true;
    for (const { done } of this.#kept) done();
    this.#kept = [];
  }

  /** After the end, too, a client may go on sending: that is dropped. */
  push(bytes: Buffer, done: () => void): void {
    if (this.#closed || this.#ended) done();
    else if (this.#taker) this.#taker.take(bytes, done);
    else this.#kept.push({ bytes, done });
  }

  /** No more comes; idempotent. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    if (!this.#closed) this.#taker?.end();
  }
}
