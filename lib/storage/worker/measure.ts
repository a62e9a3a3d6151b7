import { closeSync, lstatSync, readdirSync } from 'node:fs';
import { errnoOf } from '#errors';
import { atPath, openDirectory, selfPath } from '../at-path.ts';

/** What the kernel counts st_blocks in. */
const STAT_BLOCK_BYTES = 512;

/** A tree of at most so many entries is measured where it is asked for: less than a millisecond, where a process would cost fifty. */
export const SMALL_TREE_ENTRIES = 256;

interface Walk { bytes: number; inodes: number; readonly maxInodes: number; readonly seen: Set<string> }

/**
 * Disk bytes and inodes of a tree in use; what vanishes meanwhile is left out, a file with several names counts once.
 * Undefined when it has more than `maxInodes`.
 */
export function measureTree(directory: string, maxInodes = Infinity): { bytes: number; inodes: number } | undefined {
  const total: Walk = { bytes: 0, inodes: 0, maxInodes, seen: new Set() };
  walk(openDirectory(directory), total);
  return total.inodes > maxInodes ? undefined : { bytes: total.bytes, inodes: total.inodes };
}

function walk(fd: number, total: Walk): void {
  try {
    for (const name of readdirSync(selfPath(fd), { encoding: 'latin1' })) ignoringAbsent(() => {
      if (total.inodes > total.maxInodes) return;
      const stat = lstatSync(atPath(fd, name));
      if (stat.nlink > 1 && !stat.isDirectory()) {
        const key = `${stat.dev}:${stat.ino}`;
        if (total.seen.has(key)) return;
        total.seen.add(key);
      }
      total.bytes += stat.blocks * STAT_BLOCK_BYTES;
      total.inodes++;
      if (stat.isDirectory()) walk(openDirectory(atPath(fd, name)), total);
    });
  } finally {
    closeSync(fd);
  }
}

function ignoringAbsent(visit: () => void): void {
  try {
    visit();
  } catch (error) {
    const errno = errnoOf(error);
    if (errno !== 'ENOENT' && errno !== 'ENOTDIR') throw error;
  }
}
