/** Limits of a cgroup as the files and values that set them, for both versions; lib/oci leaves containers' own limits to the runtime. */

/** The part of the runtime-spec's linux.resources that a pod's cgroup takes; absent fields are left as they are. */
export interface LinuxResourcesLike {
  readonly cpu?: { readonly shares?: number; readonly quota?: number; readonly period?: number; readonly cpus?: string; readonly mems?: string };
  /** Bytes; `swap` is memory and swap together, -1 means no limit. */
  readonly memory?: { readonly limit?: number; readonly swap?: number };
  readonly pids?: { readonly limit: number };
  readonly hugepageLimits?: readonly { readonly pageSize: string; readonly limit: number }[];
  /** Version 2 files by name, as `memory.high`. */
  readonly unified?: Readonly<Record<string, string>>;
}

export interface CgroupWrite {
  readonly controller: string;
  readonly file: string;
  readonly value: string;
}

/** Period that the kernel takes when none is given, µs. */
const DEFAULT_CPU_PERIOD_US = 100_000;

/** What to write for `resources`, in order. */
export function resourceWrites(version: 1 | 2, resources: LinuxResourcesLike): CgroupWrite[] {
  return version === 1 ? v1Writes(resources) : v2Writes(resources);
}

/** Files with a line for each device, which take one line a write, and how one says that it limits nothing. */
const UNLIMITED_DEVICE: Readonly<Record<string, string>> = { 'io.max': 'rbps=max wbps=max riops=max wiops=max', 'io.latency': 'target=0', 'io.weight': 'default', 'io.bfq.weight': 'default' };

/** What to write so that a file whose text is `now` has that of `before` again. */
export function undoingWrites(file: string, before: string, now: string): string[] {
  if (before === now) return [];
  const unlimited = UNLIMITED_DEVICE[file];
  if (unlimited === undefined) return [before];
  const [held, added] = [before, now].map((text) => text.split('\n').filter((line) => line !== ''));
  const deviceOf = (line: string): string => line.split(' ', 1)[0] ?? '';
  const others = (added ?? []).map(deviceOf).filter((device) => !held?.some((line) => deviceOf(line) === device));
  return [...held?.filter((line) => !added?.includes(line)) ?? [], ...others.map((device) => `${device} ${unlimited}`)];
}

/** cpu.shares (2…262144) on the scale of cpu.weight (1…10000), as the OCI runtimes convert it. */
export function cpuWeight(shares: number): number {
  const clamped = Math.min(Math.max(shares, 2), 262_144);
  return 1 + Math.floor((clamped - 2) * 9999 / 262_142);
}

function v1Writes({ cpu, memory, pids, hugepageLimits, unified }: LinuxResourcesLike): CgroupWrite[] {
  return [
    ...write('cpu', 'cpu.shares', cpu?.shares),
    ...write('cpu', 'cpu.cfs_period_us', cpu?.period),
    ...write('cpu', 'cpu.cfs_quota_us', cpu?.quota),
    ...write('cpuset', 'cpuset.cpus', cpu?.cpus),
    ...write('cpuset', 'cpuset.mems', cpu?.mems),
    ...write('memory', 'memory.limit_in_bytes', memory?.limit),
    ...write('memory', 'memory.memsw.limit_in_bytes', memory?.swap),
    ...write('pids', 'pids.max', pids && maximum(pids.limit)),
    ...(hugepageLimits ?? []).flatMap((h) => write('hugetlb', `hugetlb.${h.pageSize}.limit_in_bytes`, h.limit)),
    ...unifiedWrites(unified),
  ];
}

function v2Writes({ cpu, memory, pids, hugepageLimits, unified }: LinuxResourcesLike): CgroupWrite[] {
  const max = cpu?.quota === undefined && cpu?.period === undefined ? undefined : `${maximum(cpu.quota ?? -1)} ${cpu.period ?? DEFAULT_CPU_PERIOD_US}`;
  return [
    ...write('cpu', 'cpu.weight', cpu?.shares === undefined ? undefined : cpuWeight(cpu.shares)),
    ...write('cpu', 'cpu.max', max),
    ...write('cpuset', 'cpuset.cpus', cpu?.cpus),
    ...write('cpuset', 'cpuset.mems', cpu?.mems),
    ...write('memory', 'memory.max', memory?.limit === undefined ? undefined : maximum(memory.limit)),
    ...write('memory', 'memory.swap.max', swapOnly(memory)),
    ...write('pids', 'pids.max', pids && maximum(pids.limit)),
    ...(hugepageLimits ?? []).flatMap((h) => write('hugetlb', `hugetlb.${h.pageSize}.max`, h.limit)),
    ...unifiedWrites(unified),
  ];
}

/** In version 1 such a file does not exist, and the write fails with its name. */
function unifiedWrites(unified: LinuxResourcesLike['unified']): CgroupWrite[] {
  return Object.entries(unified ?? {}).flatMap(([file, value]) => write(file.split('.', 1)[0] ?? file, file, value));
}

/** Version 2 counts swap alone. Without a memory limit the sum says nothing about swap. */
function swapOnly(memory: LinuxResourcesLike['memory']): string | undefined {
  if (memory?.swap === undefined) return undefined;
  if (memory.swap < 0) return 'max';
  return memory.limit === undefined || memory.limit < 0 ? undefined : String(Math.max(memory.swap - memory.limit, 0));
}

function maximum(limit: number): string {
  return limit < 0 ? 'max' : String(limit);
}

function write(controller: string, file: string, value: string | number | undefined): CgroupWrite[] {
  return value === undefined || value === '' ? [] : [{ controller, file, value: String(value) }];
}
