// Kernel settings that pods need on a test host. On a node these belong to its administrator, never to the daemon.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { command } from './commands.mjs';

const CGROUP_ROOT = '/sys/fs/cgroup';
const IP_FORWARD = '/proc/sys/net/ipv4/ip_forward';
/** crun refuses a hybrid hierarchy in which one of these is enabled in the kernel but mounted nowhere. */
const V1_CONTROLLERS = ['hugetlb', 'net_cls', 'net_prio', 'perf_event'];

export const hostSettings = {
  name: 'kernel settings (cgroup v1 controllers, ip_forward)',
  isDone: () => unmountedControllers().length === 0 && readFileSync(IP_FORWARD, 'utf8').trim() === '1',
  run: () => {
    for (const controller of unmountedControllers()) {
      mkdirSync(`${CGROUP_ROOT}/${controller}`, { recursive: true });
      command('mount', ['-t', 'cgroup', '-o', controller, 'cgroup', `${CGROUP_ROOT}/${controller}`]);
    }
    writeFileSync(IP_FORWARD, '1');
  },
};

/** None on a pure v2 host, and none that the kernel lacks. */
function unmountedControllers() {
  const mounts = readFileSync('/proc/mounts', 'utf8').split('\n').map((line) => line.split(' ')).filter((m) => m[2] === 'cgroup');
  if (mounts.length === 0) return [];
  const mounted = new Set(mounts.flatMap((m) => (m[3] ?? '').split(',')));
  const enabled = new Set(readFileSync('/proc/cgroups', 'utf8').split('\n').map((line) => line.split('\t')).filter((f) => f[3] === '1').map((f) => f[0]));
  return V1_CONTROLLERS.filter((c) => enabled.has(c) && !mounted.has(c));
}
