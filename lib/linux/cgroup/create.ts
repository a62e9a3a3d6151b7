import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errnoOf, FailedPreconditionError } from '#errors';
import { enableControllers, inheritCpuset } from './inherit.ts';
import type { CgroupHierarchy } from './layout.ts';

/** Makes the cgroup `path`, and those above it, in one hierarchy. @throws FailedPreconditionError naming the directory */
export async function createIn(hierarchy: CgroupHierarchy, path: string): Promise<void> {
  const names = path.split('/').filter((name) => name !== '');
  const directories = names.map((_, depth) => [hierarchy.mountPoint, ...names.slice(0, depth + 1)].join('/'));
  if (hierarchy.version === 2 && hierarchy.controllers.length > 0) {
    for (const directory of directories) {
      await enableControllers(dirname(directory), hierarchy.controllers);
      await make(directory);
    }
    return;
  }
  await makeWithParents(directories);
  if (hierarchy.controllers.includes('cpuset')) for (const directory of directories) await inheritCpuset(dirname(directory), directory);
}

/** The last of them first: most often only that one is missing. */
async function makeWithParents(directories: readonly string[]): Promise<void> {
  const last = directories.at(-1);
  if (last === undefined || await make(last, { orphan: directories.length > 1 })) return;
  await makeWithParents(directories.slice(0, -1));
  await make(last);
}

/** @returns false for an `orphan`, whose parent is missing */
async function make(directory: string, { orphan = false } = {}): Promise<boolean> {
  try {
    await mkdir(directory);
  } catch (error) {
    if (orphan && errnoOf(error) === 'ENOENT') return false;
    if (errnoOf(error) !== 'EEXIST') throw new FailedPreconditionError(`create cgroup '${directory}'`, { cause: error });
  }
  return true;
}
