/**
 * Reading a body by several connections. The layer takes its bytes in order, so what comes before its turn waits in memory. It begins as one body, and stays one
 * while that is enough (RangePace).
 */
import type { IncomingMessage } from 'node:http';
import { readBody } from '../registry/body.ts';
import type { RangePace } from './range-pace.ts';
import { RangeQueue } from './range-queue.ts';
import type { QueuedBlob } from './range-queue.ts';

export interface RangedRead extends QueuedBlob {
  /** Of the first byte of the body that is there already. */
  readonly start: number;
  readonly pace: RangePace;
  /** Called when bytes of a range are about to be handed on. */
  readonly onRange: () => void;
}

/**
 * The bytes of the blob in order, from `start` on. Ends early when the next range has failed, and when further connections bring nothing: the rest is to be asked
 * for over one. A range that fails while the first body comes costs nothing but itself. Leaving the loop early ends every connection.
 * @throws what readBody() does for the first body; EndpointFailure when the server asked to be left alone for a while
 */
export async function* readByRanges(body: IncomingMessage, blob: RangedRead): AsyncGenerator<Buffer> {
  const { pace } = blob;
  await using queue = new RangeQueue(blob);
  let at = blob.start;
  pace.waiting();
  for await (const chunk of readBody(body, blob)) {
    pace.arrived(chunk.length);
    const part = chunk.subarray(0, queue.start - at);
    at += part.length;
    yield part;
    if (at === queue.start) break;
    await queue.extend(at + blob.limits.rangeBytes, pace.connections);
    pace.waiting();
  }
  if (at !== queue.start) return;
  for (let range = queue.next(); range; range = queue.next()) {
    await using held = range;
    blob.onRange();
    for await (const chunk of held.read()) {
      pace.arrived(chunk.length);
      at += chunk.length;
      yield chunk;
      queue.follow(pace.connections);
      pace.waiting();
    }
    if (held.failure) { queue.giveUp(held.failure); break; }
  }
  if (at < blob.sizeBytes) queue.endEarly(pace.connections > 1);
}
