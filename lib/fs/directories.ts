import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errnoOf } from '#errors';

/**
 * Makes a directory and those above it that are missing, as `mkdir -p`. Node's own recursive mkdir never ends, and keeps a processor busy,
 * where the kernel makes nothing in a directory that is there (ENOENT below /proc): not for paths that others choose.
 * @param mode of each that is made
 * @throws Error of the system call that failed
 */
export async function makeDirectories(path: string, mode: number): Promise<void> {
  const missing: string[] = [];
  for (let at = path; !await makeOne(at, mode, dirname(at) !== at); at = dirname(at)) missing.push(at);
  for (const directory of missing.reverse()) await makeOne(directory, mode, false);
}

/** @returns false when the directory above is missing, which is an error unless it `mayLackParent` */
async function makeOne(path: string, mode: number, mayLackParent: boolean): Promise<boolean> {
  try {
    await mkdir(path, { mode });
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' && mayLackParent) return false;
    if (errnoOf(error) !== 'EEXIST' || !(await stat(path)).isDirectory()) throw error;
  }
  return true;
}
