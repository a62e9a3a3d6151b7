/** Longest sleep at once, ms. */
const MAX_SLEEP_MS = 1000;

/** Slows a synchronous job down to a rate. Only for processes that do nothing else. */
export class Pace {
  readonly #bytesPerSecond: number;
  readonly #begunMs = performance.now();
  readonly #sleeper = new Int32Array(new SharedArrayBuffer(4));
  #bytes = 0;

  /** @param bytesPerSecond 0 for no limit. */
  constructor(bytesPerSecond: number) {
    this.#bytesPerSecond = bytesPerSecond;
  }

  /** Sleeps until so many bytes more may have been read. */
  spend(bytes: number): void {
    if (this.#bytesPerSecond === 0) return;
    this.#bytes += bytes;
    const dueMs = this.#begunMs + this.#bytes / this.#bytesPerSecond * 1000;
    for (let left = dueMs - performance.now(); left > 1; left = dueMs - performance.now()) Atomics.wait(this.#sleeper, 0, 0, Math.min(left, MAX_SLEEP_MS));
  }
}
