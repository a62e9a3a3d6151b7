/** What a new cgroup does not get from its parent by itself. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Version 1: an empty cpuset lets no process in, so it takes its parent's CPUs and memory nodes. */
export async function inheritCpuset(parent: string, child: string): Promise<void> {
  await Promise.all(['cpuset.cpus', 'cpuset.mems'].map(async (file) => {
    if ((await readFile(join(child, file), 'utf8')).trim() !== '') return;
    await writeFile(join(child, file), (await readFile(join(parent, file), 'utf8')).trim(), { flag: 'r+' });
  }));
}

/**
 * Version 2: lets the children of `directory` have `controllers`, one by one. A controller that cannot
 * be enabled here (EINVAL: real-time processes, EBUSY: processes of its own) does not keep the others
 * from it; who needs it later gets the runtime's error that names it.
 */
export async function enableControllers(directory: string, controllers: readonly string[]): Promise<void> {
  const enabled = new Set((await readFile(join(directory, 'cgroup.subtree_control'), 'utf8')).trim().split(' '));
  for (const controller of controllers) {
    if (enabled.has(controller)) continue;
    try {
      await writeFile(join(directory, 'cgroup.subtree_control'), `+${controller}`, { flag: 'r+' });
    } catch {
      // see above
    }
  }
}
