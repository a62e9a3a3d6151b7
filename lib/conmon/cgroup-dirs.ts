import { rmdir } from 'node:fs/promises';
import { delay } from '#async';
import { errnoOf } from '#errors';

const FIRST_WAIT_MS = 1;
const LONGEST_WAIT_MS = 50;
/** A process that has just ended holds its cgroup for some moments. */
const TRIES = 30;

/** Removes a monitor's cgroup, a directory in each hierarchy; idempotent. @throws the last error when it stays busy. */
export async function removeCgroupDirs(directories: readonly string[], options: { signal: AbortSignal }): Promise<void> {
  await Promise.all(directories.map((directory) => removeCgroupDir(directory, options.signal)));
}

async function removeCgroupDir(directory: string, signal: AbortSignal): Promise<void> {
  for (let left = TRIES, wait = FIRST_WAIT_MS; ; left--, wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    try {
      await rmdir(directory);
      return;
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return;
      if (errnoOf(error) !== 'EBUSY' || left === 0) throw error;
    }
    await delay(wait, signal, `remove cgroup "${directory}"`);
  }
}
