import { PIECE_COST_BYTES } from '#bytes';
import { UNTAKEN_MAX_BYTES } from './limits.ts';

/** A client's connection, which is read or not. */
export interface Read { pause(): unknown; resume(): unknown }

/** What a client has sent and nobody has taken yet: when it is too much the client is not read, until enough of it has been taken. */
export class Untaken {
  readonly #client: Read;
  #bytes = 0;

  constructor(client: Read) {
    this.#client = client;
  }

  /** @returns to be called once, when the piece has been taken */
  add({ length }: Buffer): () => void {
    const cost = length + PIECE_COST_BYTES;
    this.#bytes += cost;
    if (this.#isFull()) this.#client.pause();
    return () => {
      const wasFull = this.#isFull();
      this.#bytes -= cost;
      if (wasFull && !this.#isFull()) this.#client.resume();
    };
  }

  #isFull(): boolean {
    return this.#bytes > UNTAKEN_MAX_BYTES;
  }
}
