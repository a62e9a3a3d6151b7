/** Reading the state of a full node: how long each call takes, and what polling as kubelet does costs the daemon. */
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { CriClient } from '#cri';
import type { BenchOptions } from './options.ts';
import { addContainer, removePod, startPod, type BenchPod } from './pods.ts';
import { listenerOf } from './processes.ts';
import { quantile, type Outcome } from './report.ts';
import { runtimeUnderTest } from './runtime.ts';

const CONTAINERS_PER_POD = 5;
/** Short: the daemon's own caches of a second do not answer for the whole bench. */
const PAUSE_MS = 20;
/** Every so often one call is made a good while after the last, as kubelet's are. */
const LONG_PAUSE_MS = 1100;
const LONG_PAUSE_EVERY = 10;
const POLL_SECONDS = 30;
/** kubelet lists pods and containers every second, and reads statistics every ten. */
const STATS_EVERY_S = 10;
/** Of the times in /proc: USER_HZ. */
const TICKS_PER_SECOND = 100;

type Calls = Readonly<Record<string, (client: CriClient) => Promise<unknown>>>;

export async function benchList(options: BenchOptions): Promise<Outcome> {
  await using running = new AsyncDisposableStack();
  const runtime = running.use(await runtimeUnderTest(options));
  const { client } = runtime;
  await client.call('PullImage', { image: { image: options.image } });
  const pods: BenchPod[] = [];
  running.defer(async () => { for (const pod of pods) await removePod(runtime, pod); });
  for (let n = 0; n < options.pods; n++) {
    const pod = await startPod(runtime, options);
    pods.push(pod);
    for (let more = 1; more < CONTAINERS_PER_POD; more++) await addContainer(runtime, pod, `sleep-${more}`, options);
  }
  const { containerId } = pods[0] ?? { containerId: '' };
  const calls: Calls = {
    ListContainers: (c) => c.call('ListContainers', {}), ListPodSandbox: (c) => c.call('ListPodSandbox', {}),
    ListContainerStats: (c) => c.call('ListContainerStats', {}), ContainerStatus: (c) => c.call('ContainerStatus', { containerId }), Version: (c) => c.call('Version', {}),
  };
  const samples = new Map<string, number[]>();
  for (const [name, call] of Object.entries(calls)) samples.set(name, await timed(client, call, options.count));
  const daemon = listenerOf(runtime.socket);
  const polled = await pollCpu(client, daemon);
  const floor = await versionCpu(client, daemon, polled.calls);
  const p99 = Math.max(...[...samples].filter(([name]) => name !== 'Version').map(([, times]) => quantile(times, 0.99)));
  return {
    rows: [...samples].flatMap(([name, times]) => [{ name, samples: times, unit: 'ms' }, { name: `${name}, p99`, samples: [quantile(times, 0.99)], unit: 'ms' }]),
    figures: {
      list_p99: { value: p99, unit: 'ms', floor: quantile(samples.get('Version') ?? [], 0.99) },
      poll_cpu: { value: polled.share * 100, unit: '% of a core', floor: Math.max(floor * 100, 1 / TICKS_PER_SECOND) },
    },
    notes: [runtime.name, `${pods.length} pods with ${CONTAINERS_PER_POD} containers each; polled for ${POLL_SECONDS} s`, 'list_p99 is that of the slowest of the four calls; floors: Version, the smallest call, as often'],
  };
}

async function timed(client: CriClient, call: (client: CriClient) => Promise<unknown>, count: number): Promise<number[]> {
  const times: number[] = [];
  await call(client);
  for (let n = 0; n < count; n++) {
    await delay(n % LONG_PAUSE_EVERY === 0 ? LONG_PAUSE_MS : PAUSE_MS);
    const begun = performance.now();
    await call(client);
    times.push(performance.now() - begun);
  }
  return times;
}

/** The daemon's share of a core while it is polled. */
async function pollCpu(client: CriClient, daemon: number): Promise<{ share: number; calls: number }> {
  const [begun, before] = [performance.now(), cpuSeconds(daemon)];
  let calls = 0;
  for (let second = 0; second < POLL_SECONDS; second++) {
    await Promise.all([client.call('ListPodSandbox', {}), client.call('ListContainers', {})]);
    calls += 2;
    if (second % STATS_EVERY_S === 0) {
      await Promise.all([client.call('ListContainerStats', {}), client.call('ListPodSandboxStats', {}), client.call('ImageFsInfo', {}), client.call('Status', {})]);
      calls += 4;
    }
    await delay(Math.max(0, (second + 1) * 1000 - (performance.now() - begun)));
  }
  return { share: (cpuSeconds(daemon) - before) / ((performance.now() - begun) / 1000), calls };
}

/** What as many of the smallest calls cost, as a share of a core over the same time. */
async function versionCpu(client: CriClient, daemon: number, calls: number): Promise<number> {
  const before = cpuSeconds(daemon);
  for (let n = 0; n < calls; n++) await client.call('Version', {});
  return (cpuSeconds(daemon) - before) / POLL_SECONDS;
}

/** User and system time of all threads of a process. */
function cpuSeconds(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const [user, system] = text.slice(text.lastIndexOf(')') + 2).split(' ').slice(11, 13).map(Number);
  return ((user ?? 0) + (system ?? 0)) / TICKS_PER_SECOND;
}
