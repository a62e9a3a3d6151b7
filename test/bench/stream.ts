/** How fast bytes go through exec and port-forward with crictl, what they cost, and how long a keystroke takes to come back. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { createCrictl } from '../harness/crictl.ts';
import { createContainerFloor } from './floor-container.ts';
import type { BenchOptions } from './options.ts';
import { removePod, startPod } from './pods.ts';
import { hostProcesses, listenerOf, parentOf } from './processes.ts';
import { median, type Outcome, type Row } from './report.ts';
import { runtimeUnderTest } from './runtime.ts';
import { createStopwatch } from './stopwatch.ts';

const MIB = 1024;
const BYTES = MIB * 1024 * 1024;
const FLOOR_ID = 'floor-stream';
const PORT = 5000;
const KEYSTROKES = 200;
const TICKS_A_SECOND = 100;
const CRUN = '/usr/bin/crun';

const MAKE_BYTES = `dd if=/dev/zero bs=1M count=${MIB} 2>/dev/null`;
const EAT_BYTES = 'dd of=/dev/null bs=1M 2>/dev/null';

export async function benchStream(options: BenchOptions): Promise<Outcome> {
  await using running = new AsyncDisposableStack();
  const directory = await mkdtemp('/tmp/bench-stream-');
  running.defer(() => rm(directory, { recursive: true, force: true }));
  const containers = running.use(await createContainerFloor(directory, running.use(await createStopwatch())));
  await containers.create(FLOOR_ID, '/proc/self/ns/net');
  running.defer(() => containers.remove(FLOOR_ID));
  await containers.start(FLOOR_ID);
  const runtime = running.use(await runtimeUnderTest(options));
  await runtime.client.call('PullImage', { image: { image: options.image } });
  const pod = await startPod(runtime, options);
  running.defer(async () => { await removePod(runtime, pod); });
  const crictl = await createCrictl(directory, runtime.socket);
  const daemon = listenerOf(runtime.socket);
  const exec = (...args: string[]): string => quoted(crictl.commandLine('exec', ...args));
  const alone = (...args: string[]): string => quoted([CRUN, '--root', `${directory}/crun`, 'exec', ...args]);

  const outward = await measured(options.count, daemon, () => shell(`${exec(pod.containerId, 'sh', '-c', MAKE_BYTES)} > /dev/null`));
  const outwardFloor = await measured(options.count, daemon, () => shell(`${alone(FLOOR_ID, 'sh', '-c', MAKE_BYTES)} | cat > /dev/null`));
  const inward = await measured(options.count, daemon, () => shell(`${MAKE_BYTES} | ${exec('-i', pod.containerId, 'sh', '-c', EAT_BYTES)}`));
  const inwardFloor = await measured(options.count, daemon, () => shell(`${MAKE_BYTES} | ${alone(FLOOR_ID, 'sh', '-c', EAT_BYTES)}`));
  await runtime.client.call('ExecSync', { containerId: pod.containerId, cmd: ['sh', '-c', `nc -ll -p ${PORT} -e sh -c '${MAKE_BYTES}' < /dev/null > /dev/null 2>&1 &`], timeout: 60n });
  const forwarded = await throughPortForward(crictl.commandLine('port-forward', pod.podSandboxId, `:${PORT}`), (port) => measured(options.count, daemon, () => receive(port)));
  const echo = await keystrokes(exec('-it', pod.containerId, 'cat'));
  const echoFloor = await keystrokes(alone('-t', FLOOR_ID, 'cat'));
  return {
    rows: [
      ...rowsOf('exec stdout', outward), ...rowsOf('exec stdin', inward), ...rowsOf('port-forward', forwarded),
      { name: 'echo of a keystroke', samples: echo, unit: 'ms' }, { name: 'floor: crun exec | cat', samples: outwardFloor.rates, unit: 'MB/s' },
      { name: 'floor: | crun exec', samples: inwardFloor.rates, unit: 'MB/s' }, { name: 'floor: echo of crun exec -t', samples: echoFloor, unit: 'ms' },
    ],
    figures: {
      exec_stdout: { value: median(outward.rates), unit: 'MB/s', floor: median(outwardFloor.rates) }, exec_stdin: { value: median(inward.rates), unit: 'MB/s', floor: median(inwardFloor.rates) },
      port_forward: { value: median(forwarded.rates), unit: 'MB/s', floor: median(outwardFloor.rates) }, echo_p50: { value: median(echo), unit: 'ms', floor: median(echoFloor) },
    },
    notes: [`${runtime.name}; ${BYTES} bytes a sample, with crictl's own start in it; on two cores client, daemon and program share the CPU`],
  };
}

interface Measured { readonly rates: number[]; readonly cpu: number[] }

/** Rates in MB/s, and CPU seconds a GB of the daemon and its children. */
async function measured(count: number, daemon: number, work: () => Promise<unknown>): Promise<Measured> {
  const result: Measured = { rates: [], cpu: [] };
  for (let n = -1; n < count; n++) {
    const [begun, cpu] = [performance.now(), cpuSeconds(daemon)];
    await work();
    if (n < 0) continue;
    result.rates.push(BYTES / 1e6 / ((performance.now() - begun) / 1000));
    result.cpu.push((cpuSeconds(daemon) - cpu) / (BYTES / 1e9));
  }
  return result;
}

function rowsOf(name: string, { rates, cpu }: Measured): Row[] {
  return [{ name, samples: rates, unit: 'MB/s' }, { name: `${name}: daemon and monitors`, samples: cpu, unit: 'CPU s/GB' }];
}

/** Of the daemon, its children and the monitors. */
function cpuSeconds(daemon: number): number {
  const own = hostProcesses().filter(({ pid, command }) => pid === daemon || parentOf(pid) === daemon || command.includes('davit-monitor')).map(({ pid }) => pid);
  return own.reduce((sum, pid) => {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]?.split(' ') ?? [];
    return sum + (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
  }, 0);
}

async function shell(script: string): Promise<void> {
  const child = spawn('sh', ['-c', script], { stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = await once(child, 'exit') as [number | null];
  if (code !== 0) throw new Error(`${script}: exit code ${code}`);
}

function quoted(words: readonly string[]): string {
  return words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
}

async function throughPortForward<T>([file = '', ...args]: readonly string[], work: (port: number) => Promise<T>): Promise<T> {
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    for await (const text of child.stdout.setEncoding('utf8') as AsyncIterable<string>) {
      const port = /127\.0\.0\.1:(\d+)/.exec(text)?.[1];
      if (port !== undefined) return await work(Number(port));
    }
    throw new Error('crictl port-forward ended');
  } finally {
    child.kill();
  }
}

async function receive(port: number): Promise<void> {
  let bytes = 0;
  const socket = connect({ port, host: '127.0.0.1', onread: { buffer: Buffer.alloc(1024 * 1024), callback: (size) => { bytes += size; return true; } } });
  await once(socket, 'close');
  if (bytes !== BYTES) throw new Error(`port-forward gave ${bytes} of ${BYTES} bytes`);
}

/** Milliseconds from a key to its echo, on a terminal. */
async function keystrokes(command: string): Promise<number[]> {
  const child = spawn('script', ['--quiet', '--flush', '--return', '--command', command, '/dev/null'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const samples: number[] = [];
  let [seen, begun] = [0, 0];
  const done = new Promise<void>((resolve, reject) => {
    const press = (): void => { begun = performance.now(); child.stdin.write('x'); };
    child.stdout.on('data', (chunk: Buffer) => {
      if (!chunk.includes('x')) return;
      // The first key finds out that the session is there.
      if (seen++ > 0) samples.push(performance.now() - begun);
      if (samples.length === KEYSTROKES) resolve();
      else setTimeout(press, 5);
    });
    child.once('exit', () => reject(new Error(`${command} ended`)));
    setTimeout(press, 1000);
  });
  await done;
  child.removeAllListeners('exit');
  child.kill('SIGKILL');
  return samples;
}
