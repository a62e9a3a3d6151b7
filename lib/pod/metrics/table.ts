/**
 * Every metric that davit publishes, by the names that cAdvisor gave them and kubelet's users know
 * (https://kep.k8s.io/2371), with where its samples come from. A metric added here is published.
 */
import type { DeviceIo, Pressure } from '#linux';
import type { InterfaceCounters } from '../net-dev.ts';
import type { ContainerFacts, ContainerMetric, InterfaceMetric, Sample } from './reading.ts';
import { seconds, several, single } from './reading.ts';

const counter = (name: string, help: string, value: (facts: ContainerFacts) => bigint | undefined): ContainerMetric => single('counter', name, help, value);
const gauge = (name: string, help: string, value: (facts: ContainerFacts) => bigint | undefined): ContainerMetric => single('gauge', name, help, value);

const CPU: readonly ContainerMetric[] = [
  several('counter', 'container_cpu_usage_seconds_total', 'CPU time used, all processors together, in seconds', ['cpu'], ({ figures }) => [{ labels: ['total'], value: seconds(figures.stats.cpuUsageNs) ?? 0n }]),
  counter('container_cpu_user_seconds_total', 'CPU time used in user mode, in seconds', ({ figures }) => seconds(figures.cpu.userNs)),
  counter('container_cpu_system_seconds_total', 'CPU time used in kernel mode, in seconds', ({ figures }) => seconds(figures.cpu.systemNs)),
  counter('container_cpu_cfs_periods_total', 'Periods of the CPU quota in which the container was runnable', ({ figures }) => figures.cpu.throttling?.periods),
  counter('container_cpu_cfs_throttled_periods_total', 'Periods in which the container used up its CPU quota and was held back', ({ figures }) => figures.cpu.throttling?.throttledPeriods),
  counter('container_cpu_cfs_throttled_seconds_total', 'Time for which the container was held back by its CPU quota, in seconds', ({ figures }) => seconds(figures.cpu.throttling?.throttledNs)),
];

const MEMORY: readonly ContainerMetric[] = [
  gauge('container_memory_usage_bytes', 'Memory in use, page cache included', ({ figures }) => figures.stats.memory.usage),
  gauge('container_memory_working_set_bytes', 'Memory in use without file pages that could be dropped at once', ({ figures }) => figures.stats.memory.workingSet),
  gauge('container_memory_rss', 'Anonymous memory in use, in bytes', ({ figures }) => figures.stats.memory.rss),
  gauge('container_memory_cache', 'Page cache in use, in bytes', ({ figures }) => figures.memory.cache),
  gauge('container_memory_mapped_file', 'Page cache that is mapped into processes, in bytes', ({ figures }) => figures.memory.mappedFile),
  gauge('container_memory_kernel_usage', 'Memory that the kernel uses for the container, in bytes', ({ figures }) => figures.memory.kernel),
  gauge('container_memory_swap', 'Swap in use, in bytes', ({ figures }) => figures.stats.swap?.usage),
  gauge('container_memory_max_usage_bytes', 'Highest memory use since the container was created', ({ figures }) => figures.memory.peak),
  counter('container_memory_failcnt', 'How often memory use met its limit', ({ figures }) => figures.memory.limitHits),
  several('counter', 'container_memory_failures_total', 'Page faults; pgmajfault are those that waited for a disk', ['failure_type', 'scope'], pageFaults),
  counter('container_oom_events_total', 'Processes that the kernel killed for want of memory', ({ figures }) => figures.memory.oomKills),
  several('gauge', 'container_hugetlb_usage_bytes', 'Huge pages in use', ['pagesize'], ({ figures }) => figures.hugetlb.map(({ pageSize, usage }) => ({ labels: [pageSize], value: usage }))),
  several('gauge', 'container_hugetlb_max_usage_bytes', 'Highest use of huge pages since the container was created', ['pagesize'],
    ({ figures }) => figures.hugetlb.flatMap(({ pageSize, peak }) => (peak === undefined ? [] : [{ labels: [pageSize], value: peak }]))),
];

const DISK: readonly ContainerMetric[] = [
  ofFileSystem('container_fs_usage_bytes', 'Size of what the container wrote to its root file system', ({ disk }) => disk.usedBytes),
  ofFileSystem('container_fs_limit_bytes', 'Size of the file system that holds the container', ({ disk }) => disk.fileSystem.totalBytes),
  ofFileSystem('container_fs_inodes_total', 'Inodes of the file system that holds the container', ({ disk }) => disk.fileSystem.inodes?.total),
  ofFileSystem('container_fs_inodes_free', 'Free inodes of the file system that holds the container', ({ disk }) => disk.fileSystem.inodes?.free),
  ofDevice('container_fs_reads_bytes_total', 'Bytes read from the device', (io) => io.readBytes),
  ofDevice('container_fs_reads_total', 'Reads from the device', (io) => io.reads),
  ofDevice('container_fs_writes_bytes_total', 'Bytes written to the device', (io) => io.writeBytes),
  ofDevice('container_fs_writes_total', 'Writes to the device', (io) => io.writes),
  several('counter', 'container_blkio_device_usage_total', 'Bytes moved between the container and the device', ['device', 'major', 'minor', 'operation'],
    ({ figures, disk }) => (figures.devices ?? []).flatMap((io) => {
      const device = [disk.deviceName(io.major, io.minor), String(io.major), String(io.minor)];
      return [{ labels: [...device, 'Read'], value: io.readBytes }, { labels: [...device, 'Write'], value: io.writeBytes }];
    })),
];

const PROCESSES: readonly ContainerMetric[] = [
  gauge('container_processes', 'Processes in the container', ({ processes }) => processes.count),
  gauge('container_threads', 'Threads in the container', ({ figures }) => figures.pids?.current),
  gauge('container_threads_max', 'Most threads that the container may have; 0: no limit', ({ figures }) => figures.pids && (figures.pids.limit ?? 0n)),
  gauge('container_file_descriptors', 'Open file descriptors of all processes in the container', ({ processes }) => processes.descriptors?.open),
  gauge('container_sockets', 'Open file descriptors that are sockets', ({ processes }) => processes.descriptors?.sockets),
  several('gauge', 'container_ulimits_soft', 'Soft resource limits of the first process of the container', ['ulimit'],
    ({ processes }) => (processes.maxOpenFiles === undefined ? [] : [{ labels: ['max_open_files'], value: processes.maxOpenFiles }])),
];

const LIFE: readonly ContainerMetric[] = [
  gauge('container_start_time_seconds', 'When the container was started, in seconds since the epoch', ({ container }) => seconds(container.startedAt)),
  gauge('container_last_seen', 'When these figures were read, in seconds since the epoch', ({ figures }) => seconds(figures.stats.timestampNs)),
];

/** What was asked for; a CPU setting that nobody gave has no sample. */
const SPEC: readonly ContainerMetric[] = [
  gauge('container_spec_cpu_period', 'Length of a period of the CPU quota, in microseconds', ({ container }) => given(container.resources.cpuPeriod)),
  gauge('container_spec_cpu_quota', 'CPU time allowed in each period, in microseconds', ({ container }) => given(container.resources.cpuQuota)),
  gauge('container_spec_cpu_shares', 'Weight against other containers when processors are scarce', ({ container }) => given(container.resources.cpuShares)),
  gauge('container_spec_memory_limit_bytes', 'Memory limit; 0: none', ({ container }) => limit(container.resources.memoryLimitInBytes)),
  gauge('container_spec_memory_swap_limit_bytes', 'Limit of memory and swap together; 0: none', memorySwapLimit),
  gauge('container_spec_memory_reservation_limit_bytes', 'Memory that reclaim leaves alone; 0: none', ({ container }) => limit(Number(container.resources.unified['memory.min'] ?? 0))),
];

const PRESSURE: readonly ContainerMetric[] = (['cpu', 'memory', 'io'] as const).flatMap((resource) => [
  counter(`container_pressure_${resource}_waiting_seconds_total`, `Time in which some thread waited for ${resource}, in seconds`, ({ figures }) => stalled(figures.pressure?.[resource], 'some')),
  counter(`container_pressure_${resource}_stalled_seconds_total`, `Time in which no thread could go on for want of ${resource}, in seconds`, ({ figures }) => stalled(figures.pressure?.[resource], 'full')),
]);

export const CONTAINER_METRICS: readonly ContainerMetric[] = [...CPU, ...MEMORY, ...DISK, ...PROCESSES, ...LIFE, ...SPEC, ...PRESSURE];

/** Of a pod, for each of its network interfaces. */
export const INTERFACE_METRICS: readonly InterfaceMetric[] = ([
  ['receive', 'received', 'rx'], ['transmit', 'sent', 'tx'],
] as const).flatMap(([verb, done, direction]) => [
  ofInterface(`container_network_${verb}_bytes_total`, `Bytes ${done}`, (i) => i[`${direction}Bytes`]),
  ofInterface(`container_network_${verb}_packets_total`, `Packets ${done}`, (i) => i[`${direction}Packets`]),
  ofInterface(`container_network_${verb}_packets_dropped_total`, `Packets dropped instead of being ${done}`, (i) => i[`${direction}Dropped`]),
  ofInterface(`container_network_${verb}_errors_total`, `Packets that could not be ${done} for an error`, (i) => i[`${direction}Errors`]),
]);

/** Version 2 counts what is below the cgroup with it: both scopes are one there, as cAdvisor has it. */
function pageFaults({ figures: { memory, stats } }: ContainerFacts): Sample[] {
  const { pageFaults: all, majorPageFaults: allMajor } = stats.memory;
  return [
    { labels: ['pgfault', 'container'], value: memory.ownPageFaults ?? all }, { labels: ['pgfault', 'hierarchy'], value: all },
    { labels: ['pgmajfault', 'container'], value: memory.ownMajorPageFaults ?? allMajor }, { labels: ['pgmajfault', 'hierarchy'], value: allMajor },
  ];
}

function ofFileSystem(name: string, help: string, value: (facts: ContainerFacts) => bigint | undefined): ContainerMetric {
  return several('gauge', name, help, ['device'], (facts) => {
    const read = value(facts);
    return read === undefined ? [] : [{ labels: [facts.disk.fileSystem.device], value: read }];
  });
}

function ofDevice(name: string, help: string, value: (io: DeviceIo) => bigint): ContainerMetric {
  return several('counter', name, help, ['device'], ({ figures, disk }) => (figures.devices ?? []).map((io) => ({ labels: [disk.deviceName(io.major, io.minor)], value: value(io) })));
}

function ofInterface(name: string, help: string, value: (counters: InterfaceCounters) => bigint): InterfaceMetric {
  return several('counter', name, help, ['interface'], (counters) => [{ labels: [counters.name], value: value(counters) }]);
}

function stalled(pressure: Pressure | undefined, line: 'some' | 'full'): bigint | undefined {
  return pressure && pressure[line].totalUs / 1_000_000n;
}

function given(value: number): bigint | undefined {
  return value > 0 ? BigInt(value) : undefined;
}

/** CRI says -1 for no limit, cAdvisor 0. */
function limit(bytes: number): bigint {
  return Number.isSafeInteger(bytes) && bytes > 0 ? BigInt(bytes) : 0n;
}

/** A memory limit given alone limits swap as well; by how much is the kernel's to say. */
function memorySwapLimit({ container: { resources }, figures: { stats } }: ContainerFacts): bigint {
  if (resources.memorySwapLimitInBytes !== 0 || resources.memoryLimitInBytes <= 0) return limit(resources.memorySwapLimitInBytes);
  return stats.memory.limit === undefined || stats.swap?.limit === undefined ? 0n : stats.memory.limit + stats.swap.limit;
}
