/** Container and pod statistics: one pass over the cgroup files of each, nothing older than the call. */
import { NotFoundError } from '#errors';
import type { CgroupStats } from '#linux';
import type { ContainerStats, CpuStats, MemoryStats, PodStats } from './api.ts';
import type { PodContext } from './context.ts';
import { podInterfaces } from './net-dev.ts';
import type { ContainerRecord, PodRecord } from './record.ts';
import { containerState } from './record.ts';

interface CpuSample { readonly timestamp: bigint; readonly usage: bigint; readonly rate: bigint }
/** A rate is taken over at least this time; a shorter one repeats the last rate. */
const MIN_RATE_INTERVAL_NS = 100_000_000n;

/** Samples kept before those of gone cgroups are looked for. */
const MIN_SAMPLES = 256;

/** Keeps the last CPU sample per cgroup, to give rates. */
export class StatsReader {
  readonly #samples = new Map<string, CpuSample>();
  #sampleLimit = MIN_SAMPLES;
  readonly #context: PodContext;

  constructor(context: PodContext) {
    this.#context = context;
  }

  /** @throws NotFoundError when the container does not run. */
  async container(container: ContainerRecord): Promise<ContainerStats> {
    const stats = this.#context.cgroups.stats(container.cgroupPath);
    if (!stats || containerState(container) === 'exited') throw new NotFoundError(`read statistics of container "${container.id}": it is ${containerState(container)} and has no cgroup`);
    const { metadata, labels, annotations } = container.config;
    const usage = await this.#context.storage.rootfs.usage(container.id);
    const timestamp = stats.timestampNs;
    return {
      id: container.id, metadata, labels, annotations, cpu: this.#cpu(container.cgroupPath, stats), memory: memoryOf(stats),
      writableLayer: { timestamp, mountpoint: this.#context.config.root, usedBytes: BigInt(usage.bytes), inodesUsed: BigInt(usage.inodes) },
      swap: { timestamp, availableBytes: available(stats.swap?.limit, stats.swap?.usage ?? 0n), usageBytes: stats.swap?.usage ?? 0n },
    };
  }

  async containers(containers: readonly ContainerRecord[]): Promise<ContainerStats[]> {
    return present(containers.filter((c) => containerState(c) === 'running').map((c) => this.container(c)));
  }

  /** Those that have a cgroup; one may go while the others are read. */
  async pods(pods: readonly PodRecord[]): Promise<PodStats[]> {
    return present(pods.map((pod) => this.pod(pod)));
  }

  async pod(pod: PodRecord): Promise<PodStats> {
    const containers = this.#context.store.containersOf(pod.id);
    const stats = this.#context.cgroups.stats(pod.cgroupPath);
    if (!stats) throw new NotFoundError(`read statistics of pod "${pod.id}": it has no cgroup`);
    const network = await networkOf(pod, containers, stats.timestampNs);
    return {
      id: pod.id, metadata: pod.config.metadata, labels: pod.config.labels, annotations: pod.config.annotations,
      cpu: this.#cpu(pod.cgroupPath, stats), memory: memoryOf(stats), processCount: stats.pids.current,
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

  #cpu(path: string, stats: CgroupStats): CpuStats {
    const last = this.#samples.get(path);
    const elapsed = last ? stats.timestampNs - last.timestamp : 0n;
    if (last && elapsed < MIN_RATE_INTERVAL_NS) return { timestamp: stats.timestampNs, usageCoreNanoSeconds: stats.cpuUsageNs, usageNanoCores: last.rate };
    const used = last && stats.cpuUsageNs > last.usage ? stats.cpuUsageNs - last.usage : 0n;
    const rate = elapsed > 0n ? used * 1_000_000_000n / elapsed : 0n;
    if (this.#samples.size >= this.#sampleLimit) this.#forgetGone();
    this.#samples.set(path, { timestamp: stats.timestampNs, usage: stats.cpuUsageNs, rate });
    return { timestamp: stats.timestampNs, usageCoreNanoSeconds: stats.cpuUsageNs, usageNanoCores: rate };
  }
}

async function networkOf(pod: PodRecord, containers: readonly ContainerRecord[], timestamp: bigint): Promise<PodStats['network']> {
  const interfaces = await podInterfaces(pod, containers);
  const first = interfaces.find((i) => i.name === 'eth0') ?? interfaces[0];
  return first && { timestamp, default: first, interfaces: interfaces.filter((i) => i !== first) };
}

function memoryOf(stats: CgroupStats): MemoryStats {
  const { memory } = stats;
  return {
    timestamp: stats.timestampNs, workingSetBytes: memory.workingSet, usageBytes: memory.usage, rssBytes: memory.rss,
    availableBytes: available(memory.limit, memory.workingSet),
    pageFaults: memory.pageFaults, majorPageFaults: memory.majorPageFaults,
  };
}

/** What is left under a limit; 0 where there is none, as CRI has it. */
function available(limit: bigint | undefined, used: bigint): bigint {
  return limit !== undefined && limit > used ? limit - used : 0n;
}

/** The values of those that were there; another error than NotFound is thrown on. */
async function present<T>(values: readonly Promise<T>[]): Promise<T[]> {
  const settled = await Promise.allSettled(values);
  for (const result of settled) if (result.status === 'rejected' && !(result.reason instanceof NotFoundError)) throw result.reason;
  return settled.filter((r) => r.status === 'fulfilled').map((r) => r.value);
}
