/** Plugins as real processes, through the runner of #linux. */
import assert from 'node:assert/strict';
import { copyFile, open, readFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'node:test';
import { CancelledError, DavitError } from '#errors';
import { createProcessRunner, type ProcessRunner } from '#linux';
import { silentLogger } from '#log';
import { createCni } from './cni.ts';
import { attachment, signal, testNode, type TestNode } from './test-node.ts';
import type { Cni } from './types.ts';

async function nodeWith(behave: string): Promise<TestNode> {
  const node = await testNode([]);
  await copyFile(join(import.meta.dirname, 'testdata/plugin.sh'), join(node.pluginDir, 'scripted'));
  await node.configure('10-net.conflist', { cniVersion: '1.0.0', name: 'net', plugins: [{ type: 'scripted', behave }] });
  return node;
}

function cniOf(node: TestNode, timeoutMs = 20_000): Promise<Cni> {
  return createCni({ confDir: node.confDir, pluginDirs: [node.pluginDir], cacheDir: node.cacheDir, runner: createProcessRunner(), timeoutMs, hostPorts: false, log: silentLogger });
}

async function childOf(node: TestNode): Promise<number> {
  for (const deadline = signal(); ; deadline.throwIfAborted(), await sleep(10)) {
    const text = await readFile(join(node.pluginDir, 'child'), 'utf8').catch(() => '');
    if (text.endsWith('\n')) return Number(text);
  }
}

async function gone(pid: number): Promise<void> {
  for (const deadline = signal(); ; deadline.throwIfAborted(), await sleep(10)) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
    if (stat === undefined || / Z /.test(stat)) return;
  }
}

test('add() gives a plugin its environment with a PATH', async () => {
  await using node = await nodeWith('');
  await using cni = await cniOf(node);
  const { raw } = await cni.add(attachment(), { signal: signal() });
  assert.match((raw as { dns: { domain: string } }).dns.domain, /\/usr\/sbin/);
});

test('add() ends a plugin that hangs, with its children, and says what it was doing', async () => {
  await using node = await nodeWith('hang');
  await using cni = await cniOf(node, 1000);
  await assert.rejects(cni.add(attachment(), { signal: signal() }), (error) => error instanceof DavitError && error.code === 'DeadlineExceeded'
    && /CNI plugin "scripted": ADD sandbox "box".*no answer after \d+ ms: it wrote "waiting for an address"/.test(error.message));
  await gone(await childOf(node));
  await cni.del(attachment(), { signal: signal() });
  assert.deepEqual(await cni.cachedAttachments(), []);
});

test('add() ends a plugin whose caller leaves; the next operation waits for its end', async () => {
  await using node = await nodeWith('hang');
  await using cni = await cniOf(node);
  const leaving = new AbortController();
  const add = cni.add(attachment(), { signal: leaving.signal });
  const child = await childOf(node);
  leaving.abort();
  await assert.rejects(add, CancelledError);
  await cni.del(attachment(), { signal: signal() });
  await gone(child);
});

for (const [behave, code, message] of [['deaf', 'FailedPrecondition', /bad network \(CNI code 7\)/], ['flood', 'Internal', /not JSON: "xxx/]] as const) {
  test(`add() fails in ${code} when a plugin is ${behave}`, async () => {
    await using node = await nodeWith(behave);
    await using cni = await cniOf(node);
    await assert.rejects(cni.add(attachment(), { signal: signal() }), (error) => error instanceof DavitError && error.code === code && message.test(error.message) && error.message.length < 2000);
  });
}

test('add() does not wait for what a plugin leaves running', async () => {
  await using node = await nodeWith('linger');
  await using cni = await cniOf(node);
  assert.deepEqual((await cni.add(attachment(), { signal: signal() })).ips, ['10.1.2.3']);
  process.kill(await childOf(node));
});

test('add() tries a plugin again that is being written', async () => {
  await using node = await nodeWith('');
  const processes = createProcessRunner();
  const writing: FileHandle[] = [];
  let tries = 0;
  const run: ProcessRunner['run'] = async (spec, options) => {
    if (spec.env['CNI_COMMAND'] === 'ADD' && ++tries === 2) await writing[0]?.close();
    return processes.run(spec, options);
  };
  await using cni = await createCni({ confDir: node.confDir, pluginDirs: [node.pluginDir], cacheDir: node.cacheDir, runner: { run }, hostPorts: false, log: silentLogger });
  writing.push(await open(join(node.pluginDir, 'scripted'), 'r+'));
  assert.deepEqual((await cni.add(attachment(), { signal: signal() })).ips, ['10.1.2.3']);
  assert.equal(tries, 2);
});
