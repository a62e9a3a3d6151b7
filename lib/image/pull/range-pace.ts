import { MAX_CONNECTIONS_PER_LAYER } from '../limits.ts';

/** A layer that waited for the network for less than this share of the time is held up by its unpacking. */
const STARVED_SHARE = 1 / 3;
/** What twice the connections must bring at least, as a factor of the rate, to be kept. */
const WORTHWHILE_GAIN = 1.2;
/** Ranges for each connection, after which its worth is judged: the first of them finds the others' beginning. */
const RANGES_TO_JUDGE = 2;
/** Ranges after which a step that was taken back may be tried again: the moment may have been a bad one, and the layer may be long. */
const RANGES_TO_REST = 64;

/** Decides how many connections one layer is fetched by: one, and twice as many each time while it starves and the last step has helped. */
export class RangePace {
  readonly #rangeBytes: number;
  readonly #now: () => number;
  #connections = 1;
  /** Of the layer, before the next judgement. */
  #restBytes = 0;
  /** Bytes a millisecond before the last step. */
  #rateBefore: number | undefined;
  #sinceMs: number;
  #waitingSinceMs: number;
  #waitedMs = 0;
  #bytes = 0;

  /** @param now milliseconds of a clock that does not go back */
  constructor(rangeBytes: number, now: () => number = () => performance.now()) {
    this.#rangeBytes = rangeBytes;
    this.#now = now;
    this.#sinceMs = this.#waitingSinceMs = now();
  }

  get connections(): number {
    return this.#connections;
  }

  /** The layer has done with its bytes, and waits for the next. */
  waiting(): void {
    this.#waitingSinceMs = this.#now();
  }

  /** The next bytes of the layer are there. */
  arrived(bytes: number): void {
    const now = this.#now();
    this.#waitedMs += now - this.#waitingSinceMs;
    this.#waitingSinceMs = now;
    this.#bytes += bytes;
    if (this.#bytes < Math.max(this.#restBytes, RANGES_TO_JUDGE * this.#connections * this.#rangeBytes)) return;
    this.#restBytes = 0;
    this.#judge(now - this.#sinceMs);
    this.#sinceMs = now;
    this.#waitedMs = this.#bytes = 0;
  }

  #judge(elapsedMs: number): void {
    const rate = this.#bytes / elapsedMs;
    if (this.#rateBefore !== undefined && rate < this.#rateBefore * WORTHWHILE_GAIN) {
      this.#rateBefore = undefined;
      this.#restBytes = RANGES_TO_REST * this.#rangeBytes;
      this.#connections /= 2;
    } else if (this.#connections < MAX_CONNECTIONS_PER_LAYER && this.#waitedMs > elapsedMs * STARVED_SHARE) {
      this.#rateBefore = rate;
      this.#connections *= 2;
    } else this.#rateBefore = undefined;
  }
}
