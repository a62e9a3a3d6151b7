/** Container and pod statistics: one pass over the cgroup files of each, none older than MAX_AGE_MS at the call. */
import { setImmediate } from 'node:timers/promises';
import { NotFoundError } from '#errors';
import type { CgroupStats } from '#linux';
import type { ContainerStats, CpuStats, IoStats, MemoryStats, PodStats } from './api.ts';
import type { PodContext } from './context.ts';
import { podInterfaces } from './net-dev.ts';
import type { ContainerRecord, PodRecord } from './record.ts';
import { containerState } from './record.ts';

interface CpuSample { readonly timestamp: bigint; readonly usage: bigint; readonly rate: bigint }
/** A rate is taken over at least this time; a shorter one repeats the last rate. */
const MIN_RATE_INTERVAL_NS = 100_000_000n;

/**
 * kubelet asks for the same figures by several calls within milliseconds. Less than the second after which crictl asks again
 * and wants newer ones.
 */
const MAX_AGE_MS = 400;
/** Containers or pods read before other calls get their turn. */
const BATCH = 16;

/** Samples kept before those of gone cgroups are looked for. */
const MIN_SAMPLES = 256;

/** Keeps the last CPU sample per cgroup, to give rates. */
export class StatsReader {
  readonly #samples = new Map<string, CpuSample>();
  readonly #last = new WeakMap<object, { readonly stats: CgroupStats; readonly readAt: number }>();
  #sampleLimit = MIN_SAMPLES;
  readonly #context: PodContext;

  constructor(context: PodContext) {
    this.#context = context;
  }

  /** @throws NotFoundError when the container does not run. */
  async container(container: ContainerRecord): Promise<ContainerStats> {
    const stats = containerState(container) === 'exited' ? undefined : this.#read(container);
    if (!stats) throw new NotFoundError(`read statistics of container "${container.id}": it is ${containerState(container)} and has no cgroup`);
    const { metadata, labels, annotations } = container.config;
    const usage = await this.#context.storage.rootfs.usage(container.id);
    const timestamp = stats.timestampNs;
    return {
      id: container.id, metadata, labels, annotations, cpu: this.#cpu(container.cgroupPath, stats), memory: memoryOf(stats),
      writableLayer: { timestamp, mountpoint: this.#context.config.root, usedBytes: BigInt(usage.bytes), inodesUsed: BigInt(usage.inodes) },
      swap: { timestamp, availableBytes: available(stats.swap?.limit, stats.swap?.usage ?? 0n), usageBytes: stats.swap?.usage ?? 0n },
      ...ioOf(stats),
    };
  }

  async containers(containers: readonly ContainerRecord[]): Promise<ContainerStats[]> {
    return inBatches(containers.filter((c) => containerState(c) === 'running'), (c) => this.container(c));
  }

  /** Those that have a cgroup; one may go while the others are read. */
  async pods(pods: readonly PodRecord[]): Promise<PodStats[]> {
    return inBatches(pods, (pod) => this.pod(pod));
  }

  async pod(pod: PodRecord): Promise<PodStats> {
    const containers = this.#context.store.containersOf(pod.id);
    const stats = this.#read(pod);
    if (!stats) throw new NotFoundError(`read statistics of pod "${pod.id}": it has no cgroup`);
    const network = networkOf(pod, containers, stats.timestampNs);
    return {
      id: pod.id, metadata: pod.config.metadata, labels: pod.config.labels, annotations: pod.config.annotations,
      cpu: this.#cpu(pod.cgroupPath, stats), memory: memoryOf(stats), processCount: stats.pids.current, ...ioOf(stats),
      ...(network ? { network } : {}),
      containers: await this.containers(containers),
    };
  }

  /** Drops the samples of cgroups that no record has any more, and looks again when as many new ones have come. */
  #forgetGone(): void {
    const { store } = this.#context;
    const known = new Set([...store.pods, ...store.containers].map((record) => record.cgroupPath));
    for (const path of this.#samples.keys()) if (!known.has(path)) this.#samples.delete(path);
    this.#sampleLimit = Math.max(MIN_SAMPLES, this.#samples.size * 2);
  }

  /** A record that changes is another object: what was read for it before is forgotten. */
  #read(of: ContainerRecord | PodRecord): CgroupStats | undefined {
    const last = this.#last.get(of);
    if (last && performance.now() - last.readAt < MAX_AGE_MS) return last.stats;
    const readAt = performance.now();
    const stats = this.#context.cgroups.stats(of.cgroupPath);
    if (stats) this.#last.set(of, { stats, readAt });
    return stats;
  }

  #cpu(path: string, stats: CgroupStats): CpuStats {
    const last = this.#samples.get(path);
    const psi = stats.psi && { psi: stats.psi.cpu };
    const elapsed = last ? stats.timestampNs - last.timestamp : 0n;
    if (last && elapsed < MIN_RATE_INTERVAL_NS) return { timestamp: stats.timestampNs, usageCoreNanoSeconds: stats.cpuUsageNs, usageNanoCores: last.rate, ...psi };
    const used = last && stats.cpuUsageNs > last.usage ? stats.cpuUsageNs - last.usage : 0n;
    const rate = elapsed > 0n ? used * 1_000_000_000n / elapsed : 0n;
    if (this.#samples.size >= this.#sampleLimit) this.#forgetGone();
    this.#samples.set(path, { timestamp: stats.timestampNs, usage: stats.cpuUsageNs, rate });
    return { timestamp: stats.timestampNs, usageCoreNanoSeconds: stats.cpuUsageNs, usageNanoCores: rate, ...psi };
  }
}

function networkOf(pod: PodRecord, containers: readonly ContainerRecord[], timestamp: bigint): PodStats['network'] {
  const interfaces = podInterfaces(pod, containers);
  const first = interfaces.find((i) => i.name === 'eth0') ?? interfaces[0];
  return first && { timestamp, default: first, interfaces: interfaces.filter((i) => i !== first) };
}

function memoryOf(stats: CgroupStats): MemoryStats {
  const { memory } = stats;
  return {
    timestamp: stats.timestampNs, workingSetBytes: memory.workingSet, usageBytes: memory.usage, rssBytes: memory.rss,
    availableBytes: available(memory.limit, memory.workingSet),
    pageFaults: memory.pageFaults, majorPageFaults: memory.majorPageFaults, ...stats.psi && { psi: stats.psi.memory },
  };
}

function ioOf({ timestampNs, psi }: CgroupStats): { io?: IoStats } {
  return psi ? { io: { timestamp: timestampNs, psi: psi.io } } : {};
}

/** What is left under a limit; 0 where there is none, as CRI has it. */
function available(limit: bigint | undefined, used: bigint): bigint {
  return limit !== undefined && limit > used ? limit - used : 0n;
}

/** The values of those that were there, in order; another error than NotFound is thrown on. */
async function inBatches<T, R>(items: readonly T[], read: (item: T) => Promise<R>): Promise<R[]> {
  const found: R[] = [];
  for (let first = 0; first < items.length; first += BATCH) {
    if (first > 0) await setImmediate();
    const settled = await Promise.allSettled(items.slice(first, first + BATCH).map(read));
    for (const result of settled) {
      if (result.status === 'fulfilled') found.push(result.value);
      else if (!(result.reason instanceof NotFoundError)) throw result.reason;
    }
  }
  return found;
}
