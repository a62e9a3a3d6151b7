/** A monitor is killed, and another one goes on where it stopped. */
import assert from 'node:assert/strict';
import { appendFile, readdir, readFile, readlink, writeFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { FailedPreconditionError } from '#errors';
import type { Monitor } from './api.ts';
import { execSync } from './exec-sync.ts';
import { createTestNode, deadline, RUNTIMES } from './test-node.ts';
import type { TestNode } from './test-node.ts';

let node: TestNode;
before(async () => { node = await createTestNode(); });
after(async () => { await node[Symbol.asyncDispose](); });

async function kill(monitor: Monitor): Promise<void> {
  process.kill(monitor.monitorPid, 'SIGKILL');
  await assert.rejects(monitor.exited, { name: 'MonitorLostError' });
}

function touch(id: string, name: string): Promise<void> {
  return writeFile(node.path(`bundles/${id}/rootfs/tmp/${name}`), '');
}

for (const { name: runtime } of RUNTIMES) {
  test(`${runtime}: the next monitor has the container, all of its output, its execs and its true exit code`, async () => {
    const id = `revived-${runtime}`;
    // More than a pipe holds: without a reader the container waits, and is not ended by the broken pipe.
    const words = ['out', 'one\\n', 'err', 'two\\n', 'wait-file', '/tmp/gap', 'lines', '5000', '99', 'wait-file', '/tmp/end', 'err', 'last\\n', 'exit', '7'];
    await using first = await node.run(words, { id, runtime });
    await node.logged(id, 2);
    await kill(first);
    await touch(id, 'gap');
    await new Promise((resolve) => setTimeout(resolve, 50));
    await using second = await node.monitors.revive(id, { signal: deadline() });
    assert.ok(second);
    assert.deepEqual([second.containerPid, second.greeting.state, second.greeting.startedAtNs], [first.containerPid, 'running', (await status(second)).startedAtNs]);
    assert.notEqual(second.monitorPid, first.monitorPid);
    assert.ok(second.greeting.startedAtNs > 0n);
    const result = await execSync(second, { processJson: node.process(['out', 'in', 'exit', '3']), terminal: false, stdin: false, timeoutMs: 0, outputLimitBytes: 100 }, { signal: deadline() });
    assert.deepEqual([result.stdout.toString(), result.exitCode], ['in', 3]);
    await touch(id, 'end');
    const record = await second.exited;
    assert.deepEqual([record.exitCode, record.signal, record.reason, record.startedAtNs], [7, 0, undefined, second.greeting.startedAtNs]);
    assert.deepEqual(await node.monitors.readExitRecord(node.path(`${id}.exit`)), record);
    const lines = await node.logText(id);
    assert.deepEqual([lines.filter((line) => /^stdout F [a-z]{99}$/.test(line)).length, lines.length], [5000, 5003]);
    assert.ok(['stdout F one', 'stderr F two', 'stderr F last'].every((line) => lines.includes(line)));
  });
}

test('a record that a killed monitor has torn is taken out, and told in the log', async () => {
  await using first = await node.run(['out', 'one\\n', 'wait-file', '/tmp/go', 'out', 'two\\n'], { id: 'torn' });
  await node.logged('torn', 1);
  await kill(first);
  // Longer than what is read at once.
  const torn = `2026-11-21T21:00:00.123456789Z stdout F ${'t'.repeat(3000)}`;
  await appendFile(node.logPath('torn'), torn);
  await using second = await node.monitors.revive('torn', { signal: deadline() });
  await touch('torn', 'go');
  const record = await second?.exited;
  assert.deepEqual(await node.logText('torn'), ['stdout F one', `stderr F [davit: 1 log lines, ${torn.length} bytes lost: at least, as their monitor was killed]`, 'stdout F two']);
  assert.deepEqual([record?.exitCode, record?.logLostLines], [0, 1]);
});

test('a log with nothing torn, or nothing in it, is the next monitor\'s as it is', async () => {
  for (const begin of ['', 'x\n'.repeat(600)]) {
    const id = `whole-${begin.length}`;
    await using first = await node.run(['wait-file', '/tmp/go', 'out', 'two\\n'], { id });
    await kill(first);
    await appendFile(node.logPath(id), begin);
    await using second = await node.monitors.revive(id, { signal: deadline() });
    await touch(id, 'go');
    assert.equal((await second?.exited)?.logLostLines, 0);
    assert.match(await readFile(node.logPath(id), 'utf8'), new RegExp(`^${begin}[^\\n]+ stdout F two\\n$`));
  }
});

test('a signal and an OOM kill are told by the next monitor too', async () => {
  await using first = await node.run(['wait-file', '/tmp/go', 'hog', '64'], { id: 'hungry', memoryLimit: 16 << 20 });
  await kill(first);
  await using second = await node.monitors.revive('hungry', { signal: deadline() });
  await touch('hungry', 'go');
  const record = await second?.exited;
  assert.deepEqual([record?.exitCode, record?.signal, record?.oomKilled], [137, 9, true]);
});

test('a container that was only created can be started by the next monitor', async () => {
  await using first = await node.create(['out', 'started\\n', 'exit', '4'], { id: 'created' });
  await kill(first);
  await using second = await node.monitors.revive('created', { signal: deadline() });
  assert.equal(second?.greeting.state, 'created');
  await second.start({ signal: deadline() });
  assert.equal((await second.exited).exitCode, 4);
  assert.deepEqual(await node.logText('created'), ['stdout F started']);
});

test('a container that ended between two monitors has its true code or none, never another', async () => {
  await using first = await node.run(['wait-file', '/tmp/go', 'exit', '6'], { id: 'between' });
  await kill(first);
  await touch('between', 'go');
  while (await isAlive(first.containerPid)) await new Promise((resolve) => setTimeout(resolve, 5));
  await using second = await node.monitors.revive('between', { signal: deadline() });
  if (second) assert.ok([6, 255].includes((await second.exited).exitCode));
  else assert.equal(await node.monitors.readExitRecord(node.path('between.exit')), undefined);
});

test('a process of the same number that is another one is left alone', async () => {
  await using first = await node.run(['sleep', '600000'], { id: 'reused' });
  await kill(first);
  const [pid, start, ...rest] = (await readFile(node.path('run/reused/container'), 'utf8')).split(' ');
  await writeFile(node.path('run/reused/container'), [pid, Number(start) - 1, ...rest].join(' '));
  assert.equal(await node.monitors.revive('reused', { signal: deadline() }), undefined);
  process.kill(first.containerPid, 0);
});

test('a container whose exit record is written has no use for another monitor', async () => {
  await using first = await node.run(['exit', '2'], { id: 'over' });
  await first.exited;
  process.kill(first.monitorPid, 'SIGKILL');
  await assert.rejects(first.status({ signal: deadline() }), { name: 'MonitorLostError' });
  assert.equal(await node.monitors.revive('over', { signal: deadline() }), undefined);
  assert.equal((await node.monitors.readExitRecord(node.path('over.exit')))?.exitCode, 2);
});

test('revive() is refused while the monitor lives, and harms nothing', async () => {
  await using monitor = await node.run(['wait-file', '/tmp/go', 'exit', '5'], { id: 'living' });
  await assert.rejects(node.monitors.revive('living', { signal: deadline() }), FailedPreconditionError);
  await touch('living', 'go');
  assert.equal((await monitor.exited).exitCode, 5);
});

test('revive() finds nothing where no container was', async () => {
  assert.equal(await node.monitors.revive('nobody', { signal: deadline() }), undefined);
});

for (const { name: runtime } of RUNTIMES) {
  test(`${runtime}: a terminal goes on with the next monitor, and with the one after a restart of the daemon`, async () => {
    const id = `tty-${runtime}`;
    const before = await masters();
    const first = await node.create(['out', 'one\\n', 'cat', 'size', 'wait-file', '/tmp/gap', 'lines', '5000', '99', 'cat', 'size', 'exit', '7'], { id, runtime, terminal: true, spec: { stdin: true } });
    await first.resize({ rows: 11, columns: 22 }, { signal: deadline() });
    await first.start({ signal: deadline() });
    await node.logged(id, 1);
    assert.equal(await masters(), before + 1);
    await kill(first);
    const second = await node.monitors.revive(id, { signal: deadline(), terminal: first.terminal });
    await first[Symbol.asyncDispose]();
    assert.ok(second);
    assert.deepEqual([first.terminal, second.containerPid, second.greeting.state, second.greeting.stdin, await masters()], [undefined, first.containerPid, 'running', true, before + 1]);
    assert.deepEqual(await typed(second, 'x\n\x04', /22\r\n$/), 'x\r\nx\r\n11 22\r\n');
    // Another daemon, which has no more than the monitor's directory.
    await second[Symbol.asyncDispose]();
    assert.equal(await masters(), before);
    const third = await node.monitors.adopt(id, { signal: deadline() });
    assert.ok(third);
    await kill(third);
    // More than a terminal holds: without a reader the container waits.
    await touch(id, 'gap');
    await using fourth = await node.monitors.revive(id, { signal: deadline(), terminal: third.terminal });
    await third[Symbol.asyncDispose]();
    assert.ok(fourth);
    await node.logged(id, 5004);
    await using session = await fourth.attach({ stdin: true, stdout: true, stderr: false }, { signal: deadline() });
    session.resize({ rows: 33, columns: 44 });
    await session.write(Buffer.from('y\n\x04'));
    const record = await fourth.exited;
    assert.deepEqual([record.exitCode, record.signal, record.reason], [7, 0, undefined]);
    assert.equal(await masters(), before);
    const lines = await node.logText(id);
    assert.deepEqual(lines.filter((line) => !/^stdout F [a-z]{99}\r$/.test(line)).map((line) => line.slice('stdout F '.length)), ['one\r', 'x\r', 'x\r', '11 22\r', 'y\r', 'y\r', '33 44\r']);
    assert.equal(lines.length, 5007);
  });
}

test('what is not the terminal of this container is not taken for it', async () => {
  await using other = await node.run(['sleep', '600000'], { id: 'other', terminal: true });
  await using first = await node.run(['ignore', '1', 'wait-file', '/tmp/go', 'exit', '3'], { id: 'mistaken', terminal: true });
  // Each has a devpts of its own, and number 0 in it.
  assert.equal(await number(other), await number(first));
  await kill(first);
  await using second = await node.monitors.revive('mistaken', { signal: deadline(), terminal: other.terminal });
  assert.deepEqual([second?.greeting.terminal, second?.greeting.terminalFd, second?.terminal], [true, -1, undefined]);
  await assert.rejects(async () => second?.resize({ rows: 1, columns: 1 }, { signal: deadline() }), FailedPreconditionError);
  await touch('mistaken', 'go');
  assert.equal((await second?.exited)?.exitCode, 3);
});

test('a terminal that nobody has kept goes with its monitor, and its container ends as when it is hung up', async () => {
  // The first process of a pid namespace is not ended by a signal that it does not expect.
  const namespaces = [{ type: 'mount' }, { type: 'ipc' }, { type: 'uts' }, { type: 'network' }];
  for (const [id, words, expected] of [['deaf', ['ignore', '1', 'out', 'ready\\n', 'wait-file', '/tmp/go', 'exit', '3'], [3]], ['hung-up', ['out', 'ready\\n', 'wait-file', '/tmp/go', 'exit', '3'], [129, 255]]] as const) {
    const before = await masters();
    const first = await node.run(words, { id, terminal: true, namespaces });
    await node.logged(id, 1);
    await first[Symbol.asyncDispose]();
    process.kill(first.monitorPid, 'SIGKILL');
    while (await isAlive(first.monitorPid) || await masters() > before) await new Promise((resolve) => setTimeout(resolve, 5));
    await using second = await node.monitors.revive(id, { signal: deadline() });
    await touch(id, 'go');
    if (second) assert.ok((expected as readonly number[]).includes((await second.exited).exitCode));
    else assert.equal(id, 'hung-up');
  }
});

/** Types into the container's terminal as an attached client; what that saw until it saw `end`. */
async function typed(monitor: Monitor, words: string, end: RegExp): Promise<string> {
  await using session = await monitor.attach({ stdin: true, stdout: true, stderr: false }, { signal: deadline() });
  await session.write(Buffer.from(words));
  let seen = '';
  for await (const chunk of session.stdout) {
    seen += chunk.toString();
    if (end.test(seen)) break;
  }
  return seen;
}

/** Masters of terminals that this process has open. */
async function masters(): Promise<number> {
  const names = await readdir('/proc/self/fd');
  const targets = await Promise.all(names.map((name) => readlink(`/proc/self/fd/${name}`).catch(() => '')));
  return targets.filter((target) => /ptmx$/.test(target)).length;
}

/** The terminal's number in its devpts, as the kernel tells it of the master. */
async function number(monitor: Monitor): Promise<string | undefined> {
  return /^tty-index:\s*(\d+)$/m.exec(await readFile(`/proc/self/fdinfo/${monitor.terminal}`, 'utf8'))?.[1];
}

function isAlive(pid: number): Promise<boolean> {
  return readFile(`/proc/${pid}/stat`, 'utf8').then((text) => !/\) [ZX] /.test(text), () => false);
}

async function status(monitor: Monitor): Promise<{ startedAtNs: bigint }> {
  return monitor.status({ signal: deadline() });
}
