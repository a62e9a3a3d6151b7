/** How long until a pod runs: the three calls on a bridge network, against plugins and crun alone. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createContainerFloor } from './floor-container.ts';
import { createNetworkFloor } from './floor-network.ts';
import type { BenchOptions } from './options.ts';
import { removePod, startPod } from './pods.ts';
import { median, type Outcome, type Row } from './report.ts';
import { runtimeUnderTest } from './runtime.ts';
import { createStopwatch } from './stopwatch.ts';

/** Not counted: caches fill, code is compiled. */
const WARM_UP = 3;

/** Samples of runtime and floor take turns, so that both see the same moods of the host. */
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
  for (let n = -WARM_UP; n < options.count; n++) {
    const id = `floor${n + WARM_UP}`;
    const { ms: plugins, netns } = await network.add(id);
    const crunCreate = await containers.create(id, netns);
    const crunStart = await containers.start(id);
    await containers.remove(id);
    const del = await network.del(id);
    const pod = await startPod(runtime, options);
    const gone = await removePod(runtime, pod);
    if (n >= 0) note({ run: pod.run, create: pod.create, start: pod.start, ready: pod.run + pod.create + pod.start, gone, plugins, crunCreate, crunStart, floor: plugins + crunCreate + crunStart, del });
  }
  const row = (name: string, key: string): Row => ({ name, samples: of[key] ?? [], unit: 'ms' });
  return {
    rows: [
      row('RunPodSandbox', 'run'), row('CreateContainer', 'create'), row('StartContainer', 'start'), row('pod ready', 'ready'), row('pod gone (Stop, Remove)', 'gone'),
      row('floor: CNI plugins, ADD', 'plugins'), row('floor: crun create, ready seccomp', 'crunCreate'), row('floor: crun start', 'crunStart'), row('floor: pod ready', 'floor'), row('floor: CNI plugins, DEL', 'del'),
    ],
    figures: { pod_ready_p50: { value: median(of['ready'] ?? []), unit: 'ms', floor: median(of['floor'] ?? []) } },
    notes: [runtime.name, 'the floor\'s network is a bridge with host-local and portmap; a runtime behind --socket has its own'],
  };
}
