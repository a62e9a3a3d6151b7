import assert from 'node:assert/strict';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { FailedPreconditionError } from '#errors';
import { RuntimeFailedError } from './errors.ts';
import { createTestNode, deadline, RUNTIMES } from './test-node.ts';
import type { TestNode } from './test-node.ts';

let node: TestNode;
before(async () => { node = await createTestNode(); });
after(async () => { await node[Symbol.asyncDispose](); });

for (const { name: runtime } of RUNTIMES) {
  test(`${runtime}: a container is created, started, logged, and its exit code is durable before it is announced`, async () => {
    const id = `life-${runtime}`;
    await using monitor = await node.create(['out', 'hello\\n', 'err', 'oops\\n', 'exit', '3'], { id, runtime });
    assert.equal((await monitor.status({ signal: deadline() })).state, 'created');
    assert.equal(await node.monitors.readExitRecord(node.path(`${id}.exit`)), undefined);
    const before = BigInt(Date.now()) * 1_000_000n;
    await monitor.start({ signal: deadline() });
    const record = await monitor.exited;
    assert.deepEqual(await node.monitors.readExitRecord(node.path(`${id}.exit`)), record);
    assert.deepEqual({ exitCode: record.exitCode, signal: record.signal, oomKilled: record.oomKilled }, { exitCode: 3, signal: 0, oomKilled: false });
    assert.ok(record.startedAtNs >= before - 1_000_000n && record.finishedAtNs > record.startedAtNs);
    assert.deepEqual((await node.logText(id)).sort(), ['stderr F oops', 'stdout F hello']);
  });

  test(`${runtime}: a signal ends the container with 128 + signal, and a later one is success`, async () => {
    await using monitor = await node.run(['sleep', '60000'], { id: `signal-${runtime}`, runtime });
    await monitor.kill(9, { signal: deadline() });
    const record = await monitor.exited;
    assert.deepEqual([record.exitCode, record.signal], [137, 9]);
    await monitor.kill(15, { signal: deadline() });
  });

  test(`${runtime}: a create that fails carries the runtime's words and leaves nothing`, async () => {
    const id = `broken-${runtime}`;
    const spec = await node.prepare([], { id, runtime, namespaces: [{ type: 'network', path: '/proc/no-such-namespace' }, { type: 'mount' }, { type: 'uts' }] });
    const cgroupDirs = await node.monitorCgroup(id);
    await assert.rejects(node.monitors.create({ ...spec, monitorCgroupDirs: cgroupDirs }, { signal: deadline() }),
      (error: Error) => error instanceof RuntimeFailedError && error.message.includes('no-such-namespace') && !error.message.includes('level='));
    await assert.rejects(stat(node.path(`run/${id}`)), { code: 'ENOENT' });
    await assert.rejects(stat(spec.exitRecordPath), { code: 'ENOENT' });
    for (const directory of cgroupDirs) await assert.rejects(stat(directory), { code: 'ENOENT' });
    assert.equal((await node.launcher.run({ file: spec.runtime.path, args: [...spec.runtime.globalArgs, 'state', id], env: {}, timeoutMs: 10_000 }, { signal: deadline() })).exitCode, 1);
  });

  test(`${runtime}: a start that fails carries the runtime's words`, async () => {
    const id = `nostart-${runtime}`;
    await using monitor = await node.create(['sleep', '60000'], { id, runtime });
    await monitor.kill(9, { signal: deadline() });
    await monitor.exited;
    await assert.rejects(monitor.start({ signal: deadline() }), FailedPreconditionError);
  });
}

test('a runtime that is missing is named', async () => {
  const spec = await node.prepare([], { id: 'missing' });
  await assert.rejects(node.monitors.create({ ...spec, runtime: { path: '/usr/bin/no-such-runtime', globalArgs: [] } }, { signal: deadline() }), /execute "\/usr\/bin\/no-such-runtime".*No such file/);
});

test('a create that takes too long is ended, and nothing is left', async () => {
  const slow = node.path('slow-runtime');
  await writeFile(slow, '#!/bin/sh\n[ "$1" = create ] || exit 0\nsetsid sleep 987 &\nsleep 987\n', { mode: 0o755 });
  const spec = await node.prepare([], { id: 'slow' });
  await assert.rejects(node.monitors.create({ ...spec, runtime: { path: slow, globalArgs: [] }, createTimeoutMs: 300 }, { signal: deadline() }), { code: 'DeadlineExceeded' });
  await assertNoProcess('sleep 987');
  await assert.rejects(stat(node.path('run/slow')), { code: 'ENOENT' });
});

test('a create that is cancelled is ended, and nothing is left', async () => {
  const slow = node.path('slow-runtime-2');
  await writeFile(slow, `#!/bin/sh\n[ "$1" = create ] || exit 0\ntouch ${node.path('begun')}\nsleep 986\n`, { mode: 0o755 });
  const spec = await node.prepare([], { id: 'cancelled' });
  const controller = new AbortController();
  const cgroupDirs = await node.monitorCgroup('cancelled');
  const creating = node.monitors.create({ ...spec, monitorCgroupDirs: cgroupDirs, runtime: { path: slow, globalArgs: [] } }, { signal: controller.signal });
  await eventually(() => stat(node.path('begun')));
  controller.abort();
  await assert.rejects(creating, { code: 'Cancelled' });
  await assertNoProcess('sleep 986');
  await assert.rejects(stat(node.path('run/cancelled')), { code: 'ENOENT' });
  for (const directory of cgroupDirs) await assert.rejects(stat(directory), { code: 'ENOENT' });
});

test('a monitor that stands still while it waits for the terminal waits on', async () => {
  const [program, connected, go] = [node.path('slow-terminal'), node.path('connected'), node.path('go')];
  // Comes to the console socket, sends nothing, and fails.
  await writeFile(program, `#!${process.execPath}
const { existsSync, writeFileSync } = require('node:fs');
const at = process.argv.indexOf('--console-socket');
if (at === -1) process.exit(0);
const socket = require('node:net').connect(process.argv[at + 1], () => writeFileSync('${connected}', String(process.ppid)));
socket.on('error', () => undefined);
setInterval(() => { if (existsSync('${go}')) { console.error('no terminal today'); process.exit(1); } }, 5);
`, { mode: 0o755 });
  const spec = await node.prepare(['true'], { id: 'waiting', terminal: true });
  const creating = node.monitors.create({ ...spec, runtime: { path: program, globalArgs: [] } }, { signal: deadline() });
  creating.catch(() => undefined);
  const pid = await eventually(async () => { const text = await readFile(connected, 'utf8'); assert.notEqual(text, ''); return Number(text); });
  const isIn = (states: string) => eventually(async () => { assert.match(await readFile(`/proc/${pid}/stat`, 'utf8'), new RegExp(`\\) [${states}]`)); });
  for (let times = 5; times > 0; times--) {
    process.kill(pid, 'SIGSTOP');
    await isIn('T');
    process.kill(pid, 'SIGCONT');
    await isIn('S');
  }
  await writeFile(go, '');
  await assert.rejects(creating, (error) => error instanceof RuntimeFailedError && error.message.includes('no terminal today'));
});

test('a second monitor of one id is refused, and the first one is not harmed', async () => {
  const spec = await node.prepare(['sleep', '60000'], { id: 'twin' });
  await using monitor = await node.monitors.create(spec, { signal: deadline() });
  await monitor.start({ signal: deadline() });
  await assert.rejects(node.monitors.create(spec, { signal: deadline() }), FailedPreconditionError);
  assert.equal((await monitor.status({ signal: deadline() })).state, 'running');
});

test('a container that is killed while it is started ends, although its runtime waits for it for ever', async () => {
  const [stuck, victim] = [node.path('stuck'), node.path('victim')];
  const spec = await node.prepare(['sleep', '60000'], { id: 'early' });
  // As crun does when the end comes between its look at the state and its opening of the FIFO.
  await writeFile(stuck, `#!/bin/sh\ncase "$*" in *" start "*) kill -9 "$(cat ${victim})"; exec sleep 985 ;; esac\nexec /usr/bin/crun "$@"\n`, { mode: 0o755 });
  await using monitor = await node.monitors.create({ ...spec, runtime: { ...spec.runtime, path: stuck } }, { signal: deadline() });
  await writeFile(victim, String(monitor.containerPid));
  await assert.rejects(monitor.start({ signal: deadline() }), (error) => error instanceof RuntimeFailedError && /ended before it was started/.test(error.message));
  const record = await monitor.exited;
  assert.deepEqual([record.exitCode, record.signal, record.startedAtNs], [137, 9, 0n]);
  await assertNoProcess('sleep 985');
});

test('a container that was never started ends with a record too', async () => {
  await using monitor = await node.create(['sleep', '60000'], { id: 'unstarted' });
  await monitor.kill(9, { signal: deadline() });
  const record = await monitor.exited;
  assert.deepEqual([record.exitCode, record.startedAtNs], [137, 0n]);
});

test('the daemon goes and another one comes: the container, its log and its exit code are not touched by it', async () => {
  const first = await node.run(['out', 'one\\n', 'wait-file', '/tmp/go', 'out', 'two\\n', 'exit', '5'], { id: 'adopted' });
  const pid = first.containerPid;
  await first[Symbol.asyncDispose]();
  await writeFile(node.path('bundles/adopted/rootfs/tmp/go'), '');
  await using second = await node.monitors.adopt('adopted', { signal: deadline() });
  assert.equal(second?.containerPid, pid);
  assert.equal((await second.exited).exitCode, 5);
  // The news also reaches one who comes after the end.
  await using third = await node.monitors.adopt('adopted', { signal: deadline() });
  assert.equal((await third?.exited)?.exitCode, 5);
  assert.deepEqual(await node.logText('adopted'), ['stdout F one', 'stdout F two']);
});

test('adopt() finds nobody where no monitor is', async () => {
  assert.equal(await node.monitors.adopt('nobody', { signal: deadline() }), undefined);
});

test('shutdown() is refused while the container runs; afterwards monitor, directory and cgroup are gone', async () => {
  const cgroupDirs = await node.monitorCgroup('leaving');
  await using monitor = await node.run(['sleep', '60000'], { id: 'leaving', spec: { monitorCgroupDirs: cgroupDirs } });
  for (const directory of cgroupDirs) assert.ok((await readFile(`${directory}/cgroup.procs`, 'utf8')).split('\n').includes(String(monitor.monitorPid)), directory);
  assert.deepEqual(monitor.greeting.cgroupDirs, cgroupDirs);
  await assert.rejects(monitor.shutdown({ signal: deadline() }), FailedPreconditionError);
  await monitor.kill(9, { signal: deadline() });
  await monitor.exited;
  await monitor.shutdown({ signal: deadline() });
  await assert.rejects(stat(node.path('run/leaving')), { code: 'ENOENT' });
  for (const directory of cgroupDirs) await assert.rejects(stat(directory), { code: 'ENOENT' });
  assert.equal((await node.monitors.readExitRecord(node.path('leaving.exit')))?.exitCode, 137);
});

test('exited rejects when the monitor dies', async () => {
  const monitor = await node.run(['sleep', '60000'], { id: 'lost' });
  process.kill(monitor.monitorPid, 'SIGKILL');
  await assert.rejects(monitor.exited, { name: 'MonitorLostError', code: 'Unavailable' });
  assert.equal(await node.monitors.adopt('lost', { signal: deadline() }), undefined);
  await node.monitors.discard('lost');
});

test('the monitor is named in its command line and has let go of all memory but its program\'s', async (t) => {
  await using monitor = await node.create(['sleep', '60000'], { id: 'light' });
  const of = (file: string): Promise<string> => readFile(`/proc/${monitor.monitorPid}/${file}`, 'utf8');
  assert.match((await of('cmdline')).split('\0').join(' '), / run .*--id light /);
  assert.match(await of('environ'), /^PATH=/);
  const regions = (await of('maps')).trimEnd().split('\n').map((line) => line.split(/\s+/)[5] ?? '');
  if (regions.some((name) => name.includes('libasan'))) t.diagnostic('a sanitizer keeps its memory');
  else assert.deepEqual(regions.filter((name) => !['', '[stack]', '[vsyscall]'].includes(name) && !name.endsWith('/davit-monitor')), []);
});

test('the monitor lives through the signals that end a daemon', async () => {
  await using monitor = await node.run(['sleep', '60000'], { id: 'steady' });
  for (const signal of ['SIGHUP', 'SIGTERM', 'SIGINT', 'SIGQUIT', 'SIGPIPE']) process.kill(monitor.monitorPid, signal);
  assert.equal((await monitor.status({ signal: deadline() })).state, 'running');
});

test('an OOM kill of the container is told from a SIGKILL', async () => {
  await using hungry = await node.run(['hog', '64', 'exit', '0'], { id: 'hungry', memoryLimit: 16 << 20 });
  const record = await hungry.exited;
  assert.deepEqual([record.exitCode, record.signal, record.oomKilled], [137, 9, true]);
});

async function eventually<T>(check: () => Promise<T>): Promise<T> {
  const signal = deadline();
  for (;;) {
    try { return await check(); } catch (error) { if (signal.aborted) throw error; }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** No process, zombies included, has this command line. */
async function assertNoProcess(commandLine: string): Promise<void> {
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    assert.notEqual(text.split('\0').join(' ').trim(), commandLine, `process ${pid} is left`);
  }
}
