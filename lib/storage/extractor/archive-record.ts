/**
 * A layer's archive without the data of its files: with the files on the disk it is the archive again, byte for byte. So a layer can be proved by its diffID and
 * exported as it came, and nothing has to be hashed while it is unpacked. On the disk: frames of a length (4 bytes, little endian) and zstd data,
 * then a length of 0 and one byte of flags. Written by cmd/davit-unpack.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import { zstdDecompressSync } from 'node:zlib';
import { DataLossError } from '#errors';

const FRAME_BYTES = 256 * 1024;
const LENGTH_BYTES = 4;
const FLAG_REPLACED = 1;

/** What is known about an archive as a whole. */
export interface ArchiveFlags {
  /** An entry took the place of an earlier one whose data is gone: the archive cannot be made again. */
  readonly replaced: boolean;
}

/** Hands the recorded bytes to `onBytes`, in order. Returns the flags. @throws DataLossError for a record that is cut or damaged. */
export function readArchiveRecord(file: string, onBytes: (bytes: Buffer) => void): ArchiveFlags {
  const fd = openSync(file, 'r');
  try {
    for (;;) {
      const length = readExactly(fd, LENGTH_BYTES, file).readUInt32LE(0);
      if (length === 0) return { replaced: ((readExactly(fd, 1, file)[0] ?? 0) & FLAG_REPLACED) !== 0 };
      if (length > 2 * FRAME_BYTES) throw new DataLossError(`read '${file}': a frame of ${length} bytes`);
      onBytes(decompressed(readExactly(fd, length, file), file));
    }
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

function readExactly(fd: number, length: number, file: string): Buffer {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length;) {
    const read = readSync(fd, bytes, at, length - at, null);
    if (read === 0) throw new DataLossError(`read '${file}': it ends too early`);
    at += read;
  }
  return bytes;
}
