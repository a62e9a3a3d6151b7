/**
 * Which cgroup hierarchies a node has and where, from its mount table:
 * https://docs.kernel.org/admin-guide/cgroup-v1/cgroups.html, https://docs.kernel.org/admin-guide/cgroup-v2.html.
 */
import type { MountEntry } from '../mountinfo.ts';

/** v1: only version 1 hierarchies; hybrid: those and a cgroup2 beside them; v2: cgroup2 alone. */
export type CgroupKind = 'v1' | 'hybrid' | 'v2';

export interface CgroupHierarchy {
  readonly version: 1 | 2;
  readonly mountPoint: string;
  /** Version 1: the controllers of the mount, none for a named one (name=systemd). Version 2: those of cgroup.controllers. */
  readonly controllers: readonly string[];
}

export interface CgroupLayout {
  readonly kind: CgroupKind;
  /** Each hierarchy once, in mount order. */
  readonly hierarchies: readonly CgroupHierarchy[];
}

const V1_CONTROLLERS: ReadonlySet<string> = new Set([
  'cpu', 'cpuacct', 'cpuset', 'memory', 'pids', 'blkio', 'devices', 'freezer', 'hugetlb', 'perf_event', 'net_cls', 'net_prio', 'rdma', 'misc',
]);

/**
 * @param controllersOf reads the words of cgroup.controllers at a cgroup2 mount point.
 * @returns undefined when no cgroup file system is mounted.
 */
export function cgroupLayout(mounts: readonly MountEntry[], controllersOf: (mountPoint: string) => readonly string[]): CgroupLayout | undefined {
  const found = new Map<string, CgroupHierarchy>();
  for (const mount of mounts) {
    const key = hierarchyKey(mount);
    // A hierarchy that is mounted twice is one: the first place is the node's own, later ones are bind mounts.
    if (key === undefined || found.has(key)) continue;
    const version = mount.fstype === 'cgroup2' ? 2 : 1;
    const controllers = version === 2 ? controllersOf(mount.mountPoint) : mount.superOptions.filter((o) => V1_CONTROLLERS.has(o));
    found.set(key, { version, mountPoint: mount.mountPoint, controllers });
  }
  const hierarchies = [...found.values()];
  if (hierarchies.length === 0) return undefined;
  const versions = new Set(hierarchies.map((h) => h.version));
  return { kind: versions.size === 2 ? 'hybrid' : versions.has(2) ? 'v2' : 'v1', hierarchies };
}

function hierarchyKey(mount: MountEntry): string | undefined {
  if (mount.fstype === 'cgroup2') return 'cgroup2';
  if (mount.fstype !== 'cgroup') return undefined;
  return mount.superOptions.filter((o) => V1_CONTROLLERS.has(o) || o.startsWith('name=')).sort().join(',');
}
