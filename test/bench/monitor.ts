/** The monitor alone, beside Debian's conmon: memory and wake-ups when idle, speed and CPU of logs, and what an exec takes over `crun exec`. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createLauncher, createMonitors, execSync } from '#conmon';
import { silentLogger } from '#log';
import { ROOT } from '../harness/places.ts';
import { createContainerFloor, CRUN } from './floor-container.ts';
import { createMonitorHosts } from './monitor-hosts.ts';
import { measureKernel, measureLog, type LogSpeed } from './monitor-log.ts';
import { measureIdle } from './monitor-memory.ts';
import type { BenchOptions } from './options.ts';
import { median, type Figure, type Outcome, type Row } from './report.ts';
import { createStopwatch } from './stopwatch.ts';

const LINE_BYTES = [32, 100, 1000, 20_000];
/** Of these also into a file whose pages the kernel has still to find. */
const TYPICAL_BYTES = 100;
/** Rounds of the log measurement; the first does not count. */
const ROUNDS = 6;
const WARM_UP = 5;
const TIMEOUT_MS = 20_000;
const EXEC_ID = 'exec';
const OUTPUT_LIMIT = 16 * 1024 * 1024;

export async function benchMonitor(options: BenchOptions): Promise<Outcome> {
  await promisify(execFile)('make', ['-s', '-C', join(ROOT, 'cmd/davit-monitor'), 'all', 'test-tool']);
  const directory = await mkdtemp(join(options.state, 'bench-mon-'));
  try {
    const parts = [await idle(options, directory), await logs(directory), await execs(options, directory)];
    return {
      rows: parts.flatMap(({ rows }) => rows), figures: Object.assign({}, ...parts.map(({ figures }) => figures)) as Outcome['figures'],
      notes: ['floors of memory, wake-ups and logs are conmon\'s, in the same run; of logs more is better, and CPU is of the monitor alone, user and kernel',
        'the kernel\'s part: CPU of a program that only reads the same output and writes as many bytes, which no monitor can do without',
        'logs are written to pages that the kernel has reserved for the file before, but for "new pages": finding them is the same work for any monitor', 'exec: `crun exec` in the same container'],
    };
  } finally {
    await rm(directory, { recursive: true });
  }
}

type Part = Omit<Outcome, 'notes'>;

async function idle(options: BenchOptions, directory: string): Promise<Part> {
  await using hosts = await createMonitorHosts(directory);
  const own = await measureIdle(hosts.davit, options.monitors, directory);
  const conmon = await measureIdle(hosts.conmon, options.monitors, directory);
  const kilobytes = (bytes: readonly number[]): number[] => bytes.map((n) => n / 1000);
  return {
    rows: [
      { name: 'idle monitor, all in', samples: kilobytes(own.bytes), unit: 'kB' }, { name: 'idle conmon, all in', samples: kilobytes(conmon.bytes), unit: 'kB' },
      { name: 'idle monitor, wake-ups', samples: own.wakeUpsPerMinute, unit: 'per minute' }, { name: 'idle conmon, wake-ups', samples: conmon.wakeUpsPerMinute, unit: 'per minute' },
    ],
    figures: {
      idle_memory: { value: mean(kilobytes(own.bytes)), unit: 'kB', floor: mean(kilobytes(conmon.bytes)) },
      idle_wakeups: { value: mean(own.wakeUpsPerMinute), unit: 'per minute', floor: mean(conmon.wakeUpsPerMinute) },
    },
  };
}

async function logs(directory: string): Promise<Part> {
  await using hosts = await createMonitorHosts(directory);
  const rows: Row[] = [];
  const figures: Record<string, Figure> = {};
  for (const [bytes, newPages] of [...LINE_BYTES.map((length) => [length, false] as const), [TYPICAL_BYTES, true] as const]) {
    const [own, conmon, kernel]: [LogSpeed[], LogSpeed[], number[]] = [[], [], []];
    for (let round = 0; round < ROUNDS; round++) {
      own.push(await measureLog(hosts.davit, `d${bytes}-${newPages}-${round}`, bytes, directory, newPages));
      conmon.push(await measureLog(hosts.conmon, `c${bytes}-${newPages}-${round}`, bytes, directory, newPages));
      kernel.push(await measureKernel(`k${bytes}-${newPages}-${round}`, bytes, directory, newPages));
    }
    const [speed, cpu] = [(samples: LogSpeed[]) => samples.slice(1).map((s) => s.megabytesPerSecond), (samples: LogSpeed[]) => samples.slice(1).map((s) => s.cpuSeconds)];
    rows.push(
      { name: `log, lines of ${bytes} bytes${newPages ? ', new pages' : ''}: monitor`, samples: speed(own), unit: 'MB/s' }, { name: '  conmon', samples: speed(conmon), unit: 'MB/s' },
      { name: '  CPU of the monitor', samples: cpu(own), unit: 's' }, { name: '  CPU of conmon', samples: cpu(conmon), unit: 's' },
      { name: '  the kernel\'s part', samples: kernel.slice(1), unit: 's' },
    );
    const name = `log_${bytes}B${newPages ? '_new_pages' : ''}`;
    figures[name] = { value: median(speed(own)), unit: 'MB/s', floor: median(speed(conmon)) };
    figures[`${name}_cpu`] = { value: median(cpu(own)), unit: 's', floor: median(cpu(conmon)) };
  }
  return { rows, figures };
}

async function execs(options: BenchOptions, directory: string): Promise<Part> {
  await using running = new AsyncDisposableStack();
  const stopwatch = running.use(await createStopwatch());
  const containers = running.use(await createContainerFloor(directory, stopwatch));
  const { bundle, globalArgs, process } = await containers.prepare(EXEC_ID, '/proc/self/ns/net');
  const binary = join(ROOT, 'build/davit-monitor');
  const launcher = running.use(await createLauncher({ binary, lockFile: join(directory, 'exec.lock'), log: silentLogger }));
  const monitors = createMonitors({ binary, runDir: join(directory, 'exec-run'), launcher, log: silentLogger });
  const monitor = running.use(await monitors.create({
    id: EXEC_ID, bundle, exitRecordPath: join(directory, 'exec.exit'), logPath: '', runtime: { path: CRUN, globalArgs }, terminal: false, stdin: false, stdinOnce: false,
    monitorCgroupDirs: [], createTimeoutMs: TIMEOUT_MS,
  }, { signal: AbortSignal.timeout(TIMEOUT_MS) }));
  monitor.exited.catch(() => undefined);
  running.defer(() => monitor.shutdown({ signal: AbortSignal.timeout(TIMEOUT_MS), force: true }));
  await monitor.start({ signal: AbortSignal.timeout(TIMEOUT_MS) });
  const spec = { processJson: JSON.stringify({ ...process, args: ['/bin/true'] }), terminal: false, stdin: false, timeoutMs: TIMEOUT_MS, outputLimitBytes: OUTPUT_LIMIT };
  const [own, floor]: [number[], number[]] = [[], []];
  for (let n = -WARM_UP; n < options.count; n++) {
    const alone = await containers.exec(EXEC_ID);
    const begun = performance.now();
    await execSync(monitor, spec, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    const taken = performance.now() - begun;
    if (n >= 0) { floor.push(alone); own.push(taken); }
  }
  return {
    rows: [{ name: 'exec by the monitor', samples: own, unit: 'ms' }, { name: 'crun exec', samples: floor, unit: 'ms' }],
    figures: { exec_p50: { value: median(own), unit: 'ms', floor: median(floor) } },
  };
}

function mean(samples: readonly number[]): number {
  return samples.reduce((sum, sample) => sum + sample, 0) / samples.length;
}
