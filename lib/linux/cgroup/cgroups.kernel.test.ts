import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmdirSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { createCgroups, detectCgroups } from './cgroups.ts';

const cgroups = detectCgroups();
const soon = (): { signal: AbortSignal } => ({ signal: AbortSignal.timeout(60_000) });
const at = (path: string, controller: string, file: string): string => {
  const hierarchy = cgroups.hierarchies.find((h) => h.controllers.includes(controller));
  return readFileSync(join(hierarchy?.mountPoint ?? '', path, file), 'utf8').trim();
};

/** A cgroup of the test's own, gone with all that is in it when disposed. */
function scratch(name: string): { path: string } & AsyncDisposable {
  const path = `/davit-test-${process.pid}-${name}`;
  return {
    path,
    [Symbol.asyncDispose]: async () => {
      await cgroups.killAll(path, soon());
      await cgroups.remove(path, soon());
    },
  };
}

async function sleeper(): Promise<ChildProcess & { pid: number }> {
  const child = spawn('sleep', ['1000'], { stdio: 'ignore' });
  await once(child, 'spawn');
  return child as ChildProcess & { pid: number };
}

test('create() makes the path in every hierarchy, twice is harmless, and remove() takes it all away', async () => {
  await using group = scratch('create');
  await cgroups.create(`${group.path}/pod/container`);
  await cgroups.create(`${group.path}/pod/container`);
  for (const directory of cgroups.directories(`${group.path}/pod/container`)) assert.ok(existsSync(directory), directory);
  if (cgroups.controllers.has('cpuset')) assert.notEqual(at(`${group.path}/pod/container`, 'cpuset', cgroups.kind === 'v2' ? 'cpuset.cpus.effective' : 'cpuset.cpus'), '');
  await cgroups.remove(group.path, soon());
  for (const directory of cgroups.directories(group.path)) assert.equal(existsSync(directory), false, directory);
  await cgroups.remove(group.path, soon());
});

/** Version 2 lets no process into a cgroup that hands controllers down, so those above are empty there. */
const above = cgroups.kind === 'v2' ? '/beside' : '';

test('addProcess() moves a process in every hierarchy, killAll() ends it and those below', async () => {
  await using group = scratch('kill');
  const own = `${group.path}${above}`;
  await cgroups.create(own);
  await cgroups.create(`${group.path}/below`);
  const [first, second] = await Promise.all([sleeper(), sleeper()]);
  const ended = Promise.all([once(first, 'exit'), once(second, 'exit')]);
  await cgroups.addProcess(own, first.pid);
  await cgroups.addProcess(`${group.path}/below`, second.pid);
  assert.deepEqual(cgroups.processes(group.path).sort(), [first.pid, second.pid].sort());
  assert.deepEqual(cgroups.processes(`${group.path}/below`), [second.pid]);
  const lines = readFileSync(`/proc/${first.pid}/cgroup`, 'utf8').trim().split('\n');
  assert.ok(lines.every((line) => line.endsWith(own)), lines.join(' '));
  await cgroups.killAll(group.path, soon());
  assert.deepEqual((await ended).map(([, signal]) => signal as string), ['SIGKILL', 'SIGKILL']);
  assert.deepEqual(cgroups.processes(group.path), []);
});

test('readyForMoves() leaves this process where it is, also when it is asked for twice at once', async () => {
  const before = readFileSync('/proc/self/cgroup', 'utf8');
  await Promise.all([cgroups.readyForMoves(), cgroups.readyForMoves()]);
  assert.equal(readFileSync('/proc/self/cgroup', 'utf8'), before);
  // It is a move to where the process is: refused where it may not be moved.
  const elsewhere = createCgroups({ kind: 'v2', hierarchies: [{ version: 2, mountPoint: '/proc/self/no-cgroups', controllers: [] }] });
  await assert.rejects(elsewhere.readyForMoves(), { code: 'ENOENT' });
});

test('remove() waits for a process until its signal aborts and says what is left', async () => {
  await using group = scratch('busy');
  await cgroups.create(group.path);
  await cgroups.addProcess(group.path, (await sleeper()).pid);
  await assert.rejects(cgroups.remove(group.path, { signal: AbortSignal.timeout(50) }), /processes are left/);
});

test('addProcess() of a process that is gone is NotFound', async () => {
  await using group = scratch('gone');
  await cgroups.create(group.path);
  const child = await sleeper();
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
  await assert.rejects(cgroups.addProcess(group.path, child.pid), { code: 'NotFound' });
});

test('applyResources() sets limits, raises memory and swap together, and names what the kernel refuses', async () => {
  await using group = scratch('limits');
  await cgroups.create(group.path);
  cgroups.applyResources(group.path, { memory: { limit: 32 << 20, swap: 32 << 20 }, pids: { limit: 20 }, cpu: { shares: 512, quota: 20_000, period: 100_000 } });
  cgroups.applyResources(group.path, { memory: { limit: 64 << 20, swap: 64 << 20 } });
  assert.equal(cgroups.stats(group.path)?.memory.limit, 64n << 20n);
  assert.equal(at(group.path, 'pids', 'pids.max'), '20');
  assert.throws(() => cgroups.applyResources(group.path, { cpu: { cpus: '100000' } }), /set cpuset.cpus of cgroup '.*' to '100000'/);
  assert.throws(() => cgroups.applyResources(group.path, { unified: { 'nosuch.file': '1' } }), /no 'nosuch' cgroup controller/);
  assert.throws(() => cgroups.applyResources(group.path, { memory: { limit: 96 << 20, swap: 96 << 20 }, pids: { limit: 33 }, unified: { 'nosuch.file': '1' } }), /no 'nosuch' cgroup controller/);
  assert.deepEqual([cgroups.stats(group.path)?.memory.limit, at(group.path, 'pids', 'pids.max')], [64n << 20n, '20'], 'all or nothing');
});

test('heldLimits() puts back what the kernel had, higher or lower, and leaves the rest', async () => {
  await using group = scratch('held');
  await cgroups.create(group.path);
  const memory = (mib: number): { limit: number; swap: number } => ({ limit: mib << 20, swap: mib << 20 });
  cgroups.applyResources(group.path, { memory: memory(64), pids: { limit: 20 } });
  for (const other of [32, 128]) {
    const putBack = cgroups.heldLimits(group.path, { memory: memory(other) });
    cgroups.applyResources(group.path, { memory: memory(other), pids: { limit: other } });
    putBack();
    assert.deepEqual([cgroups.stats(group.path)?.memory.limit, at(group.path, 'pids', 'pids.max')], [64n << 20n, String(other)]);
  }
  // Nobody has set this one before.
  const putBack = cgroups.heldLimits(group.path, { cpu: { quota: 1 } });
  cgroups.applyResources(group.path, { cpu: { quota: 20_000, period: 100_000 } });
  putBack();
  assert.equal(cgroups.kind === 'v2' ? at(group.path, 'cpu', 'cpu.max').split(' ')[0] : at(group.path, 'cpu', 'cpu.cfs_quota_us'), cgroups.kind === 'v2' ? 'max' : '-1');
});

test('heldLimits() takes the limit of a device back that had none, of version 2', async (t) => {
  // Files that keep what was written: the kernel's would need a block device.
  const mountPoint = await mkdtemp(join(tmpdir(), 'davit-cgroups-'));
  t.after(() => rm(mountPoint, { recursive: true }));
  const file = join(mountPoint, 'io.max');
  await writeFile(file, '');
  const v2 = createCgroups({ kind: 'v2', hierarchies: [{ version: 2, mountPoint, controllers: ['io'] }] });
  const putBack = v2.heldLimits('/', { unified: { 'io.max': '8:0 rbps=9' } });
  await writeFile(file, '8:0 rbps=9 wbps=max\n');
  putBack();
  assert.equal(await readFile(file, 'utf8'), '8:0 rbps=max wbps=max riops=max wiops=max');
});

test('stats() counts the processes and memory of a cgroup and is undefined when it is gone', async () => {
  const group = scratch('stats');
  await cgroups.create(group.path);
  await cgroups.addProcess(group.path, (await sleeper()).pid);
  const stats = cgroups.stats(group.path);
  assert.equal(stats?.pids.current, 1n);
  assert.ok(stats.timestampNs > 0n);
  await group[Symbol.asyncDispose]();
  assert.equal(cgroups.stats(group.path), undefined);
});

test('allStats() says of many cgroups what stats() says of each, and knows one that was removed and made again', async () => {
  await using group = scratch('all-stats');
  const paths = Array.from({ length: 70 }, (_, n) => `${group.path}/${n}`);
  for (const path of paths) await cgroups.create(path);
  await cgroups.addProcess(`${group.path}/7`, (await sleeper()).pid);
  const comparable = (stats: ReturnType<typeof cgroups.stats>) => stats && { memory: stats.memory.limit, pids: stats.pids, hasPressure: stats.psi !== undefined };
  for (let time = 0; time < 2; time++) assert.deepEqual((await cgroups.allStats(paths)).map((reading) => comparable(reading.stats())), paths.map((path) => comparable(cgroups.stats(path))));
  assert.equal((await cgroups.allStats(paths))[7]?.stats()?.pids.current, 1n);
  // As a runtime removes it, without a word to us.
  for (const directory of cgroups.directories(`${group.path}/8`)) rmdirSync(directory);
  assert.equal((await cgroups.allStats(paths))[8]?.stats(), undefined);
  await cgroups.create(`${group.path}/8`);
  assert.equal((await cgroups.allStats(paths))[8]?.stats()?.pids.current, 0n);
});

test('allFigures() has every figure of this kernel, those of pressure only when the processes are in the cgroup2 hierarchy, and is undefined for one that is gone', async () => {
  await using group = scratch('figures');
  const [first, second, gone] = [`${group.path}/1`, `${group.path}/2`, `${group.path}/3`];
  for (const path of [first, second, gone]) await cgroups.create(path);
  for (const path of [first, second]) cgroups.applyResources(path, { pids: { limit: 20 } });
  const process = await sleeper();
  await cgroups.addProcess(first, process.pid);
  // As a runtime removes it, without a word to us.
  for (const directory of cgroups.directories(gone)) rmdirSync(directory);
  const [of, empty, none] = await cgroups.allFigures([first, second, gone]);
  assert.deepEqual([of?.pids, empty?.pids, none], [[process.pid], [], undefined]);
  const figures = of?.figures ?? assert.fail('gone');
  assert.deepEqual(figures.pids, { current: 1n, limit: 20n });
  for (const [name, value] of Object.entries({ ...figures.cpu, cache: figures.memory.cache, mappedFile: figures.memory.mappedFile, kernel: figures.memory.kernel, limitHits: figures.memory.limitHits, oomKills: figures.memory.oomKills })) assert.notEqual(value, undefined, name);
  assert.equal(figures.pressure !== undefined, existsSync('/proc/pressure/cpu') && cgroups.kind !== 'v1');
  if (cgroups.kind === 'hybrid') assert.equal(empty?.figures.pressure, undefined);
});

test('allFigures() has the processes of cgroups below too', async () => {
  await using group = scratch('below');
  const path = `${group.path}${above}`;
  await cgroups.create(`${path}/a/b`);
  const [outer, inner] = await Promise.all([sleeper(), sleeper()]);
  // Version 2 lets no process into a cgroup that hands controllers down.
  await cgroups.addProcess(cgroups.kind === 'v2' ? `${path}/a/b` : path, outer.pid);
  await cgroups.addProcess(`${path}/a/b`, inner.pid);
  assert.deepEqual((await cgroups.allFigures([path]))[0]?.pids.toSorted(), [outer.pid, inner.pid].toSorted());
});

/** Busy until it is stopped. */
async function spinner(): Promise<ChildProcess & { pid: number }> {
  const child = spawn('sh', ['-c', 'while :; do :; done'], { stdio: 'ignore' });
  await once(child, 'spawn');
  return child as ChildProcess & { pid: number };
}

test('whatever a process does and waits for shows at once in the cgroup above: its CPU usage, and pressure of the CPU', async () => {
  await using group = scratch('above');
  const [own, beside] = ['own', 'beside'].map((name) => `${group.path}/${name}`) as [string, string];
  for (const path of [own, beside]) await cgroups.create(path);
  const busy = await Promise.all(Array.from({ length: availableParallelism() + 1 }, spinner));
  for (const { pid } of busy) await cgroups.addProcess(own, pid);
  await cgroups.addProcess(beside, (await sleeper()).pid);
  const figures = (path: string): unknown[] => { const stats = cgroups.stats(path); return [stats?.cpuUsageNs, stats?.psi?.cpu.some.totalUs, stats?.psi?.cpu.full.totalUs]; };
  const changes = { usage: 0, pressure: 0 };
  for (let round = 0; round < 50; round++) {
    const [above, below] = [figures(group.path), figures(own)];
    for (const signal of ['SIGCONT', 'SIGSTOP'] as const) {
      for (const { pid } of busy) process.kill(pid, signal);
      await delay(2);
    }
    const [belowNow, aboveNow] = [figures(own), figures(group.path)];
    if (belowNow[0] !== below[0]) assert.notEqual(aboveNow[0], above[0], `CPU usage, round ${round}`);
    if (belowNow[1] !== below[1] || belowNow[2] !== below[2]) assert.notDeepEqual(aboveNow.slice(1), above.slice(1), `pressure, round ${round}`);
    changes.usage += belowNow[0] === below[0] ? 0 : 1;
    changes.pressure += belowNow[1] === below[1] ? 0 : 1;
  }
  assert.ok(changes.usage > 0);
  if (cgroups.stats(own)?.psi) assert.ok(changes.pressure > 0);
});

test('version 2 alone: create, kill in one write, remove', async (t) => {
  const mountPoint = cgroups.hierarchies.find((h) => h.version === 2)?.mountPoint;
  assert.ok(mountPoint, 'this node has no cgroup2 mount');
  const v2 = createCgroups({ kind: 'v2', hierarchies: [{ version: 2, mountPoint, controllers: [] }] });
  const path = `/davit-test-${process.pid}-v2`;
  t.after(async () => { await v2.killAll(path, soon()); await v2.remove(path, soon()); });
  await v2.create(`${path}/below`);
  const child = await sleeper();
  const ended = once(child, 'exit');
  await v2.addProcess(`${path}/below`, child.pid);
  assert.deepEqual(v2.processes(path), [child.pid]);
  assert.ok((v2.stats(`${path}/below`)?.cpuUsageNs ?? -1n) >= 0n);
  const [figures] = await v2.allFigures([`${path}/below`]);
  assert.ok((figures?.figures.cpu.userNs ?? -1n) >= 0n);
  assert.deepEqual(figures?.pids, [child.pid]);
  await v2.killAll(path, soon());
  assert.equal((await ended)[1], 'SIGKILL');
  await v2.remove(path, soon());
  assert.equal(existsSync(join(mountPoint, path)), false);
  assert.equal(v2.stats(path), undefined);
});

test('a path that leaves the tree is refused', () => {
  for (const path of ['relative', '/a/../..', '/a/./b']) assert.throws(() => cgroups.directories(path), { code: 'InvalidArgument' });
});
