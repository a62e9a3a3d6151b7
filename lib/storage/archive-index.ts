/** What a tar archive on the disk holds, and where: found by its headers, the data in between is not read. */
import type { FileHandle } from 'node:fs/promises';
import { throwIfAborted } from '#async';
import { DataLossError, ResourceExhaustedError } from '#errors';
import { BLOCK_BYTES } from './extractor/tar-header.ts';
import { quote, TarReader } from './extractor/tar-reader.ts';
import type { EntryType } from './extractor/tar-reader.ts';

export interface ArchiveMember {
  /** As it is written there, one latin1 character a byte. */
  readonly path: string;
  readonly type: EntryType;
  /** Of a link. */
  readonly linkPath: string;
  /** Where its data begins in the file. */
  readonly offset: number;
  readonly sizeBytes: number;
}

/** Names of all members and of what they link to, which are kept. PAX allows each a megabyte. */
const NAMES_MAX_BYTES = 32 * 1024 * 1024;
/** Read at once: a header and some of what follows. */
const WINDOW_BYTES = 16 * 1024;

/**
 * The members of the plain tar archive in `file`, in its order. Reads by position, and leaves the file open.
 * @throws DataLossError when it is no archive, ends early or lies about a size; ResourceExhaustedError beyond `maxEntries`, and when their names are too long together
 */
export async function readArchiveIndex(file: FileHandle, { maxEntries, signal }: { maxEntries: number; signal: AbortSignal }): Promise<ArchiveMember[]> {
  const { size: fileBytes } = await file.stat();
  const members: ArchiveMember[] = [];
  let at = 0;
  let namesBytes = 0;
  const reader = new TarReader({
    entry: ({ path, type, linkPath, size }) => {
      if (at + size > fileBytes) throw new DataLossError(`read tar: ${quote(path)} has ${size} bytes, the archive only ${fileBytes - at} more`);
      namesBytes += path.length + linkPath.length;
      if (namesBytes > NAMES_MAX_BYTES) throw new ResourceExhaustedError(`read tar: the names of its entries have more than ${NAMES_MAX_BYTES} bytes`);
      members.push({ path, type, linkPath, offset: at, sizeBytes: size });
      at += size;
    },
    data: () => undefined, end: () => undefined,
  }, maxEntries, { withoutData: true });
  const window = Buffer.allocUnsafeSlow(WINDOW_BYTES);
  for (let filled = 0, start = 0; at < fileBytes;) {
    throwIfAborted(signal, 'read the archive');
    if (at < start || at >= start + filled) {
      start = at;
      filled = (await file.read(window, 0, WINDOW_BYTES, start)).bytesRead;
      if (filled === 0) break;
    }
    // Up to the end of a block: what follows a header may be data.
    const piece = window.subarray(at - start, Math.min(filled, at - start + BLOCK_BYTES - at % BLOCK_BYTES));
    at += piece.length;
    reader.push(piece);
  }
  reader.finish();
  return members;
}
