import { MAX_CONNECTIONS_PER_LAYER } from '../limits.ts';

/** A layer that waited for the network for less than this share of the time is held up by its unpacking. */
const STARVED_SHARE = 1 / 3;
/** What twice the connections must bring at least, as a factor of the rate, to be kept. */
const WORTHWHILE_GAIN = 1.2;
/** Ranges for each connection, after which its worth is judged: the first of them finds the others' beginning. */
const RANGES_TO_JUDGE = 2;
/** The first look is sooner, at half a range, if so much time has passed: a connection as slow as that may be limited, and each second over it alone is lost. In less TCP has found no pace yet. */
const FIRST_LOOK_RANGES = 0.5;
const FIRST_LOOK_MS = 250;
/** Ranges after which a step that was taken back may be tried again: the moment may have been a bad one, and the layer may be long. */
const RANGES_TO_REST = 64;

/** Decides how many connections one layer is fetched by: one, and the most of them when it starves; then as many as have helped. */
export class RangePace {
  readonly #rangeBytes: number;
  readonly #now: () => number;
  #connections = 1;
  /** Of the layer, before the next judgement. */
  #restBytes = 0;
  /** Bytes a millisecond over one connection, while more are tried. */
  #rateOfOne: number | undefined;
  #isFirstLook = true;
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
    const elapsedMs = now - this.#sinceMs;
    const isEarly = this.#isFirstLook && elapsedMs >= FIRST_LOOK_MS && this.#bytes >= FIRST_LOOK_RANGES * this.#rangeBytes;
    if (!isEarly && this.#bytes < Math.max(this.#restBytes, RANGES_TO_JUDGE * this.#connections * this.#rangeBytes)) return;
    this.#isFirstLook = false;
    this.#restBytes = 0;
    this.#judge(elapsedMs);
    this.#sinceMs = now;
    this.#waitedMs = this.#bytes = 0;
  }

  #judge(elapsedMs: number): void {
    const rate = this.#bytes / elapsedMs;
    if (this.#rateOfOne !== undefined) {
      const worth = connectionsWorth(rate / this.#rateOfOne);
      this.#rateOfOne = undefined;
      if (worth < this.#connections) this.#restBytes = RANGES_TO_REST * this.#rangeBytes;
      this.#connections = worth;
    } else if (this.#connections < MAX_CONNECTIONS_PER_LAYER && this.#waitedMs > elapsedMs * STARVED_SHARE) {
      this.#rateOfOne = rate / this.#connections;
      this.#connections = MAX_CONNECTIONS_PER_LAYER;
    }
  }
}

/** As many of the most that each doubling on the way to them is worth it, when they brought `gain` times what one does. */
function connectionsWorth(gain: number): number {
  let connections = 1;
  while (connections < MAX_CONNECTIONS_PER_LAYER && gain >= connections * WORTHWHILE_GAIN) connections *= 2;
  return connections;
}
