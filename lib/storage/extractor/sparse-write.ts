import type { NewFile } from '#linux';

/** Less is not worth two more system calls; more would leave out too little where a piece of the archive ends inside a block. */
const HOLE_BYTES = 16 * 1024;
const ZEROS = Buffer.alloc(HOLE_BYTES);

/** Appends `bytes` to a file that has `offset` bytes. Its aligned blocks of HOLE_BYTES zeros become holes: they read the same and take no place. */
export function writeSparsely(out: Pick<NewFile, 'write' | 'skip'>, offset: number, bytes: Buffer): void {
  let done = 0;
  for (let at = (HOLE_BYTES - offset % HOLE_BYTES) % HOLE_BYTES; at + HOLE_BYTES <= bytes.length; at += HOLE_BYTES) {
    if (bytes[at] !== 0 || ZEROS.compare(bytes, at, at + HOLE_BYTES) !== 0) continue;
    if (at > done) out.write(bytes.subarray(done, at));
    out.skip(HOLE_BYTES);
    done = at + HOLE_BYTES;
  }
  if (done < bytes.length) out.write(bytes.subarray(done));
}
