/** Names relative to an open directory: Node has no openat, but /proc/self/fd/N/name means the same to the kernel. */
import { closeSync, constants, openSync } from 'node:fs';

/** A path for node:fs and lib/linux: text, or bytes when a name is not ASCII (latin1 text stands for its bytes). */
export type AtPath = string | Buffer;

/** O_PATH, which node:fs does not name; the value is the same on every architecture that Node runs on. */
const O_PATH = 0o10000000;

const ASCII = /^[\x00-\x7f]*$/;

/** The path of `name`, one component in latin1, in the directory open as `fd`. */
export function atPath(fd: number, name: string): AtPath {
  return systemText(`/proc/self/fd/${fd}/${name}`);
}

/** The directory open as `fd` itself, for calls that do not follow symlinks. */
export function selfPath(fd: number): string {
  return `/proc/self/fd/${fd}/.`;
}

/** Latin1 text as what the system calls take for the same bytes. */
export function systemText(latin1: string): AtPath {
  return ASCII.test(latin1) ? latin1 : Buffer.from(latin1, 'latin1');
}

/** Opens a directory for use in atPath(); a symlink is ENOTDIR. The caller closes it. */
export function openDirectory(path: AtPath): number {
  return openSync(path, O_PATH | constants.O_DIRECTORY | constants.O_NOFOLLOW);
}

/** Runs `use` with the directory open, and closes it. */
export function withDirectory<T>(path: AtPath, use: (fd: number) => T): T {
  const fd = openDirectory(path);
  try {
    return use(fd);
  } finally {
    closeSync(fd);
  }
}
