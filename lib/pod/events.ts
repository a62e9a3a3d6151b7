import { ResourceExhaustedError } from '#errors';
import type { ContainerEvent } from './api.ts';

/** Events kept for subscribers that are behind; one further behind gets an error instead of a gap. */
export const EVENT_RING_SIZE = 4096;

/** How far one has read. */
interface Subscriber { next: number }

/**
 * CRI events to any number of subscribers, in order, without loss. A slow subscriber costs nothing but its place in the ring:
 * an event, and what is known of the pod in it, is kept until all have read it or it has become too old.
 */
export class EventRing {
  readonly #ring: (ContainerEvent | undefined)[] = [];
  readonly #size: number;
  readonly #subscribers = new Set<Subscriber>();
  /** Sequence numbers of the oldest event that is kept, and of the next one. */
  #oldest = 0;
  #next = 0;
  #wake = Promise.withResolvers<void>();

  constructor(size: number = EVENT_RING_SIZE) {
    this.#size = size;
  }

  /** Whether building an event is worth the work. */
  get hasSubscribers(): boolean {
    return this.#subscribers.size > 0;
  }

  publish(event: ContainerEvent): void {
    this.#ring[this.#next % this.#size] = event;
    this.#next++;
    this.#release();
    this.#wakeAll();
  }

  /** Events from now on, until `signal` aborts. @throws ResourceExhaustedError when the reader fell behind the ring. */
  subscribe(signal: AbortSignal): AsyncIterable<ContainerEvent> {
    const subscriber: Subscriber = { next: this.#next };
    if (!signal.aborted) this.#subscribers.add(subscriber);
    signal.addEventListener('abort', () => { this.#leave(subscriber); this.#wakeAll(); }, { once: true });
    return this.#read(subscriber, signal);
  }

  async *#read(subscriber: Subscriber, signal: AbortSignal): AsyncGenerator<ContainerEvent> {
    try {
      while (!signal.aborted) {
        if (subscriber.next === this.#next) {
          await this.#wake.promise;
          continue;
        }
        const event = subscriber.next < this.#oldest ? undefined : this.#ring[subscriber.next % this.#size];
        if (!event) throw new ResourceExhaustedError(`read events: the reader is ${this.#next - subscriber.next} events behind, ${this.#size} are kept; list again and subscribe anew`);
        subscriber.next++;
        this.#release();
        yield event;
      }
    } finally {
      this.#leave(subscriber);
    }
  }

  #leave(subscriber: Subscriber): void {
    this.#subscribers.delete(subscriber);
    this.#release();
  }

  /** Forgets what all have read, and who is too far behind to go on. */
  #release(): void {
    let wanted = this.#next;
    for (const subscriber of this.#subscribers) {
      if (this.#next - subscriber.next > this.#size) this.#subscribers.delete(subscriber);
      else wanted = Math.min(wanted, subscriber.next);
    }
    for (; this.#oldest < wanted; this.#oldest++) {
      // Its place may have been taken already.
      if (this.#oldest + this.#size >= this.#next) this.#ring[this.#oldest % this.#size] = undefined;
    }
  }

  #wakeAll(): void {
    const wake = this.#wake;
    this.#wake = Promise.withResolvers<void>();
    wake.resolve();
  }
}
