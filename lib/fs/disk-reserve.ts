/**
 * Room on the disk for what gives room back. To stop a container, to remove an image and to start at all, a little has to be written, and on a full disk nothing can be:
 * so a file lies there from better times, and goes piece by piece when it is needed.
 */
import { randomBytes } from 'node:crypto';
import { statfsSync, statSync, truncateSync } from 'node:fs';
import { open, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errnoOf } from '#errors';

/** A few hundred transactions, also beside a container that takes every byte it can get. */
const RESERVE_BYTES = 4 * 1024 * 1024;
/** What goes at once: room for some tens of transactions. Whoever fills the disk may take what is not used of it. */
const PIECE_BYTES = 256 * 1024;
/** The reserve is made only where it is a small part of what is free. */
const FREE_TIMES = 4;
/** What a start writes: lock files, the logs and shared memory of two databases. */
const START_BYTES = 1024 * 1024;
const SQLITE_DISK_FULL: ReadonlySet<unknown> = new Set(['SQLITE_FULL', 'SQLITE_IOERR_SHMSIZE']);

/** Where the reserve of a root directory lies. */
export function reservePath(root: string): string {
  return join(root, 'reserve');
}

/** Whether it failed because nothing more can be written. */
export function isDiskFull(error: unknown): boolean {
  const errno = errnoOf(error);
  return errno === 'ENOSPC' || errno === 'EDQUOT' || (error instanceof Error && SQLITE_DISK_FULL.has((error as NodeJS.ErrnoException).code));
}

/**
 * Does `work`, which gives room back in the end, or whose result may not be lost. On a full disk it is done again with a piece of the reserve less each time, as long as there is one.
 * @param work may be repeated
 * @throws what `work` throws
 */
export function withReserve<T>(path: string, work: () => T): T {
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (!isDiskFull(error) || !spend(path)) throw error;
    }
  }
}

/** Before a start: as many pieces go as it may need. */
export function makeRoomToStart(path: string): void {
  while (freeBytes(statfsSync(dirname(path))) < START_BYTES && spend(path));
}

/** Makes the reserve whole, if there is room for it several times. @returns whether it is; a disk that has no room is no error. @throws a system error */
export async function fillReserve(path: string): Promise<boolean> {
  let size = sizeOf(path);
  if (size >= RESERVE_BYTES) return true;
  if (freeBytes(await statfs(dirname(path))) < FREE_TIMES * RESERVE_BYTES) return false;
  await using file = await open(path, 'a', 0o600);
  // Random, so that a file system that packs or shares its blocks has them all.
  for (; size < RESERVE_BYTES; size += PIECE_BYTES) await file.appendFile(randomBytes(PIECE_BYTES));
  return true;
}

/** @returns false when nothing is left */
function spend(path: string): boolean {
  const size = sizeOf(path);
  if (size === 0) return false;
  truncateSync(path, Math.max(0, size - PIECE_BYTES));
  return true;
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function freeBytes({ bavail, bsize }: { bavail: number; bsize: number }): number {
  return bavail * bsize;
}
