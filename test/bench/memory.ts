/** What the runtime itself takes with many pods: the daemon, and whatever else it keeps running for them. */
import { setTimeout as delay } from 'node:timers/promises';
import { measureMemoryFloor } from './floor-memory.ts';
import type { BenchOptions } from './options.ts';
import { removePod, startPod, type BenchPod } from './pods.ts';
import { measureMonitors } from './monitor-memory.ts';
import { descendantsOf, hostProcesses, listenerOf, memoryCgroupOf, pssBytes, rssBytes, type HostProcess } from './processes.ts';
import { median, type Outcome } from './report.ts';
import { runtimeUnderTest, type RuntimeUnderTest } from './runtime.ts';

/** After the last pod: garbage is collected, idle connections are closed. */
const SETTLE_MS = 5000;
const MEASURED_MONITORS = 10;
const KB = 1024;
const MB = 1024 * 1024;

export async function benchMemory(options: BenchOptions): Promise<Outcome> {
  const floor = await measureMemoryFloor();
  // The first start after a change compiles, and keeps the compiler's memory; those after it find what it left on disk.
  if (options.socket === undefined) await (await runtimeUnderTest(options))[Symbol.asyncDispose]();
  await using running = new AsyncDisposableStack();
  const runtime = running.use(await runtimeUnderTest(options));
  await runtime.client.call('PullImage', { image: { image: options.image } });
  const daemon = listenerOf(runtime.socket);
  const empty = { rss: rssBytes(daemon), processes: new Set(hostProcesses().map(({ pid }) => pid)) };
  const pods: BenchPod[] = [];
  running.defer(() => removeAll(runtime, pods));
  for (let n = 0; n < options.pods; n++) pods.push(await startPod(runtime, options));
  await delay(SETTLE_MS);

  const helpers = hostProcesses().filter(({ pid }) => !empty.processes.has(pid));
  const family = [daemon, ...descendantsOf(daemon)];
  const daemonRss = rssBytes(daemon);
  const monitors = await allIn(options, helpers);
  const pss = [...new Set([...family, ...helpers.map(({ pid }) => pid)])].map(pssBytes);
  const total = pss.reduce((sum, bytes) => sum + bytes, 0);
  return {
    rows: [
      { name: 'daemon, RSS, no pods', samples: [empty.rss / MB], unit: 'MiB' }, { name: `daemon, RSS, ${options.pods} pods`, samples: [daemonRss / MB], unit: 'MiB' },
      { name: 'monitor, all in, by its memory cgroup', samples: monitors.bytes.map((bytes) => bytes / KB), unit: 'KiB' },
      { name: 'helper process, PSS', samples: helpers.map(({ pid }) => pssBytes(pid) / KB), unit: 'KiB' },
      { name: 'all processes of the runtime, PSS', samples: [total / MB], unit: 'MiB' },
    ],
    figures: {
      daemon_rss: { value: daemonRss / MB, unit: 'MiB', floor: floor.nodeRss / MB },
      monitor_all_in: { value: median(monitors.bytes) / KB, unit: 'KiB', floor: floor.waiterAllIn / KB },
      total_pss: { value: total / MB, unit: 'MiB', floor: (floor.nodePss + options.pods * floor.waiterPss) / MB },
    },
    notes: [
      runtime.name, `${helpers.length} helper processes for ${options.pods} pods${helpers[0] ? `, the first: ${helpers[0].command.slice(0, 120)}` : ''}`, monitors.note,
      'floors: a Node that does nothing; a static C process that waits, in a memory cgroup of its own',
    ],
  };
}

/**
 * davit's monitors share its cgroup: some more of them are measured alone. Another runtime's helpers count by their
 * memory cgroups if those hold nothing else, and by PSS if not.
 */
async function allIn(options: BenchOptions, helpers: readonly HostProcess[]): Promise<{ bytes: readonly number[]; note: string }> {
  if (options.socket === undefined) return { bytes: await measureMonitors(MEASURED_MONITORS), note: `${MEASURED_MONITORS} monitors were measured in memory cgroups of their own, with a runtime that does nothing` };
  const pids = new Set(helpers.map(({ pid }) => pid));
  const cgroups = new Map(helpers.flatMap(({ pid }) => memoryCgroupOf(pid) ?? []).map((cgroup) => [cgroup.path, cgroup]));
  const own = [...cgroups.values()].filter((cgroup) => cgroup.pids.length > 0 && cgroup.pids.every((pid) => pids.has(pid)));
  if (own.length === 0) return { bytes: helpers.map(({ pid }) => pssBytes(pid)), note: 'no helper has a memory cgroup of its own: monitor_all_in is PSS, without kernel memory' };
  return { bytes: own.flatMap(({ bytes, pids: inside }) => inside.map(() => bytes / inside.length)), note: `${own.length} memory cgroups hold helpers only` };
}

async function removeAll(runtime: RuntimeUnderTest, pods: readonly BenchPod[]): Promise<void> {
  for (const pod of pods) await removePod(runtime, pod);
}
