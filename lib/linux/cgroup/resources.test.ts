import assert from 'node:assert/strict';
import test from 'node:test';
import { cpuWeight, resourceWrites, type LinuxResourcesLike } from './resources.ts';

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
