import { randomBytes } from 'node:crypto';
import { readdirSync, renameSync, rmdirSync, statSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { errnoOf, FailedPreconditionError } from '#errors';
import { atPath, selfPath, withDirectory } from './at-path.ts';

/** One descriptor is open for each directory on the way; what lies deeper is moved up first. A container may nest directories as deep as its disk allows. */
const MAX_OPEN_DEPTH = 64;

/**
 * Removes `name` in the directory `parent`, with everything below it; absent is fine. No symlink is followed, no mount entered and no path grows long.
 * Synchronous: not for the daemon's event loop. Directories too deep for one pass are moved to `parent`, under names of their own: call again for them.
 * @throws the first error, once everything else is removed.
 */
export function removeTree(parent: string, name: string): void {
  withDirectory(parent, (fd) => removeNamed(fd, Buffer.from(name).toString('latin1'), { top: parent, device: deviceOf(fd), depth: 0 }));
}

interface Place { readonly top: string; readonly device: number; readonly depth: number }

function removeNamed(parent: number, name: string, place: Place): void {
  const target = atPath(parent, name);
  try {
    unlinkSync(target);
    return;
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === 'ENOENT') return;
    if (errno !== 'EISDIR' && errno !== 'EPERM') throw error;
  }
  if (place.depth >= MAX_OPEN_DEPTH) {
    renameSync(target, join(place.top, randomBytes(8).toString('hex')));
    return;
  }
  withDirectory(target, (fd) => emptyDirectory(fd, name, place));
  rmdirSync(target);
}

function emptyDirectory(fd: number, name: string, place: Place): void {
  if (deviceOf(fd) !== place.device) throw new FailedPreconditionError(`remove ${JSON.stringify(name)}: something is mounted there`);
  const failures: unknown[] = [];
  for (const child of readdirSync(selfPath(fd), { encoding: 'latin1' })) {
    try {
      removeNamed(fd, child, { ...place, depth: place.depth + 1 });
    } catch (error) {
      if (failures.length === 0) failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

function deviceOf(fd: number): number {
  return statSync(selfPath(fd)).dev;
}
