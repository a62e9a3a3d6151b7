/** Limits of containers and pods, as the kernel has them: set at creation, changed while they run, all of a change or nothing. */
import { strict as assert } from 'node:assert';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { messages } from '#cri';
import { BUSYBOX_IMAGE, containerConfig, eventually, runPod, useNode } from '../harness/index.ts';
import type { RunningPod } from '../harness/index.ts';
import { RUNC } from '../harness/places.ts';

type Resources = messages.Input<messages.LinuxContainerResources>;
const node = useNode({ config: `[crio.runtime]\npids_limit = 123\n[crio.runtime.runtimes.newer]\nruntime_path = "${RUNC}"\n` });
const MIB = 1024 * 1024;
const mib = (count: number): bigint => BigInt(count * MIB);
const CGROUPS = '/sys/fs/cgroup';
const IS_V2 = existsSync(join(CGROUPS, 'cgroup.controllers'));
const GIVEN: Resources = { cpuPeriod: 100_000n, cpuQuota: 50_000n, cpuShares: 512n, memoryLimitInBytes: mib(64), memorySwapLimitInBytes: mib(96), cpusetCpus: '0', hugepageLimits: [{ pageSize: '2MB', limit: 4_194_304n }] };

async function podOf(runtimeHandler: string, linux: messages.Input<messages.LinuxPodSandboxConfig> = {}): Promise<RunningPod> {
  const { davit } = node();
  await davit.client.call('PullImage', { image: { image: BUSYBOX_IMAGE } });
  return runPod(davit, { name: 'limited', runtimeHandler, linux });
}

async function created(pod: RunningPod, resources: Resources, command = ['sleep', '1000']): Promise<string> {
  const config = containerConfig({ name: 'c', command, linux: { resources } });
  return (await node().davit.client.call('CreateContainer', { podSandboxId: pod.id, config, sandboxConfig: pod.config })).containerId;
}

const update = (containerId: string, linux: Resources): Promise<unknown> => node().davit.client.call('UpdateContainerResources', { containerId, linux });

async function told(containerId: string): Promise<messages.LinuxContainerResources> {
  return (await node().davit.client.call('ContainerStatus', { containerId })).status?.resources?.linux ?? assert.fail('no resources');
}

async function pidOf(containerId: string): Promise<number> {
  const { info } = await node().davit.client.call('ContainerStatus', { containerId, verbose: true });
  return (JSON.parse(info['info'] ?? '{}') as { pid: number }).pid;
}

/** A file of the cgroup of a process; `v1` as controller/file. */
function kernel(pid: number, v1: string, v2: string): string {
  const groups = readFileSync(`/proc/${pid}/cgroup`, 'utf8').trim().split('\n').map((line) => line.split(':'));
  const [controller = '', file = ''] = v1.split('/');
  const path = groups.find(([, controllers = '']) => (IS_V2 ? controllers === '' : controllers.split(',').includes(controller)))?.[2] ?? '';
  return readFileSync(IS_V2 ? join(CGROUPS, path, v2) : join(CGROUPS, controller, path, file), 'utf8').trim();
}

/** Memory, memory and swap (version 2: swap), quota, shares (weight). */
async function held(containerId: string): Promise<string[]> {
  const pid = await pidOf(containerId);
  return [
    kernel(pid, 'memory/memory.limit_in_bytes', 'memory.max'), kernel(pid, 'memory/memory.memsw.limit_in_bytes', 'memory.swap.max'),
    kernel(pid, 'cpu/cpu.cfs_quota_us', 'cpu.max').split(' ')[0] ?? '', kernel(pid, 'cpu/cpu.shares', 'cpu.weight'),
  ];
}

/** As the kernel writes that there is no limit. */
const isNone = (limit: string): boolean => limit === 'max' || BigInt(limit) > 2n ** 62n;

const expected = (memory: number, swapTogether: number, quota: number, shares: number): string[] =>
  [String(memory * MIB), String((IS_V2 ? swapTogether - memory : swapTogether) * MIB), String(quota), String(IS_V2 ? 1 + Math.floor((shares - 2) * 9999 / 262_142) : shares)];

for (const handler of ['crun', 'runc', 'newer']) {
  test(`the kernel has what a container asks for with ${handler}, and what an update leaves out stays`, async () => {
    const pod = await podOf(handler);
    const id = await created(pod, GIVEN);
    assert.deepEqual(await held(id), expected(64, 96, 50_000, 512));
    const pid = await pidOf(id);
    assert.equal(kernel(pid, 'cpuset/cpuset.cpus', 'cpuset.cpus'), '0');
    assert.equal(kernel(pid, 'pids/pids.max', 'pids.max'), '123');
    assert.equal(kernel(pid, 'hugetlb/hugetlb.2MB.limit_in_bytes', 'hugetlb.2MB.max'), '4194304');
    // As kubelet may: before it is started.
    await update(id, { cpuShares: 1024n });
    await node().davit.client.call('StartContainer', { containerId: id });
    await update(id, { memoryLimitInBytes: mib(80) });
    assert.deepEqual(await held(id), expected(80, 96, 50_000, 1024));
    await update(id, { memoryLimitInBytes: mib(128), cpuQuota: 70_000n });
    assert.deepEqual(await held(id), expected(128, 128, 70_000, 1024));
    await update(id, { memorySwapLimitInBytes: mib(160) });
    assert.deepEqual(await held(id), expected(128, 160, 70_000, 1024));
    await update(id, { memorySwapLimitInBytes: -1n });
    const [memory, together = ''] = await held(id);
    assert.ok(memory === String(128 * MIB) && isNone(together), `memory ${memory}, swap ${together}`);
    await update(id, { memorySwapLimitInBytes: mib(160) });
    await update(id, { cpuQuota: -1n });
    assert.deepEqual(await held(id), expected(128, 160, -1, 1024));
    await update(id, { cpuQuota: 70_000n });
    await update(id, { oomScoreAdj: 765n });
    assert.equal(readFileSync(`/proc/${pid}/oom_score_adj`, 'utf8').trim(), '765');
    const { memoryLimitInBytes, memorySwapLimitInBytes, cpuQuota, cpuPeriod, cpuShares, cpusetCpus, oomScoreAdj } = await told(id);
    assert.deepEqual([memoryLimitInBytes, memorySwapLimitInBytes, cpuQuota, cpuPeriod, cpuShares, cpusetCpus, oomScoreAdj], [mib(128), mib(160), 70_000n, 100_000n, 1024n, '0', 765n]);
    await update(id, { memoryLimitInBytes: -1n, memorySwapLimitInBytes: -1n });
    assert.ok((await held(id)).slice(0, 2).every(isNone), 'no limit');
  });

  test(`a change that cannot be made with ${handler} leaves everything as it was`, async () => {
    const pod = await podOf(handler);
    const id = await created(pod, GIVEN, ['sh', '-c', 'x=$(yes 0123456789 | head -c 20000000); sleep 1000']);
    await node().davit.client.call('StartContainer', { containerId: id });
    const before = await told(id);
    const refused = async (linux: Resources, code: string): Promise<void> => {
      await assert.rejects(update(id, linux), { code });
      assert.deepEqual([await held(id), await told(id)], [expected(64, 96, 50_000, 512), before]);
    };
    await refused({ cpuShares: 2048n, memoryLimitInBytes: mib(100), cpusetCpus: '4000' }, 'FailedPrecondition');
    await refused({ cpuQuota: 10n }, 'InvalidArgument');
    await refused({ memoryLimitInBytes: mib(64), memorySwapLimitInBytes: mib(32) }, 'InvalidArgument');
    if (!IS_V2) await refused({ unified: { 'memory.high': '1000000' } }, 'FailedPrecondition');
    await node().davit.client.call('StopContainer', { containerId: id, timeout: 0n });
    await assert.rejects(update(id, { cpuShares: 2n }), { code: 'FailedPrecondition' });
  });
}

for (const handler of ['crun', 'runc', 'newer']) {
  test(`a change that cannot be made with ${handler} leaves a container and a pod without limits as they were`, async () => {
    const { client } = node().davit;
    const pod = await podOf(handler);
    const id = await created(pod, { cpuQuota: -1n, memoryLimitInBytes: -1n });
    const pid = await pidOf(id);
    // The kernel rounds a number that means none to whole pages.
    const hugePages = (): string => kernel(pid, 'hugetlb/hugetlb.2MB.limit_in_bytes', 'hugetlb.2MB.max').replace(/^\d{19}$/, 'max');
    const all = async (): Promise<string[]> => [...await held(id), hugePages(), kernel(pid, 'cpuset/cpuset.cpus', 'cpuset.cpus'), readFileSync(`/proc/${pid}/oom_score_adj`, 'utf8')];
    const before = [await all(), await told(id)];
    const wanted: Resources = { cpuShares: 2048n, cpuQuota: 50_000n, memoryLimitInBytes: mib(100), oomScoreAdj: 700n, hugepageLimits: [{ pageSize: '2MB', limit: 4_194_304n }] };
    await assert.rejects(update(id, { ...wanted, cpusetCpus: '4000' }), { code: 'FailedPrecondition' });
    assert.deepEqual([await all(), await told(id)], before);
    await assert.rejects(update(id, { ...wanted, cpusetCpus: '0', hugepageLimits: [{ pageSize: '3MB', limit: 1n }] }));
    assert.deepEqual([await all(), await told(id)], before);

    const { info } = await client.call('PodSandboxStatus', { podSandboxId: pod.id, verbose: true });
    const { cgroupPath } = JSON.parse(info['info'] ?? '{}') as { cgroupPath: string };
    const file = (controller: string, v1: string, v2: string): string => readFileSync(IS_V2 ? join(CGROUPS, cgroupPath, v2) : join(CGROUPS, controller, cgroupPath, v1), 'utf8');
    const ofPod = (): string[] => [file('cpu', 'cpu.shares', 'cpu.weight'), file('cpu', 'cpu.cfs_quota_us', 'cpu.max'), file('memory', 'memory.limit_in_bytes', 'memory.max'), file('memory', 'memory.memsw.limit_in_bytes', 'memory.swap.max')];
    const asMade = ofPod();
    await assert.rejects(client.call('UpdatePodSandboxResources', { podSandboxId: pod.id, resources: { ...wanted, cpusetCpus: '4000' } }), { code: 'FailedPrecondition' });
    await assert.rejects(client.call('UpdatePodSandboxResources', { podSandboxId: pod.id, resources: { ...wanted, hugepageLimits: [{ pageSize: '3MB', limit: 1n }] } }), { code: 'FailedPrecondition' });
    assert.deepEqual(ofPod(), asMade);
  });
}

test('limits of huge pages are kept by size: an update of one leaves the other', async () => {
  const id = await created(await podOf(''), { hugepageLimits: [{ pageSize: '2MB', limit: 4_194_304n }, { pageSize: '1GB', limit: 1_073_741_824n }] });
  await update(id, { hugepageLimits: [{ pageSize: '2MB', limit: 8_388_608n }] });
  const limits = (await told(id)).hugepageLimits.map(({ pageSize, limit }) => [pageSize, limit]);
  assert.deepEqual(limits.sort(), [['1GB', 1_073_741_824n], ['2MB', 8_388_608n]]);
});

test('a memory limit below what a container uses is refused, and nothing is killed', async () => {
  const pod = await podOf('');
  const hungry = await created(pod, { memoryLimitInBytes: mib(200) }, ['sh', '-c', 'dd if=/dev/zero bs=40M count=1 of=/dev/shm/used 2>/dev/null; echo ready; sleep 1000']);
  await node().davit.client.call('StartContainer', { containerId: hungry });
  const used = async (): Promise<bigint> => (await node().davit.client.call('ContainerStats', { containerId: hungry })).stats?.memory?.workingSetBytes?.value ?? 0n;
  await eventually('the use', async () => await used() >= mib(40));
  await assert.rejects(update(hungry, { memoryLimitInBytes: mib(20) }), { code: 'FailedPrecondition', message: /is below the \d+ bytes that it uses/ });
  assert.equal((await node().davit.client.call('ContainerStatus', { containerId: hungry })).status?.state, 1);
  assert.equal((await held(hungry))[0], String(200 * MIB));
});

test('the cgroup of a pod that names no parent has limits and overhead together, and takes new ones', async () => {
  const { client } = node().davit;
  const pod = await podOf('', { resources: { memoryLimitInBytes: mib(100), cpuShares: 300n }, overhead: { memoryLimitInBytes: mib(20) } });
  const { info } = await client.call('PodSandboxStatus', { podSandboxId: pod.id, verbose: true });
  const { cgroupPath } = JSON.parse(info['info'] ?? '{}') as { cgroupPath: string };
  const limit = (): string => readFileSync(IS_V2 ? join(CGROUPS, cgroupPath, 'memory.max') : join(CGROUPS, 'memory', cgroupPath, 'memory.limit_in_bytes'), 'utf8').trim();
  assert.equal(limit(), String(120 * MIB));
  await client.call('UpdatePodSandboxResources', { podSandboxId: pod.id, resources: { memoryLimitInBytes: mib(150) } });
  assert.equal(limit(), String(170 * MIB));
  await assert.rejects(client.call('UpdatePodSandboxResources', { podSandboxId: pod.id, resources: { cpusetCpus: '4000' } }), { code: 'FailedPrecondition' });
  assert.equal(limit(), String(170 * MIB));
  await client.call('StopPodSandbox', { podSandboxId: pod.id });
  await assert.rejects(client.call('UpdatePodSandboxResources', { podSandboxId: pod.id, resources: { memoryLimitInBytes: mib(10) } }), { code: 'FailedPrecondition' });
});
