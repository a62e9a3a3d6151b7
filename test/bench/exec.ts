/** How long ExecSync of a program that does nothing takes, against `crun exec` of one. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createContainerFloor } from './floor-container.ts';
import type { BenchOptions } from './options.ts';
import { differences, inTurn, spread } from './pairs.ts';
import { removePod, startPod } from './pods.ts';
import { median, type Outcome } from './report.ts';
import { runtimeUnderTest } from './runtime.ts';
import { createStopwatch } from './stopwatch.ts';

const WARM_UP = 5;
const FLOOR_ID = 'floor-exec';
const CONCURRENCY = 10;

export async function benchExec(options: BenchOptions): Promise<Outcome> {
  await using running = new AsyncDisposableStack();
  const directory = await mkdtemp('/tmp/bench-exec-');
  running.defer(() => rm(directory, { recursive: true, force: true }));
  const stopwatch = running.use(await createStopwatch());
  const containers = running.use(await createContainerFloor(directory, stopwatch));
  await containers.create(FLOOR_ID, '/proc/self/ns/net');
  running.defer(() => containers.remove(FLOOR_ID));
  await containers.start(FLOOR_ID);
  const runtime = running.use(await runtimeUnderTest(options));
  await runtime.client.call('PullImage', { image: { image: options.image } });
  const pod = await startPod(runtime, options);
  running.defer(async () => { await removePod(runtime, pod); });

  const exec = async (): Promise<number> => {
    const begun = performance.now();
    const { exitCode } = await runtime.client.call('ExecSync', { containerId: pod.containerId, cmd: ['true'], timeout: 60n });
    if (exitCode !== 0) throw new Error(`ExecSync of "true": exit code ${exitCode}`);
    return performance.now() - begun;
  };
  const [own, floor]: [number[], number[]] = [[], []];
  for (let n = -WARM_UP; n < options.count; n++) {
    let [alone, call] = [0, 0];
    await inTurn(n, async () => { alone = await containers.exec(FLOOR_ID); }, async () => { call = await exec(); });
    if (n >= 0) { floor.push(alone); own.push(call); }
  }
  const over = differences(own, floor);
  const rate = await rateOf(exec, options.count);
  return {
    rows: [{ name: 'ExecSync', samples: own, unit: 'ms' }, { name: 'floor: crun exec', samples: floor, unit: 'ms' }, { name: 'ExecSync over its floor', samples: over, unit: 'ms' }, { name: `ExecSync, ${CONCURRENCY} at once`, samples: [rate], unit: 'per second' }],
    figures: { exec_p50: { value: median(own), unit: 'ms', floor: median(floor) }, exec_over_floor_p50: { value: median(over), unit: 'ms', floor: 0 } },
    notes: [runtime.name, 'ExecSync and crun exec are measured in pairs, with turns at being first; what is over the floor is the median of their differences', spread('over the floor', over, 'ms')],
  };
}

/** Calls per second with CONCURRENCY of them under way. */
async function rateOf(call: () => Promise<unknown>, count: number): Promise<number> {
  const begun = performance.now();
  const worker = async (): Promise<void> => { for (let n = 0; n < Math.ceil(count / CONCURRENCY); n++) await call(); };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  return Math.ceil(count / CONCURRENCY) * CONCURRENCY / (performance.now() - begun) * 1000;
}
