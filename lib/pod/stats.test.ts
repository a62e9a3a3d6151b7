import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import { NotFoundError } from '#errors';
import { fileReader, type CgroupReading, type CgroupStats } from '#linux';
import type { PodContext } from './context.ts';
import { containerConfig, podConfig } from './fake-node.ts';
import type { ContainerRecord, PodRecord } from './record.ts';
import { StatsReader } from './stats.ts';

const SECOND_NS = 1_000_000_000n;
/** What one pass may serve is younger. */
const LATER_MS = 1000;

const EXIT = { exitCode: 0, signal: 0, finishedAt: 9n, reason: '', message: '' };
const pod = (id: string, more: Partial<PodRecord> = {}): PodRecord => ({
  id, config: podConfig(`name-${id}`), runtimeHandler: '', runtime: { name: 'crun', path: '', root: '' }, createdAt: 1n, bootId: '', phase: 'ready', cgroupPath: `/${id}`, ownsCgroup: true,
  namespaces: {}, network: 'host', ips: [], released: false, ...more,
});
const container = (id: string, more: Partial<ContainerRecord> = {}): ContainerRecord => ({
  id, podId: 'p', config: containerConfig(`name-${id}`), imageId: '', imageRef: '', createdAt: 1n, bootId: '', phase: 'created', cgroupPath: `/p/${id}`, logPath: '', pid: process.pid, startedAt: 5n,
  stopSignal: '', mounts: [], resources: containerConfig().linux.resources, user: { uid: 0, gid: 0, supplementalGroups: [] }, released: false, ...more,
});

const STATS: CgroupStats = {
  timestampNs: 0n, cpuUsageNs: 0n, memory: { usage: 900n, workingSet: 700n, rss: 500n, limit: 1000n, pageFaults: 3n, majorPageFaults: 1n }, swap: { usage: 30n, limit: 100n }, pids: { current: 4n }, psi: undefined,
};

/** A node whose clock and cgroups the test moves. */
function scene(containers: readonly ContainerRecord[], pods: readonly PodRecord[] = [pod('p')]) {
  const cgroups = new Map<string, CgroupStats>([...pods, ...containers].map(({ cgroupPath }) => [cgroupPath, STATS]));
  const versions = new Map<string, number>();
  const passes: string[][] = [];
  /** Whose figures were made something of. */
  const made: string[] = [];
  const failure: { error?: Error } = {};
  /** What a pass takes, on the clock of the test. */
  const slow = { ms: 0 };
  const usages = new Map<string, () => Promise<{ bytes: number; inodes: number }>>();
  const context = {
    config: { root: '/root' },
    cgroups: { allStats: async (paths: string[]) => {
      passes.push(paths);
      clock += slow.ms;
      if (failure.error) throw failure.error;
      return paths.map((path): CgroupReading => {
        const stats = cgroups.get(path);
        return { timestampNs: stats?.timestampNs ?? 0n, version: versions.get(path), stats: () => { made.push(path); return stats; } };
      });
    } },
    storage: { rootfs: { usage: async (id: string) => usages.get(id)?.() ?? { bytes: 4096, inodes: 2 } } },
    readFiles: fileReader(), store: { pods, containers, containersOf: (id: string) => containers.filter((c) => c.podId === id) },
  } as unknown as PodContext;
  return { reader: new StatsReader(context), passes, made, failure, slow, usages, set: (path: string, stats: Partial<CgroupStats> | undefined, version?: number) => {
    if (version !== undefined) versions.set(path, version);
    if (stats) cgroups.set(path, { ...STATS, ...stats });
    else cgroups.delete(path);
  } };
}

let clock = 0;
beforeEach(() => {
  mock.restoreAll();
  clock = 1000;
  mock.method(performance, 'now', () => clock);
});

test('callers at the same time and soon after share one pass; later ones have one of their own', async () => {
  const all = [container('a'), container('b')];
  const { reader, passes } = scene(all);
  await Promise.all([reader.containers(all), reader.containers(all), reader.pods([pod('p')])]);
  assert.deepEqual(passes, [['/p/a', '/p/b'], ['/p']]);
  clock += 100;
  await reader.containers(all);
  assert.equal(passes.length, 2);
  clock += LATER_MS;
  await reader.containers(all);
  assert.deepEqual(passes.slice(2), [['/p/a', '/p/b']]);
});

test('what a pass says of a container is the same for all that ask, in whatever company', async () => {
  const all = [container('a'), container('b')];
  const { reader, set, passes } = scene(all);
  set('/p/a', { cpuUsageNs: 1n });
  await reader.containers(all);
  clock += LATER_MS;
  set('/p/a', { timestampNs: SECOND_NS, cpuUsageNs: 500_000_001n });
  const [first] = await reader.containers(all.slice(0, 1));
  assert.equal(first?.figures.cpu.usageNanoCores, 500_000_000n);
  set('/p/a', { timestampNs: 2n * SECOND_NS, cpuUsageNs: 7n });
  assert.deepEqual([await reader.containers(all), passes.at(-1)], [[first, (await reader.containers(all))[1]], ['/p/b']]);
  assert.deepEqual((await reader.pods([pod('p')]))[0]?.containers[0], first);
  assert.deepEqual(await reader.container(all[0] ?? assert.fail()), first);
});

test('who asks for the same containers again soon is told the same list, later and for others another', async () => {
  const all = [container('a'), container('b')];
  const { reader } = scene(all);
  const first = await reader.containers(all);
  assert.equal(await reader.containers(all), first);
  assert.deepEqual((await reader.containers(all.slice(0, 1))).map(({ figures }) => figures.attributes.id), ['a']);
  assert.deepEqual((await reader.containers(all.toReversed())).map(({ figures }) => figures.attributes.id), ['b', 'a']);
  clock += LATER_MS;
  assert.notEqual(await reader.containers(all), first);
});

test('pods and their containers are read in one pass', async () => {
  const { reader, passes } = scene([container('a'), container('gone', { exit: EXIT })]);
  const [stats] = await reader.pods([pod('p')]);
  assert.deepEqual([passes, stats?.processCount, stats?.containers.map((c) => c.figures.attributes.id)], [[['/p', '/p/a']], 4n, ['a']]);
});

test('a pass that takes longer than it may serve is not begun again by the call that began it', async () => {
  const { reader, passes, slow } = scene([container('a')]);
  slow.ms = LATER_MS;
  const [stats] = await reader.pods([pod('p')]);
  assert.deepEqual([passes.length, stats?.containers.length], [1, 1]);
});

test('a pass that fails is told to all that wait for it, and the next call begins another', async () => {
  const all = [container('a')];
  const { reader, failure } = scene(all);
  failure.error = new Error('EIO');
  assert.deepEqual((await Promise.allSettled([reader.containers(all), reader.containers(all)])).map((r) => r.status), ['rejected', 'rejected']);
  delete failure.error;
  assert.equal((await reader.containers(all)).length, 1);
});

test('the CPU rate is that between two readings, with the times of the readings', async () => {
  const all = [container('a')];
  const { reader, set } = scene(all);
  const read = async () => { clock += LATER_MS; return (await reader.containers(all))[0]; };
  set('/p/a', { timestampNs: 10n * SECOND_NS, cpuUsageNs: 4n * SECOND_NS });
  const told = async () => { const stats = await read(); return [stats?.timestamp, stats?.figures.cpu]; };
  assert.deepEqual(await told(), [10n * SECOND_NS, { usageCoreNanoSeconds: 4n * SECOND_NS, usageNanoCores: 0n, psi: undefined }]);
  set('/p/a', { timestampNs: 14n * SECOND_NS, cpuUsageNs: 6n * SECOND_NS });
  assert.deepEqual(await told(), [14n * SECOND_NS, { usageCoreNanoSeconds: 6n * SECOND_NS, usageNanoCores: SECOND_NS / 2n, psi: undefined }]);
  // Too soon for a rate of its own.
  set('/p/a', { timestampNs: 14n * SECOND_NS + 1000n, cpuUsageNs: 7n * SECOND_NS });
  assert.equal((await read())?.figures.cpu.usageNanoCores, SECOND_NS / 2n);
});

test('a counter that begins anew, as after a restart, gives no rate below zero', async () => {
  const all = [container('a')];
  const { reader, set } = scene(all);
  const read = async () => { clock += LATER_MS; return (await reader.containers(all))[0]?.figures.cpu; };
  set('/p/a', { timestampNs: SECOND_NS, cpuUsageNs: 50n * SECOND_NS });
  await read();
  set('/p/a', { timestampNs: 2n * SECOND_NS, cpuUsageNs: 1n });
  assert.deepEqual(await read(), { usageCoreNanoSeconds: 1n, usageNanoCores: 0n, psi: undefined });
  set('/p/a', { timestampNs: 3n * SECOND_NS, cpuUsageNs: SECOND_NS + 1n });
  assert.equal((await read())?.usageNanoCores, SECOND_NS);
});

test('a clock that was set back gives no rate, and no failure', async () => {
  const all = [container('a')];
  const { reader, set } = scene(all);
  const read = async () => { clock += LATER_MS; return (await reader.containers(all))[0]?.figures.cpu.usageNanoCores; };
  set('/p/a', { timestampNs: 9n * SECOND_NS, cpuUsageNs: 1n });
  await read();
  set('/p/a', { timestampNs: 5n * SECOND_NS, cpuUsageNs: 9n });
  assert.equal(await read(), 0n);
  set('/p/a', { timestampNs: 6n * SECOND_NS, cpuUsageNs: 9n + SECOND_NS });
  assert.equal(await read(), SECOND_NS);
});

test('a container that goes during the pass is left out of lists, and alone is NotFound; so is one whose layer has gone', async () => {
  const all = ['a', 'b', 'c'].map((id) => container(id));
  const [a, b] = all;
  assert.ok(a && b);
  const { reader, set, usages } = scene(all);
  set('/p/a', undefined);
  usages.set('b', () => Promise.reject(new NotFoundError('gone')));
  assert.deepEqual((await reader.containers(all)).map((c) => c.figures.attributes.id), ['c']);
  assert.deepEqual((await reader.pods([pod('p')]))[0]?.containers.map((c) => c.figures.attributes.id), ['c']);
  for (const one of [a, b]) await assert.rejects(reader.container(one), NotFoundError);
  await assert.rejects(reader.container(container('d', { exit: EXIT })), (e: Error) => e instanceof NotFoundError && e.message.includes('exited'));
  await assert.rejects(scene([], []).reader.pod(pod('q')), NotFoundError);
  usages.set('c', () => Promise.reject(new Error('EIO')));
  clock += LATER_MS;
  await assert.rejects(reader.containers(all), /EIO/);
});

test('memory and swap that are left: under a limit, beyond it, without one, without swap accounting', async () => {
  const cases: readonly (readonly [Partial<CgroupStats>, { memory: bigint; swap: { availableBytes: bigint; usageBytes: bigint } }])[] = [
    [{}, { memory: 300n, swap: { availableBytes: 70n, usageBytes: 30n } }],
    [{ memory: { ...STATS.memory, limit: 600n }, swap: { usage: 120n, limit: 100n } }, { memory: 0n, swap: { availableBytes: 0n, usageBytes: 120n } }],
    [{ memory: { ...STATS.memory, limit: undefined }, swap: { usage: 5n, limit: undefined } }, { memory: 0n, swap: { availableBytes: 0n, usageBytes: 5n } }],
    [{ swap: undefined }, { memory: 300n, swap: { availableBytes: 0n, usageBytes: 0n } }],
  ];
  for (const [stats, expected] of cases) {
    const all = [container('a')];
    const { reader, set } = scene(all);
    set('/p/a', { ...stats, timestampNs: 7n });
    const [found] = await reader.containers(all);
    assert.deepEqual({ timestamp: found?.timestamp, memory: found?.figures.memory.availableBytes, swap: found?.figures.swap }, { timestamp: 7n, ...expected });
    assert.deepEqual(found?.figures.memory, { workingSetBytes: 700n, usageBytes: 900n, rssBytes: 500n, availableBytes: expected.memory, pageFaults: 3n, majorPageFaults: 1n, psi: undefined });
    assert.deepEqual(found.figures.writableLayer, { mountpoint: '/root', usedBytes: 4096n, inodesUsed: 2n });
  }
});

test('pressure stands with what it is of, and is absent where the kernel tells none', async () => {
  const line = (totalUs: bigint) => ({ some: { totalUs, avg10: 1, avg60: 0, avg300: 0 }, full: { totalUs: 0n, avg10: 0, avg60: 0, avg300: 0 } });
  const all = [container('a'), container('b')];
  const { reader, set } = scene(all);
  set('/p/a', { psi: { cpu: line(1n), memory: line(2n), io: line(3n) } });
  const [a, b] = (await reader.containers(all)).map(({ figures }) => figures);
  assert.deepEqual([a?.cpu.psi?.some.totalUs, a?.memory.psi?.some.totalUs, a?.io?.psi.some.totalUs], [1n, 2n, 3n]);
  assert.deepEqual([b?.cpu.psi, b?.memory.psi, b?.io], [undefined, undefined, undefined]);
});

test('of a container that sleeps nothing is made anew but the time, until anything of it changes', async () => {
  const [before, after] = [container('a'), container('a', { config: { ...containerConfig('name-a'), labels: { changed: 'yes' } } })];
  const { reader, set, made, usages } = scene([before]);
  let [seconds, version, of] = [0n, 1, before];
  const read = async () => {
    clock += LATER_MS;
    set('/p/a', { timestampNs: ++seconds * SECOND_NS, cpuUsageNs: BigInt(version) }, version);
    const [stats] = await reader.containers([of]);
    assert.equal(stats?.timestamp, seconds * SECOND_NS);
    return stats;
  };
  const settled = async () => {
    await read();
    const { figures, isSleeping } = await read();
    made.length = 0;
    const after = await read();
    assert.equal(after.figures, figures);
    assert.deepEqual([isSleeping, after.isSleeping, made], [true, true, []]);
    return figures;
  };
  await settled();
  version = 2;
  assert.equal((await settled()).cpu.usageCoreNanoSeconds, 2n);
  usages.set('a', async () => ({ bytes: 8192, inodes: 2 }));
  assert.equal((await settled()).writableLayer.usedBytes, 8192n);
  usages.set('a', async () => ({ bytes: 8192, inodes: 3 }));
  assert.equal((await settled()).writableLayer.inodesUsed, 3n);
  of = after;
  assert.deepEqual((await settled()).attributes.labels, { changed: 'yes' });
});

test('figures are made anew as long as nobody says whether they are what they were', async () => {
  const all = [container('a')];
  const { reader, made } = scene(all);
  for (let n = 1; n < 5; n++, clock += LATER_MS) {
    await reader.containers(all);
    assert.equal(made.length, n);
  }
});

test('the first rate after a sleep is that since the last reading, and none is lost that came too soon for one of its own', async () => {
  const all = [container('a')];
  const { reader, set } = scene(all);
  const rates = async (readings: readonly (readonly [timestampNs: bigint, cpuUsageNs: bigint])[]) => {
    const told: bigint[] = [];
    for (const [timestampNs, cpuUsageNs] of readings) {
      clock += LATER_MS;
      set('/p/a', { timestampNs, cpuUsageNs }, Number(cpuUsageNs));
      told.push((await reader.containers(all))[0]?.figures.cpu.usageNanoCores ?? -1n);
    }
    return told;
  };
  const SOON = 1000n;
  assert.deepEqual(await rates([[SECOND_NS, 5n], [2n * SECOND_NS, 5n], [3n * SECOND_NS, 5n], [10n * SECOND_NS, 5n], [11n * SECOND_NS, 5n + SECOND_NS]]), [0n, 0n, 0n, 0n, SECOND_NS]);
  const usage = 5n + SECOND_NS;
  assert.deepEqual(await rates([[12n * SECOND_NS, usage], [12n * SECOND_NS + SOON, usage + SECOND_NS], [12n * SECOND_NS + 2n * SOON, usage + SECOND_NS], [13n * SECOND_NS, usage + SECOND_NS]]), [0n, 0n, 0n, SECOND_NS]);
  // Nor is one told for longer than until the next is due.
  const later = usage + 2n * SECOND_NS;
  assert.deepEqual(await rates([[14n * SECOND_NS, later], [14n * SECOND_NS + SOON, later], [15n * SECOND_NS, later]]), [SECOND_NS, SECOND_NS, 0n]);
});
