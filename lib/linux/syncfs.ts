import { open } from 'node:fs/promises';
import { lastErrno, native, systemError } from './libc.ts';

const syncfs1 = native('syncfs', 'int', ['int']);

/** Writes everything of the file system of `directory` to its disk, in a thread of the pool. @throws Error with `.code` ('EIO' after a failed write). */
export async function syncfs(directory: string): Promise<void> {
  await using handle = await open(directory, 'r');
  await new Promise<void>((resolve, reject) => {
    syncfs1().async(handle.fd, (error, result) => {
      if (error instanceof Error) reject(error);
      else if (result < 0) reject(systemError('syncfs', lastErrno(), directory));
      else resolve();
    });
  });
}
