import { readFileSync } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { capabilities, type CgroupKind, type Cgroups } from '#linux';

/** What a container can get from this node and this daemon; read once, at start. */
export interface HostFacts {
  /** What the daemon can hand on: its bounding set, as far as it holds it itself. */
  readonly capabilities: ReadonlySet<string>;
  readonly cgroupKind: CgroupKind;
  readonly controllers: ReadonlySet<string>;
  readonly swapAccounting: boolean;
  /** The daemon's own. */
  readonly oomScoreAdj: number;
  readonly apparmor: boolean;
  /** Name of the loaded profile that stands for RuntimeDefault, see loadDefaultApparmorProfile(). */
  readonly apparmorDefaultProfile?: string;
  readonly selinux: boolean;
}

/** Reads a handful of small files of /proc and /sys. */
export async function readHostFacts(cgroups: Cgroups): Promise<HostFacts> {
  const sets = capabilities();
  const [apparmor, selinux, swapAccounting] = await Promise.all([
    readFile('/sys/module/apparmor/parameters/enabled', 'utf8').then((text) => text.startsWith('Y'), () => false),
    access('/sys/fs/selinux/enforce').then(() => true, () => false),
    hasSwapAccounting(cgroups),
  ]);
  return {
    capabilities: new Set([...sets.bounding].filter((name) => sets.permitted.has(name))),
    cgroupKind: cgroups.kind,
    controllers: cgroups.controllers,
    swapAccounting,
    oomScoreAdj: Number(readFileSync('/proc/self/oom_score_adj', 'utf8')),
    apparmor,
    selinux,
  };
}

/** Version 1 has the files in the root, version 2 only below it: there this process' own cgroup is looked at. */
async function hasSwapAccounting(cgroups: Cgroups): Promise<boolean> {
  const memory = cgroups.hierarchies.find((h) => h.controllers.includes('memory'));
  if (!memory) return false;
  const own = /^0::(\/.*)$/m.exec(readFileSync('/proc/self/cgroup', 'utf8'))?.[1] ?? '/';
  const file = memory.version === 1 ? 'memory.memsw.limit_in_bytes' : join(own, 'memory.swap.max');
  return access(join(memory.mountPoint, file)).then(() => true, () => false);
}
