import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { test } from 'node:test';
import { NotFoundError } from '#errors';
import { descriptorCounter, fileReader, type CgroupFigures } from '#linux';
import type { CallOptions, Metric, MetricGroup, PodMetrics } from '../api.ts';
import type { PodContext } from '../context.ts';
import { containerConfig, podConfig } from '../fake-node.ts';
import type { ContainerRecord, PodRecord } from '../record.ts';
import { metricDescriptors, podMetrics } from './collect.ts';

const live = (): { signal: AbortSignal } => ({ signal: new AbortController().signal });
const EXIT = { exitCode: 0, signal: 0, finishedAt: 9n, reason: '', message: '' };

const pod = (id: string, more: Partial<PodRecord> = {}): PodRecord => ({
  id, config: podConfig(`name-${id}`), runtimeHandler: '', runtime: { name: 'crun', path: '', root: '' }, createdAt: 1n, bootId: '', phase: 'ready', cgroupPath: `/pods/${id}`, ownsCgroup: true, namespaces: {}, network: 'host', ips: [], released: false, ...more,
});
/** Its process is this one, so that /proc has something to say. */
const container = (id: string, more: Partial<ContainerRecord> = {}): ContainerRecord => ({
  id, podId: 'p', config: containerConfig(`name-${id}`), imageId: '', imageRef: '', createdAt: 1n, bootId: '', phase: 'created', cgroupPath: `/pods/p/${id}`, logPath: '', pid: process.pid, startedAt: 5n,
  stopSignal: '', mounts: [], resources: containerConfig().linux.resources, user: { uid: 0, gid: 0, supplementalGroups: [] }, released: false, ...more,
});

const FIGURES: CgroupFigures = {
  stats: {
    timestampNs: 77n, cpuUsageNs: 1n, memory: { usage: 42n, workingSet: 1n, rss: 1n, limit: undefined, pageFaults: 1n, majorPageFaults: 1n }, swap: undefined, pids: { current: 1n }, psi: undefined,
  },
  cpu: { userNs: 1n, systemNs: 1n, throttling: undefined },
  memory: { cache: 1n, mappedFile: 1n, kernel: 1n, peak: undefined, limitHits: 1n, oomKills: 0n, ownPageFaults: 1n, ownMajorPageFaults: 1n },
  pids: { current: 1n, limit: undefined }, devices: [{ major: 4095, minor: 1048575, readBytes: 3n, writeBytes: 4n, reads: 1n, writes: 1n }], hugetlb: [], pressure: undefined,
};

/** Only what podMetrics() calls; anything else fails the test with a TypeError. */
function context(containers: Readonly<Record<string, readonly ContainerRecord[]>>, overrides: { figures?: (path: string) => CgroupFigures | undefined; usage?: (id: string) => Promise<unknown> } = {}): PodContext {
  return {
    config: { root: tmpdir() }, store: { containersOf: (id: string) => containers[id] ?? [] }, readFiles: fileReader(), countDescriptors: descriptorCounter(),
    cgroups: { allFigures: async (paths: string[]) => paths.map((path) => { const figures = (overrides.figures ?? (() => FIGURES))(path); return figures && { figures, pids: [process.pid] }; }) },
    storage: { rootfs: { usage: overrides.usage ?? (async () => ({ bytes: 11, inodes: 1 })) } },
  } as unknown as PodContext;
}

const all = (context: PodContext, pods: readonly PodRecord[], options: CallOptions = live()): Promise<PodMetrics[]> => Array.fromAsync(podMetrics(context, pods, options));
const labelsOf = (group: MetricGroup | undefined, { labels }: Metric): string[] => [...group?.labels ?? [], ...labels];

test('podMetrics() gives every sample as many labels as its descriptor has, and no sample without a descriptor', async () => {
  const keys = new Map(metricDescriptors().map((d) => [d.name, d.labelKeys]));
  const [metrics] = await all(context({ p: [container('c')] }), [pod('p', { network: 'attached' })]);
  const samples = [metrics?.metrics, metrics?.containers[0]?.metrics].flatMap((group) => group?.samples.map((sample) => ({ name: sample.of.name, labels: labelsOf(group, sample) })) ?? []);
  // Without those of network interfaces: how many this host has is not for the test to say.
  assert.ok(samples.length > 30);
  for (const { name, labels } of samples) assert.equal(labels.length, keys.get(name)?.length, name);
  const series = samples.map(({ name, labels }) => JSON.stringify([name, labels]));
  assert.equal(new Set(series).size, series.length);
});

test('podMetrics() labels samples with what kubelet calls the container and the pod', async () => {
  const [metrics] = await all(context({ p: [container('c')] }), [pod('p')]);
  const [of] = metrics?.containers ?? [];
  const usage = of?.metrics.samples.find((m) => m.of.name === 'container_memory_usage_bytes');
  assert.deepEqual([of?.id, of?.metrics.timestamp, of?.metrics.labels], ['c', 77n, ['name-c', '/pods/p/c', 'busybox', 'c', 'ns', 'name-p']]);
  assert.deepEqual([usage?.of.type, usage?.labels, usage?.value], ['gauge', [], 42n]);
  assert.deepEqual(of?.metrics.samples.find((m) => m.of.name === 'container_fs_reads_bytes_total')?.labels, ['4095:1048575']);
  assert.deepEqual(metrics?.metrics.samples, [], 'the host network is nobody\'s own');
});

test('podMetrics() counts the interfaces of a pod\'s network through a process that is in it', async () => {
  const [running, empty] = await all(context({ p: [container('old', { exit: EXIT, pid: 1 }), container('c')] }), [pod('p', { network: 'attached' }), pod('q', { network: 'attached' })]);
  assert.deepEqual(running?.metrics.labels, ['POD', '/pods/p', '', 'p', 'ns', 'name-p']);
  assert.deepEqual(empty?.metrics.samples, []);
});

test('podMetrics() leaves out containers that do not run or go away meanwhile, and keeps the order of many pods', async () => {
  const records = { p: [container('created', { startedAt: 0n }), container('exited', { exit: EXIT }), container('gone'), container('removed'), container('runs')] };
  const node = context(records, {
    figures: (path) => (path.endsWith('gone') ? undefined : FIGURES),
    usage: async (id) => { if (id === 'removed') throw new NotFoundError('gone'); return { bytes: 1, inodes: 1 }; },
  });
  const others = Array.from({ length: 40 }, (_, n) => `q${n}`);
  assert.deepEqual((await all(node, ['p', ...others].map((id) => pod(id)))).map((m) => [m.podSandboxId, m.containers.map((c) => c.id)]), [['p', ['runs']], ...others.map((id) => [id, []])]);
});

test('podMetrics() fails with what fails, and ends with its signal', async () => {
  const broken = context({ p: [container('c')] }, { usage: async () => { throw new Error('the disk is on fire'); } });
  await assert.rejects(all(broken, [pod('p')]), /on fire/);
  await assert.rejects(all(context({}), [pod('p')], { signal: AbortSignal.abort() }), { code: 'Cancelled' });
  const ending = new AbortController();
  const reads = podMetrics(context({}), Array.from({ length: 40 }, (_, n) => pod(`p${n}`)), { signal: ending.signal });
  assert.equal((await reads.next()).done, false);
  ending.abort();
  await assert.rejects(Array.fromAsync(reads), { code: 'Cancelled' }, 'between two readings');
});
