/** Everything that monitoring asks of one cgroup, parsed; pure, for version 1 and 2. Dearer than statistics: some ten files more. */
import { keyed, keyedFields, number } from './fields.ts';
import type { CgroupStats, Pressure, ReadCgroupFile } from './stats.ts';
import { BELOW_SCOPE, belowScope, parseCgroupStats, effectiveLimit, numbersOf, readingOnce } from './stats.ts';

/** Counters of one block device since the cgroup was made. */
export interface DeviceIo {
  readonly major: number;
  readonly minor: number;
  readonly readBytes: bigint;
  readonly writeBytes: bigint;
  readonly reads: bigint;
  readonly writes: bigint;
}

/** An undefined figure is one that this kernel or this version of cgroups does not count. */
export interface CgroupFigures {
  readonly stats: CgroupStats;
  readonly cpu: {
    readonly userNs: bigint | undefined;
    readonly systemNs: bigint | undefined;
    /** Of the CFS quota; undefined without the cpu controller. */
    readonly throttling: { readonly periods: bigint; readonly throttledPeriods: bigint; readonly throttledNs: bigint } | undefined;
  };
  readonly memory: {
    readonly cache: bigint | undefined;
    readonly mappedFile: bigint | undefined;
    readonly kernel: bigint | undefined;
    readonly peak: bigint | undefined;
    /** How often usage met its limit. */
    readonly limitHits: bigint | undefined;
    readonly oomKills: bigint | undefined;
    /** Page faults of the cgroup without those below it; version 2 counts only both together. */
    readonly ownPageFaults: bigint | undefined;
    readonly ownMajorPageFaults: bigint | undefined;
  };
  /** `current` counts threads; an undefined `limit`: none. Undefined without the pids controller. */
  readonly pids: { readonly current: bigint; readonly limit: bigint | undefined } | undefined;
  /** Undefined without the controller; empty when no device was used. */
  readonly devices: readonly DeviceIo[] | undefined;
  /** In a hybrid that of the cgroup2 hierarchy, if the processes are there too. */
  readonly pressure: { readonly cpu: Pressure; readonly memory: Pressure; readonly io: Pressure } | undefined;
  readonly hugetlb: readonly { readonly pageSize: string; readonly usage: bigint; readonly peak: bigint | undefined }[];
}

const NS_PER_US = 1000n;
/** cpuacct.stat counts in USER_HZ, which is 100 on every architecture that Node runs on. */
const NS_PER_TICK = 10_000_000n;

/** What parseCgroupFigures() reads beside STATS_FILES. */
export function figureFiles(version: 1 | 2, pageSizes: readonly string[]): { controller: string; file: string }[] {
  const [names, hugetlb] = version === 1
    ? [['cpuacct.stat', 'cpu.stat', 'memory.kmem.usage_in_bytes', 'memory.max_usage_in_bytes', 'memory.failcnt', 'memory.oom_control', 'pids.max', BYTES_V1, OPERATIONS_V1], ['usage_in_bytes', 'max_usage_in_bytes']]
    : [['memory.peak', 'memory.events', 'pids.max', 'io.stat'], ['current']];
  return [
    ...[...names, ...pageSizes.flatMap((size) => hugetlb.map((name) => `hugetlb.${size}.${name}`))].map((file) => ({ controller: file.split('.', 1)[0] ?? '', file })),
    ...version === 1 ? [] : ['cpu.stat', 'pids.max'].map((file) => ({ controller: BELOW_SCOPE, file: belowScope(file) })),
  ];
}

const [BYTES_V1, OPERATIONS_V1] = ['blkio.throttle.io_service_bytes_recursive', 'blkio.throttle.io_serviced_recursive'];

/** @param pageSizes names as the hugetlb controller writes them ('2MB') @returns undefined when the cgroup has none of the files: it is gone. */
export function parseCgroupFigures(version: 1 | 2, timestampNs: bigint, readOnce: ReadCgroupFile, pageSizes: readonly string[]): CgroupFigures | undefined {
  const read = readingOnce(readOnce);
  const stats = parseCgroupStats(version, timestampNs, numbersOf(read));
  return stats && (version === 1 ? v1Figures(stats, read, pageSizes) : v2Figures(stats, read, pageSizes));
}

function v1Figures(stats: CgroupStats, read: ReadCgroupFile, pageSizes: readonly string[]): CgroupFigures {
  const ticks = keyedFields(read('cpuacct', 'cpuacct.stat'));
  const memory = keyedFields(read('memory', 'memory.stat'));
  return {
    stats,
    cpu: { userNs: times(ticks('user'), NS_PER_TICK), systemNs: times(ticks('system'), NS_PER_TICK), throttling: throttling(read('cpu', 'cpu.stat'), 'throttled_time', 1n) },
    memory: {
      cache: memory('total_cache'), mappedFile: memory('total_mapped_file'), kernel: number(read('memory', 'memory.kmem.usage_in_bytes')),
      peak: number(read('memory', 'memory.max_usage_in_bytes')), limitHits: number(read('memory', 'memory.failcnt')),
      oomKills: keyedFields(read('memory', 'memory.oom_control'))('oom_kill'), ownPageFaults: memory('pgfault'), ownMajorPageFaults: memory('pgmajfault'),
    },
    pids: pids(read),
    devices: v1Devices(read('blkio', BYTES_V1), read('blkio', OPERATIONS_V1)),
    pressure: stats.psi,
    hugetlb: hugetlb(pageSizes, (size) => ({ usage: read('hugetlb', `hugetlb.${size}.usage_in_bytes`), peak: read('hugetlb', `hugetlb.${size}.max_usage_in_bytes`) })),
  };
}

function v2Figures(stats: CgroupStats, read: ReadCgroupFile, pageSizes: readonly string[]): CgroupFigures {
  const cpu = keyedFields(read('cpu', 'cpu.stat'));
  const memory = keyedFields(read('memory', 'memory.stat'));
  const events = keyedFields(read('memory', 'memory.events'));
  return {
    stats,
    cpu: { userNs: times(cpu('user_usec'), NS_PER_US), systemNs: times(cpu('system_usec'), NS_PER_US), throttling: v2Throttling(read) },
    memory: {
      cache: memory('file'), mappedFile: memory('file_mapped'), kernel: memory('kernel'), peak: number(read('memory', 'memory.peak')),
      limitHits: events('max'), oomKills: events('oom_kill'), ownPageFaults: undefined, ownMajorPageFaults: undefined,
    },
    pids: pids(read),
    devices: v2Devices(read('io', 'io.stat')),
    pressure: stats.psi,
    hugetlb: hugetlb(pageSizes, (size) => ({ usage: read('hugetlb', `hugetlb.${size}.current`), peak: undefined })),
  };
}

/** The kernel counts periods where a quota is set: in the scope, in the runtime's cgroup below it, or in both. */
function v2Throttling(read: ReadCgroupFile): CgroupFigures['cpu']['throttling'] {
  const [own, below] = [read('cpu', 'cpu.stat'), read(BELOW_SCOPE, belowScope('cpu.stat'))].map((text) => throttling(text, 'throttled_usec', NS_PER_US));
  return own && below && below.periods > own.periods ? below : own;
}

function throttling(text: string | undefined, timeKey: string, ns: bigint): CgroupFigures['cpu']['throttling'] {
  const stat = keyedFields(text);
  const [periods, throttledPeriods, throttledNs] = [stat('nr_periods'), stat('nr_throttled'), times(stat(timeKey), ns)];
  return periods === undefined || throttledPeriods === undefined || throttledNs === undefined ? undefined : { periods, throttledPeriods, throttledNs };
}

function pids(read: ReadCgroupFile): CgroupFigures['pids'] {
  const current = number(read('pids', 'pids.current'));
  return current === undefined ? undefined : { current, limit: effectiveLimit(numbersOf(read), 'pids', 'pids.max') };
}

/** Lines `8:0 Read 4096`, a device's operations one after another. */
function v1Devices(bytes: string | undefined, operations: string | undefined): DeviceIo[] | undefined {
  if (bytes === undefined || operations === undefined) return undefined;
  const [ofBytes, ofOperations] = [v1Counts(bytes), v1Counts(operations)];
  return [...new Set([...ofBytes.keys(), ...ofOperations.keys()])].map((device) => {
    const [b, o] = [ofBytes.get(device), ofOperations.get(device)];
    return { ...numbered(device), readBytes: b?.get('Read') ?? 0n, writeBytes: b?.get('Write') ?? 0n, reads: o?.get('Read') ?? 0n, writes: o?.get('Write') ?? 0n };
  });
}

function v1Counts(text: string): Map<string, Map<string, bigint>> {
  const devices = new Map<string, Map<string, bigint>>();
  for (const [, device = '', operation = '', count = '0'] of text.matchAll(/^(\d+:\d+) (\w+) (\d+)$/gm)) {
    devices.set(device, (devices.get(device) ?? new Map<string, bigint>()).set(operation, BigInt(count)));
  }
  return devices;
}

/** Lines `8:0 rbytes=4096 wbytes=0 rios=1 ...`; a device that did nothing may stand there without figures. */
function v2Devices(text: string | undefined): DeviceIo[] | undefined {
  if (text === undefined) return undefined;
  return text.split('\n').flatMap((line) => {
    const [, device, rest] = /^(\d+:\d+) (.+)$/.exec(line) ?? [];
    if (device === undefined || rest === undefined) return [];
    const count = keyed(rest.replaceAll(' ', '\n').replaceAll('=', ' '));
    return [{ ...numbered(device), readBytes: count('rbytes'), writeBytes: count('wbytes'), reads: count('rios'), writes: count('wios') }];
  });
}

function numbered(device: string): { major: number; minor: number } {
  const [major, minor] = device.split(':');
  return { major: Number(major), minor: Number(minor) };
}

function hugetlb(pageSizes: readonly string[], texts: (pageSize: string) => { usage: string | undefined; peak: string | undefined }): CgroupFigures['hugetlb'] {
  return pageSizes.flatMap((pageSize) => {
    const { usage, peak } = texts(pageSize);
    const used = number(usage);
    return used === undefined ? [] : [{ pageSize, usage: used, peak: number(peak) }];
  });
}

function times(value: bigint | undefined, factor: bigint): bigint | undefined {
  return value === undefined ? undefined : value * factor;
}
