/** One daemon for each root: two would remove each other's containers. */
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { FailedPreconditionError } from '#errors';
import { tryLock } from '#linux';

/** Holds `<directory>/davit.lock` until disposal; the kernel lets go when the daemon dies. @throws FailedPreconditionError with the pid of the daemon that holds it. */
export async function lockDirectory(key: string, directory: string): Promise<AsyncDisposable> {
  const path = join(directory, 'davit.lock');
  const file = await open(path, 'a+', 0o600);
  try {
    if (!tryLock(file.fd, path)) {
      const pid = (await file.readFile('utf8')).trim();
      throw new FailedPreconditionError(`use ${key} directory ${JSON.stringify(directory)}: davit with pid ${pid === '' ? 'unknown' : pid} uses it; stop that one or give another ${key}`);
    }
    await file.truncate(0);
    await file.write(`${process.pid}\n`);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}
