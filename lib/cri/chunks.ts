/** Long lists in messages that every client can take. */
import type { Codec, Input } from './generated/cri.js';

/** A chunk is closed when it has reached this size; one item more always fits into a message. */
const CHUNK_BYTES = 1024 * 1024;
const CHUNK_ITEMS = 512;

/** Each item once, in order; no chunk is empty. @param codec that of one item, for its size */
export function* chunks<T>(items: readonly Input<T>[], codec: Codec<T>): Generator<readonly Input<T>[]> {
  let chunk: Input<T>[] = [];
  let bytes = 0;
  for (const item of items) {
    chunk.push(item);
    bytes += codec.encode(item).finish().length;
    if (bytes < CHUNK_BYTES && chunk.length < CHUNK_ITEMS) continue;
    yield chunk;
    [chunk, bytes] = [[], 0];
  }
  if (chunk.length > 0) yield chunk;
}
