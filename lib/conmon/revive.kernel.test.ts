/** A monitor is killed, and another one goes on where it stopped. */
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
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
    while ((await node.log(id)).length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
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
  while (await readFile(`/proc/${first.containerPid}/stat`, 'utf8').then((text) => !/\) [ZX] /.test(text), () => false)) await new Promise((resolve) => setTimeout(resolve, 5));
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

test('a terminal has gone with its monitor, but not the container\'s end', async () => {
  await using first = await node.run(['ignore', '1', 'wait-file', '/tmp/go', 'exit', '3'], { id: 'hung-up', terminal: true });
  await kill(first);
  await using second = await node.monitors.revive('hung-up', { signal: deadline() });
  await touch('hung-up', 'go');
  assert.equal((await second?.exited)?.exitCode, 3);
});

async function status(monitor: Monitor): Promise<{ startedAtNs: bigint }> {
  return monitor.status({ signal: deadline() });
}
