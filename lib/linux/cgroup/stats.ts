/** What the files of one cgroup say, parsed; pure, for version 1 and 2. */
import { difference, integer, keyed, least, limited, maximum } from './fields.ts';

export interface PressureLine { readonly totalUs: bigint; readonly avg10: number; readonly avg60: number; readonly avg300: number }
/** Pressure stall information, https://docs.kernel.org/accounting/psi.html. */
export interface Pressure { readonly some: PressureLine; readonly full: PressureLine }

export interface CgroupStats {
  /** Since the epoch; taken before the first file was read. */
  readonly timestampNs: bigint;
  readonly cpuUsageNs: bigint;
  readonly memory: {
    readonly usage: bigint;
    /** Usage without file pages that could be dropped at once (inactive_file), as kubelet counts it. */
    readonly workingSet: bigint;
    readonly rss: bigint;
    /** Undefined: no limit. */
    readonly limit: bigint | undefined;
    readonly pageFaults: bigint;
    readonly majorPageFaults: bigint;
  };
  /** Undefined where the kernel does not count swap. */
  readonly swap: { readonly usage: bigint; readonly limit: bigint | undefined } | undefined;
  readonly pids: { readonly current: bigint };
  readonly psi: { readonly cpu: Pressure; readonly memory: Pressure; readonly io: Pressure } | undefined;
}

/** The text of a controller's file in the cgroup; undefined when the file or the controller is missing. */
export type ReadCgroupFile = (controller: string, file: string) => string | undefined;

/** Stands in the place of a controller for the cgroup2 hierarchy of a hybrid, which may have none. */
export const UNIFIED = 'unified';

/**
 * Stands in the place of a controller for files that a runtime may have put below a scope of systemd: crun keeps a container's processes and
 * limits in a cgroup `container` there and tells systemd little of them. Both cgroups' limits hold, so the smaller one does.
 */
export const BELOW_SCOPE = 'below scope';

/** The name of a file in the runtime's cgroup, for BELOW_SCOPE. */
export function belowScope(file: string): string {
  return `container/${file}`;
}

/** What parseCgroupStats() reads. In a hybrid the files of pressure come behind the one that says whether they are of use. */
export const STATS_FILES: Readonly<Record<1 | 2, readonly { readonly controller: string; readonly file: string }[]>> = {
  1: [
    ['cpuacct', 'cpuacct.usage'], ['memory', 'memory.usage_in_bytes'], ['memory', 'memory.stat'], ['memory', 'memory.memsw.usage_in_bytes'], ['pids', 'pids.current'],
    [UNIFIED, 'cgroup.events'], [UNIFIED, 'cpu.pressure'], [UNIFIED, 'memory.pressure'], [UNIFIED, 'io.pressure'],
  ].map(([controller = '', file = '']) => ({ controller, file })),
  2: [
    ...['cpu.stat', 'memory.current', 'memory.stat', 'memory.max', 'memory.swap.current', 'memory.swap.max', 'pids.current', 'cpu.pressure', 'memory.pressure', 'io.pressure']
      .map((file) => ({ controller: file.split('.', 1)[0] ?? '', file })),
    ...['memory.max', 'memory.swap.max'].map((file) => ({ controller: BELOW_SCOPE, file: belowScope(file) })),
  ],
};

/** @returns undefined when the cgroup has none of the files: it is gone. */
export function parseCgroupStats(version: 1 | 2, timestampNs: bigint, read: ReadCgroupFile): CgroupStats | undefined {
  return version === 1 ? v1Stats(timestampNs, read) : v2Stats(timestampNs, read);
}

function v1Stats(timestampNs: bigint, read: ReadCgroupFile): CgroupStats | undefined {
  const cpu = read('cpuacct', 'cpuacct.usage');
  const usageText = read('memory', 'memory.usage_in_bytes');
  if (cpu === undefined && usageText === undefined) return undefined;
  const stat = keyed(read('memory', 'memory.stat'));
  const usage = integer(usageText);
  const limit = limited(stat('hierarchical_memory_limit'));
  const memsw = read('memory', 'memory.memsw.usage_in_bytes');
  const memswLimit = limited(stat('hierarchical_memsw_limit'));
  return {
    timestampNs,
    cpuUsageNs: integer(cpu),
    memory: {
      usage, workingSet: difference(usage, stat('total_inactive_file')), rss: stat('total_rss'), limit,
      pageFaults: stat('total_pgfault'), majorPageFaults: stat('total_pgmajfault'),
    },
    swap: memsw === undefined ? undefined : { usage: difference(integer(memsw), usage), limit: memswLimit === undefined || limit === undefined ? undefined : difference(memswLimit, limit) },
    pids: { current: integer(read('pids', 'pids.current')) },
    // A hybrid counts pressure in its cgroup2 hierarchy, if the processes are there too.
    psi: isPopulated(read(UNIFIED, 'cgroup.events')) ? readPressure((_, file) => read(UNIFIED, file)) : undefined,
  };
}

function v2Stats(timestampNs: bigint, read: ReadCgroupFile): CgroupStats | undefined {
  const cpuText = read('cpu', 'cpu.stat');
  const usageText = read('memory', 'memory.current');
  if (cpuText === undefined && usageText === undefined) return undefined;
  const stat = keyed(read('memory', 'memory.stat'));
  const usage = integer(usageText);
  const swap = read('memory', 'memory.swap.current');
  return {
    timestampNs,
    cpuUsageNs: keyed(cpuText)('usage_usec') * 1000n,
    memory: {
      usage, workingSet: difference(usage, stat('inactive_file')), rss: stat('anon'), limit: effectiveLimit(read, 'memory', 'memory.max'),
      pageFaults: stat('pgfault'), majorPageFaults: stat('pgmajfault'),
    },
    swap: swap === undefined ? undefined : { usage: integer(swap), limit: effectiveLimit(read, 'memory', 'memory.swap.max') },
    pids: { current: integer(read('pids', 'pids.current')) },
    psi: readPressure(read),
  };
}

/** A limit as version 2 (and pids of version 1) writes it, wherever it is set; undefined: none. */
export function effectiveLimit(read: ReadCgroupFile, controller: string, file: string): bigint | undefined {
  return least(maximum(read(controller, file)), maximum(read(BELOW_SCOPE, belowScope(file))));
}

/** Undefined unless the kernel tells all three. */
export function readPressure(read: ReadCgroupFile): CgroupStats['psi'] {
  const [cpu, memory, io] = [parsePressure(read('cpu', 'cpu.pressure')), parsePressure(read('memory', 'memory.pressure')), parsePressure(read('io', 'io.pressure'))];
  return cpu && memory && io ? { cpu, memory, io } : undefined;
}

/** A missing `full` line (cpu of old kernels) counts as zero. */
export function parsePressure(text: string | undefined): Pressure | undefined {
  if (text === undefined) return undefined;
  return { some: pressureLine(text, text.indexOf('some ')), full: pressureLine(text, text.indexOf('full ')) };
}

/** From `start` on, `some avg10=0.00 avg60=0.00 avg300=0.00 total=0`; a node with some hundred containers has thousands of these lines at a time. */
function pressureLine(text: string, start: number): PressureLine {
  if (start === -1) return NO_PRESSURE;
  const end = text.indexOf('\n', start);
  const line = text.slice(start, end === -1 ? undefined : end);
  if (line.endsWith(UNPRESSED)) return NO_PRESSURE;
  const [, avg10, avg60, avg300, total] = line.split('=').map((part) => part.split(' ', 1)[0]);
  return { avg10: Number(avg10 ?? 0), avg60: Number(avg60 ?? 0), avg300: Number(avg300 ?? 0), totalUs: BigInt(total ?? 0) };
}

const NO_PRESSURE: PressureLine = { avg10: 0, avg60: 0, avg300: 0, totalUs: 0n };
const UNPRESSED = ' avg10=0.00 avg60=0.00 avg300=0.00 total=0';

function isPopulated(events: string | undefined): boolean {
  return /^populated 1$/m.test(events ?? '');
}
