import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { DataLossError, errnoOf, errorText } from '#errors';
import { atPath } from '../at-path.ts';
import { readArchiveRecord, readReplaced } from '../extractor/archive-record.ts';
import { DirectoryStack } from '../extractor/directory-stack.ts';
import { entryMeaning, splitEntryPath } from '../extractor/entry-path.ts';
import { quote, TarReader, type TarEntry } from '../extractor/tar-reader.ts';
import { archiveRecordFile, diffDirectory } from '../layout.ts';
import { ReplacedEntries } from './replaced-entries.ts';

const CHUNK_BYTES = 1024 * 1024;
const REPLACED = 'its archive replaces entries of its own';

export interface RebuildListener {
  /** The archive, piece by piece; borrowed. */
  readonly onBytes: (bytes: Buffer) => void;
  /** Each entry that should stand in the layer, before its data is read. `stack` stands wherever the last one left it. */
  readonly onEntry?: (entry: TarEntry, stack: DirectoryStack) => void;
  /** A file whose data is not what the archive had. Throw to stop; else as many zeros are put in its place. */
  readonly onBadFile: (entry: TarEntry, problem: string) => void;
}

/**
 * Makes a layer's archive again from its record and its files. @param layer the layer's directory. @throws DataLossError for a record that is cut or damaged; ENOENT for none.
 * @returns `lost`: why data of the archive is nowhere, and what came out is not the archive.
 */
export function rebuildArchive(layer: string, listener: RebuildListener): { lost?: string } {
  const record = archiveRecordFile(layer);
  const replaced = readReplaced(record);
  using stack = new DirectoryStack(diffDirectory(layer));
  using gone = new ReplacedEntries(diffDirectory(layer), replaced === 'unknown' ? new Map() : replaced);
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  let [number, lost] = [0, replaced === 'unknown' ? REPLACED : undefined];
  const reader = new TarReader({
    raw: listener.onBytes,
    entry: (entry) => {
      const components = splitEntryPath(entry.path);
      const isGone = gone.has(++number, components);
      if (!isGone) listener.onEntry?.(entry, stack);
      if (entry.size === 0) return;
      if (isGone) lost = REPLACED;
      else if (entryMeaning(components).kind !== 'content') lost ??= 'its archive has whiteouts with data';
      else sendFile(entry, stack, chunk, listener);
    },
    data: () => undefined,
    end: () => undefined,
  }, Infinity, { withoutData: true });
  readArchiveRecord(record, (bytes) => reader.push(bytes));
  return lost === undefined ? {} : { lost };
}

function sendFile(entry: TarEntry, stack: DirectoryStack, chunk: Buffer, { onBytes, onBadFile }: RebuildListener): void {
  let sent = 0;
  try {
    const components = splitEntryPath(entry.path);
    const fd = openFile(entry, components, stack);
    try {
      const { size } = fstatSync(fd);
      if (size !== entry.size) throw new DataLossError(`it has ${size} bytes, want ${entry.size}`);
      for (let read = 1; sent < size && read > 0; sent += read) {
        read = readSync(fd, chunk, 0, Math.min(chunk.length, size - sent), null);
        onBytes(chunk.subarray(0, read));
      }
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    if (!(error instanceof DataLossError) && errnoOf(error) === undefined) throw error;
    onBadFile(entry, errorText(error));
  }
  chunk.fill(0);
  for (; sent < entry.size; sent += chunk.length) onBytes(chunk.subarray(0, entry.size - sent));
}

function openFile(entry: TarEntry, components: readonly string[], stack: DirectoryStack): number {
  if (!stack.enter(components, components.length - 1, () => false)) throw new DataLossError(`the directory of ${quote(entry.path)} is not there`);
  return openSync(atPath(stack.top, components.at(-1) ?? ''), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
}
