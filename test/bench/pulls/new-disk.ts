/**
 * The file system of one figure: ext4 with a journal, as nodes have it, and new, so that nothing counts that was removed before. Without a journal ext4 gives the inode of a file that was
 * removed in the last minutes to no other and looks at each such inode whenever it makes a file: a pull after the removal of its image took up to ten times as long.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { MNT_DETACH, mount, umount } from '#linux';

/** For an image, its archives and its files twice. */
const DISK_BYTES = 6 * 1024 ** 3;

/** With what a davit below it adds, sockets of monitors still have paths that the kernel takes (107 bytes). */
const MOUNT_POINT = '/tmp/d-';

/** @param directory on the disk that the figure is about. Disposing unmounts it and takes it away; with the mount namespace all but an empty directory goes too. */
export function newDisk(directory: string, sizeBytes = DISK_BYTES): Disposable & { readonly path: string } {
  using undo = new DisposableStack();
  const path = mkdtempSync(MOUNT_POINT);
  undo.defer(() => rmdirSync(path));
  const place = mkdtempSync(join(directory, 'bench-disk-'));
  try {
    const file = join(place, 'disk');
    execFileSync('fallocate', ['--length', String(sizeBytes), file]);
    execFileSync('mkfs.ext4', ['-q', '-F', '-E', 'lazy_itable_init=0,lazy_journal_init=0', file]);
    const device = execFileSync('losetup', ['--find', '--show', '--direct-io=on', file], { encoding: 'utf8' }).trim();
    try {
      mount(device, path, 'ext4', 0);
      undo.defer(() => umount(path, MNT_DETACH));
    } finally {
      execFileSync('losetup', ['--detach', device]);
    }
  } finally {
    // In use device and file stay until it is unmounted.
    rmSync(place, { recursive: true });
  }
  const all = undo.move();
  return { path, [Symbol.dispose]: () => all.dispose() };
}
