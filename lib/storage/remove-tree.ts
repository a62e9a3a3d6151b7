import { readdirSync, rmdirSync, statSync, unlinkSync } from 'node:fs';
import { errnoOf, FailedPreconditionError } from '#errors';
import { atPath, selfPath, systemText, withDirectory } from './at-path.ts';

type OnDirectory = (path: string) => void;

/**
 * Removes `name` (latin1) in the directory open as `parent`, with everything below it; absent is fine. No symlink is followed, no mount entered and no path grows long.
 * Synchronous: not for the daemon's event loop.
 * @param onDirectory is told each directory that went, as a path relative to `parent`.
 */
export function removeTreeAt(parent: number, name: string, onDirectory: OnDirectory): void {
  removeNamed(parent, name, name, deviceOf(parent), onDirectory);
}

/** Removes the directory `path` and everything below it; absent is fine. */
export function removeTree(path: string): void {
  try {
    withDirectory(systemText(Buffer.from(path).toString('latin1')), (fd) => emptyDirectory(fd, '', deviceOf(fd), () => undefined));
    rmdirSync(path);
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
  }
}

function removeNamed(parent: number, name: string, path: string, device: number, onDirectory: OnDirectory): void {
  const target = atPath(parent, name);
  try {
    unlinkSync(target);
    return;
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === 'ENOENT') return;
    if (errno !== 'EISDIR' && errno !== 'EPERM') throw error;
  }
  withDirectory(target, (fd) => emptyDirectory(fd, path, device, onDirectory));
  rmdirSync(target);
  onDirectory(path);
}

function emptyDirectory(fd: number, path: string, device: number, onDirectory: OnDirectory): void {
  if (deviceOf(fd) !== device) throw new FailedPreconditionError(`remove ${JSON.stringify(path)}: something is mounted there`);
  for (const name of readdirSync(selfPath(fd), { encoding: 'latin1' })) removeNamed(fd, name, `${path}/${name}`, device, onDirectory);
}

function deviceOf(fd: number): number {
  return statSync(selfPath(fd)).dev;
}
