/** The file system that holds the containers, and the names of block devices. */
import { readlink, statfs } from 'node:fs/promises';
import { basename } from 'node:path';
import { errnoOf } from '#errors';
import type { MountEntry } from '#linux';

export interface FileSystemFacts {
  /** As mountinfo has it: '/dev/sda1', or a name where no device is behind it. */
  readonly device: string;
  readonly totalBytes: bigint;
  /** Undefined where the file system makes inodes as it needs them (btrfs). */
  readonly inodes: { readonly total: bigint; readonly free: bigint } | undefined;
}

export interface DiskFacts {
  readonly fileSystem: FileSystemFacts;
  /** Of the container's own layer. */
  readonly usedBytes: bigint;
  /** '/dev/sda' */
  readonly deviceName: (major: number, minor: number) => string;
}

export async function fileSystemOf(path: string, device: string): Promise<FileSystemFacts> {
  const { bsize, blocks, files, ffree } = await statfs(path, { bigint: true });
  return { device, totalBytes: bsize * blocks, inodes: files === 0n ? undefined : { total: files, free: ffree } };
}

/** What is mounted where `path` is: the last of the longest mount points above it; '' when none is. */
export function sourceOf(path: string, mounts: readonly MountEntry[]): string {
  const above = mounts.filter(({ mountPoint }) => mountPoint === '/' || path === mountPoint || path.startsWith(`${mountPoint}/`));
  return above.reduce<MountEntry | undefined>((best, mount) => (best && best.mountPoint.length > mount.mountPoint.length ? best : mount), undefined)?.source ?? '';
}

/** The device's name in /dev, or 'major:minor' when the kernel has no such device any more. */
export async function deviceName(major: number, minor: number): Promise<string> {
  try {
    return `/dev/${basename(await readlink(`/sys/dev/block/${major}:${minor}`))}`;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return `${major}:${minor}`;
    throw error;
  }
}
