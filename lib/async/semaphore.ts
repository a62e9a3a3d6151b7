import { abortError, throwIfAborted } from './deadline.ts';

/** At most `limit` holders at once; waiters are served in order. */
export class Semaphore {
  #free: number;
  readonly #waiters: (() => void)[] = [];

  constructor(limit: number) {
    this.#free = limit;
  }

  /** Waits for a place; dispose the result to give it back (twice is harmless). Aborting `signal` leaves the line. */
  async acquire(signal: AbortSignal, what: string): Promise<Disposable> {
    throwIfAborted(signal, what);
    const free = this.tryAcquire();
    if (free) return free;
    await new Promise<void>((resolve, reject) => {
      const take = (): void => { signal.removeEventListener('abort', leave); resolve(); };
      const leave = (): void => {
        this.#waiters.splice(this.#waiters.indexOf(take), 1);
        reject(abortError(signal, what));
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#waiters.push(take);
    });
    return this.#place();
  }

  /** A place if one is free now, to be disposed like those of acquire(). */
  tryAcquire(): Disposable | undefined {
    if (this.#free === 0) return undefined;
    this.#free--;
    return this.#place();
  }

  #place(): Disposable {
    let held = true;
    return {
      [Symbol.dispose]: () => {
        if (!held) return;
        held = false;
        const next = this.#waiters.shift();
        if (next) next();
        else this.#free++;
      },
    };
  }
}
