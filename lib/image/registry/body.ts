import type { IncomingMessage } from 'node:http';
import { DataLossError, DeadlineExceededError } from '#errors';
import type { PullLimits } from '../limits.ts';

export interface BodyOptions {
  readonly limits: Pick<PullLimits, 'idleBodyTimeoutMs' | 'minBytesPerSecond' | 'rateWindowMs'>;
  readonly signal: AbortSignal;
  /** Called after each chunk; what it returns is waited for before more is asked for. */
  readonly onReceived?: ((bytes: number) => Promise<void> | undefined) | undefined;
}

/**
 * The chunks of an answer, with back-pressure: the next is asked for when the caller has done with the last. A chunk is the caller's own. Idle time and rate
 * count only while the network is waited for. Leaving the loop early destroys the connection.
 * @throws DeadlineExceededError, or ECONNRESET when the body ends before its Content-Length.
 */
export async function* readBody(response: IncomingMessage, { limits, signal, onReceived }: BodyOptions): AsyncGenerator<Buffer> {
  let waiting = true;
  const timer = setTimeout(() => {
    if (waiting) response.destroy(new DeadlineExceededError(`no byte of the body for ${limits.idleBodyTimeoutMs} ms`));
    else timer.refresh();
  }, limits.idleBodyTimeoutMs);
  const onAbort = (): void => { response.destroy(signal.reason instanceof Error ? signal.reason : new Error('aborted')); };
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  const rate = new RateFloor(limits);
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      waiting = false;
      const { length } = chunk;
      rate.arrived(length);
      yield chunk;
      await onReceived?.(length);
      waiting = true;
      rate.waiting();
      timer.refresh();
    }
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    response.destroy();
  }
}

/** The whole of a small answer. @throws DataLossError when it is longer than `limitBytes` */
export async function readDocument(response: IncomingMessage, limitBytes: number, options: BodyOptions): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of readBody(response, options)) {
    size += chunk.length;
    if (size > limitBytes) throw new DataLossError(`the answer is longer than ${limitBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Ends a body that trickles: each of its bytes comes in time, and all of them never would. */
class RateFloor {
  readonly #limits: BodyOptions['limits'];
  #waitedMs = 0;
  #bytes = 0;
  #sinceMs = performance.now();

  constructor(limits: BodyOptions['limits']) {
    this.#limits = limits;
  }

  waiting(): void {
    this.#sinceMs = performance.now();
  }

  /** @throws DeadlineExceededError when the window that ends with this chunk brought too little */
  arrived(bytes: number): void {
    const { rateWindowMs, minBytesPerSecond } = this.#limits;
    this.#waitedMs += performance.now() - this.#sinceMs;
    this.#bytes += bytes;
    if (this.#waitedMs < rateWindowMs) return;
    const perSecond = this.#bytes * 1000 / this.#waitedMs;
    if (perSecond < minBytesPerSecond) throw new DeadlineExceededError(`${Math.round(perSecond)} bytes a second over ${Math.round(this.#waitedMs)} ms; expected at least ${minBytesPerSecond}`);
    this.#waitedMs = 0;
    this.#bytes = 0;
  }
}
