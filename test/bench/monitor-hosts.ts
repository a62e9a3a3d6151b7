/**
 * Containers under davit's monitor and under conmon, with a runtime whose container is a process elsewhere: each monitor is alone in its
 * cgroups. With a real runtime the kernel would charge the monitor for namespaces and mounts that are made for the container.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createLauncher, createMonitors } from '#conmon';
import { detectCgroups, type ProcessRunner } from '#linux';
import { silentLogger } from '#log';
import { ROOT } from '../harness/places.ts';

export const CONMON = '/usr/bin/conmon';
const BINARY = join(ROOT, 'build/davit-monitor');
/** On a node run directories are in memory, as this is, and exit records are on the disk. */
const MEMORY_FILES = '/dev/shm';
const DISK_FILES = '/var/tmp';
const TIMEOUT_MS = 60_000;
const POLL_MS = 1;
/** Its only global argument names the cgroup.procs files for the container, whose command is in the bundle. */
const RUNTIME = `#!/bin/sh
elsewhere=$1
while [ $# -gt 0 ]; do
  case $1 in
    --pid-file) pid_file=$2; shift ;;
    --bundle) bundle=$2; shift ;;
  esac
  shift
done
[ -n "$pid_file" ] || exit 0
for procs in $elsewhere; do echo $$ > "$procs"; done
set -- $(cat "$bundle/command")
"$@" &
printf %s $! > "$pid_file"
`;
/** Enters the cgroups, given as cgroup.procs files before a "--", and becomes the command behind it. */
const IN_CGROUPS = 'while [ "$1" != -- ]; do echo $$ > "$1"; shift; done; shift; exec "$@"';

export interface HostedContainer {
  readonly monitorPid: number;
  /** Of the monitor so far, in seconds. */
  cpuSeconds(): Promise<number>;
  /** The container has ended and the monitor has written all of its log. */
  exited(): Promise<void>;
  stop(): Promise<void>;
}

export interface MonitorHost {
  readonly name: string;
  /** Starts a container with that command, words without spaces, and a log at that path. */
  start(id: string, command: readonly string[], logPath: string): Promise<HostedContainer>;
}

export interface MonitorHosts extends AsyncDisposable {
  readonly davit: MonitorHost;
  readonly conmon: MonitorHost;
}

/** Everything is below `directory`, which is the caller's, but for run directories. */
export async function createMonitorHosts(directory: string): Promise<MonitorHosts> {
  await using running = new AsyncDisposableStack();
  const run = await mkdtemp(join(MEMORY_FILES, 'davit-bench-'));
  running.defer(() => rm(run, { recursive: true }));
  const exits = await mkdtemp(join(DISK_FILES, 'davit-bench-'));
  running.defer(() => rm(exits, { recursive: true }));
  const cgroups = detectCgroups();
  const base = `/davit-bench-monitors-${process.pid}`;
  const elsewhere = `${base}/containers`;
  await cgroups.create(elsewhere);
  running.defer(async () => {
    await cgroups.killAll(base, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    await cgroups.remove(base, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  });
  const runtime = join(directory, 'runtime');
  await writeFile(runtime, RUNTIME);
  await chmod(runtime, 0o755);
  // In every hierarchy: neither its memory nor its CPU time is the monitor's.
  const procs = procsOf(cgroups.directories(elsewhere)).join(' ');
  const launcher = running.use(await createLauncher({ binary: BINARY, lockFile: join(directory, 'launcher.lock'), log: silentLogger }));
  const prepare = async (id: string, command: readonly string[]): Promise<{ bundle: string; cgroupDirs: readonly string[] }> => {
    await cgroups.create(`${base}/${id}`);
    const bundle = join(directory, id);
    await mkdir(bundle);
    await writeFile(join(bundle, 'command'), command.join(' '));
    return { bundle, cgroupDirs: cgroups.directories(`${base}/${id}`) };
  };
  const all = running.move();
  return {
    davit: {
      name: 'davit-monitor',
      start: async (id, command, logPath) => {
        const { bundle, cgroupDirs } = await prepare(id, command);
        const signal = AbortSignal.timeout(TIMEOUT_MS);
        const monitors = createMonitors({ binary: BINARY, runDir: run, launcher: bornIn(cgroupDirs, launcher), log: silentLogger });
        const monitor = await monitors.create({
          id, bundle, exitRecordPath: join(exits, id), logPath, runtime: { path: runtime, globalArgs: [procs] },
          terminal: false, stdin: false, stdinOnce: false, monitorCgroupDirs: [], createTimeoutMs: TIMEOUT_MS,
        }, { signal });
        // Disposed before it is read, this promise would reject unheard.
        monitor.exited.catch(() => undefined);
        await monitor.start({ signal });
        return {
          monitorPid: monitor.monitorPid, cpuSeconds: () => cpuSecondsOf(cgroupDirs), exited: async () => { await monitor.exited; },
          stop: async () => { await monitor.shutdown({ signal: AbortSignal.timeout(TIMEOUT_MS), force: true }); await monitor[Symbol.asyncDispose](); },
        };
      },
    },
    conmon: {
      name: 'conmon',
      start: async (id, command, logPath) => {
        const { bundle, cgroupDirs } = await prepare(id, command);
        const [pidFile, containerPidFile] = [join(run, `${id}.monitor`), join(run, `${id}.container`)];
        const child = spawn('/bin/sh', ['-c', IN_CGROUPS, 'sh', ...procsOf(cgroupDirs), '--',
          CONMON, '-c', id, '-u', id, '-r', runtime, '--runtime-arg', procs, '-b', bundle, '-p', containerPidFile, '-P', pidFile, '-l', `k8s-file:${logPath}`,
          '--exit-dir', bundle, '--socket-dir-path', run, '--no-sync-log', '--full-attach'], { stdio: 'ignore' });
        const [code] = await once(child, 'exit') as [number | null];
        if (code !== 0) throw new Error(`${CONMON}: exit code ${code}`);
        const containerPid = Number(await appeared(containerPidFile));
        return {
          monitorPid: Number(await readFile(pidFile, 'utf8')), cpuSeconds: () => cpuSecondsOf(cgroupDirs), exited: async () => { await appeared(join(bundle, id)); },
          stop: async () => {
            if (!await exists(join(bundle, id))) process.kill(containerPid, 'SIGKILL');
            await appeared(join(bundle, id));
          },
        };
      },
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

/** Memory stays charged to the cgroup in which it was first used: a monitor that moves there later would leave most of its own behind. */
function bornIn(cgroupDirs: readonly string[], runner: ProcessRunner): ProcessRunner {
  return { run: (spec, options) => runner.run({ ...spec, file: '/bin/sh', args: ['-c', IN_CGROUPS, 'sh', ...procsOf(cgroupDirs), '--', spec.file, ...spec.args] }, options) };
}

/** That of the memory cgroup last: what the way into the others takes is not the monitor's. */
function procsOf(cgroupDirs: readonly string[]): string[] {
  const isMemory = (path: string): boolean => path.includes('/memory/');
  return [...cgroupDirs.filter((path) => !isMemory(path)), ...cgroupDirs.filter(isMemory)].map((path) => join(path, 'cgroup.procs'));
}

/** The text of a file, when there is one with a text. */
async function appeared(path: string): Promise<string> {
  for (const end = performance.now() + TIMEOUT_MS; performance.now() < end; await delay(POLL_MS)) {
    const text = await readFile(path, 'utf8').catch(() => '');
    if (text !== '') return text;
  }
  throw new Error(`wait for "${path}": it did not appear`);
}

async function cpuSecondsOf(cgroupDirs: readonly string[]): Promise<number> {
  for (const directory of cgroupDirs) {
    if (await exists(join(directory, 'cpuacct.usage'))) return Number(await readFile(join(directory, 'cpuacct.usage'), 'utf8')) / 1e9;
    if (cgroupDirs.length === 1) return Number(/^usage_usec (\d+)$/m.exec(await readFile(join(directory, 'cpu.stat'), 'utf8'))?.[1]) / 1e6;
  }
  throw new Error(`measure CPU time: no account of it in ${cgroupDirs.join(', ')}`);
}

function exists(path: string): Promise<boolean> {
  return access(path).then(() => true, () => false);
}
