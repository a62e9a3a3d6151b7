import { InvalidArgumentError } from '#errors';
import { walkRootfs } from './walk.ts';

/**
 * Makes a directory in a container's rootfs, with those above it: a VOLUME of the image or its working directory need not be in a layer.
 * @throws InvalidArgumentError when something else is there.
 */
export async function makeRootfsDirectory(rootfsPath: string, path: string): Promise<void> {
  await using walk = await walkRootfs(rootfsPath, path, { make: true }) ?? null;
  if (!walk || !(await walk.current.stat()).isDirectory()) throw new InvalidArgumentError(`make directory '${path}' in the container: something else is there`);
}
