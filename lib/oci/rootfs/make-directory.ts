import { InvalidArgumentError } from '#errors';
import { walkRootfs, type DirectoryOwner } from './walk.ts';

/**
 * Makes a directory in a container's rootfs, with those above it: a VOLUME of the image or its working directory need not be in a layer.
 * @param owner of what is made: the container's root.
 * @throws InvalidArgumentError when something else is there.
 */
export async function makeRootfsDirectory(rootfsPath: string, path: string, owner: DirectoryOwner): Promise<void> {
  await using walk = await walkRootfs(rootfsPath, path, { make: owner }) ?? null;
  if (!walk || !(await walk.current.stat()).isDirectory()) throw new InvalidArgumentError(`make directory '${path}' in the container: something else is there`);
}
