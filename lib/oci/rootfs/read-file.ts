import { open } from 'node:fs/promises';
import { InvalidArgumentError, ResourceExhaustedError } from '#errors';
import { walkRootfs } from './walk.ts';

/** Larger account files are refused (CVE-2024-9676: a sparse file of terabytes). */
export const MAX_ROOTFS_FILE_BYTES = 1024 * 1024;

/**
 * A file's bytes, or undefined when it does not exist.
 * @throws InvalidArgumentError when it is no regular file, ResourceExhaustedError above MAX_ROOTFS_FILE_BYTES.
 */
export async function readRootfsFile(rootfsPath: string, path: string): Promise<Buffer | undefined> {
  await using walk = await walkRootfs(rootfsPath, path) ?? null;
  if (!walk) return undefined;
  const stat = await walk.current.stat();
  if (!stat.isFile()) throw new InvalidArgumentError(`read '${path}' of the image: not a regular file`);
  if (stat.size > MAX_ROOTFS_FILE_BYTES) throw new ResourceExhaustedError(`read '${path}' of the image: ${stat.size} bytes, at most ${MAX_ROOTFS_FILE_BYTES} are read`);
  await using file = await open(`/proc/self/fd/${walk.current.fd}`, 'r');
  const { buffer, bytesRead } = await file.read(Buffer.alloc(stat.size), 0, stat.size, 0);
  return buffer.subarray(0, bytesRead);
}
