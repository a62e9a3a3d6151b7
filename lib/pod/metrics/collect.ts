/** Metrics of pods: descriptors and samples, both made from the one table. */
import { Semaphore, throwIfAborted } from '#async';
import { NotFoundError } from '#errors';
import { readMountInfo } from '#linux';
import type { CallOptions, Metric, MetricDescriptor, PodMetrics } from '../api.ts';
import type { PodContext } from '../context.ts';
import { podInterfaces } from '../net-dev.ts';
import type { ContainerRecord, PodRecord } from '../record.ts';
import { containerState, nowNs } from '../record.ts';
import type { FileSystemFacts } from './disk.ts';
import { deviceName, fileSystemOf, sourceOf } from './disk.ts';
import { processFacts } from './processes.ts';
import type { ContainerFacts, MetricDefinition } from './reading.ts';
import { CONTAINER_METRICS, INTERFACE_METRICS } from './table.ts';

/** On every sample, in this order, before its metric's own labels; the names are those that kubelet gives to cAdvisor's. */
const BASE_LABELS = ['container', 'id', 'image', 'name', 'namespace', 'pod'] as const;
/** What cAdvisor calls the container that stands for its pod. */
const POD_AS_CONTAINER = 'POD';
/** Pods read at once; more would only wait for the same files. */
const PODS_AT_ONCE = 4;

/** Every metric of a container and of a pod, each once. */
export function metricDescriptors(): MetricDescriptor[] {
  return [...CONTAINER_METRICS, ...INTERFACE_METRICS].map(({ name, help, labels }) => ({ name, help, labelKeys: [...BASE_LABELS, ...labels] }));
}

/** The samples of `pods`, without containers that end meanwhile. Nothing is older than the call, but the size of a container's layer may be. */
export async function podMetrics(context: PodContext, pods: readonly PodRecord[], { signal }: CallOptions): Promise<PodMetrics[]> {
  const { root } = context.config;
  const fileSystem = await fileSystemOf(root, sourceOf(root, readMountInfo()));
  const places = new Semaphore(PODS_AT_ONCE);
  return Promise.all(pods.map(async (pod) => {
    const place = await places.acquire(signal, `read the metrics of pod "${pod.id}"`);
    try {
      return await metricsOf(context, pod, fileSystem, signal);
    } finally {
      place[Symbol.dispose]();
    }
  }));
}

async function metricsOf(context: PodContext, pod: PodRecord, fileSystem: FileSystemFacts, signal: AbortSignal): Promise<PodMetrics> {
  const records = context.store.containersOf(pod.id);
  const timestamp = nowNs();
  const labels = [POD_AS_CONTAINER, pod.cgroupPath, '', pod.id, pod.config.metadata.namespace, pod.config.metadata.name];
  const metrics = podInterfaces(pod, records).flatMap((counters) => samplesOf(INTERFACE_METRICS, counters, timestamp, labels));
  const containers: PodMetrics['containers'][number][] = [];
  for (const container of records) {
    throwIfAborted(signal, `read the metrics of container "${container.id}"`);
    const facts = containerState(container) === 'running' ? await factsOf(context, container, fileSystem) : undefined;
    if (facts) containers.push({ id: container.id, metrics: samplesOf(CONTAINER_METRICS, facts, facts.figures.stats.timestampNs, labelsOf(container, pod)) });
  }
  return { podSandboxId: pod.id, metrics, containers };
}

/** Undefined when the container is gone. */
async function factsOf(context: PodContext, container: ContainerRecord, fileSystem: FileSystemFacts): Promise<ContainerFacts | undefined> {
  const figures = context.cgroups.figures(container.cgroupPath);
  if (!figures) return undefined;
  const usage = await context.storage.rootfs.usage(container.id).catch((error: unknown) => {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  });
  if (!usage) return undefined;
  const devices = new Map(await Promise.all((figures.devices ?? []).map(async ({ major, minor }) => [`${major}:${minor}`, await deviceName(major, minor)] as const)));
  return {
    container, figures, processes: await processFacts(context.cgroups.processes(container.cgroupPath), container.pid),
    disk: { fileSystem, usedBytes: BigInt(usage.bytes), deviceName: (major, minor) => devices.get(`${major}:${minor}`) ?? `${major}:${minor}` },
  };
}

function labelsOf(container: ContainerRecord, pod: PodRecord): string[] {
  const { image, metadata } = container.config;
  return [metadata.name, container.cgroupPath, image.userSpecifiedImage || image.image, container.id, pod.config.metadata.namespace, pod.config.metadata.name];
}

function samplesOf<Facts>(table: readonly MetricDefinition<Facts>[], facts: Facts, timestamp: bigint, base: readonly string[]): Metric[] {
  return table.flatMap(({ name, type, samples }) => samples(facts).map(({ labels, value }) => ({ name, timestamp, type, labelValues: [...base, ...labels], value })));
}
