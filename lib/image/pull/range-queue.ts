import type { EndpointFailure } from '../registry/failure.ts';
import type { ParallelRanges } from './parallel-ranges.ts';
import { RangeAhead } from './range-ahead.ts';
import type { RangedBlob } from './range-ahead.ts';

export interface QueuedBlob extends RangedBlob {
  readonly ranges: ParallelRanges;
  /** Called when ranges of this source are of no use. */
  readonly onGivenUp: () => void;
  /** Called when no further range will be asked for although bytes are missing: the rest is to be asked for. */
  readonly onRest: () => void;
}

/** The ranges of one blob that were asked for before their turn, without gaps. Disposing cancels them. */
export class RangeQueue implements AsyncDisposable {
  readonly #blob: QueuedBlob;
  #waiting: RangeAhead[] = [];
  /** Where the next one begins; undefined before the first. */
  #nextStart: number | undefined;
  #failure: EndpointFailure | undefined;

  constructor(blob: QueuedBlob) {
    this.#blob = blob;
  }

  /** Where the first one begins; Infinity when there is none. */
  get start(): number {
    return this.#waiting[0]?.start ?? Number.POSITIVE_INFINITY;
  }

  /** Beside the first body: asks for ranges until `connections` are at work, the first of them at `from`; all are dropped when one has failed, as the body has their bytes too. */
  async extend(from: number, connections: number): Promise<void> {
    const failed = this.#waiting.find((range) => range.failure);
    if (failed?.failure) {
      this.giveUp(failed.failure);
      await this[Symbol.asyncDispose]();
    }
    if (connections === 1 || this.#failure) return;
    this.#nextStart ??= from;
    this.#ask(connections - 1);
    if (this.#waiting.length === 0) this.#nextStart = undefined;
  }

  /** The one whose turn it is; the caller disposes it. */
  next(): RangeAhead | undefined {
    return this.#waiting.shift();
  }

  /** Beside a range whose turn it is: as many more as `connections` are worth. */
  follow(connections: number): void {
    this.#ask(connections - 1);
  }

  /** No further range is asked for: one did not come as it should. */
  giveUp(failure: EndpointFailure): void {
    this.#failure = failure;
    this.#blob.ranges.gaveUp(this.#blob.digest, this.#blob.source.name, failure.message);
    this.#blob.onGivenUp();
  }

  /** Ranges end before the blob does. @param wanted although they would help. @throws EndpointFailure when the server asked to be left alone for a while */
  endEarly(wanted: boolean): void {
    if (wanted) this.#blob.onGivenUp();
    this.#blob.onRest();
    if (this.#failure?.retriable && this.#failure.retryAfterMs !== undefined) throw this.#failure;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    await Promise.all(waiting.map((range) => range[Symbol.asyncDispose]()));
  }

  #ask(count: number): void {
    const { ranges, sizeBytes, limits } = this.#blob;
    while (this.#nextStart !== undefined && this.#nextStart < sizeBytes && this.#waiting.length < count && !this.#waiting.some((range) => range.failure)) {
      const end = Math.min(this.#nextStart + limits.rangeBytes, sizeBytes);
      const share = ranges.take(end - this.#nextStart);
      if (!share) return;
      this.#waiting.push(new RangeAhead(this.#blob, { start: this.#nextStart, end }, share));
      this.#nextStart = end;
    }
  }
}
