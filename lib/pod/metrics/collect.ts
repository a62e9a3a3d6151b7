/** Metrics of pods: descriptors and samples, both made from the one table. */
import { throwIfAborted } from '#async';
import { NotFoundError } from '#errors';
import { readMountInfo } from '#linux';
import type { CallOptions, Metric, MetricDescriptor, MetricGroup, PodMetrics } from '../api.ts';
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
/** Pods whose files are read together, before other calls get their turn. */
const BATCH = 16;

/** Every metric of a container and of a pod, each once. */
export function metricDescriptors(): MetricDescriptor[] {
  return [...CONTAINER_METRICS, ...INTERFACE_METRICS].map(({ name, help, labels }) => ({ name, help, labelKeys: [...BASE_LABELS, ...labels] }));
}

/** The samples of `pods`, in their order, without containers that end meanwhile. Nothing is older than the call, but the size of a container's layer may be. */
export async function* podMetrics(context: PodContext, pods: readonly PodRecord[], { signal }: CallOptions): AsyncGenerator<PodMetrics> {
  throwIfAborted(signal, 'read the metrics of pods');
  const { root } = context.config;
  const fileSystem = await fileSystemOf(root, sourceOf(root, readMountInfo()));
  const nameOf = deviceNames();
  for (let first = 0; first < pods.length; first += BATCH) {
    throwIfAborted(signal, `read the metrics of pod "${pods[first]?.id}"`);
    yield* await metricsOf(context, pods.slice(first, first + BATCH), fileSystem, nameOf);
  }
}

async function metricsOf(context: PodContext, pods: readonly PodRecord[], fileSystem: FileSystemFacts, nameOf: DeviceNames): Promise<PodMetrics[]> {
  const containersOf = (pod: PodRecord): readonly ContainerRecord[] => context.store.containersOf(pod.id);
  const running = pods.map((pod) => containersOf(pod).filter((container) => containerState(container) === 'running'));
  const timestamp = nowNs();
  const [interfaces, facts] = await Promise.all([podInterfaces(pods, containersOf, context.readFiles), factsOf(context, running.flat(), fileSystem, nameOf)]);
  return pods.map((pod, i) => ({
    podSandboxId: pod.id,
    metrics: {
      timestamp, labels: [POD_AS_CONTAINER, pod.cgroupPath, '', pod.id, pod.config.metadata.namespace, pod.config.metadata.name],
      samples: (interfaces[i] ?? []).flatMap((counters) => samplesOf(INTERFACE_METRICS, counters)),
    },
    containers: (running[i] ?? []).flatMap((container) => {
      const found = facts.get(container);
      return found ? [{ id: container.id, metrics: groupOf(found, pod) }] : [];
    }),
  }));
}

/** Of those that are not gone. */
async function factsOf(context: PodContext, containers: readonly ContainerRecord[], fileSystem: FileSystemFacts, nameOf: DeviceNames): Promise<Map<ContainerRecord, ContainerFacts>> {
  const [figures, usages] = await Promise.all([context.cgroups.allFigures(containers.map((c) => c.cgroupPath)), Promise.all(containers.map((c) => usageOf(context, c.id)))]);
  const read = containers.map((container, i) => ({ firstPid: container.pid, pids: figures[i]?.pids ?? [] }));
  const processes = await processFacts(read, context);
  const facts = new Map<ContainerRecord, ContainerFacts>();
  for (const [i, container] of containers.entries()) {
    const [found, usage, ofProcesses] = [figures[i]?.figures, usages[i], processes[i]];
    if (!found || !usage || !ofProcesses) continue;
    await nameOf.learn(found.devices ?? []);
    facts.set(container, { container, figures: found, processes: ofProcesses, disk: { fileSystem, usedBytes: BigInt(usage.bytes), deviceName: nameOf.name } });
  }
  return facts;
}

async function usageOf(context: PodContext, id: string): Promise<{ bytes: number } | undefined> {
  try {
    return await context.storage.rootfs.usage(id);
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}

/** Names of block devices, each looked up once. */
interface DeviceNames {
  readonly learn: (devices: readonly { readonly major: number; readonly minor: number }[]) => Promise<void>;
  /** Of one that was learnt. */
  readonly name: (major: number, minor: number) => string;
}

function deviceNames(): DeviceNames {
  const names = new Map<string, string>();
  const keyOf = (major: number, minor: number): string => `${major}:${minor}`;
  return {
    learn: async (devices) => {
      for (const { major, minor } of devices) if (!names.has(keyOf(major, minor))) names.set(keyOf(major, minor), await deviceName(major, minor));
    },
    name: (major, minor) => names.get(keyOf(major, minor)) ?? keyOf(major, minor),
  };
}

function groupOf(facts: ContainerFacts, pod: PodRecord): MetricGroup {
  const { id, cgroupPath, config: { image, metadata } } = facts.container;
  const labels = [metadata.name, cgroupPath, image.userSpecifiedImage || image.image, id, pod.config.metadata.namespace, pod.config.metadata.name];
  return { timestamp: facts.figures.stats.timestampNs, labels, samples: samplesOf(CONTAINER_METRICS, facts) };
}

function samplesOf<Facts>(table: readonly MetricDefinition<Facts>[], facts: Facts): Metric[] {
  const found: Metric[] = [];
  for (const of of table) for (const { labels, value } of of.samples(facts)) found.push({ of, labels, value });
  return found;
}
