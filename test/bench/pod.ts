/** How long until a pod runs: the three calls on a bridge network, against plugins and crun alone. */
import { mkdtemp, rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { createContainerFloor } from './floor-container.ts';
import { createNetworkFloor } from './floor-network.ts';
import type { BenchOptions } from './options.ts';
import { differences, inTurn, SETTLE_MS, spread } from './pairs.ts';
import { removePod, startPod, type BenchPod } from './pods.ts';
import { median, type Outcome, type Row } from './report.ts';
import { runtimeUnderTest } from './runtime.ts';
import { createStopwatch } from './stopwatch.ts';

/** Not counted: caches fill, code is compiled. */
const WARM_UP = 3;

export async function benchPod(options: BenchOptions): Promise<Outcome> {
  await using running = new AsyncDisposableStack();
  const directory = await mkdtemp('/tmp/bench-pod-');
  running.defer(() => rm(directory, { recursive: true, force: true }));
  const stopwatch = running.use(await createStopwatch());
  const network = running.use(await createNetworkFloor(directory, stopwatch));
  const containers = running.use(await createContainerFloor(directory, stopwatch));
  const runtime = running.use(await runtimeUnderTest(options));
  await runtime.client.call('PullImage', { image: { image: options.image } });

  const of = { run: [], create: [], start: [], ready: [], gone: [], plugins: [], crunCreate: [], crunStart: [], floor: [], del: [] } as Record<string, number[]>;
  const note = (times: Readonly<Record<string, number>>): void => { for (const [name, ms] of Object.entries(times)) of[name]?.push(ms); };
  const round = async (n: number): Promise<Record<string, number>> => {
    const id = `floor${n + WARM_UP}`;
    const times: Record<string, number> = {};
    const made: BenchPod[] = [];
    const netns = await network.prepare(id);
    const startFloor = async (): Promise<void> => {
      const plugins = await network.add(id);
      const [crunCreate, crunStart] = [await containers.create(id, netns), await containers.start(id)];
      Object.assign(times, { plugins, crunCreate, crunStart, floor: plugins + crunCreate + crunStart });
    };
    const startOwn = async (): Promise<void> => {
      const pod = await startPod(runtime, options);
      made.push(pod);
      const { run, create, start } = pod;
      Object.assign(times, { run, create, start, ready: run + create + start });
    };
    await delay(SETTLE_MS);
    await inTurn(n, startFloor, startOwn);
    await containers.remove(id);
    times['del'] = await network.del(id);
    await network.remove(id);
    await delay(SETTLE_MS);
    for (const pod of made) times['gone'] = await removePod(runtime, pod);
    return times;
  };
  for (let n = -WARM_UP; n < options.count; n++) {
    const times = await round(n);
    if (n >= 0) note(times);
  }
  const over = differences(of['ready'] ?? [], of['floor'] ?? []);
  const row = (name: string, key: string): Row => ({ name, samples: of[key] ?? [], unit: 'ms' });
  return {
    rows: [
      row('RunPodSandbox', 'run'), row('CreateContainer', 'create'), row('StartContainer', 'start'), row('pod ready', 'ready'), row('pod gone (Stop, Remove)', 'gone'),
      row('floor: CNI plugins, ADD', 'plugins'), row('floor: crun create, ready seccomp', 'crunCreate'), row('floor: crun start', 'crunStart'), row('floor: pod ready', 'floor'), row('floor: CNI plugins, DEL', 'del'),
      { name: 'pod ready over its floor', samples: over, unit: 'ms' },
    ],
    figures: { pod_ready_p50: { value: median(of['ready'] ?? []), unit: 'ms', floor: median(of['floor'] ?? []) }, pod_over_floor_p50: { value: median(over), unit: 'ms', floor: 0 } },
    notes: [
      runtime.name, 'a pod and its floor are measured in pairs, with turns at being first; what is over the floor is the median of their differences', spread('over the floor', over, 'ms'),
      'the floor\'s network is a bridge with host-local and portmap; a runtime behind --socket has its own',
    ],
  };
}
