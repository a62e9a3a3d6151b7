/** Long lists in messages that every client can take. */
import { encodedAnswer } from './encoded-items.ts';
import type { EncodedMessage } from './encoded-items.ts';

/** A chunk is closed when it has reached this size; one item more always fits into a message. */
const CHUNK_BYTES = 1024 * 1024;
const CHUNK_ITEMS = 512;

/** Answers whose field 1 is the list: each item once, in order; no chunk is empty. */
export function* chunks(items: readonly Uint8Array[]): Generator<EncodedMessage> {
  let [first, bytes] = [0, 0];
  for (const [i, item] of items.entries()) {
    bytes += item.length;
    if (bytes < CHUNK_BYTES && i + 1 - first < CHUNK_ITEMS) continue;
    yield encodedAnswer(items.slice(first, i + 1));
    [first, bytes] = [i + 1, 0];
  }
  if (first < items.length) yield encodedAnswer(items.slice(first));
}
