/** Long lists in messages that every client can take. */
import { encodedAnswer } from './encoded-items.ts';
import type { EncodedMessage } from './encoded-items.ts';

/** A chunk is closed when it has reached this size; one item more always fits into a message. */
const CHUNK_BYTES = 1024 * 1024;
const CHUNK_ITEMS = 512;

/** Answers whose field 1 is the list: each item once, in order; no chunk is empty. */
export async function* chunks(items: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): AsyncGenerator<EncodedMessage> {
  let [chunk, bytes]: [Uint8Array[], number] = [[], 0];
  for await (const item of items) {
    chunk.push(item);
    bytes += item.length;
    if (bytes < CHUNK_BYTES && chunk.length < CHUNK_ITEMS) continue;
    yield encodedAnswer(chunk);
    [chunk, bytes] = [[], 0];
  }
  if (chunk.length > 0) yield encodedAnswer(chunk);
}
