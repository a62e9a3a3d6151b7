const WINDOW_SECONDS = 5;

/** Counts bytes, and says how many came each second over the last few. */
export class RateMeter {
  readonly #now: () => number;
  readonly #startedAtMs: number;
  /** By second modulo WINDOW_SECONDS. */
  readonly #seconds: { second: number; bytes: number }[] = Array.from({ length: WINDOW_SECONDS }, () => ({ second: -1, bytes: 0 }));

  /** @param now milliseconds of a clock that does not go back */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#startedAtMs = now();
  }

  add(bytes: number): void {
    const second = Math.floor(this.#now() / 1000);
    const slot = this.#seconds[second % WINDOW_SECONDS];
    if (!slot) return;
    if (slot.second !== second) { slot.second = second; slot.bytes = 0; }
    slot.bytes += bytes;
  }

  perSecond(): number {
    const now = this.#now();
    const oldest = Math.floor(now / 1000) - WINDOW_SECONDS;
    const bytes = this.#seconds.reduce((sum, s) => sum + (s.second > oldest ? s.bytes : 0), 0);
    const spanMs = Math.min(now - this.#startedAtMs, (WINDOW_SECONDS - 1) * 1000 + now % 1000);
    return spanMs <= 0 ? 0 : Math.round(bytes * 1000 / spanMs);
  }
}
