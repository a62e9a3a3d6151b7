import { constants } from 'node:os';
import { check, cString, lastErrno, native, type SystemPath } from './libc.ts';

const lset = native('lsetxattr', 'int', ['const uint8_t *', 'const uint8_t *', 'const uint8_t *', 'size_t', 'int']);
const lget = native('lgetxattr', 'int64_t', ['const uint8_t *', 'const uint8_t *', '_Out_ uint8_t *', 'size_t']);
const llist = native('llistxattr', 'int64_t', ['const uint8_t *', '_Out_ uint8_t *', 'size_t']);
/** XATTR_SIZE_MAX and XATTR_LIST_MAX of the kernel: nothing is ever longer. */
const MAX_BYTES = 65536;

/** Sets an extended attribute of `path` itself, never of a symlink's target. @throws Error with `.code`. */
export function lsetxattr(path: SystemPath, name: string, value: Uint8Array): void {
  check(lset()(cString(path), cString(name), value, value.length, 0), 'lsetxattr', path, name);
}

/** The value, or undefined when `path` has no such attribute or its file system has none. @throws Error with `.code`. */
export function lgetxattr(path: SystemPath, name: string): Buffer | undefined {
  const value = Buffer.alloc(MAX_BYTES);
  const length = lget()(cString(path), cString(name), value, value.length);
  if (length < 0 && [constants.errno.ENODATA, constants.errno.EOPNOTSUPP].includes(lastErrno())) return undefined;
  return Buffer.from(value.subarray(0, check(length, 'lgetxattr', path, name)));
}

/** Names of the attributes of `path` itself; empty where the file system has none. @throws Error with `.code`. */
export function llistxattr(path: SystemPath): string[] {
  const list = Buffer.alloc(MAX_BYTES);
  const length = llist()(cString(path), list, list.length);
  if (length < 0 && lastErrno() === constants.errno.EOPNOTSUPP) return [];
  return list.toString('utf8', 0, check(length, 'llistxattr', path)).split('\0').filter((name) => name !== '');
}
