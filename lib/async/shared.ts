import { CancelledError } from '#errors';
import { raceSignal } from './deadline.ts';

/**
 * One piece of work with any number of waiters. It belongs to nobody: a waiter that leaves ends
 * only its own wait; when the last one leaves and `cancelWhenAlone` is set, the work's signal aborts.
 */
export class SharedWork<T> {
  readonly #controller = new AbortController();
  readonly #result: Promise<T>;
  readonly #cancelWhenAlone: boolean;
  #waiters = 0;
  #settled = false;

  constructor(work: (signal: AbortSignal) => Promise<T>, options: { cancelWhenAlone: boolean }) {
    this.#cancelWhenAlone = options.cancelWhenAlone;
    this.#result = work(this.#controller.signal).finally(() => { this.#settled = true; });
    this.#result.catch(() => undefined);
  }

  get settled(): boolean {
    return this.#settled;
  }

  /** The work's signal has aborted: it ends without a result. */
  get abandoned(): boolean {
    return this.#controller.signal.aborted;
  }

  /** Waits for the result, no longer than `signal` allows. */
  async join(signal: AbortSignal, what: string): Promise<T> {
    this.#waiters++;
    try {
      return await raceSignal(this.#result, signal, what);
    } finally {
      if (--this.#waiters === 0 && this.#cancelWhenAlone && !this.#settled) this.#controller.abort(new CancelledError(`${what}: every caller has gone`));
    }
  }

  /** Settles with the work, whatever the outcome. */
  async ended(): Promise<void> {
    await this.#result.catch(() => undefined);
  }
}
