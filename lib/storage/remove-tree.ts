import { readdirSync, rmdirSync, unlinkSync } from 'node:fs';
import { errnoOf } from '#errors';
import { atPath, selfPath, systemText, withDirectory } from './at-path.ts';

/**
 * Removes `name` (latin1) in the directory open as `parent`, with everything below it; absent is fine. No symlink is followed and no path grows long.
 * Synchronous: not for the daemon's event loop.
 * @param onDirectory is told each directory that went, as a path relative to `parent`.
 */
export function removeTreeAt(parent: number, name: string, onDirectory: (path: string) => void = () => undefined): void {
  removeNamed(parent, name, name, onDirectory);
}

/** Removes the directory `path` and everything below it; absent is fine. */
export function removeTree(path: string): void {
  try {
    withDirectory(systemText(Buffer.from(path).toString('latin1')), (fd) => emptyDirectory(fd, '', () => undefined));
    rmdirSync(path);
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
  }
}

function removeNamed(parent: number, name: string, path: string, onDirectory: (path: string) => void): void {
  const target = atPath(parent, name);
  try {
    unlinkSync(target);
    return;
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === 'ENOENT') return;
    if (errno !== 'EISDIR' && errno !== 'EPERM') throw error;
  }
  withDirectory(target, (fd) => emptyDirectory(fd, path, onDirectory));
  rmdirSync(target);
  onDirectory(path);
}

function emptyDirectory(fd: number, path: string, onDirectory: (path: string) => void): void {
  for (const name of readdirSync(selfPath(fd), { encoding: 'latin1' })) removeNamed(fd, name, `${path}/${name}`, onDirectory);
}
