import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CgroupHierarchy } from './layout.ts';

/**
 * Whoever moves a process stops all forks and ends of processes for that moment. The kernel makes them look for it by a grace period of RCU, lets them look
 * until another one has passed, and takes moves meanwhile at once (cgroup_threadgroup_rwsem, one for all hierarchies). A move to where the process is already does that, too.
 */
export function movesPreparer(hierarchy: CgroupHierarchy | undefined): () => Promise<void> {
  let underWay: Promise<void> | undefined;
  return () => underWay ??= moveInPlace(hierarchy).finally(() => { underWay = undefined; });
}

async function moveInPlace(hierarchy: CgroupHierarchy | undefined): Promise<void> {
  // Read anew each time: an administrator may have moved us.
  const own = hierarchy && ownPath(await readFile('/proc/self/cgroup', 'utf8'), hierarchy);
  if (own === undefined) return;
  await writeFile(join(hierarchy?.mountPoint ?? '', own, 'cgroup.procs'), String(process.pid), { flag: 'r+' });
}

/** Of lines `ID:CONTROLLERS:PATH`, version 2's without controllers. Undefined where it is outside of what the mount shows. Exported for its own test. */
export function ownPath(lines: string, { version, controllers }: Pick<CgroupHierarchy, 'version' | 'controllers'>): string | undefined {
  for (const line of lines.split('\n')) {
    const [, id, of, path] = /^(\d+):([^:]*):(\/.*)$/.exec(line) ?? [];
    const isOurs = version === 2 ? id === '0' && of === '' : of !== '' && controllers.some((controller) => of?.split(',').includes(controller));
    if (isOurs) return path?.split('/').includes('..') ? undefined : path;
  }
  return undefined;
}
