import { closeSync, lstatSync, readdirSync } from 'node:fs';
import { errnoOf } from '#errors';
import { atPath, openDirectory, selfPath } from '../at-path.ts';

/** What the kernel counts st_blocks in. */
const STAT_BLOCK_BYTES = 512;

/** Disk bytes and inodes of a tree in use; what vanishes meanwhile is left out, a file with several names counts once. */
export function measureTree(directory: string): { bytes: number; inodes: number } {
  const total = { bytes: 0, inodes: 0 };
  walk(openDirectory(directory), new Set(), total);
  return total;
}

function walk(fd: number, seen: Set<string>, total: { bytes: number; inodes: number }): void {
  try {
    for (const name of readdirSync(selfPath(fd), { encoding: 'latin1' })) ignoringAbsent(() => {
      const stat = lstatSync(atPath(fd, name));
      if (stat.nlink > 1 && !stat.isDirectory()) {
        const key = `${stat.dev}:${stat.ino}`;
        if (seen.has(key)) return;
        seen.add(key);
      }
      total.bytes += stat.blocks * STAT_BLOCK_BYTES;
      total.inodes++;
      if (stat.isDirectory()) walk(openDirectory(atPath(fd, name)), seen, total);
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
