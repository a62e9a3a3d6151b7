/** Reading the state of a full node: how long each call takes, and what polling as kubelet does costs the daemon. */
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { runtime as proto, type CriClient } from '#cri';
import { openRawSession, type RawSession } from '../harness/index.ts';
import { timeOfAnswer, timeOfFiles } from './floor-list.ts';
import type { BenchOptions } from './options.ts';
import { addContainer, removePod, startPod, type BenchPod } from './pods.ts';
import { listenerOf, rssBytes } from './processes.ts';
import { median, quantile, type Outcome, type Row } from './report.ts';
import { runtimeUnderTest, type RuntimeUnderTest } from './runtime.ts';

const CONTAINERS_PER_POD = 5;
/** Short: the daemon's own caches of a second do not answer for the whole bench. */
const PAUSE_MS = 20;
/** Every so often one round is made a good while after the last, as kubelet's are: whatever is kept for a while is gone then. */
const LONG_PAUSE_MS = 1100;
const LONG_PAUSE_EVERY = 10;
/** Before the clock runs: code is compiled. */
const WARM_ROUNDS = 20;
const POLL_SECONDS = 30;
/** kubelet lists pods and containers every second, and reads statistics every ten. */
const STATS_EVERY_S = 10;
/** Of the times in /proc: USER_HZ. */
const TICKS_PER_SECOND = 100;
const FLOOR_PASSES = 10;
const MB = 1024 * 1024;

const EMPTY = new Uint8Array();

interface Timed { readonly name: string; readonly request: Uint8Array; readonly times: number[]; bytes: number }

export async function benchList(options: BenchOptions): Promise<Outcome> {
  await using running = new AsyncDisposableStack();
  const runtime = running.use(await runtimeUnderTest(options));
  const { client } = runtime;
  await client.call('PullImage', { image: { image: options.image } });
  const pods: BenchPod[] = [];
  running.defer(async () => { for (const pod of pods) await removePod(runtime, pod); });
  await fill(runtime, options, pods);
  const { containerId } = pods[0] ?? { containerId: '' };
  const requests = { ContainerStatus: proto.v1.ContainerStatusRequest.encode({ containerId }).finish() };
  const calls = Object.entries({ ListContainers: EMPTY, ListPodSandbox: EMPTY, ListContainerStats: EMPTY, ...requests, Version: EMPTY }).map(([name, request]): Timed => ({ name, request, times: [], bytes: 0 }));
  using session = openRawSession(runtime.socket);
  for (let n = -WARM_ROUNDS; n < options.count; n++) await round(session, calls, n);
  const beside = await besideStatistics(runtime.socket, options.count);
  const daemon = listenerOf(runtime.socket);
  const polled = await pollCpu(client, daemon);
  const versions = await versionCpu(client, daemon, polled.calls);
  const floors = await measureFloors(client, calls, options.count);
  const listed = calls.filter(({ name }) => name !== 'Version');
  return {
    rows: [...calls.map(({ name, times, bytes }) => ({ name: `${name}, ${bytes} bytes`, samples: times, unit: 'ms' })), { name: 'Version while ListContainerStats is under way', samples: beside, unit: 'ms' }, ...floors,
      { name: 'daemon, RSS after all calls', samples: [rssBytes(daemon) / MB], unit: 'MiB' }],
    figures: {
      list_p99: { value: Math.max(...listed.map(({ times }) => quantile(times, 0.99))), unit: 'ms', floor: floors.reduce((sum, { samples }) => sum + median(samples), 0) },
      poll_cpu: { value: polled.share * 100, unit: '% of a core', floor: Math.max(versions * 100, 1 / TICKS_PER_SECOND) },
    },
    notes: [
      runtime.name, `${pods.length} pods with ${CONTAINERS_PER_POD} containers each; polled for ${POLL_SECONDS} s`,
      'a time ends when the whole answer has come; what a client does to decode it is its own',
      'list_p99 is that of the slowest of the four calls; its floor: both floors above together. poll_cpu: as many of the smallest calls',
    ],
  };
}

async function fill(runtime: RuntimeUnderTest, options: BenchOptions, pods: BenchPod[]): Promise<void> {
  for (let n = 0; n < options.pods; n++) {
    const pod = await startPod(runtime, options);
    pods.push(pod);
    for (let more = 1; more < CONTAINERS_PER_POD; more++) await addContainer(runtime, pod, `sleep-${more}`, options);
  }
}

/** Each call once, another one first in each round. Rounds below zero are not counted. */
async function round(session: RawSession, calls: readonly Timed[], n: number): Promise<void> {
  await delay(n % LONG_PAUSE_EVERY === 0 ? LONG_PAUSE_MS : PAUSE_MS);
  const first = Math.abs(n) % calls.length;
  for (const call of [...calls.slice(first), ...calls.slice(0, first)]) {
    const begun = performance.now();
    const { grpcStatus, message, bytes } = await session.call(`RuntimeService/${call.name}`, call.request);
    if (n >= 0) call.times.push(performance.now() - begun);
    if (grpcStatus !== '0') throw new Error(`${call.name}: status ${grpcStatus}: ${message}`);
    call.bytes = bytes;
  }
}

/** How long the smallest call takes on another connection while statistics are read anew. */
async function besideStatistics(socket: string, count: number): Promise<number[]> {
  using statistics = openRawSession(socket);
  using other = openRawSession(socket);
  const times: number[] = [];
  for (let n = 0; n < count / LONG_PAUSE_EVERY; n++) {
    await delay(LONG_PAUSE_MS);
    let isOver = false;
    const listed = statistics.call('RuntimeService/ListContainerStats', EMPTY).finally(() => { isOver = true; });
    while (!isOver) {
      const begun = performance.now();
      await other.call('RuntimeService/Version', EMPTY);
      times.push(performance.now() - begun);
    }
    await listed;
  }
  return times;
}

/** Reading the files, and answering as much, of the call that does both. */
async function measureFloors(client: CriClient, calls: readonly Timed[], count: number): Promise<Row[]> {
  const { containers } = await client.call('ListContainers', {});
  const pids: number[] = [];
  for (const { id } of containers) {
    const { info } = await client.call('ContainerStatus', { containerId: id, verbose: true });
    const { pid } = JSON.parse(info['info'] ?? '{}') as { pid?: number };
    if (pid !== undefined) pids.push(pid);
  }
  const bytes = calls.find(({ name }) => name === 'ListContainerStats')?.bytes ?? 0;
  return [
    { name: `floor: reading the cgroup files of ${pids.length} containers, one thread`, samples: await timeOfFiles(pids, FLOOR_PASSES), unit: 'ms' },
    { name: `floor: a bare HTTP/2 server that answers ${bytes} bytes`, samples: await timeOfAnswer(bytes, count), unit: 'ms' },
  ];
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
