/**
 * What one monitor takes, the kernel's memory for it included. In a memory cgroup of its own, with a
 * runtime whose container is a sleeping process elsewhere: with a real one the kernel would charge
 * the monitor for namespaces and mounts that the runtime makes for the container.
 */
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createLauncher, createMonitors, type MonitorSpec } from '#conmon';
import { detectCgroups } from '#linux';
import { silentLogger } from '#log';
import { ROOT } from '../harness/places.ts';
import { COUNTERS_MS, memoryCgroupOf } from './processes.ts';

const BINARY = join(ROOT, 'build/davit-monitor');
const TIMEOUT_MS = 20_000;
/** Its only global argument is a cgroup.procs file for the container. */
const RUNTIME = `#!/bin/sh
elsewhere=$1
while [ $# -gt 0 ]; do
  case $1 in
    --pid-file) pid_file=$2; shift ;;
    --pid-file=*) pid_file=\${1#*=} ;;
  esac
  shift
done
[ -n "$pid_file" ] || exit 0
echo $$ > "$elsewhere"
sleep 3600 &
printf %s $! > "$pid_file"
`;

/** @returns bytes of each of `count` monitors that run at the same time */
export async function measureMonitors(count: number): Promise<number[]> {
  await using running = new AsyncDisposableStack();
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const directory = await mkdtemp('/tmp/bench-mon-');
  running.defer(() => rm(directory, { recursive: true, force: true }));
  const cgroups = detectCgroups();
  const base = `/davit-bench-monitors-${process.pid}`;
  const elsewhere = `${base}/containers`;
  cgroups.create(elsewhere);
  running.defer(() => cgroups.remove(base, { signal: AbortSignal.timeout(TIMEOUT_MS) }));
  const path = join(directory, 'runtime');
  await writeFile(path, RUNTIME);
  await chmod(path, 0o755);
  const launcher = running.use(await createLauncher({ binary: BINARY, lockFile: join(directory, 'launcher.lock'), log: silentLogger }));
  const monitors = createMonitors({ binary: BINARY, runDir: join(directory, 'run'), launcher, log: silentLogger });
  const procs = cgroups.directories(elsewhere).find((cgroup) => cgroup.includes('/memory/')) ?? cgroups.directories(elsewhere)[0] ?? '';

  const pids: number[] = [];
  for (let n = 0; n < count; n++) {
    const id = `m${n}`;
    cgroups.create(`${base}/${id}`);
    await mkdir(join(directory, id));
    const spec: MonitorSpec = {
      id, bundle: join(directory, id), exitRecordPath: join(directory, id, 'exit'), logPath: join(directory, id, 'log'), runtime: { path, globalArgs: [join(procs, 'cgroup.procs')] },
      terminal: false, stdin: false, stdinOnce: false, monitorCgroupDirs: cgroups.directories(`${base}/${id}`), createTimeoutMs: TIMEOUT_MS,
    };
    const monitor = running.use(await monitors.create(spec, { signal }));
    running.defer(() => monitor.shutdown({ signal: AbortSignal.timeout(TIMEOUT_MS), force: true }));
    // Disposed before it is read, this promise would reject unheard.
    monitor.exited.catch(() => undefined);
    await monitor.start({ signal });
    pids.push(monitor.monitorPid);
  }
  await delay(COUNTERS_MS);
  return pids.map((pid) => {
    const cgroup = memoryCgroupOf(pid);
    if (cgroup?.pids.length !== 1) throw new Error(`measure a monitor: it is not alone in ${cgroup?.path ?? 'a memory cgroup'}`);
    return cgroup.bytes;
  });
}
