import type { IncomingMessage } from 'node:http';
import { ByteCollector } from '#bytes';
import { DataLossError, DeadlineExceededError } from '#errors';
import { releaseBytes } from '#storage';
import type { PullLimits } from '../limits.ts';
import type { BlockMemory } from './block-pool.ts';
import { Connection } from './connection.ts';
import type { DivertedBytes } from './connection.ts';

/** A body from here on is worth a connection that serves nothing after it. */
const DIVERTED_MIN_BYTES = 16 * 1024 * 1024;

export interface BodyOptions {
  readonly limits: Pick<PullLimits, 'idleBodyTimeoutMs' | 'minBytesPerSecond' | 'rateWindowMs'>;
  readonly signal: AbortSignal;
  /** Absent: every body goes through node's parser. */
  readonly memory?: BlockMemory | undefined;
  /** Called after each chunk; what it returns is waited for before more is asked for. */
  readonly onReceived?: ((bytes: number) => Promise<void> | undefined) | undefined;
}

/**
 * The chunks of an answer, with back-pressure: the next is asked for when the caller has done with the last. A chunk is good until then. Idle time and rate
 * count only while the network is waited for. Leaving the loop early destroys the connection; the last chunk then lies in memory that only the giver of `memory` can give back.
 * @throws DeadlineExceededError, or ECONNRESET when the body ends before its Content-Length.
 */
export async function* readBody(response: IncomingMessage, { limits, signal, memory, onReceived }: BodyOptions): AsyncGenerator<Buffer> {
  let waiting = true;
  let chunks = 0;
  const timer = setTimeout(() => {
    const before = chunks;
    // Where it was this process that stood still, bytes may wait to be read: the loop comes to them between this timer and its immediate.
    setImmediate(() => {
      if (waiting && chunks === before) response.destroy(new DeadlineExceededError(`no byte of the body for ${limits.idleBodyTimeoutMs} ms`));
      else if (!response.destroyed) timer.refresh();
    });
  }, limits.idleBodyTimeoutMs);
  const onAbort = (): void => { response.destroy(signal.reason instanceof Error ? signal.reason : new Error('aborted')); };
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  const rate = new RateFloor(limits);
  const past = memory && pastParser(response, memory);
  let lent = false;
  try {
    for await (const chunk of past?.chunks ?? response as AsyncIterable<Buffer>) {
      waiting = false;
      chunks++;
      const { length } = chunk;
      rate.arrived(length);
      lent = true;
      yield chunk;
      lent = false;
      if (!past) releaseBytes(chunk);
      await onReceived?.(length);
      waiting = true;
      rate.waiting();
      timer.refresh();
    }
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    response.destroy();
    if (!lent) past?.end();
  }
}

/** The whole of a small answer. @throws DataLossError when it is longer than `limitBytes` */
export async function readDocument(response: IncomingMessage, limitBytes: number, options: BodyOptions): Promise<Buffer> {
  const document = new ByteCollector();
  for await (const chunk of readBody(response, options)) {
    document.add(chunk);
    if (document.length > limitBytes) throw new DataLossError(`the answer is longer than ${limitBytes} bytes`);
  }
  return document.take();
}

/** The chunks of a large body without node's parser, which copies each; undefined where that is not possible. */
function pastParser(response: IncomingMessage, memory: BlockMemory): { readonly chunks: AsyncGenerator<Buffer>; end(): void } | undefined {
  const { 'content-length': length, 'transfer-encoding': encoding } = response.headers;
  const connection = response.complete || response.destroyed || encoding !== undefined ? undefined : Connection.of(response.socket);
  if (!connection || !(Number(length) >= DIVERTED_MIN_BYTES)) return undefined;
  const diverted = connection.divert(memory);
  return { chunks: readDiverted(response, diverted, Number(length)), end: () => diverted.end() };
}

async function* readDiverted(response: IncomingMessage, diverted: DivertedBytes, lengthBytes: number): AsyncGenerator<Buffer> {
  let left = lengthBytes;
  response.on('error', () => diverted.wake()).on('close', () => diverted.wake());
  for (let parsed; (parsed = response.read() as Buffer | null) !== null;) {
    left -= parsed.length;
    yield parsed;
  }
  while (left > 0) {
    const chunk = diverted.take();
    if (chunk) {
      const part = chunk.subarray(0, left);
      left -= part.length;
      yield part;
    } else if (response.destroyed) {
      throw response.errored ?? new Error('the connection was closed');
    } else {
      await diverted.change();
    }
  }
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
