/** What the files of one cgroup say, parsed; pure, for version 1 and 2. */
import { difference, keyedFields, least, limited, number } from './fields.ts';

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

/** What is taken from a file: the number that it begins with, those of some of its `key number` lines, or pressure. */
export type Taken = 'number' | 'pressure' | readonly string[];

/**
 * When a file is read again for statistics. `watched`: each time, before the others. `after change`: it cannot say anything else as long as the watched
 * ones say the same: whose processes have not run, and whose memory was neither charged nor released, has faulted no page, begun no wait and started no process. ADR 37.
 */
export type WhenRead = 'watched' | 'each time' | 'after change';

export interface StatsFile {
  readonly controller: string;
  readonly file: string;
  readonly taken: Taken;
  readonly when: WhenRead;
  /** Whatever happens in a cgroup shows at once in this file of the one above, too: while that says the same, it need not be read. */
  readonly isInAbove?: true;
}

/** What parseCgroupStats() reads. In a hybrid the files of pressure come behind the one that says whether they are of use. */
export const STATS_FILES: Readonly<Record<1 | 2, readonly StatsFile[]>> = {
  1: [
    { controller: 'cpuacct', file: 'cpuacct.usage', taken: 'number', when: 'watched', isInAbove: true }, { controller: 'memory', file: 'memory.usage_in_bytes', taken: 'number', when: 'watched' },
    { controller: 'memory', file: 'memory.stat', taken: ['hierarchical_memory_limit', 'hierarchical_memsw_limit', 'total_rss', 'total_pgfault', 'total_pgmajfault', 'total_inactive_file'], when: 'after change' },
    { controller: 'memory', file: 'memory.memsw.usage_in_bytes', taken: 'number', when: 'after change' }, { controller: 'pids', file: 'pids.current', taken: 'number', when: 'after change' },
    { controller: UNIFIED, file: 'cgroup.events', taken: ['populated'], when: 'after change' }, ...pressureFiles(() => UNIFIED),
  ],
  2: [
    { controller: 'cpu', file: 'cpu.stat', taken: ['usage_usec'], when: 'watched', isInAbove: true }, { controller: 'memory', file: 'memory.current', taken: 'number', when: 'watched' },
    { controller: 'memory', file: 'memory.stat', taken: ['anon', 'inactive_file', 'pgfault', 'pgmajfault'], when: 'after change' },
    ...['memory.max', 'memory.swap.current', 'memory.swap.max', 'pids.current'].map((file): StatsFile => ({ controller: file.split('.', 1)[0] ?? '', file, taken: 'number', when: 'after change' })),
    ...pressureFiles((resource) => resource),
    ...['memory.max', 'memory.swap.max'].map((file): StatsFile => ({ controller: BELOW_SCOPE, file: belowScope(file), taken: 'number', when: 'after change' })),
  ],
};

/** Who waits for a CPU does so without running; for memory and for a device a process begins to wait when it runs. */
function pressureFiles(controllerOf: (resource: string) => string): StatsFile[] {
  return ['cpu', 'memory', 'io'].map((resource) => ({
    controller: controllerOf(resource), file: `${resource}.pressure`, taken: 'pressure', ...resource === 'cpu' ? { when: 'each time', isInAbove: true } : { when: 'after change' },
  }));
}

/** The figures in a cgroup's files; undefined for what is not there, and for a limit that is `max`. */
export interface CgroupNumbers {
  number(controller: string, file: string): bigint | undefined;
  field(controller: string, file: string, key: string): bigint | undefined;
  pressure(controller: string, file: string): Pressure | undefined;
}

/** Each file once, however often it is asked for: all figures of one file are of one moment. */
export function readingOnce(read: ReadCgroupFile): ReadCgroupFile {
  const texts = new Map<string, string | undefined>();
  return (controller, file) => {
    if (!texts.has(file)) texts.set(file, read(controller, file));
    return texts.get(file);
  };
}

/** Of files that are read as text. */
export function numbersOf(readFile: ReadCgroupFile): CgroupNumbers {
  const read = readingOnce(readFile);
  return {
    number: (controller, file) => number(read(controller, file)),
    field: (controller, file, key) => keyedFields(read(controller, file))(key),
    pressure: (controller, file) => parsePressure(read(controller, file)),
  };
}

/** @returns undefined when the cgroup has none of the files: it is gone. */
export function parseCgroupStats(version: 1 | 2, timestampNs: bigint, of: CgroupNumbers): CgroupStats | undefined {
  return version === 1 ? v1Stats(timestampNs, of) : v2Stats(timestampNs, of);
}

function v1Stats(timestampNs: bigint, of: CgroupNumbers): CgroupStats | undefined {
  const cpu = of.number('cpuacct', 'cpuacct.usage');
  const usage = of.number('memory', 'memory.usage_in_bytes');
  if (cpu === undefined && usage === undefined) return undefined;
  const stat = (key: string): bigint => of.field('memory', 'memory.stat', key) ?? 0n;
  const used = usage ?? 0n;
  const limit = limited(stat('hierarchical_memory_limit'));
  const memsw = of.number('memory', 'memory.memsw.usage_in_bytes');
  const memswLimit = limited(stat('hierarchical_memsw_limit'));
  return {
    timestampNs,
    cpuUsageNs: cpu ?? 0n,
    memory: {
      usage: used, workingSet: difference(used, stat('total_inactive_file')), rss: stat('total_rss'), limit,
      pageFaults: stat('total_pgfault'), majorPageFaults: stat('total_pgmajfault'),
    },
    swap: memsw === undefined ? undefined : { usage: difference(memsw, used), limit: memswLimit === undefined || limit === undefined ? undefined : difference(memswLimit, limit) },
    pids: { current: of.number('pids', 'pids.current') ?? 0n },
    // A hybrid counts pressure in its cgroup2 hierarchy, if the processes are there too.
    psi: of.field(UNIFIED, 'cgroup.events', 'populated') === 1n ? readPressure(of, () => UNIFIED) : undefined,
  };
}

function v2Stats(timestampNs: bigint, of: CgroupNumbers): CgroupStats | undefined {
  const cpuUs = of.field('cpu', 'cpu.stat', 'usage_usec');
  const usage = of.number('memory', 'memory.current');
  if (cpuUs === undefined && usage === undefined) return undefined;
  const stat = (key: string): bigint => of.field('memory', 'memory.stat', key) ?? 0n;
  const used = usage ?? 0n;
  const swap = of.number('memory', 'memory.swap.current');
  return {
    timestampNs,
    cpuUsageNs: (cpuUs ?? 0n) * 1000n,
    memory: {
      usage: used, workingSet: difference(used, stat('inactive_file')), rss: stat('anon'), limit: effectiveLimit(of, 'memory', 'memory.max'),
      pageFaults: stat('pgfault'), majorPageFaults: stat('pgmajfault'),
    },
    swap: swap === undefined ? undefined : { usage: swap, limit: effectiveLimit(of, 'memory', 'memory.swap.max') },
    pids: { current: of.number('pids', 'pids.current') ?? 0n },
    psi: readPressure(of, (resource) => resource),
  };
}

/** A limit as version 2 (and pids of version 1) writes it, wherever it is set; undefined: none. */
export function effectiveLimit(of: CgroupNumbers, controller: string, file: string): bigint | undefined {
  return least(of.number(controller, file), of.number(BELOW_SCOPE, belowScope(file)));
}

/** Undefined unless the kernel tells all three. */
function readPressure(of: CgroupNumbers, controllerOf: (resource: string) => string): CgroupStats['psi'] {
  const cpu = of.pressure(controllerOf('cpu'), 'cpu.pressure');
  const memory = of.pressure(controllerOf('memory'), 'memory.pressure');
  const io = of.pressure(controllerOf('io'), 'io.pressure');
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

/** Nothing ever waited. */
export const NO_PRESSURE: PressureLine = { avg10: 0, avg60: 0, avg300: 0, totalUs: 0n };
const UNPRESSED = ' avg10=0.00 avg60=0.00 avg300=0.00 total=0';
