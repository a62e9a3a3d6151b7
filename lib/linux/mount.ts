import { check, cString, lastErrno, native, systemError } from './libc.ts';

/** Flags of mount(2), https://man7.org/linux/man-pages/man2/mount.2.html. */
export const MS = {
  RDONLY: 0x1, NOSUID: 0x2, NODEV: 0x4, NOEXEC: 0x8, SYNCHRONOUS: 0x10, REMOUNT: 0x20, MANDLOCK: 0x40, DIRSYNC: 0x80, NOSYMFOLLOW: 0x100,
  NOATIME: 0x400, NODIRATIME: 0x800, BIND: 0x1000, MOVE: 0x2000, REC: 0x4000, SILENT: 0x8000,
  UNBINDABLE: 0x20000, PRIVATE: 0x40000, SLAVE: 0x80000, SHARED: 0x100000, RELATIME: 0x200000, STRICTATIME: 0x1000000, LAZYTIME: 0x2000000,
} as const;
/** umount2: take the mount out of the tree now, free it when nobody uses it any more. */
export const MNT_DETACH = 2;
/** umount2: do not follow a symlink in the last component. */
export const UMOUNT_NOFOLLOW = 8;

const mount2 = native('mount', 'int', ['const uint8_t *', 'const uint8_t *', 'const uint8_t *', 'ulong', 'const uint8_t *']);
const umount2 = native('umount2', 'int', ['const uint8_t *', 'int']);

/**
 * mount(2). Empty `source` and `fstype` are passed as such; `data` is the file system's option text.
 * @throws Error with `.code` ('EPERM', 'EBUSY', …) and `target` in the message.
 */
export function mount(source: string, target: string, fstype: string, flags: number, data?: string): void {
  check(mount2()(cString(source), cString(target), cString(fstype), flags, data === undefined ? null : cString(data)), 'mount', target);
}

/** umount2(2). @throws Error with `.code`: 'EINVAL' when `target` is no mount point, 'EBUSY' when it is in use and MNT_DETACH is not given. */
export function umount(target: string, flags: number): void {
  check(umount2()(cString(target), flags), 'umount', target);
}

/**
 * umount2(2) in a thread of the pool: taking away the last mount of a file system may write its data to the disk first.
 * @param options.detach also when it is in use. @throws Error with `.code`, as umount().
 */
export function unmountAsync(target: string, options: { detach: boolean }): Promise<void> {
  const path = cString(target);
  return new Promise((resolve, reject) => {
    umount2().async(path, UMOUNT_NOFOLLOW | (options.detach ? MNT_DETACH : 0), (error, result) => {
      if (error instanceof Error) reject(error);
      else if (result < 0) reject(systemError('umount', lastErrno(), target));
      else resolve();
    });
  });
}
