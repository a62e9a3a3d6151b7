import { ResourceExhaustedError } from '#errors';
import type { ContainerEvent } from './api.ts';

/** Events kept for subscribers that are behind; one further behind gets an error instead of a gap. */
export const EVENT_RING_SIZE = 4096;

/** CRI events to any number of subscribers, in order, without loss. A slow subscriber costs nothing but its place in the ring. */
export class EventRing {
  readonly #ring: ContainerEvent[] = [];
  readonly #size: number;
  #next = 0;
  #wake = Promise.withResolvers<void>();
  #subscribers = 0;

  constructor(size: number = EVENT_RING_SIZE) {
    this.#size = size;
  }

  /** Whether building an event is worth the work. */
  get hasSubscribers(): boolean {
    return this.#subscribers > 0;
  }

  publish(event: ContainerEvent): void {
    this.#ring[this.#next % this.#size] = event;
    this.#next++;
    this.#wakeAll();
  }

  /** Events from now on, until `signal` aborts. @throws ResourceExhaustedError when the reader fell behind the ring. */
  subscribe(signal: AbortSignal): AsyncIterable<ContainerEvent> {
    const start = this.#next;
    this.#subscribers++;
    const leave = (): void => { this.#subscribers--; this.#wakeAll(); };
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
    return this.#read(start, signal);
  }

  async *#read(start: number, signal: AbortSignal): AsyncGenerator<ContainerEvent> {
    for (let cursor = start; !signal.aborted;) {
      if (cursor === this.#next) {
        await this.#wake.promise;
        continue;
      }
      if (this.#next - cursor > this.#size) throw new ResourceExhaustedError(`read events: the reader is ${this.#next - cursor} events behind, ${this.#size} are kept; list again and subscribe anew`);
      const event = this.#ring[cursor % this.#size];
      cursor++;
      if (event) yield event;
    }
  }

  #wakeAll(): void {
    const wake = this.#wake;
    this.#wake = Promise.withResolvers<void>();
    wake.resolve();
  }
}
