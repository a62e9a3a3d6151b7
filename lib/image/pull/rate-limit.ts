import { delay } from '#async';

/** Bytes that may come at once after a quiet time, as time at the full rate. */
const BURST_MS = 250;

/** Holds all pulls of the node together to a rate: each byte is paid for after it came, and who owes waits. */
export class RateLimit {
  readonly #bytesPerSecond: number;
  #paidUntilMs = 0;

  /** @param bytesPerSecond 0: no limit */
  constructor(bytesPerSecond: number) {
    this.#bytesPerSecond = bytesPerSecond;
  }

  /** Resolves when the node may ask for more after `bytes` came; undefined: at once. */
  spend(bytes: number, signal: AbortSignal): Promise<void> | undefined {
    if (this.#bytesPerSecond === 0) return undefined;
    const now = performance.now();
    this.#paidUntilMs = Math.max(this.#paidUntilMs, now - BURST_MS) + bytes * 1000 / this.#bytesPerSecond;
    const waitMs = this.#paidUntilMs - now;
    return waitMs <= 0 ? undefined : delay(waitMs, signal, 'the rate limit of pulls');
  }
}
