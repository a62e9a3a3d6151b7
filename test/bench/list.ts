/** Reading the state of a full node: how long each call takes, and what polling as kubelet does costs the daemon. */
import { setTimeout as delay } from 'node:timers/promises';
import { runtime as proto, type CriClient } from '#cri';
import { openRawSession, type RawSession } from '../harness/index.ts';
import { timeOfAnswer, timeOfFiles } from './floor-list.ts';
import { cpuSeconds, FROM_CRI, KUBELET_POLLS, POLL_NOTE, polledShare, TICKS_PER_SECOND } from './kubelet-polls.ts';
import { LIST_FIGURES } from './figures.ts';
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
/** Before the clock runs: code is compiled, and containers have slept for as long as davit wants before it reads less of them (ADR 37). */
const WARM_ROUNDS = 20;
const WARM_MS = 12_000;
/** Whole periods of every poll. */
const POLL_SECONDS = 60;
const FROM_CRI_SECONDS = 30;
const METRICS_CALLS = 10;
const IDLE_SECONDS = 20;
const FLOOR_PASSES = 10;
const MB = 1024 * 1024;

const EMPTY = new Uint8Array();
/** Those that list_p99 is of. */
const GOAL_CALLS = new Set(['ListContainers', 'ListPodSandbox', 'ListContainerStats', 'ContainerStatus']);

interface Timed { readonly name: string; readonly request: Uint8Array; readonly times: number[]; readonly afterPause: number[]; bytes: number }
interface Asked { readonly runtime: RuntimeUnderTest; readonly daemon: number; readonly session: RawSession; readonly calls: readonly Timed[]; readonly options: BenchOptions }
type Part = Pick<Outcome, 'rows' | 'figures'>;

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
  const calls = Object.entries({ ListContainers: EMPTY, ListPodSandbox: EMPTY, ListContainerStats: EMPTY, ...requests, ListPodSandboxStats: EMPTY, Version: EMPTY }).map(([name, request]): Timed => ({ name, request, times: [], afterPause: [], bytes: 0 }));
  using session = openRawSession(runtime.socket);
  const begun = performance.now();
  for (let n = -WARM_ROUNDS; n < 0 || performance.now() - begun < WARM_MS; n++) await round(session, calls, Math.min(n, -1));
  const daemon = listenerOf(runtime.socket);
  const asked = { runtime, daemon, session, calls, options };
  const wants = (figure: string): boolean => options.figures.includes(figure);
  const parts: Part[] = [];
  if (wants('list_p99')) parts.push(await listTimes(asked));
  if (LIST_FIGURES.every(wants)) parts.push(await otherTimes(asked));
  if (wants('poll_cpu')) parts.push(await pollCosts(asked));
  return {
    rows: [...parts.flatMap(({ rows }) => rows), { name: 'daemon, RSS after all calls', samples: [rssBytes(daemon) / MB], unit: 'MiB' }],
    figures: Object.fromEntries(parts.flatMap(({ figures }) => Object.entries(figures))),
    notes: [
      runtime.name, `${pods.length} pods with ${CONTAINERS_PER_POD} containers each; polled for ${POLL_SECONDS} s`, POLL_NOTE,
      'a time ends when the whole answer has come; what a client does to decode it is its own',
      'containers sleep, but for the row that says that every one has run: of one that sleeps davit reads one file, and two of its pod, of one that has run nine; list_p99 is of those that sleep',
      'statistics are read anew when they are older than 0.4 s, as after the long pause before every tenth round: "read anew" is of those rounds alone',
      'list_p99 is that of the slowest of ListContainers, ListPodSandbox, ListContainerStats and ContainerStatus; its floor: both floors above together. poll_cpu: as many of the smallest calls',
    ],
  };
}

async function listTimes({ runtime, session, calls, options }: Asked): Promise<Part> {
  for (let n = 0; n < options.count; n++) await round(session, calls, n);
  const pids = await processes(runtime.client);
  const run = await afterRunning(session, pids, options.count);
  const floors = await measureFloors(pids, calls, options.count);
  const listed = calls.filter(({ name }) => GOAL_CALLS.has(name));
  return {
    rows: [...calls.map(({ name, times, bytes }) => ({ name: `${name}, ${bytes} bytes`, samples: times, unit: 'ms' })),
      ...calls.filter(({ name }) => name.endsWith('Stats')).map(({ name, afterPause }) => ({ name: `${name}, read anew`, samples: afterPause, unit: 'ms' })),
      { name: 'ListContainerStats, read anew, every container has run', samples: run, unit: 'ms' }, ...floors],
    figures: { list_p99: { value: Math.max(...listed.map(({ times }) => quantile(times, 0.99))), unit: 'ms', floor: floors.reduce((sum, { samples }) => sum + median(samples), 0) } },
  };
}

/** What no figure is of. */
async function otherTimes({ runtime, daemon, session, options }: Asked): Promise<Part> {
  const metrics = await metricsTimes(session);
  const beside = await besideStatistics(runtime.socket, options.count);
  const fromCri = await polledShare(runtime.socket, daemon, [...KUBELET_POLLS, FROM_CRI], FROM_CRI_SECONDS);
  const idle = await idleShare(daemon);
  return {
    rows: [{ name: `ListPodSandboxMetrics, ${metrics.bytes} bytes`, samples: metrics.times, unit: 'ms' }, { name: 'Version while ListContainerStats is under way', samples: beside, unit: 'ms' },
      { name: 'CPU, and with metrics and statistics of pods each ten seconds', samples: [fromCri.share * 60], unit: 's per minute' }, { name: 'CPU while nobody asks', samples: [idle * 60], unit: 's per minute' }],
    figures: {},
  };
}

async function pollCosts({ runtime, daemon }: Asked): Promise<Part> {
  const polled = await polledShare(runtime.socket, daemon, KUBELET_POLLS, POLL_SECONDS);
  const versions = await versionCpu(runtime.client, daemon, polled.calls);
  return {
    rows: [{ name: 'CPU as kubelet polls', samples: [polled.share * 60], unit: 's per minute' }],
    figures: { poll_cpu: { value: polled.share * 100, unit: '% of a core', floor: Math.max(versions * 100, 1 / TICKS_PER_SECOND) } },
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
    const took = performance.now() - begun;
    if (n >= 0) call.times.push(took);
    if (n >= 0 && n % LONG_PAUSE_EVERY === 0) call.afterPause.push(took);
    if (grpcStatus !== '0') throw new Error(`${call.name}: status ${grpcStatus}: ${message}`);
    call.bytes = bytes;
  }
}

async function metricsTimes(session: RawSession): Promise<{ times: number[]; bytes: number }> {
  const call: Timed = { name: 'ListPodSandboxMetrics', request: EMPTY, times: [], afterPause: [], bytes: 0 };
  for (let n = 0; n < METRICS_CALLS; n++) await round(session, [call], n);
  return call;
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

/** Of statistics of which nothing is known from before: each container's process runs for a moment, which changes what is not read of one that sleeps. */
async function afterRunning(session: RawSession, pids: readonly number[], count: number): Promise<number[]> {
  const call: Timed = { name: 'ListContainerStats', request: EMPTY, times: [], afterPause: [], bytes: 0 };
  for (let n = 0; n < count / LONG_PAUSE_EVERY; n++) {
    for (const signal of ['SIGSTOP', 'SIGCONT'] as const) for (const pid of pids) process.kill(pid, signal);
    await round(session, [call], n * LONG_PAUSE_EVERY);
  }
  return call.times;
}

/** Of every container its first. */
async function processes(client: CriClient): Promise<number[]> {
  const { containers } = await client.call('ListContainers', {});
  const pids: number[] = [];
  for (const { id } of containers) {
    const { info } = await client.call('ContainerStatus', { containerId: id, verbose: true });
    const { pid } = JSON.parse(info['info'] ?? '{}') as { pid?: number };
    if (pid !== undefined) pids.push(pid);
  }
  return pids;
}

/** Reading the files, and answering as much, of the call that does both. */
async function measureFloors(pids: readonly number[], calls: readonly Timed[], count: number): Promise<Row[]> {
  const bytes = calls.find(({ name }) => name === 'ListContainerStats')?.bytes ?? 0;
  return [
    { name: `floor: reading the cgroup files of ${pids.length} containers, one thread`, samples: await timeOfFiles(pids, FLOOR_PASSES), unit: 'ms' },
    { name: `floor: a bare HTTP/2 server that answers ${bytes} bytes`, samples: await timeOfAnswer(bytes, count), unit: 'ms' },
  ];
}

/** What as many of the smallest calls cost, as a share of a core over the same time. */
async function versionCpu(client: CriClient, daemon: number, calls: number): Promise<number> {
  const before = cpuSeconds(daemon);
  for (let n = 0; n < calls; n++) await client.call('Version', {});
  return (cpuSeconds(daemon) - before) / POLL_SECONDS;
}

/** The daemon's share of a core while nobody asks anything. */
async function idleShare(daemon: number): Promise<number> {
  const before = cpuSeconds(daemon);
  await delay(IDLE_SECONDS * 1000);
  return (cpuSeconds(daemon) - before) / IDLE_SECONDS;
}
