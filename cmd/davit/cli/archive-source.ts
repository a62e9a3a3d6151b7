/** An image archive as the daemon can open it, whatever the user gave: a file, a directory, a pipe; gzip or zstd around it. */
import { constants, fstatSync, read, statfsSync, writeSync } from 'node:fs';
import { mkdir, open, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { errnoOf, ResourceExhaustedError } from '#errors';
import { createDecompressor, DEFAULT_EXTRACTOR_LIMITS, detectCompression, MAGIC_BYTES } from '#storage';

export interface ArchiveSource extends AsyncDisposable {
  /** Good as long as this process lives and this is not disposed. */
  readonly path: string;
  /** What the user calls it. */
  readonly label: string;
}

const STDIN = '-';
const STDIN_FD = 0;
const CHUNK_BYTES = 1024 * 1024;
/** The free space is looked at each time that so much has been written. */
const SPACE_CHECK_BYTES = 64 * 1024 * 1024;
/** Linux' __O_TMPFILE with O_DIRECTORY: a file without a name, gone with its last descriptor. */
const O_TMPFILE = 0o20000000 | constants.O_DIRECTORY;

/**
 * Opens `file`; '-' is standard input. What is no plain archive or directory is copied, uncompressed, to a file without a name in `spoolDirectory`: it goes when
 * this process does, however it ends. @throws a system error; ResourceExhaustedError when the copy would fill the disk
 */
export async function openArchiveSource(file: string, spoolDirectory: string): Promise<ArchiveSource> {
  await using opening = new AsyncDisposableStack();
  const fd = file === STDIN ? STDIN_FD : opening.use(await open(file, 'r')).fd;
  const label = file === STDIN ? 'standard input' : resolve(file);
  const info = fstatSync(fd);
  const head = info.isDirectory() ? Buffer.alloc(0) : await readHead(fd, info.isFile());
  const compression = detectCompression(head);
  let found = fd;
  if (!info.isDirectory() && (!info.isFile() || compression !== 'plain')) {
    const spool = opening.use(await createSpool(spoolDirectory));
    await copy(fd, info.isFile() ? Buffer.alloc(0) : head, compression, spool.fd);
    found = spool.fd;
  }
  const opened = opening.move();
  // By this process, for the daemon to open: the file may have no name, or another one where the daemon looks.
  return { path: `/proc/${process.pid}/fd/${found}`, label, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}

async function readHead(fd: number, seekable: boolean): Promise<Buffer> {
  const head = Buffer.alloc(MAGIC_BYTES);
  let filled = 0;
  while (filled < MAGIC_BYTES) {
    const bytes = await readInto(fd, head, filled, MAGIC_BYTES - filled, seekable ? filled : null);
    if (bytes === 0) break;
    filled += bytes;
  }
  return head.subarray(0, filled);
}

/** Copies what is left of `fd` behind `head`. */
async function copy(fd: number, head: Buffer, compression: ReturnType<typeof detectCompression>, to: number): Promise<void> {
  const { maxRatio, ratioGraceBytes } = DEFAULT_EXTRACTOR_LIMITS;
  let written = 0;
  let bytesIn = head.length;
  const write = (bytes: Buffer): void => {
    checkSpace(to, written, bytes.length);
    for (let at = 0; at < bytes.length;) at += writeSync(to, bytes, at);
    written += bytes.length;
    if (written > ratioGraceBytes && written > bytesIn * maxRatio) throw new ResourceExhaustedError(`read the archive: ${bytesIn} bytes became ${written}, more than ${maxRatio} times as many`);
  };
  const plain = { write: async (bytes: Buffer): Promise<void> => write(bytes), end: async (): Promise<void> => undefined };
  await using decompressing = new AsyncDisposableStack();
  const sink = compression === 'plain' ? plain : decompressing.use(createDecompressor(compression, write));
  await sink.write(head);
  const chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  for (let bytes = await readInto(fd, chunk, 0, CHUNK_BYTES, null); bytes > 0; bytes = await readInto(fd, chunk, 0, CHUNK_BYTES, null)) {
    bytesIn += bytes;
    await sink.write(chunk.subarray(0, bytes));
  }
  await sink.end();
}

/** @throws ResourceExhaustedError before the disk is as good as full: the node has use for the rest */
function checkSpace(to: number, written: number, more: number): void {
  if (Math.floor((written + more) / SPACE_CHECK_BYTES) === Math.floor(written / SPACE_CHECK_BYTES) && written > 0) return;
  const { bavail, bsize } = statfsSync(`/proc/self/fd/${to}`);
  const keep = DEFAULT_EXTRACTOR_LIMITS.reservedFreeBytes + SPACE_CHECK_BYTES;
  if (bavail * bsize < keep) throw new ResourceExhaustedError(`copy the archive: ${bavail * bsize} bytes are left on the disk; expected at least ${keep}`);
}

const readAsync = promisify(read);

async function readInto(fd: number, buffer: Buffer, at: number, length: number, position: number | null): Promise<number> {
  return (await readAsync(fd, buffer, at, length, position)).bytesRead;
}

/** A new file of no name. */
async function createSpool(directory: string): Promise<FileHandle> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  try {
    return await open(directory, O_TMPFILE | constants.O_RDWR, 0o600);
  } catch (error) {
    if (!['EOPNOTSUPP', 'EISDIR', 'EINVAL'].includes(errnoOf(error) ?? '')) throw error;
    const path = join(directory, `load-${randomBytes(8).toString('hex')}`);
    const file = await open(path, 'wx+', 0o600);
    await rm(path);
    return file;
  }
}
