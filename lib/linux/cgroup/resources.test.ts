import assert from 'node:assert/strict';
import test from 'node:test';
import { cpuWeight, resourceWrites, undoingWrites, type LinuxResourcesLike } from './resources.ts';

const cases: { name: string; resources: LinuxResourcesLike; v1: string[]; v2: string[] }[] = [
  { name: 'nothing', resources: {}, v1: [], v2: [] },
  {
    name: 'cpu', resources: { cpu: { shares: 1024, quota: 50_000, period: 100_000, cpus: '0-1', mems: '0' } },
    v1: ['cpu.shares=1024', 'cpu.cfs_period_us=100000', 'cpu.cfs_quota_us=50000', 'cpuset.cpus=0-1', 'cpuset.mems=0'],
    v2: ['cpu.weight=39', 'cpu.max=50000 100000', 'cpuset.cpus=0-1', 'cpuset.mems=0'],
  },
  { name: 'no quota', resources: { cpu: { quota: -1 } }, v1: ['cpu.cfs_quota_us=-1'], v2: ['cpu.max=max 100000'] },
  {
    name: 'memory with swap', resources: { memory: { limit: 100, swap: 150 } },
    v1: ['memory.limit_in_bytes=100', 'memory.memsw.limit_in_bytes=150'], v2: ['memory.max=100', 'memory.swap.max=50'],
  },
  { name: 'swap without limit', resources: { memory: { swap: -1 } }, v1: ['memory.memsw.limit_in_bytes=-1'], v2: ['memory.swap.max=max'] },
  { name: 'pids', resources: { pids: { limit: 10 } }, v1: ['pids.max=10'], v2: ['pids.max=10'] },
  { name: 'pids without limit', resources: { pids: { limit: -1 } }, v1: ['pids.max=max'], v2: ['pids.max=max'] },
  { name: 'huge pages', resources: { hugepageLimits: [{ pageSize: '2MB', limit: 0 }] }, v1: ['hugetlb.2MB.limit_in_bytes=0'], v2: ['hugetlb.2MB.max=0'] },
  { name: 'unified keys', resources: { unified: { 'memory.high': '7' } }, v1: ['memory.high=7'], v2: ['memory.high=7'] },
];

for (const c of cases) {
  test(`resourceWrites() of ${c.name}`, () => {
    const text = (version: 1 | 2): string[] => resourceWrites(version, c.resources).map((w) => `${w.file}=${w.value}`);
    assert.deepEqual(text(1), c.v1);
    assert.deepEqual(text(2), c.v2);
  });
}

test('cpuWeight() keeps the ends of both scales', () => {
  assert.deepEqual([0, 2, 1024, 262_144, 1e9].map(cpuWeight), [1, 1, 39, 10_000, 10_000]);
});

for (const { name, file, before, now, writes } of [
  { name: 'nothing where nothing has changed', file: 'io.max', before: '8:0 rbps=1 wbps=max riops=max wiops=max\n', now: '8:0 rbps=1 wbps=max riops=max wiops=max\n', writes: [] },
  { name: 'the whole text of a file of one value', file: 'memory.high', before: '7\n', now: '8\n', writes: ['7\n'] },
  { name: 'each line that was another, by itself', file: 'io.max', before: '8:0 rbps=1 wbps=max\n8:16 rbps=2 wbps=max\n8:32 rbps=3 wbps=max\n', now: '8:0 rbps=9 wbps=max\n8:16 rbps=2 wbps=max\n8:32 rbps=9 wbps=max\n', writes: ['8:0 rbps=1 wbps=max', '8:32 rbps=3 wbps=max'] },
  { name: 'a line that was not there as one that limits nothing', file: 'io.max', before: '', now: '8:0 rbps=9 wbps=max riops=max wiops=max\n', writes: ['8:0 rbps=max wbps=max riops=max wiops=max'] },
  { name: 'a line that is not there any more', file: 'io.latency', before: '8:0 target=5\n', now: '', writes: ['8:0 target=5'] },
  { name: 'a device\'s weight beside that of all', file: 'io.weight', before: 'default 100\n', now: 'default 50\n8:0 200\n', writes: ['default 100', '8:0 default'] },
] as const) {
  test(`undoingWrites() writes ${name}`, () => assert.deepEqual(undoingWrites(file, before, now), writes));
}
