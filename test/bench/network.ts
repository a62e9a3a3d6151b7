/** davit's own time around ADD and DEL: the calls of lib/cni by the daemon's launcher, against the same plugins run by a shell. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createCni, type Attachment } from '#cni';
import { createLauncher } from '#conmon';
import { MNT_DETACH, umount, type ProcessRunner } from '#linux';
import { silentLogger } from '#log';
import { createNetwork } from '../harness/network.ts';
import { CNI_PLUGIN_DIRECTORY, ROOT } from '../harness/places.ts';
import { createNetworkFloor, NOTHING } from './floor-network.ts';
import type { BenchOptions } from './options.ts';
import { differences, inTurn, SETTLE_MS, spread } from './pairs.ts';
import { median, type Outcome, type Row } from './report.ts';
import { createStopwatch } from './stopwatch.ts';

/** Not counted. */
const WARM_UP = 5;
const TIMEOUT_MS = 60_000;
const NETWORK_NUMBER = 65_400;
/** Of the harness's network: bridge (which runs host-local itself) and portmap. */
const PLUGINS = 2;

export async function benchNetwork(options: BenchOptions): Promise<Outcome> {
  await using running = new AsyncDisposableStack();
  const directory = await mkdtemp('/tmp/bench-network-');
  running.defer(() => rm(directory, { recursive: true, force: true }));
  for (const part of ['ns', 'floor', 'state']) await mkdir(join(directory, part));
  const stopwatch = running.use(await createStopwatch());
  const floor = running.use(await createNetworkFloor(join(directory, 'floor'), stopwatch));
  const network = await createNetwork(directory, NETWORK_NUMBER);
  running.defer(() => network.dispose());
  const launcher = running.use(await createLauncher({ binary: join(ROOT, 'build/davit-monitor'), lockFile: join(directory, 'launcher.lock'), log: silentLogger }));
  const waiting = timed(launcher);
  const cni = running.use(await createCni({ confDir: network.confDir, pluginDirs: [CNI_PLUGIN_DIRECTORY], cacheDir: join(directory, 'state'), runner: waiting, log: silentLogger }));

  const of = { add: [], del: [], addPlugins: [], delPlugins: [], addInside: [], delInside: [], nothing: [], shellNothing: [] } as Record<string, number[]>;
  const note = (times: Readonly<Record<string, number>>): void => { for (const [name, ms] of Object.entries(times)) of[name]?.push(ms); };
  const round = async (n: number): Promise<Record<string, number>> => {
    // The plugins' chains of the firewall are named after both networks' common name and the sandbox.
    const [id, floorId] = [`sandbox${n + WARM_UP}`, `floor${n + WARM_UP}`];
    const times: Record<string, number> = {};
    const wanted: Attachment = { sandboxId: id, netnsPath: join(directory, 'ns', id), ifName: 'eth0', pod: { name: id, namespace: 'bench', uid: id }, portMappings: [] };
    const call = async (name: 'add' | 'del'): Promise<void> => { [times[name] = 0, times[`${name}Inside`] = 0] = await waiting.measure(() => cni[name](wanted, { signal: AbortSignal.timeout(TIMEOUT_MS) })); };
    await writeFile(wanted.netnsPath, '');
    await stopwatch.run('unshare', `--net=${wanted.netnsPath}`, 'true');
    await floor.prepare(floorId);
    await delay(SETTLE_MS);
    await inTurn(n, async () => { times['addPlugins'] = await floor.add(floorId); }, () => call('add'));
    await inTurn(n, async () => { times['delPlugins'] = await floor.del(floorId); }, () => call('del'));
    umount(wanted.netnsPath, MNT_DETACH);
    await floor.remove(floorId);
    await inTurn(n, async () => { times['shellNothing'] = await floor.nothing(PLUGINS); }, async () => {
      const begun = performance.now();
      for (let plugin = 0; plugin < PLUGINS; plugin++) await launcher.run({ file: NOTHING, args: [], env: {}, timeoutMs: TIMEOUT_MS }, { signal: AbortSignal.timeout(TIMEOUT_MS) });
      times['nothing'] = performance.now() - begun;
    });
    return times;
  };
  for (let n = -WARM_UP; n < options.count; n++) {
    const times = await round(n);
    if (n >= 0) note(times);
  }
  const over = { add: differences(of['add'] ?? [], of['addPlugins'] ?? []), del: differences(of['del'] ?? [], of['delPlugins'] ?? []) };
  // Plugins wait for the kernel, DEL's now ten milliseconds longer and now shorter, which says nothing about who has started them.
  const starting = differences(of['nothing'] ?? [], of['shellNothing'] ?? []);
  const own = { add: sums(of['addInside'] ?? [], starting), del: sums(of['delInside'] ?? [], starting) };
  const row = (name: string, key: string): Row => ({ name, samples: of[key] ?? [], unit: 'ms' });
  return {
    rows: [
      row('ADD', 'add'), row('DEL', 'del'), row('ADD, without waiting for plugins', 'addInside'), row('DEL, without waiting for plugins', 'delInside'),
      row('floor: plugins by a shell, ADD', 'addPlugins'), row('floor: plugins by a shell, DEL', 'delPlugins'), row(`launcher, ${PLUGINS} times true`, 'nothing'), row(`shell, ${PLUGINS} times true`, 'shellNothing'),
      { name: "ADD, davit's own time", samples: own.add, unit: 'ms' }, { name: "DEL, davit's own time", samples: own.del, unit: 'ms' },
      { name: 'ADD over its floor', samples: over.add, unit: 'ms' }, { name: 'DEL over its floor', samples: over.del, unit: 'ms' },
    ],
    figures: {
      cni_overhead_p50: { value: Math.max(median(own.add), median(own.del)), unit: 'ms', floor: 0 },
      cni_over_floor_p50: { value: Math.max(median(over.add), median(over.del)), unit: 'ms', floor: 0 },
    },
    notes: [
      'the shell is there before the plugins and runs them with its files as their input and output, on a bridge network and in namespaces of the same kind',
      'davit and shell are measured in pairs, one right after the other, with turns at being first',
      'cni_overhead_p50: what davit does while it waits for no plugin, and what its launcher takes longer than the shell for as many programs that do nothing; cni_over_floor_p50: the differences with the plugins in them; the larger one of ADD and DEL each',
      spread("ADD, davit's own time", own.add, 'ms'), spread("DEL, davit's own time", own.del, 'ms'),
      spread('ADD over its floor', over.add, 'ms'), spread('DEL over its floor', over.del, 'ms'),
    ],
  };
}

/** Round by round. */
function sums(one: readonly number[], other: readonly number[]): number[] {
  return one.map((ms, round) => ms + (other[round] ?? 0));
}

interface TimedRunner extends ProcessRunner {
  /** @returns milliseconds of `work`, and those of it in which no program was waited for */
  measure(work: () => Promise<unknown>): Promise<[number, number]>;
}

function timed(runner: ProcessRunner): TimedRunner {
  let waited = 0;
  return {
    run: async (spec, options) => {
      const begun = performance.now();
      try { return await runner.run(spec, options); } finally { waited += performance.now() - begun; }
    },
    measure: async (work) => {
      waited = 0;
      const begun = performance.now();
      await work();
      const ms = performance.now() - begun;
      return [ms, ms - waited];
    },
  };
}
