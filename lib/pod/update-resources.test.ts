import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { containerConfig, FakeNode, podConfig } from './fake-node.ts';
import type { PodService } from './pods.ts';

const live = (): { signal: AbortSignal } => ({ signal: new AbortController().signal });
const NOTHING = containerConfig().linux.resources;

async function withNode(work: (node: FakeNode, pods: PodService) => Promise<void>): Promise<void> {
  await using node = await FakeNode.create();
  await using pods = await node.startDaemon();
  await work(node, pods);
}

async function started(pods: PodService): Promise<string> {
  const podId = await pods.runPodSandbox(podConfig(), '', live());
  const id = await pods.createContainer(podId, containerConfig(), live());
  await pods.startContainer(id, live());
  return id;
}

test('an update changes what it sets, leaves the rest, and the status shows both', () => withNode(async (node, pods) => {
  const id = await started(pods);
  await pods.updateContainerResources(id, { ...NOTHING, cpuShares: 512, memoryLimitInBytes: 1000 }, live());
  await pods.updateContainerResources(id, { ...NOTHING, cpuQuota: 5000 }, live());
  const { cpuShares, cpuQuota, memoryLimitInBytes } = pods.containerStatus(id).resources;
  assert.deepEqual({ cpuShares, cpuQuota, memoryLimitInBytes }, { cpuShares: 512, cpuQuota: 5000, memoryLimitInBytes: 1000 });
  assert.equal(node.limits.length, 2);
  assert.ok(node.changedLimits.length === 2 && node.changedLimits.every((path) => path.includes(id)), 'statistics tell new limits at once');
}));

test('an update that the runtime refuses is taken back, and the status shows what was', () => withNode(async (node, pods) => {
  const id = await started(pods);
  await pods.updateContainerResources(id, { ...NOTHING, cpuShares: 512 }, live());
  node.failing.add('update');
  await assert.rejects(pods.updateContainerResources(id, { ...NOTHING, cpuShares: 1024 }, live()), /update failed on purpose/);
  assert.equal(pods.containerStatus(id).resources.cpuShares, 512);
  assert.deepEqual(node.limits.map(({ resources }) => (resources as { cpuShares?: number }).cpuShares), [512, 1024, 512, undefined]);
  assert.deepEqual(node.limits.at(-1)?.resources, { putBack: true }, 'whatever the runtime took back');
  assert.equal(node.changedLimits.length, 2, 'one of them taken back');
}));

test('an update of memory leaves the swap limit that holds, as far as it fits', () => withNode(async (node, pods) => {
  const podId = await pods.runPodSandbox(podConfig(), '', live());
  const config = containerConfig();
  const id = await pods.createContainer(podId, { ...config, linux: { ...config.linux, resources: { ...NOTHING, memoryLimitInBytes: 100, memorySwapLimitInBytes: 150 } } }, live());
  const given = async (update: Partial<typeof NOTHING>): Promise<unknown> => {
    await pods.updateContainerResources(id, { ...NOTHING, ...update }, live());
    const { memoryLimitInBytes, memorySwapLimitInBytes } = node.limits.at(-1)?.resources as typeof NOTHING;
    const told = pods.containerStatus(id).resources;
    assert.deepEqual([told.memoryLimitInBytes, told.memorySwapLimitInBytes], update.cpuShares ? [300, 300] : [memoryLimitInBytes, memorySwapLimitInBytes]);
    return [memoryLimitInBytes, memorySwapLimitInBytes];
  };
  assert.deepEqual(await given({ memoryLimitInBytes: 120 }), [120, 150]);
  assert.deepEqual(await given({ memorySwapLimitInBytes: 200 }), [120, 200]);
  assert.deepEqual(await given({ memoryLimitInBytes: 300 }), [300, 300]);
  assert.deepEqual(await given({ cpuShares: 5 }), [0, 0]);
}));

test('what an update has set for the first time is taken back to what the kernel has', () => withNode(async (node, pods) => {
  const id = await started(pods);
  node.failing.add('update');
  await assert.rejects(pods.updateContainerResources(id, { ...NOTHING, cpuQuota: 5000, memoryLimitInBytes: 1000 }, live()));
  const { cpuQuota, cpuPeriod, memoryLimitInBytes } = node.limits.at(-2)?.resources as typeof NOTHING;
  assert.deepEqual({ cpuQuota, cpuPeriod, memoryLimitInBytes }, { cpuQuota: -1, cpuPeriod: 0, memoryLimitInBytes: -1 });
}));

test('an update that cannot be recorded is taken back, the scores of the processes too', () => withNode(async (node, pods) => {
  const id = await started(pods);
  await using sleepers = new AsyncDisposableStack();
  const scores = [100, 200];
  const files = await Promise.all(scores.map(async (score) => {
    const child = spawn('sleep', ['1000'], { stdio: 'ignore' });
    sleepers.defer(async () => { child.kill('SIGKILL'); await once(child, 'exit'); });
    await once(child, 'spawn');
    node.pids = [...node.pids, child.pid ?? 0];
    await writeFile(`/proc/${child.pid}/oom_score_adj`, String(score));
    return `/proc/${child.pid}/oom_score_adj`;
  }));
  const held = async (): Promise<number[]> => Promise.all(files.map(async (file) => Number(await readFile(file, 'utf8'))));
  await pods.updateContainerResources(id, { ...NOTHING, cpuShares: 5 }, live());
  assert.deepEqual(await held(), scores);
  node.refuseChanges('container');
  await assert.rejects(pods.updateContainerResources(id, { ...NOTHING, cpuShares: 6, oomScoreAdj: 700 }, live()), /refused on purpose/);
  assert.deepEqual(await held(), scores);
  assert.deepEqual(node.limits.slice(1).map(({ resources }) => (resources as { cpuShares?: number }).cpuShares), [6, 5, undefined]);
  assert.deepEqual(node.limits.at(-1)?.resources, { putBack: true });
  assert.equal(pods.containerStatus(id).resources.cpuShares, 5);
}));

test('an update of a pod that cannot be recorded is taken back', () => withNode(async (node, pods) => {
  const podId = await pods.runPodSandbox(podConfig(), '', live());
  node.refuseChanges('pod');
  await assert.rejects(pods.updatePodSandboxResources(podId, { resources: { ...NOTHING, cpuShares: 10 } }, live()), /refused on purpose/);
  assert.deepEqual(node.limits.map(({ resources }) => resources), [{ cpu: { shares: 10 } }, { putBack: true }]);
  assert.deepEqual((pods.podSandboxStatus(podId).info['info'] as { resources?: object }).resources, undefined);
}));

test('a memory limit below what the container uses is refused before anything is changed', () => withNode(async (node, pods) => {
  const id = await started(pods);
  node.usedMemory = 2000n;
  await assert.rejects(pods.updateContainerResources(id, { ...NOTHING, memoryLimitInBytes: 1999 }, live()), { code: 'FailedPrecondition', message: /limit 1999 is below the 2000 bytes/ });
  assert.deepEqual(node.limits, []);
  await pods.updateContainerResources(id, { ...NOTHING, memoryLimitInBytes: 2000 }, live());
}));

test('a container that has ended is not updated', () => withNode(async (node, pods) => {
  const id = await started(pods);
  node.exit(id);
  await assert.rejects(pods.updateContainerResources(id, { ...NOTHING, cpuShares: 2 }, live()), { code: 'FailedPrecondition' });
}));

test('a pod\'s own cgroup gets limits and overhead together, and its information shows both', () => withNode(async (node, pods) => {
  const podId = await pods.runPodSandbox(podConfig(), '', live());
  await pods.updatePodSandboxResources(podId, { resources: { ...NOTHING, memoryLimitInBytes: 1000, cpuShares: 10 }, overhead: { ...NOTHING, memoryLimitInBytes: 100 } }, live());
  await pods.updatePodSandboxResources(podId, { resources: { ...NOTHING, cpuQuota: 7000 } }, live());
  assert.deepEqual(node.limits.map(({ resources }) => resources), [{ cpu: { shares: 10 }, memory: { limit: 1100 } }, { cpu: { shares: 10, quota: 7000 }, memory: { limit: 1100 } }]);
  const { resources, overhead } = (pods.podSandboxStatus(podId).info['info'] ?? {}) as Record<'resources' | 'overhead', { memoryLimitInBytes: number }>;
  assert.deepEqual([resources.memoryLimitInBytes, overhead.memoryLimitInBytes], [1000, 100]);
}));

test('limits that the kernel refuses of a pod are not shown', () => withNode(async (node, pods) => {
  const podId = await pods.runPodSandbox({ ...podConfig(), linux: { ...podConfig().linux, resources: { ...NOTHING, cpuShares: 10 } } }, '', live());
  node.failing.add('limit');
  await assert.rejects(pods.updatePodSandboxResources(podId, { resources: { ...NOTHING, cpuShares: 20 } }, live()), { code: 'FailedPrecondition', message: /limit failed on purpose/ });
  assert.deepEqual(node.limits.map(({ resources }) => (resources as { cpu: { shares: number } }).cpu.shares), [10, 20]);
  assert.equal((pods.podSandboxStatus(podId).info['info'] as { resources: { cpuShares: number } }).resources.cpuShares, 10);
}));

test('limits of a pod whose cgroup is kubelet\'s are only taken note of', () => withNode(async (node, pods) => {
  const podId = await pods.runPodSandbox({ ...podConfig(), linux: { ...podConfig().linux, cgroupParent: '/kubepods/pod1' } }, '', live());
  await pods.updatePodSandboxResources(podId, { resources: { ...NOTHING, cpuShares: 20 } }, live());
  assert.deepEqual([node.limits, node.changedLimits.length], [[], 1], 'kubelet has set them before');
  assert.equal((pods.podSandboxStatus(podId).info['info'] as { resources: { cpuShares: number } }).resources.cpuShares, 20);
}));

test('a pod that is stopped is not updated', () => withNode(async (_node, pods) => {
  const podId = await pods.runPodSandbox(podConfig(), '', live());
  await pods.stopPodSandbox(podId, live());
  await assert.rejects(pods.updatePodSandboxResources(podId, {}, live()), { code: 'FailedPrecondition' });
}));
