import { closeSync, lstatSync, opendirSync, type Stats } from 'node:fs';
import { errnoOf } from '#errors';
import { atPath, openDirectory, selfPath } from '../at-path.ts';

/** What the kernel counts st_blocks in. */
const STAT_BLOCK_BYTES = 512;
/** Names that one system call brings, about. */
const NAMES_AT_ONCE = 256;

/** A tree of at most so many entries is measured where it is asked for: less than a millisecond, where a process would cost fifty. */
export const SMALL_TREE_ENTRIES = 256;

/** A directory on the way, and which of its names comes next. */
interface Level { readonly fd: number; names: readonly string[]; next: number }

/**
 * Disk bytes and inodes of a tree in use; what vanishes meanwhile is left out, a file with several names counts once, and what is nested deeper than
 * descriptors reach does not count. Undefined when it has more than `maxInodes`, of which no more are read.
 */
export function measureTree(directory: string, maxInodes = Infinity): { bytes: number; inodes: number } | undefined {
  const seen = new Set<string>();
  const way: Level[] = [];
  let [bytes, inodes] = [0, 0];
  const enter = (fd: number): void => {
    const level: Level = { fd, names: [], next: 0 };
    way.push(level);
    level.names = unlessGone(() => namesIn(fd, maxInodes - inodes + 1)) ?? [];
  };
  try {
    enter(openDirectory(directory));
    for (let level = way.at(-1); level; level = way.at(-1)) {
      const name = level.names[level.next++];
      if (name === undefined) {
        way.pop();
        closeSync(level.fd);
        continue;
      }
      const stat = unlessGone(() => lstatSync(atPath(level.fd, name)));
      if (!stat || isSeen(stat, seen)) continue;
      bytes += stat.blocks * STAT_BLOCK_BYTES;
      if (++inodes > maxInodes) return undefined;
      const child = stat.isDirectory() ? unlessGone(() => openDirectory(atPath(level.fd, name))) : undefined;
      if (child !== undefined) enter(child);
    }
    return { bytes, inodes };
  } finally {
    for (const { fd } of way) closeSync(fd);
  }
}

function namesIn(fd: number, atMost: number): string[] {
  const names: string[] = [];
  using directory = opendirSync(selfPath(fd), { encoding: 'latin1', bufferSize: Math.min(NAMES_AT_ONCE, atMost) });
  for (let entry = directory.readSync(); entry && names.length < atMost; entry = directory.readSync()) names.push(entry.name);
  return names;
}

function isSeen(stat: Stats, seen: Set<string>): boolean {
  if (stat.nlink <= 1 || stat.isDirectory()) return false;
  const key = `${stat.dev}:${stat.ino}`;
  if (seen.has(key)) return true;
  seen.add(key);
  return false;
}

function unlessGone<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === 'ENOENT' || errno === 'ENOTDIR' || errno === 'EMFILE') return undefined;
    throw error;
  }
}
