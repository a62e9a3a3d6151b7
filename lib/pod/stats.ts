/** Container and pod statistics: one pass over the cgroup files of all that are asked for, none older than MAX_AGE_MS at the call. */
import { setImmediate } from 'node:timers/promises';
import { NotFoundError } from '#errors';
import type { CgroupReading, CgroupStats } from '#linux';
import type { FilesystemUsage } from '#storage';
import type { ContainerFigures, ContainerStats, CpuStats, IoStats, MemoryStats, PodStats } from './api.ts';
import type { PodContext } from './context.ts';
import type { InterfaceCounters } from './net-dev.ts';
import { podInterfaces } from './net-dev.ts';
import type { ContainerRecord, PodRecord } from './record.ts';
import { containerState } from './record.ts';
import { remembering } from './remembering.ts';

/** What was read of a cgroup last. */
interface Sample {
  timestamp: bigint;
  usage: bigint;
  rate: bigint;
  /** Of a container. */
  version?: number | undefined;
  told?: ToldFigures | undefined;
}

/** What was told of a container that sleeps, and what it was made of. */
interface ToldFigures { readonly of: ContainerRecord; readonly usage: FilesystemUsage; readonly figures: ContainerFigures }
/** A rate is taken over at least this time; a shorter one repeats the last rate. */
const MIN_RATE_INTERVAL_NS = 100_000_000n;

/**
 * kubelet asks for the same figures by several calls within milliseconds. Less than the second after which crictl asks again
 * and wants newer ones.
 */
const MAX_AGE_MS = 400;
/** Pods whose figures are put together before other calls get their turn. */
const BATCH = 16;

/** Samples kept before those of gone cgroups are looked for. */
const MIN_SAMPLES = 256;

/** What a pass that is under way or just over says of one cgroup. */
interface Reading {
  readonly begunAt: number;
  readonly pass: Promise<readonly CgroupReading[]>;
  readonly index: number;
  /** When the pass is over. */
  read: CgroupReading | undefined;
  /** Made by the first who asks: the next is told the same object. */
  told?: ContainerStats;
}

/** Keeps what was read of each cgroup last: for rates, and for what is told again of containers that sleep. */
export class StatsReader {
  readonly #samples = new Map<string, Sample>();
  /** Young passes, for those who ask for the same meanwhile. A record that changes is another object: what was read for it before is not its own. */
  readonly #passes = new Map<ContainerRecord | PodRecord, Reading>();
  readonly #attributesOfContainer = remembering(({ id, config: { metadata, labels, annotations } }: ContainerRecord) => ({ id, metadata, labels, annotations }));
  readonly #attributesOfPod = remembering(({ id, config: { metadata, labels, annotations } }: PodRecord) => ({ id, metadata, labels, annotations }));
  /** The last list of containers: who asks again while its pass is young is told the same array, which need not be encoded again. */
  #listed: readonly ContainerStats[] = [];
  #sampleLimit = MIN_SAMPLES;
  readonly #context: PodContext;

  constructor(context: PodContext) {
    this.#context = context;
  }

  /** @throws NotFoundError when the container does not run. */
  async container(container: ContainerRecord): Promise<ContainerStats> {
    const [found] = containerState(container) === 'exited' ? [] : await this.#ofContainers([container], await this.#read([container]));
    if (!found) throw new NotFoundError(`read statistics of container "${container.id}": it is ${containerState(container)} and has no cgroup`);
    return found;
  }

  /** Those that run; one may go while the others are read. */
  async containers(containers: readonly ContainerRecord[]): Promise<readonly ContainerStats[]> {
    const running = containers.filter(isRunning);
    return this.#same(await this.#ofContainers(running, await this.#read(running)));
  }

  /** Those that have a cgroup; one may go while the others are read. */
  async pods(pods: readonly PodRecord[]): Promise<PodStats[]> {
    const running = pods.map((pod) => this.#context.store.containersOf(pod.id).filter(isRunning));
    const [readings, interfaces] = await Promise.all([
      this.#read([...pods, ...running.flat()]), podInterfaces(pods, (pod) => this.#context.store.containersOf(pod.id), this.#context.readFiles),
    ]);
    const found: PodStats[] = [];
    let next = pods.length;
    for (const [i, pod] of pods.entries()) {
      if (i % BATCH === BATCH - 1) await setImmediate();
      const [stats, own] = [readings[i]?.read?.stats(), running[i] ?? []];
      const ofContainers = readings.slice(next, next += own.length);
      if (stats) found.push(this.#ofPod(pod, stats, interfaces[i] ?? [], await this.#ofContainers(own, ofContainers)));
    }
    return found;
  }

  /** @throws NotFoundError when the pod has no cgroup. */
  async pod(pod: PodRecord): Promise<PodStats> {
    const [stats] = await this.pods([pod]);
    if (!stats) throw new NotFoundError(`read statistics of pod "${pod.id}": it has no cgroup`);
    return stats;
  }

  async #ofContainers(running: readonly ContainerRecord[], readings: readonly Reading[]): Promise<ContainerStats[]> {
    // Without a promise for each of hundreds: all but the first time what they have written is known.
    const found = running.map((container, i) => this.#ofContainer(container, readings[i]));
    const all = found.some((stats) => stats instanceof Promise) ? await Promise.all(found.map(async (stats) => stats)) : found as (ContainerStats | undefined)[];
    return all.filter((stats) => stats !== undefined);
  }

  /** The last list, if it is of the same objects. */
  #same(list: readonly ContainerStats[]): readonly ContainerStats[] {
    const last = this.#listed;
    return this.#listed = list.length === last.length && list.every((stats, i) => stats === last[i]) ? last : list;
  }

  /** Undefined when the container is gone. */
  #ofContainer(container: ContainerRecord, reading: Reading | undefined): ContainerStats | undefined | Promise<ContainerStats | undefined> {
    if (!reading || reading.told) return reading?.told;
    const usage = this.#usageOf(container.id);
    return usage instanceof Promise ? usage.then((known) => this.#tell(container, reading, known)) : this.#tell(container, reading, usage);
  }

  #tell(container: ContainerRecord, reading: Reading, usage: FilesystemUsage | undefined): ContainerStats | undefined {
    const { read } = reading;
    if (!read || !usage) return undefined;
    const sleeping = this.#sleeping(container, read, usage);
    if (sleeping) return reading.told = { timestamp: read.timestampNs, figures: sleeping, isSleeping: true };
    const stats = read.stats();
    if (!stats) return undefined;
    const figures = this.#figures(container, stats, usage);
    return reading.told = { timestamp: read.timestampNs, figures, isSleeping: this.#keepIfSleeping(container, read.version, usage, figures) };
  }

  /** What was told before, if it need not be made again. */
  #sleeping(container: ContainerRecord, { version, timestampNs }: CgroupReading, usage: FilesystemUsage): ContainerFigures | undefined {
    const sample = this.#samples.get(container.cgroupPath);
    const told = sample?.told;
    if (!told || sample.version !== version || told.of !== container || told.usage.bytes !== usage.bytes || told.usage.inodes !== usage.inodes) return undefined;
    // As if it had been read: the next rate is of what follows.
    if (isRateDue(timestampNs - sample.timestamp)) sample.timestamp = timestampNs;
    return told.figures;
  }

  #figures(container: ContainerRecord, stats: CgroupStats, usage: FilesystemUsage): ContainerFigures {
    return {
      attributes: this.#attributesOfContainer(container), cpu: this.#cpu(container.cgroupPath, stats), memory: memoryOf(stats),
      writableLayer: { mountpoint: this.#context.config.root, usedBytes: BigInt(usage.bytes), inodesUsed: BigInt(usage.inodes) },
      swap: { availableBytes: available(stats.swap?.limit, stats.swap?.usage ?? 0n), usageBytes: stats.swap?.usage ?? 0n },
      io: ioOf(stats),
    };
  }

  /** Only what was the same twice: of containers that run it would be kept for nothing. */
  #keepIfSleeping(container: ContainerRecord, version: number | undefined, usage: FilesystemUsage, figures: ContainerFigures): boolean {
    const sample = this.#samples.get(container.cgroupPath);
    if (!sample) return false;
    // What the sample has not got yet has a rate to come.
    const isSleeping = version !== undefined && sample.version === version && sample.usage === figures.cpu.usageCoreNanoSeconds && figures.cpu.usageNanoCores === 0n;
    sample.told = isSleeping ? { of: container, usage, figures } : undefined;
    sample.version = version;
    return isSleeping;
  }

  /** Undefined for what has gone meanwhile. */
  #usageOf(id: string): FilesystemUsage | undefined | Promise<FilesystemUsage | undefined> {
    try {
      const usage = this.#context.storage.rootfs.usage(id);
      return usage instanceof Promise ? usage.catch(undefinedIfGone) : usage;
    } catch (error) {
      return undefinedIfGone(error);
    }
  }

  #ofPod(pod: PodRecord, stats: CgroupStats, interfaces: readonly InterfaceCounters[], containers: readonly ContainerStats[]): PodStats {
    const network = networkOf(interfaces);
    return {
      timestamp: stats.timestampNs,
      attributes: this.#attributesOfPod(pod), cpu: this.#cpu(pod.cgroupPath, stats), memory: memoryOf(stats), processCount: stats.pids.current, io: ioOf(stats),
      ...(network ? { network } : {}), containers,
    };
  }

  /** Of each, in order: of a pass that is under way or just over, or of a new one. */
  async #read(records: readonly (ContainerRecord | PodRecord)[]): Promise<Reading[]> {
    const now = performance.now();
    const due = records.filter((record) => now - (this.#passes.get(record)?.begunAt ?? -Infinity) >= MAX_AGE_MS);
    if (due.length > 0) this.#begin(due, now);
    const found = records.flatMap((record) => this.#passes.get(record) ?? []);
    let [pass, read]: [Reading['pass'] | undefined, readonly CgroupReading[]] = [undefined, []];
    for (const reading of found) {
      // Most are of one pass: not a turn of the event loop's queue for each.
      if (reading.pass !== pass) read = await (pass = reading.pass);
      reading.read = read[reading.index];
    }
    return found;
  }

  #begin(records: readonly (ContainerRecord | PodRecord)[], begunAt: number): void {
    const pass = this.#context.cgroups.allStats(records.map(({ cgroupPath }) => cgroupPath));
    records.forEach((record, index) => this.#passes.set(record, { begunAt, pass, index, read: undefined }));
    const forget = (): void => {
      for (const record of records) if (this.#passes.get(record)?.pass === pass) this.#passes.delete(record);
      this.#listed = [];
    };
    pass.then(() => setTimeout(forget, MAX_AGE_MS).unref(), forget);
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
    const psi = stats.psi?.cpu;
    const elapsed = last ? stats.timestampNs - last.timestamp : 0n;
    if (last && !isRateDue(elapsed)) return { usageCoreNanoSeconds: stats.cpuUsageNs, usageNanoCores: last.rate, psi };
    const used = last && stats.cpuUsageNs > last.usage ? stats.cpuUsageNs - last.usage : 0n;
    const rate = elapsed > 0n ? used * 1_000_000_000n / elapsed : 0n;
    this.#keep(path, last, stats, rate);
    return { usageCoreNanoSeconds: stats.cpuUsageNs, usageNanoCores: rate, psi };
  }

  /** In the sample that is there: it lives long, and another one would for each reading. */
  #keep(path: string, sample: Sample | undefined, { timestampNs: timestamp, cpuUsageNs: usage }: CgroupStats, rate: bigint): void {
    if (sample) {
      sample.timestamp = timestamp;
      sample.usage = usage;
      sample.rate = rate;
      return;
    }
    if (this.#samples.size >= this.#sampleLimit) this.#forgetGone();
    this.#samples.set(path, { timestamp, usage, rate });
  }
}

function isRunning(container: ContainerRecord): boolean {
  return containerState(container) === 'running';
}

/** A clock that was set back gives no rate, and the next one is taken from here. */
function isRateDue(elapsedNs: bigint): boolean {
  return elapsedNs < 0n || elapsedNs >= MIN_RATE_INTERVAL_NS;
}

function networkOf(interfaces: readonly InterfaceCounters[]): PodStats['network'] {
  const first = interfaces.find((i) => i.name === 'eth0') ?? interfaces[0];
  return first && { default: first, interfaces: interfaces.filter((i) => i !== first) };
}

function memoryOf(stats: CgroupStats): MemoryStats {
  const { memory } = stats;
  return {
    workingSetBytes: memory.workingSet, usageBytes: memory.usage, rssBytes: memory.rss,
    availableBytes: available(memory.limit, memory.workingSet),
    pageFaults: memory.pageFaults, majorPageFaults: memory.majorPageFaults, psi: stats.psi?.memory,
  };
}

function ioOf({ psi }: CgroupStats): IoStats | undefined {
  return psi && { psi: psi.io };
}

/** What is left under a limit; 0 where there is none, as CRI has it. */
function available(limit: bigint | undefined, used: bigint): bigint {
  return limit !== undefined && limit > used ? limit - used : 0n;
}

/** @throws what says anything else */
function undefinedIfGone(error: unknown): undefined {
  if (!(error instanceof NotFoundError)) throw error;
}
