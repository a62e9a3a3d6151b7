import { closeSync, readlinkSync } from 'node:fs';
import { check, cString, native } from './libc.ts';

const NR_OPENAT2 = 437;
const AT_FDCWD = -100;
const O_PATH = 0o10000000n;
const O_CLOEXEC = 0o2000000n;
const O_DIRECTORY_FLAG = 0o200000n;
const RESOLVE_NO_MAGICLINKS = 0x02n;
const RESOLVE_IN_ROOT = 0x10n;
/** struct open_how: flags, mode, resolve. */
const OPEN_HOW_BYTES = 24;

const openat2 = native('syscall', 'int64_t', ['long', 'int', 'const uint8_t *', 'const uint8_t *', 'size_t']);

/**
 * The real path of `path` in the tree of `root`, as who has `root` for '/' would find it: links and '..' lead nowhere else. What the path names may be anything, the result holds no link.
 * It stays true only as long as nobody changes the tree. @throws Error with `.code`: ENOENT, ENOTDIR, ELOOP; ENOSYS before Linux 5.6.
 */
export function resolveInRoot(root: string, path: string): string {
  const rootFd = open(AT_FDCWD, root, O_PATH | O_CLOEXEC | O_DIRECTORY_FLAG, 0n);
  try {
    const found = open(rootFd, path, O_PATH | O_CLOEXEC, RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS);
    try {
      return readlinkSync(`/proc/self/fd/${found}`);
    } finally {
      closeSync(found);
    }
  } finally {
    closeSync(rootFd);
  }
}

function open(directory: number, path: string, flags: bigint, resolve: bigint): number {
  const how = Buffer.alloc(OPEN_HOW_BYTES);
  how.writeBigUInt64LE(flags, 0);
  how.writeBigUInt64LE(resolve, 16);
  return check(openat2()(NR_OPENAT2, directory, cString(path), how, OPEN_HOW_BYTES), 'openat2', path);
}
