import { constants } from 'node:os';
import { check, cString, lastErrno, native, systemError, type SystemPath } from './libc.ts';

const lset = native('lsetxattr', 'int', ['const uint8_t *', 'const uint8_t *', 'const uint8_t *', 'size_t', 'int']);
const lget = native('lgetxattr', 'int64_t', ['const uint8_t *', 'const uint8_t *', '_Out_ uint8_t *', 'size_t']);
const llist = native('llistxattr', 'int64_t', ['const uint8_t *', '_Out_ uint8_t *', 'size_t']);
/** XATTR_SIZE_MAX and XATTR_LIST_MAX of the kernel: nothing is ever longer. */
const MAX_BYTES = 65536;
/** Room for nearly every value: a large buffer costs more than the call. */
const USUAL_BYTES = 256;

/** Sets an extended attribute of `path` itself, never of a symlink's target. @throws Error with `.code`. */
export function lsetxattr(path: SystemPath, name: string, value: Uint8Array): void {
  check(lset()(cString(path), cString(name), value, value.length, 0), 'lsetxattr', path, name);
}

/** The value, or undefined when `path` has no such attribute or its file system has none. @throws Error with `.code`. */
export function lgetxattr(path: SystemPath, name: SystemPath): Buffer | undefined {
  for (const size of [USUAL_BYTES, MAX_BYTES]) {
    const value = Buffer.allocUnsafe(size);
    const length = lget()(cString(path), cString(name), value, size);
    if (length >= 0) return value.subarray(0, length);
    const errno = lastErrno();
    if (errno === constants.errno.ENODATA || errno === constants.errno.EOPNOTSUPP) return undefined;
    if (errno !== constants.errno.ERANGE || size === MAX_BYTES) throw systemError('lgetxattr', errno, path, typeof name === 'string' ? name : Buffer.from(name).toString());
  }
  return undefined;
}

/** Whether the file system of `path` has a place for an attribute of this name. @throws Error with `.code`. */
export function keepsXattr(path: SystemPath, name: SystemPath): boolean {
  const length = lget()(cString(path), cString(name), Buffer.alloc(0), 0);
  if (length >= 0 || lastErrno() === constants.errno.ENODATA) return true;
  if (lastErrno() === constants.errno.EOPNOTSUPP) return false;
  throw systemError('lgetxattr', lastErrno(), path, typeof name === 'string' ? name : Buffer.from(name).toString());
}

/** Names of the attributes of `path` itself; empty where the file system has none. @throws Error with `.code`. */
export function llistxattr(path: SystemPath): string[] {
  const list = Buffer.alloc(MAX_BYTES);
  const length = llist()(cString(path), list, list.length);
  if (length < 0 && lastErrno() === constants.errno.EOPNOTSUPP) return [];
  return list.toString('utf8', 0, check(length, 'llistxattr', path)).split('\0').filter((name) => name !== '');
}
