/** What a new cgroup does not get from its parent by itself. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Version 1: an empty cpuset lets no process in, so it takes its parent's CPUs and memory nodes. */
export function inheritCpuset(parent: string, child: string): void {
  for (const file of ['cpuset.cpus', 'cpuset.mems']) {
    if (readFileSync(join(child, file), 'utf8').trim() !== '') continue;
    writeFileSync(join(child, file), readFileSync(join(parent, file), 'utf8').trim(), { flag: 'r+' });
  }
}

/**
 * Version 2: lets the children of `directory` have `controllers`, one by one. A controller that cannot
 * be enabled here (EINVAL: real-time processes, EBUSY: processes of its own) does not keep the others
 * from it; who needs it later gets the runtime's error that names it.
 */
export function enableControllers(directory: string, controllers: readonly string[]): void {
  const enabled = new Set(readFileSync(join(directory, 'cgroup.subtree_control'), 'utf8').trim().split(' '));
  for (const controller of controllers) {
    if (enabled.has(controller)) continue;
    try {
      writeFileSync(join(directory, 'cgroup.subtree_control'), `+${controller}`, { flag: 'r+' });
    } catch {
      // see above
    }
  }
}
