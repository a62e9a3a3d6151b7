/**
 * A layer's archive without the data of its files: with the files on the disk it is the archive again, byte for byte. So a layer can be proved by its diffID and
 * exported as it came, and nothing has to be hashed while it is unpacked. On the disk: frames of a length (4 bytes, little endian) and zstd data,
 * then a length of 0, one byte of flags and, if they say so, a frame with what was replaced. Written by cmd/davit-unpack.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import { zstdDecompressSync } from 'node:zlib';
import { DataLossError } from '#errors';

const FRAME_BYTES = 256 * 1024;
const LENGTH_BYTES = 4;
const FLAG_REPLACED = 1;
const FLAG_REPLACED_LIST = 2;

/** What had to go for a later entry of the same archive: by its real path in latin1, the number of the last such entry (the first entry of the archive is 1). 'unknown': something had to. */
export type Replaced = ReadonlyMap<string, number> | 'unknown';

/** Hands the recorded bytes to `onBytes`, in order. @throws DataLossError for a record that is cut or damaged. */
export function readArchiveRecord(file: string, onBytes: (bytes: Buffer) => void): void {
  withFrames(file, (next) => {
    for (let length = next.length(); length > 0; length = next.length()) onBytes(next.frame(length));
  });
}

/** Reads what was replaced, and nothing of the archive. @throws DataLossError for a record that is cut or damaged. */
export function readReplaced(file: string): Replaced {
  return withFrames(file, (next) => {
    for (let length = next.length(); length > 0; length = next.length()) next.skip(length);
    const flags = next.flags();
    if ((flags & FLAG_REPLACED_LIST) !== 0) return replacedList(next.frame(next.length()), file);
    return (flags & FLAG_REPLACED) !== 0 ? 'unknown' : new Map<string, number>();
  });
}

/** Numbers and paths in turn, a NUL behind each. A later number of the same path counts. */
function replacedList(list: Buffer, file: string): Replaced {
  const replaced = new Map<string, number>();
  const fields = list.toString('latin1').split('\0');
  for (let i = 0; i + 1 < fields.length; i += 2) {
    const number = Number(fields[i]);
    if (!Number.isSafeInteger(number)) throw new DataLossError(`read '${file}': a damaged list of what was replaced`);
    replaced.set(fields[i + 1] ?? '', number);
  }
  return replaced;
}

interface Frames { readonly length: () => number; readonly frame: (length: number) => Buffer; readonly skip: (length: number) => void; readonly flags: () => number }

function withFrames<T>(file: string, use: (next: Frames) => T): T {
  const fd = openSync(file, 'r');
  let at = 0;
  const read = (length: number): Buffer => { const bytes = readExactly(fd, at, length, file); at += length; return bytes; };
  const length = (): number => {
    const bytes = read(LENGTH_BYTES).readUInt32LE(0);
    if (bytes > 2 * FRAME_BYTES) throw new DataLossError(`read '${file}': a frame of ${bytes} bytes`);
    return bytes;
  };
  try {
    return use({ length, frame: (bytes) => decompressed(read(bytes), file), skip: (bytes) => { at += bytes; }, flags: () => read(1)[0] ?? 0 });
  } finally {
    closeSync(fd);
  }
}

function decompressed(frame: Buffer, file: string): Buffer {
  try {
    return zstdDecompressSync(frame, { maxOutputLength: FRAME_BYTES });
  } catch (error) {
    throw new DataLossError(`read '${file}': a damaged frame`, { cause: error });
  }
}

function readExactly(fd: number, position: number, length: number, file: string): Buffer {
  const bytes = Buffer.alloc(length);
  for (let got = 0; got < length;) {
    const read = readSync(fd, bytes, got, length - got, position + got);
    if (read === 0) throw new DataLossError(`read '${file}': it ends too early`);
    got += read;
  }
  return bytes;
}
