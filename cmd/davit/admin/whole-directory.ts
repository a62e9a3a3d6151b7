import type { FileHandle } from 'node:fs/promises';
import { constants, existsSync } from 'node:fs';
import { mkdir, open, readdir, rename, rmdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { errnoOf, errorText, FailedPreconditionError, InternalError } from '#errors';
import { syncDirectory } from '#fs';
import { syncOpen, tryLock } from '#linux';

const OURS_TO_WRITE = 0o755;
const WRITABLE_BY_OTHERS = 0o022;
const DIRECTORY_ITSELF = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW;

interface Content<T> {
  /** Fills the empty directory `half`. */
  readonly write: (half: string) => Promise<T>;
  /** Removes whatever write() may have made in `half`, by name. */
  readonly empty: (half: string) => Promise<void>;
}

/**
 * Makes a directory that is there whole or not at all: it is written as `.NAME.davit-half` beside its place, and moved there when all of it is on the disk.
 * What a writer that was killed has left is emptied by the next one for the same place: the kernel has let go of its lock.
 * @throws FailedPreconditionError when the place is taken, its parent is not there, or another one writes it.
 */
export async function writeWholeDirectory<T>(directory: string, { write, empty }: Content<T>): Promise<T> {
  if (existsSync(directory)) throw new FailedPreconditionError(`make ${JSON.stringify(directory)}: it exists; expected a new directory`);
  const half = join(dirname(directory), `.${basename(directory)}.davit-half`);
  const action = `make ${JSON.stringify(directory)} by way of ${JSON.stringify(half)}`;
  await using held = await claim(half, action);
  await empty(half);
  const [other] = await readdir(half);
  if (other !== undefined) throw new FailedPreconditionError(`${action}: ${JSON.stringify(other)} is in there and not davit's; expected an empty directory, or none`);
  let result: T;
  try {
    result = await write(half);
    await syncOpen(held.fd, half);
    await rename(half, directory);
  } catch (error) {
    await empty(half).then(() => rmdir(half)).catch((second: unknown) => { throw new InternalError(`${errorText(error)}; what was written in ${JSON.stringify(half)} stays: ${errorText(second)}`, { cause: error }); });
    throw error;
  }
  await syncDirectory(dirname(directory));
  return result;
}

/** Makes `half`, or takes the one that is there if nobody is at work in it. It is held until it is closed. */
async function claim(half: string, action: string): Promise<FileHandle> {
  await mkdir(half, { mode: OURS_TO_WRITE }).catch((error: unknown) => {
    if (errnoOf(error) !== 'EEXIST') throw new FailedPreconditionError(`${action}: expected a new directory in one that exists`, { cause: error });
  });
  const held = await open(half, DIRECTORY_ITSELF).catch((error: unknown) => { throw new FailedPreconditionError(`${action}: expected a directory there, or nothing`, { cause: error }); });
  try {
    const { uid, mode, ino } = await held.stat();
    if (uid !== process.getuid?.() || (mode & WRITABLE_BY_OTHERS) !== 0) throw new FailedPreconditionError(`${action}: others may write there; expected a directory of our own, or nothing`);
    // Who was at work there when it was opened may have moved it to its place since, or removed it.
    if (tryLock(held.fd, half) && (await stat(half).catch(() => undefined))?.ino === ino) return held;
    throw new FailedPreconditionError(`${action}: another davit is writing it`);
  } catch (error) {
    await held.close();
    throw error;
  }
}
