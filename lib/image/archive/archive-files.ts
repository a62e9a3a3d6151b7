/** The files of an image archive or of an OCI image layout: a tar archive or a directory, read where it lies. Nothing is unpacked. */
import type { FileHandle } from 'node:fs/promises';
import { throwIfAborted } from '#async';
import { ByteCollector } from '#bytes';
import { DataLossError } from '#errors';

/** Disposing closes what is open. */
export interface ArchiveFiles extends AsyncDisposable {
  has(path: string): Promise<boolean>;
  /**
   * A regular file by its path from the top, without '.' and '..'.
   * @param links whether a link may stand for it that leads to a file of the same archive. @throws NotFoundError; DataLossError for what is no file.
   */
  open(path: string, options?: { links?: boolean }): Promise<ArchiveFile>;
}

/** Disposing lets go of it. */
export interface ArchiveFile extends AsyncDisposable {
  readonly path: string;
  readonly file: FileHandle;
  readonly offset: number;
  readonly sizeBytes: number;
}

const CHUNK_BYTES = 1024 * 1024;

/** The file's bytes; a chunk is good until the next one is asked for. @throws DataLossError when it is shorter than it was */
export async function* chunksOf({ file, path, offset, sizeBytes }: ArchiveFile, signal: AbortSignal): AsyncGenerator<Buffer> {
  const buffer = Buffer.allocUnsafeSlow(Math.min(CHUNK_BYTES, Math.max(sizeBytes, 1)));
  for (let done = 0; done < sizeBytes;) {
    throwIfAborted(signal, `read ${JSON.stringify(path)}`);
    const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, sizeBytes - done), offset + done);
    if (bytesRead === 0) throw new DataLossError(`read ${JSON.stringify(path)}: it ends after ${done} of ${sizeBytes} bytes`);
    done += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

/** The whole of a small file. @throws DataLossError when it is larger than `limitBytes`; as open() does */
export async function readSmall(files: ArchiveFiles, path: string, limitBytes: number, signal: AbortSignal): Promise<Buffer> {
  await using file = await files.open(path);
  if (file.sizeBytes > limitBytes) throw new DataLossError(`read ${JSON.stringify(path)}: it has ${file.sizeBytes} bytes; expected at most ${limitBytes}`);
  const all = new ByteCollector();
  for await (const chunk of chunksOf(file, signal)) all.add(chunk);
  return all.take();
}
