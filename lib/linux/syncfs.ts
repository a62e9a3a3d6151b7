import { open } from 'node:fs/promises';
import { lastErrno, native, systemError } from './libc.ts';

const syncfs1 = native('syncfs', 'int', ['int']);

/** Writes everything of the file system of `directory` to its disk, in a thread of the pool. @throws Error with `.code` ('EIO' after a failed write). */
export async function syncfs(directory: string): Promise<void> {
  await using handle = await open(directory, 'r');
  await syncOpen(handle.fd, directory);
}

/**
 * The same by a directory that is open already: it also fails for what the kernel could not write at any time since then. A write that failed is
 * reported to each open file once, and never tried again. @param path for the message.
 */
export async function syncOpen(fd: number, path: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    syncfs1().async(fd, (error, result) => {
      if (error instanceof Error) reject(error);
      else if (result < 0) reject(systemError('syncfs', lastErrno(), path));
      else resolve();
    });
  });
}
