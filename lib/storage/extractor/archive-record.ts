/**
 * A layer's archive without the data of its files: with the files on the disk it is the archive again, byte for byte. So a layer can be proved by its diffID and
 * exported as it came, and nothing has to be hashed while it is unpacked. On the disk: frames of a length (4 bytes, little endian) and zstd data,
 * then a length of 0 and one byte of flags.
 */
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { DataLossError } from '#errors';

const FRAME_BYTES = 256 * 1024;
/** Fastest, and headers shrink to a tenth all the same. */
const OPTIONS = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };
const LENGTH_BYTES = 4;
const FLAG_REPLACED = 1;

/** What is known about an archive as a whole. */
export interface ArchiveFlags {
  /** An entry took the place of an earlier one whose data is gone: the archive cannot be made again. */
  readonly replaced: boolean;
}

/** Writes a record while its layer is unpacked. */
export class ArchiveRecorder implements Disposable {
  readonly #buffer = Buffer.allocUnsafe(FRAME_BYTES);
  readonly #fd: number;
  #used = 0;
  #open = true;

  constructor(file: string) {
    this.#fd = openSync(file, 'wx', 0o600);
  }

  write(bytes: Buffer): void {
    for (let at = 0; at < bytes.length;) {
      const copied = bytes.copy(this.#buffer, this.#used, at);
      at += copied;
      this.#used += copied;
      if (this.#used === FRAME_BYTES) this.#flush();
    }
  }

  /** The archive is complete. */
  finish({ replaced }: ArchiveFlags): void {
    if (this.#used > 0) this.#flush();
    this.#writeAll(Buffer.concat([lengthOf(0), Buffer.of(replaced ? FLAG_REPLACED : 0)]));
    this[Symbol.dispose]();
  }

  [Symbol.dispose](): void {
    if (this.#open) closeSync(this.#fd);
    this.#open = false;
  }

  #flush(): void {
    const frame = zstdCompressSync(this.#buffer.subarray(0, this.#used), OPTIONS);
    this.#writeAll(Buffer.concat([lengthOf(frame.length), frame]));
    this.#used = 0;
  }

  #writeAll(bytes: Buffer): void {
    for (let at = 0; at < bytes.length;) at += writeSync(this.#fd, bytes, at);
  }
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

function lengthOf(bytes: number): Buffer {
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(bytes);
  return length;
}
