import { delay, raceSignal } from '#async';
import { UnavailableError } from '#errors';

/** A collection that finds attachments under way waits so long for their end, and new ones as long for the collection to begin. */
const QUIET_WAIT_MS = 5000;

/** Keeps GC apart from ADD and DEL, as the specification wants it; these run beside each other. */
export class CollectGate {
  readonly #under = new Set<Promise<unknown>>();
  #collecting: Promise<void> | undefined;

  /** ADD, DEL and CHECK; begins after a collection that is under way. */
  async pass<T>(work: () => Promise<T>): Promise<T> {
    while (this.#collecting) await this.#collecting;
    const running = work();
    this.#under.add(running);
    try {
      return await running;
    } finally {
      this.#under.delete(running);
    }
  }

  /** @throws UnavailableError when what is under way has not ended in some seconds; the caller tries again later. */
  async collect<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    while (this.#collecting) await raceSignal(this.#collecting, signal, 'wait for another collection');
    const done = Promise.withResolvers<void>();
    this.#collecting = done.promise;
    try {
      const quiet = Promise.allSettled([...this.#under]).then(() => true);
      const leaving = new AbortController();
      const patience = delay(QUIET_WAIT_MS, AbortSignal.any([signal, leaving.signal]), 'wait for a quiet moment').then(() => false, () => false);
      const isQuiet = await Promise.race([quiet, patience]);
      leaving.abort();
      if (!isQuiet) throw new UnavailableError(`collect network garbage: ${this.#under.size} sandboxes are being attached or detached for more than ${QUIET_WAIT_MS} ms`);
      return await work();
    } finally {
      this.#collecting = undefined;
      done.resolve();
    }
  }
}
