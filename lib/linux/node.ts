import { check, cString, native, type SystemPath } from './libc.ts';

/** A device number as people write it, 1:3 for /dev/null. */
export interface DeviceNumber { readonly major: number; readonly minor: number }

const mknod3 = native('mknod', 'int', ['const uint8_t *', 'uint', 'uint64_t']);

/**
 * mknod(2): a device node, a fifo or a whiteout (S_IFCHR with 0:0). Fails with EEXIST on any existing name, also a symlink.
 * @param mode file type and permission bits (the umask applies).
 * @throws Error with `.code`.
 */
export function mknod(path: SystemPath, mode: number, device: DeviceNumber): void {
  check(mknod3()(cString(path), mode, deviceId(device)), 'mknod', path);
}

/** The dev_t of glibc and of stat's rdev: 12 bits of major and 20 of minor, the low ones in the low 16 bits. */
export function deviceId({ major, minor }: DeviceNumber): number {
  return (((major & 0xfff) << 8) | (minor & 0xff) | ((minor & 0xfff00) << 12)) >>> 0;
}

/** The parts of a dev_t as stat gives it. */
export function deviceNumber(id: number): DeviceNumber {
  return { major: (id >>> 8) & 0xfff, minor: (id & 0xff) | ((id >>> 12) & 0xfff00) };
}
