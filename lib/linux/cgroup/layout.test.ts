import assert from 'node:assert/strict';
import test from 'node:test';
import { parseMountInfo } from '../mountinfo.ts';
import { cgroupLayout } from './layout.ts';

const v1 = `30 29 0:26 / /sys/fs/cgroup/systemd rw,nosuid shared:9 - cgroup cgroup rw,xattr,release_agent=/lib/x,name=systemd
31 29 0:27 / /sys/fs/cgroup/cpu,cpuacct rw,nosuid shared:10 - cgroup cgroup rw,cpu,cpuacct
32 29 0:28 / /sys/fs/cgroup/memory rw,nosuid shared:11 - cgroup cgroup rw,memory
`;
const unified = '33 29 0:29 / /sys/fs/cgroup/unified rw,nosuid shared:12 - cgroup2 cgroup2 rw,nsdelegate\n';
const v2 = '29 22 0:26 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate,memory_recursiveprot\n';
const again = '90 80 0:28 /pod /var/lib/x/rootfs/sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n';

const cases = [
  { name: 'v1', text: v1, kind: 'v1', at: [['/sys/fs/cgroup/systemd', ''], ['/sys/fs/cgroup/cpu,cpuacct', 'cpu,cpuacct'], ['/sys/fs/cgroup/memory', 'memory']] },
  { name: 'hybrid', text: v1 + unified, kind: 'hybrid', at: [['/sys/fs/cgroup/systemd', ''], ['/sys/fs/cgroup/cpu,cpuacct', 'cpu,cpuacct'], ['/sys/fs/cgroup/memory', 'memory'], ['/sys/fs/cgroup/unified', 'cpu,memory']] },
  { name: 'v2', text: v2, kind: 'v2', at: [['/sys/fs/cgroup', 'cpu,memory']] },
  { name: 'a second mount of a hierarchy', text: v1 + again, kind: 'v1', at: [['/sys/fs/cgroup/systemd', ''], ['/sys/fs/cgroup/cpu,cpuacct', 'cpu,cpuacct'], ['/sys/fs/cgroup/memory', 'memory']] },
];

for (const c of cases) {
  test(`cgroupLayout() reads the mount table of ${c.name}`, () => {
    const layout = cgroupLayout(parseMountInfo(c.text), () => ['cpu', 'memory']);
    assert.equal(layout?.kind, c.kind);
    assert.deepEqual(layout?.hierarchies.map((h) => [h.mountPoint, h.controllers.join(',')]), c.at);
  });
}

test('cgroupLayout() gives nothing when no cgroup is mounted', () => {
  assert.equal(cgroupLayout(parseMountInfo('29 22 0:26 / / rw - ext4 /dev/vda rw\n'), () => []), undefined);
});
