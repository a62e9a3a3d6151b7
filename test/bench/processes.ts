/** Processes and their memory, from /proc and the memory cgroups. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { readMountInfo } from '#linux';

/** The kernel brings the counters of a cgroup v1 up to date every other second. */
export const COUNTERS_MS = 3000;

export interface HostProcess {
  readonly pid: number;
  readonly command: string;
}

/** Those in our own pid namespace: no process of a container that has one of its own. Kernel threads have no command and are left out. */
export function hostProcesses(): HostProcess[] {
  const own = readlinkSync('/proc/self/ns/pid');
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    if (read(() => readlinkSync(`/proc/${name}/ns/pid`)) !== own) return [];
    const command = read(() => readFileSync(`/proc/${name}/cmdline`, 'latin1')).split('\0').join(' ').trim();
    return command === '' ? [] : [{ pid: Number(name), command }];
  });
}

/** The process that listens on a unix socket. @throws Error when none does */
export function listenerOf(socket: string): number {
  const line = readFileSync('/proc/net/unix', 'utf8').split('\n').find((text) => text.endsWith(` ${socket}`) && text.split(' ')[3] === '00010000');
  const inode = line?.trim().split(/\s+/)[6];
  const pid = inode && hostProcesses().find(({ pid: candidate }) => socketsOf(candidate).includes(`socket:[${inode}]`))?.pid;
  if (!pid) throw new Error(`find who listens on "${socket}": nobody`);
  return pid;
}

/** Children, theirs, and so on, in our own pid namespace. */
export function descendantsOf(pid: number): number[] {
  const parents = new Map(hostProcesses().map((process) => [process.pid, parentOf(process.pid)]));
  const below = (parent: number): number[] => [...parents].filter(([, of]) => of === parent).flatMap(([child]) => [child, ...below(child)]);
  return below(pid);
}

/** Resident bytes. */
export function rssBytes(pid: number): number {
  return kilobytes(read(() => readFileSync(`/proc/${pid}/status`, 'utf8')), 'VmRSS');
}

/** Resident bytes, shared pages divided among those that have them. */
export function pssBytes(pid: number): number {
  return kilobytes(read(() => readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')), 'Pss');
}

/** A memory cgroup: who is in it, and all memory that it is charged for, the kernel's too. */
export interface MemoryCgroup {
  readonly path: string;
  readonly pids: readonly number[];
  readonly bytes: number;
}

/** The memory cgroup of a process; undefined when the process has gone. */
export function memoryCgroupOf(pid: number): MemoryCgroup | undefined {
  const { mount, version } = memoryHierarchy();
  const lines = read(() => readFileSync(`/proc/${pid}/cgroup`, 'utf8')).split('\n');
  const relative = lines.map((line) => /^\d+:([^:]*):(.*)$/.exec(line)).find((match) => (version === 1 ? match?.[1]?.split(',').includes('memory') : match?.[1] === ''))?.[2];
  if (relative === undefined) return undefined;
  const path = join(mount, relative);
  const stat = numbers(read(() => readFileSync(join(path, 'memory.stat'), 'utf8')));
  // The counters of usage are charged in batches of up to 128 kB a CPU: sums of exact ones say more about a small process.
  const bytes = version === 1
    ? (stat['total_rss'] ?? 0) + (stat['total_cache'] ?? 0) + Number(read(() => readFileSync(join(path, 'memory.kmem.usage_in_bytes'), 'utf8')))
    : (stat['anon'] ?? 0) + (stat['file'] ?? 0) + (stat['kernel'] ?? 0);
  return { path, bytes, pids: read(() => readFileSync(join(path, 'cgroup.procs'), 'utf8')).split('\n').filter((line) => line !== '').map(Number) };
}

/** The root of the hierarchy that has the memory controller. */
export function memoryHierarchy(): { mount: string; version: 1 | 2 } {
  const mounts = readMountInfo();
  const v1 = mounts.find(({ fstype, superOptions }) => fstype === 'cgroup' && superOptions.includes('memory'));
  const mount = v1 ?? mounts.find(({ fstype }) => fstype === 'cgroup2');
  if (!mount) throw new Error('find the memory cgroups: neither v1 nor v2 is mounted');
  return { mount: mount.mountPoint, version: v1 ? 1 : 2 };
}

/** 0 when the process has gone. */
export function parentOf(pid: number): number {
  return Number(/^PPid:\s+(\d+)/m.exec(read(() => readFileSync(`/proc/${pid}/status`, 'utf8')))?.[1] ?? 0);
}

function socketsOf(pid: number): string[] {
  const directory = `/proc/${pid}/fd`;
  const names = read(() => readdirSync(directory).join('\n'));
  return names === '' ? [] : names.split('\n').map((name) => read(() => readlinkSync(join(directory, name))));
}

function kilobytes(text: string, key: string): number {
  return Number(new RegExp(`^${key}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0) * 1024;
}

function numbers(text: string): Readonly<Record<string, number>> {
  const pairs = text.split('\n').filter((line) => line !== '').map((line) => line.split(' '));
  return Object.fromEntries(pairs.map(([key = '', value]): [string, number] => [key, Number(value)]));
}

/** '' for what has gone meanwhile. */
function read(source: () => string): string {
  try {
    return source();
  } catch {
    return '';
  }
}
