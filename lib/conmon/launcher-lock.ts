/** One launcher works on a node at a time: the next one waits for what an earlier one, whose daemon died, still finishes. */
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { delay } from '#async';
import { errnoOf, UnavailableError } from '#errors';
import { tryLock } from '#linux';
import type { Logger } from '#log';

/** For a plugin or runtime under way to end; a launcher that takes longer is killed, and with it what it runs. */
const WAIT_MS = 10_000;
/** For the kernel to clean up after a kill. */
const KILLED_WAIT_MS = 2_000;
const POLL_MS = 10;

/** The locked file, to be handed to the launcher and then closed here: the lock is the launcher's as long as it lives. @throws UnavailableError */
export async function lockForLauncher(path: string, log: Logger): Promise<FileHandle> {
  const file = await open(path, 'a+', 0o600);
  try {
    if (await lockWithin(file, path, WAIT_MS)) return file;
    const pid = Number((await file.readFile('utf8')).trim());
    log.warn('the launcher of an earlier daemon does not end, it is killed', { pid, waitedMs: WAIT_MS });
    kill(pid);
    if (await lockWithin(file, path, KILLED_WAIT_MS)) return file;
    throw new UnavailableError(`lock "${path}": held by process ${pid}, which does not end`);
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function lockWithin(file: FileHandle, path: string, ms: number): Promise<boolean> {
  for (const end = performance.now() + ms; performance.now() < end; await delay(POLL_MS, new AbortController().signal, 'wait for an earlier launcher')) {
    if (tryLock(file.fd, path)) return true;
  }
  return false;
}

function kill(pid: number): void {
  if (!Number.isSafeInteger(pid) || pid <= 1) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (errnoOf(error) !== 'ESRCH') throw error;
  }
}
