/** davit as a systemd service on pure cgroup v2, with systemd's cgroup driver: scopes below kubelet's slices, restarts with pods running, OOM. */
import { strict as assert } from 'node:assert';
import { readFile, writeFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { BUSYBOX_IMAGE, containerConfig, eventually, runContainer, runPod } from '../harness/index.ts';
import type { RunningPod } from '../harness/index.ts';
import { answers, cgroupOf, installService } from './service.ts';
import type { Service } from './service.ts';

const SYSTEMD = 0;
const RUNNING = 1;
const EXITED = 2;
const MIB = 1024 * 1024;
const MIB_N = BigInt(MIB);
/** As kubelet names a pod's slice, which it starts before it asks for the pod. */
const SLICE = 'kubepods-burstable-podvm.slice';
const SLICE_PATH = '/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-podvm.slice';
const WAIT_MS = 60_000;

let service: Service;
let pod: RunningPod;
before(async () => {
  service = await installService();
  await service.client.call('PullImage', { image: { image: BUSYBOX_IMAGE } });
  await service.systemctl('start', SLICE);
  pod = await runPod(service, { name: 'slice', linux: { cgroupParent: SLICE } });
});
after(async () => {
  for (const { id } of (await service.client.call('ListPodSandbox', {})).items) await service.client.call('RemovePodSandbox', { podSandboxId: id });
  const left = await service.systemctl('list-units', '--all', '--no-legend', '--plain', 'davit-*.scope', 'davit-*.slice');
  await service[Symbol.asyncDispose]();
  assert.equal(left, '', 'units of containers that are gone');
});

async function status(containerId: string) {
  const { status: found } = await service.client.call('ContainerStatus', { containerId });
  return found ?? assert.fail(`no container ${containerId}`);
}

async function pidOf(containerId: string): Promise<number> {
  const { info } = await service.client.call('ContainerStatus', { containerId, verbose: true });
  return (JSON.parse(info['info'] ?? '{}') as { pid: number }).pid;
}

const exited = (containerId: string): Promise<unknown> => eventually('the exit', async () => (await status(containerId)).state === EXITED, WAIT_MS);
const scopeOf = (containerId: string): string => `davit-${containerId}.scope`;
/** crun's processes are in a cgroup of their own below the scope. */
const scopePathOf = async (containerId: string): Promise<string> => (await cgroupOf(await pidOf(containerId))).replace(/\.scope\/.*/, '.scope');

/** The limits that a client can see in figures of use: what is available, and what is used of it. */
async function told(containerId: string) {
  const { stats } = await service.client.call('ContainerStats', { containerId });
  return {
    memory: (stats?.memory?.availableBytes?.value ?? 0n) + (stats?.memory?.workingSetBytes?.value ?? 0n),
    swap: (stats?.swap?.swapAvailableBytes?.value ?? 0n) + (stats?.swap?.swapUsageBytes?.value ?? 0n),
    threads: await metric(containerId, 'container_threads_max'),
  };
}

async function metric(containerId: string, wanted: string): Promise<bigint | undefined> {
  const { podMetrics } = await service.client.call('ListPodSandboxMetrics', {});
  return podMetrics.flatMap((one) => one.containerMetrics).find((one) => one.containerId === containerId)?.metrics.find(({ name }) => name === wanted)?.value?.value;
}

test('systemctl start returns when davit answers; kubelet is told systemd', async () => {
  assert.equal(await service.property('davit', 'ActiveState'), 'active');
  assert.equal(await service.property('davit', 'Type'), 'notify');
  assert.equal((await service.client.call('RuntimeConfig', {})).linux?.cgroupDriver, SYSTEMD);
  const { status: conditions } = await service.client.call('Status', {});
  assert.deepEqual(conditions?.conditions.map(({ type, status: holds }) => [type, holds]), [['RuntimeReady', true], ['NetworkReady', true]]);
});

// Debian's crun writes limits into files of its own cgroup below the scope and tells systemd none; runc tells.
for (const { runtimeHandler, tells, below } of [{ runtimeHandler: 'crun', tells: false, below: '/container' }, { runtimeHandler: 'runc', tells: true, below: '' }]) {
  test(`a container of ${runtimeHandler} is a scope in the pod's slice, with limits that systemd keeps`, async () => {
    const mine = await runPod(service, { name: runtimeHandler, linux: { cgroupParent: SLICE }, runtimeHandler });
    const linux = { resources: { memoryLimitInBytes: 64n * MIB_N, memorySwapLimitInBytes: 96n * MIB_N, unified: { 'pids.max': '40' }, cpuPeriod: 100_000n, cpuQuota: 50_000n, cpuShares: 512n } };
    const id = await runContainer(service, mine, { name: 'limited', command: ['top', '-b'], linux });
    const scope = `${SLICE_PATH}/${scopeOf(id)}`;
    const limits = async (): Promise<unknown> => [await service.cgroupFile(`${scope}${below}`, 'memory.max'), await service.cgroupFile(`${scope}${below}`, 'cpu.max')];
    assert.equal(await scopePathOf(id), scope);
    assert.equal(await service.property(scopeOf(id), 'Slice'), SLICE);
    assert.equal(await service.property(scopeOf(id), 'MemoryMax'), tells ? String(64 * MIB) : 'infinity');
    assert.deepEqual(await limits(), [String(64 * MIB), '50000 100000']);
    assert.deepEqual(await told(id), { memory: 64n * MIB_N, swap: 32n * MIB_N, threads: 40n });

    await service.client.call('UpdateContainerResources', { containerId: id, linux: { memoryLimitInBytes: 96n * MIB_N, memorySwapLimitInBytes: 128n * MIB_N, cpuPeriod: 100_000n, cpuQuota: 70_000n } });
    await service.systemctl('daemon-reload');
    assert.deepEqual(await limits(), [String(96 * MIB), '70000 100000']);
    assert.equal(await service.cgroupFile(scope, 'cpu.max'), tells ? '70000 100000' : 'max 100000');
    assert.deepEqual(await told(id), { memory: 96n * MIB_N, swap: 32n * MIB_N, threads: 40n });
    // What the update leaves out holds as far as it fits; no swap is none, whatever systemd reloads.
    for (const [memory, swap] of [[112n, 16n], [160n, 0n]] as const) {
      await service.client.call('UpdateContainerResources', { containerId: id, linux: { memoryLimitInBytes: memory * MIB_N } });
      await service.systemctl('daemon-reload');
      assert.deepEqual(await told(id), { memory: memory * MIB_N, swap: swap * MIB_N, threads: 40n });
    }
    const bare = await runContainer(service, mine, { name: 'bare', command: ['top', '-b'], linux: { resources: { memoryLimitInBytes: 64n * MIB_N } } });
    await service.systemctl('daemon-reload');
    assert.equal((await told(bare)).swap, 0n);
    await eventually('a period of the quota', async () => (await metric(id, 'container_cpu_cfs_periods_total') ?? 0n) > 0n, WAIT_MS);
    assert.equal((await status(id)).resources?.linux?.memoryLimitInBytes, BigInt(160 * MIB));
    await service.client.call('RemovePodSandbox', { podSandboxId: mine.id });
  });
}

test('an exec is counted in the container\'s scope, and the figures of v2 are there', async () => {
  const id = await runContainer(service, pod, { name: 'figures', command: ['sh', '-c', 'i=0; while [ $i -lt 50000 ]; do i=$((i+1)); done; dd if=/dev/zero of=/file bs=1M count=8 2>/dev/null; echo done; exec top -b >/dev/null'] });
  const { stdout } = await service.client.call('ExecSync', { containerId: id, cmd: ['cat', '/proc/self/cgroup'], timeout: 30n });
  assert.match(Buffer.from(stdout).toString(), /^0::\//);
  const { logPath } = await status(id);
  await eventually('its work to be done', async () => (await readFile(logPath, 'utf8')).includes('done'), WAIT_MS);
  const stats = await eventually('figures of its work', async () => {
    const found = (await service.client.call('ContainerStats', { containerId: id })).stats;
    return found && (found.cpu?.usageCoreNanoSeconds?.value ?? 0n) > 0n ? found : undefined;
  });
  assert.ok((stats.memory?.usageBytes?.value ?? 0n) > 0n && (stats.memory?.workingSetBytes?.value ?? 0n) > 0n);
  assert.ok((stats.memory?.availableBytes?.value ?? 0n) === 0n, 'no limit, so nothing is available');
  assert.ok((stats.writableLayer?.usedBytes?.value ?? 0n) >= 0n);
  const podStats = (await service.client.call('PodSandboxStats', { podSandboxId: pod.id })).stats;
  assert.ok((podStats?.linux?.process?.processCount?.value ?? 0n) >= 1n);
  assert.ok((podStats?.linux?.cpu?.usageCoreNanoSeconds?.value ?? 0n) >= (stats.cpu?.usageCoreNanoSeconds?.value ?? 0n));
  const { podMetrics } = await service.client.call('ListPodSandboxMetrics', {});
  const names = new Set(podMetrics.flatMap((one) => [...one.metrics, ...one.containerMetrics.flatMap((c) => c.metrics)]).map((metric) => metric.name));
  for (const name of ['container_cpu_usage_seconds_total', 'container_memory_working_set_bytes', 'container_processes', 'container_threads', 'container_fs_usage_bytes']) assert.ok(names.has(name), `${name} among ${[...names].join()}`);
});

test('a container that takes too much memory was OOMKilled, and systemd keeps no failed unit of it', async () => {
  const id = await runContainer(service, pod, { name: 'greedy', command: ['sh', '-c', 'exec tail /dev/zero'], linux: { resources: { memoryLimitInBytes: BigInt(24 * MIB), memorySwapLimitInBytes: BigInt(24 * MIB) } } });
  await exited(id);
  const { reason, exitCode } = await status(id);
  assert.deepEqual([reason, exitCode], ['OOMKilled', 137]);
  await eventually('the scope to go', async () => (await service.property(scopeOf(id), 'ActiveState')) === 'inactive', WAIT_MS);
});

test('restart, stop and kill -9 of the daemon: pods go on, with their logs and exit codes', async () => {
  const id = await runContainer(service, pod, { name: 'steady', command: ['sh', '-c', 'i=0; while [ ! -e /end ]; do i=$((i+1)); echo $i; usleep 50000; done; exit 7'] });
  const pid = await pidOf(id);
  const { logPath } = await status(id);
  const lines = async (): Promise<string[]> => (await readFile(logPath, 'utf8')).trim().split('\n').map((line) => line.split(' ')[3] ?? '');
  const daemon = await service.property('davit', 'MainPID');

  await service.systemctl('restart', 'davit');
  assert.notEqual(await service.property('davit', 'MainPID'), daemon);
  await answers(service);
  assert.deepEqual([await pidOf(id), (await status(id)).state], [pid, RUNNING]);

  await service.systemctl('kill', '--kill-whom=main', '--signal=KILL', 'davit');
  await answers(service);
  assert.deepEqual([await pidOf(id), (await status(id)).state], [pid, RUNNING]);
  await service.client.call('ExecSync', { containerId: id, cmd: ['true'], timeout: 30n });

  await service.systemctl('stop', 'davit');
  const before = (await lines()).length;
  await eventually('lines that are logged while nothing but the monitor is there', async () => (await lines()).length > before + 10, WAIT_MS);
  const end = `/proc/${pid}/root/end`;
  await writeFile(end, '');
  await eventually('its end', () => readFile(`/proc/${pid}/stat`).then(() => false, () => true), WAIT_MS);
  await service.systemctl('start', 'davit');
  await exited(id);
  assert.equal((await status(id)).exitCode, 7);
  assert.deepEqual(await lines(), (await lines()).map((_, index) => String(index + 1)));
});

test('a pod without a parent has a slice of its own, which goes with it', async () => {
  const own = await runPod(service, { name: 'own' });
  const { containerId } = await service.client.call('CreateContainer', { podSandboxId: own.id, config: containerConfig({ name: 'top', command: ['top', '-b'] }), sandboxConfig: own.config });
  await service.client.call('StartContainer', { containerId });
  assert.equal(await scopePathOf(containerId), `/davit.slice/davit-${own.id}.slice/${scopeOf(containerId)}`);
  await service.client.call('RemovePodSandbox', { podSandboxId: own.id });
  assert.equal(await service.cgroupFile(`/davit.slice/davit-${own.id}.slice`, 'cgroup.procs'), undefined);
});
