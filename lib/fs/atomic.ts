import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Replaces `path` by `data`: temporary file beside it, (fsync), rename, (fsync of the directory).
 * @param options.durable true where the content must survive a power cut; false in /run.
 */
export async function atomicWriteFile(path: string, data: string | Uint8Array, options: { mode: number; durable: boolean }): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}`);
  try {
    await using file = await open(temporary, 'wx', options.mode);
    await file.writeFile(data);
    if (options.durable) await file.sync();
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  if (options.durable) await syncDirectory(dirname(path));
}

/** fsync of a directory, so that names made in it survive a power cut. */
export async function syncDirectory(path: string): Promise<void> {
  await using directory = await open(path, 'r');
  await directory.sync();
}
