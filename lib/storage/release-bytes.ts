/**
 * Frees the memory of `chunk` now, if it is the end of its ArrayBuffer; it is empty from then on. A stream of large buffers that waits for the
 * garbage collector makes it run every few megabytes, with the whole heap to mark.
 * @param chunk a piece of a stream whose other pieces have been done with in order; nobody else may have a view of its ArrayBuffer. Never one of Buffer's pool.
 */
export function releaseBytes(chunk: Buffer): void {
  const { buffer } = chunk;
  if (buffer instanceof ArrayBuffer && buffer.byteLength >= MIN_BYTES && chunk.byteOffset + chunk.length === buffer.byteLength) buffer.transfer(0);
}

/** Less is not worth the call. */
const MIN_BYTES = 4096;
