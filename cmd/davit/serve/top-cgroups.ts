/** The cgroups that davit has at the top of the hierarchies: the monitors', and the parent of pods that name none. */
import { rmdir } from 'node:fs/promises';
import { errnoOf } from '#errors';
import type { Cgroups } from '#linux';
import { DEFAULT_CGROUP_PARENT } from '#oci';
import type { CgroupManager } from '#oci';

/** Outside the pods' cgroups: no limit of a pod counts its monitors. */
export const MONITORS_CGROUP = '/davit-monitors';

/** What unpacks images: it must take no processor from pods, and what it uses is counted on its own. */
export const EXTRACTORS_CGROUP = '/davit-extractors';
/** A quarter of what a pod's cgroup has by default. */
const EXTRACTORS_CPU_SHARES = 256;
const EXTRACTORS_MAX_TASKS = 512;

export interface TopCgroups extends AsyncDisposable {
  /** One directory a hierarchy. Empty under systemd: there monitors stay in the unit's cgroup, whose KillMode=process spares them (docs/adr/0029). */
  readonly monitors: readonly string[];
  /** The same for the extractors'. */
  readonly extractors: readonly string[];
}

/** Makes the monitors' cgroup. Disposal removes what nobody is in: no monitor, no pod, no other daemon's. */
export async function makeTopCgroups(cgroups: Cgroups, manager: CgroupManager): Promise<TopCgroups> {
  if (manager === 'systemd') return { monitors: [], extractors: [], [Symbol.asyncDispose]: async () => undefined };
  await cgroups.create(MONITORS_CGROUP);
  const monitors = cgroups.directories(MONITORS_CGROUP);
  await cgroups.create(EXTRACTORS_CGROUP);
  const { controllers } = cgroups;
  cgroups.applyResources(EXTRACTORS_CGROUP, { ...(controllers.has('cpu') && { cpu: { shares: EXTRACTORS_CPU_SHARES } }), ...(controllers.has('pids') && { pids: { limit: EXTRACTORS_MAX_TASKS } }) });
  const extractors = cgroups.directories(EXTRACTORS_CGROUP);
  return {
    monitors, extractors,
    [Symbol.asyncDispose]: async () => { await Promise.all([...monitors, ...extractors, ...cgroups.directories(DEFAULT_CGROUP_PARENT)].map(removeEmpty)); },
  };
}

async function removeEmpty(directory: string): Promise<void> {
  try {
    await rmdir(directory);
  } catch (error) {
    if (!['EBUSY', 'ENOTEMPTY', 'ENOENT'].includes(errnoOf(error) ?? '')) throw error;
  }
}
