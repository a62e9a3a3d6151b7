import assert from 'node:assert/strict';
import test from 'node:test';
import type { LinuxContainerResources } from '../config.ts';
import { noResources } from '../config-for-test.ts';
import { oomScoreAdj } from './oom-score.ts';
import { linuxResources, type ResourcesHost } from './resources.ts';
import type { LinuxResources } from './types.ts';

const v2: ResourcesHost = { cgroupKind: 'v2', controllers: new Set(['hugetlb']), swapAccounting: true };
const noSwap: ResourcesHost = { ...v2, swapAccounting: false };
const hybrid: ResourcesHost = { ...v2, cgroupKind: 'hybrid', controllers: new Set() };

const cases: { name: string; resources: Partial<LinuxContainerResources>; host?: ResourcesHost; limits?: { pidsLimit: number }; expected: LinuxResources }[] = [
  { name: 'nothing', resources: {}, expected: {} },
  {
    name: 'cpu', resources: { cpuShares: 1024, cpuQuota: 50_000, cpuPeriod: 100_000, cpusetCpus: '0', cpusetMems: '0' },
    expected: { cpu: { shares: 1024, quota: 50_000, period: 100_000, cpus: '0', mems: '0' } },
  },
  { name: 'no cpu limit', resources: { cpuQuota: -1 }, expected: { cpu: { quota: -1 } } },
  { name: 'memory, which gets no swap', resources: { memoryLimitInBytes: 100 }, expected: { memory: { limit: 100, swap: 100 }, unified: { 'memory.swap.max': '0' } } },
  { name: 'memory, which gets no swap, on version 1', resources: { memoryLimitInBytes: 100 }, host: { ...hybrid, swapAccounting: true }, expected: { memory: { limit: 100, swap: 100 } } },
  { name: 'memory with a swap key of the client\'s', resources: { memoryLimitInBytes: 100, unified: { 'memory.swap.max': '7' } }, expected: { memory: { limit: 100, swap: 100 }, unified: { 'memory.swap.max': '7' } } },
  { name: 'no memory limit', resources: { memoryLimitInBytes: -1 }, expected: { memory: { limit: -1, swap: -1 } } },
  { name: 'memory and swap', resources: { memoryLimitInBytes: 100, memorySwapLimitInBytes: 150 }, expected: { memory: { limit: 100, swap: 150 } } },
  { name: 'memory without a count of swap', resources: { memoryLimitInBytes: 100, memorySwapLimitInBytes: 150 }, host: noSwap, expected: { memory: { limit: 100 } } },
  { name: 'a pids limit', resources: {}, limits: { pidsLimit: 7 }, expected: { pids: { limit: 7 } } },
  { name: 'pids limit -1', resources: {}, limits: { pidsLimit: -1 }, expected: {} },
  { name: 'huge pages', resources: { hugepageLimits: [{ pageSize: '2MB', limit: 0 }] }, expected: { hugepageLimits: [{ pageSize: '2MB', limit: 0 }] } },
  { name: 'unified keys', resources: { unified: { 'memory.high': '5' } }, expected: { unified: { 'memory.high': '5' } } },
];
for (const c of cases) {
  test(`linuxResources() of ${c.name}`, () => {
    const { resources, adjustments } = linuxResources({ ...noResources, ...c.resources }, c.host ?? v2, c.limits);
    assert.deepEqual(resources, c.expected);
    assert.deepEqual(adjustments, []);
  });
}

test('linuxResources() leaves out huge pages where no controller counts them, with a word', () => {
  const { resources, adjustments } = linuxResources({ ...noResources, hugepageLimits: [{ pageSize: '2MB', limit: 0 }] }, hybrid);
  assert.deepEqual(resources, {});
  assert.equal(adjustments[0]?.key, 'hugetlb');
});

const refused: [name: string, resources: Partial<LinuxContainerResources>, host: ResourcesHost, code: string][] = [
  ['a swap limit below memory', { memoryLimitInBytes: 100, memorySwapLimitInBytes: 50 }, v2, 'InvalidArgument'],
  ['a quota that the kernel refuses', { cpuQuota: 10 }, v2, 'InvalidArgument'],
  ['unified keys on version 1', { unified: { 'memory.high': '5' } }, hybrid, 'FailedPrecondition'],
  ['less memory than the handler\'s minimum', { memoryLimitInBytes: 4095 }, v2, 'InvalidArgument'],
];
for (const [name, resources, host, code] of refused) test(`linuxResources() refuses ${name}`, () => assert.throws(() => linuxResources({ ...noResources, ...resources }, host, { minMemoryBytes: 100 === resources.memoryLimitInBytes ? 0 : 4096 }), { code }));

test('oomScoreAdj() is clamped to the daemon\'s own without CAP_SYS_RESOURCE', () => {
  const weak = { oomScoreAdj: -500, capabilities: new Set<string>() };
  assert.deepEqual(oomScoreAdj(100, weak), { value: 100, adjustments: [] });
  assert.equal(oomScoreAdj(-998, weak).value, -500);
  assert.match(oomScoreAdj(-998, weak).adjustments[0]?.message ?? '', /needs CAP_SYS_RESOURCE/);
  assert.deepEqual(oomScoreAdj(-998, { ...weak, capabilities: new Set(['CAP_SYS_RESOURCE']) }), { value: -998, adjustments: [] });
  for (const wanted of [-1001, 1001]) assert.throws(() => oomScoreAdj(wanted, weak), { code: 'InvalidArgument' });
});
