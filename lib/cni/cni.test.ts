import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { AlreadyExistsError, CancelledError, DavitError, errorText, InternalError, InvalidArgumentError, UnavailableError } from '#errors';
import { fakePlugins, type PluginAnswer, type PluginCall } from './fake-plugins.ts';
import { attachment, signal, testNode, TWO_PLUGINS, type TestNode } from './test-node.ts';

const RESULT = { cniVersion: '1.0.0', interfaces: [{ name: 'eth0', sandbox: '/run/ns' }], ips: [{ interface: 0, address: '10.1.2.3/24' }] };
const succeed = ({ command }: PluginCall): PluginAnswer | undefined => (command === 'ADD' ? { stdout: RESULT } : undefined);
const steps = (calls: readonly PluginCall[]): string[] => calls.map(({ command, plugin }) => `${command} ${plugin}`);

async function configured(): Promise<TestNode> {
  const node = await testNode();
  await node.configure('10-net.conflist', TWO_PLUGINS);
  return node;
}

test('add() chains results, del() goes backwards with the last one, twice is harmless', async () => {
  await using node = await configured();
  const plugins = fakePlugins(succeed);
  await using cni = await node.cni(plugins);
  assert.deepEqual((await cni.add(attachment(), { signal: signal() })).ips, ['10.1.2.3']);
  assert.deepEqual((await cni.cachedResult('box'))?.ips, ['10.1.2.3']);
  assert.deepEqual(await cni.cachedAttachments(), [attachment()]);
  await cni.del(attachment(), { signal: signal() });
  await cni.del(attachment(), { signal: signal() });
  assert.deepEqual(steps(plugins.calls), ['ADD one', 'ADD two', 'DEL two', 'DEL one']);
  assert.deepEqual(plugins.calls.map(({ request }) => request['prevResult']), [undefined, RESULT, RESULT, RESULT]);
  assert.deepEqual([await cni.cachedAttachments(), await cni.cachedResult('box'), await readdir(node.cacheDir)], [[], undefined, []]);
});

test('add() writes its intent before the first plugin runs', async () => {
  await using node = await configured();
  const seen: string[][] = [];
  const plugins = fakePlugins(async (call) => { if (call.command === 'ADD') seen.push(await readdir(node.cacheDir)); return succeed(call); });
  await using cni = await node.cni(plugins);
  await cni.add(attachment(), { signal: signal() });
  assert.deepEqual(seen, [['box@eth0.json'], ['box@eth0.json']]);
});

test('del() takes back a failed add(), with every plugin and without a result', async () => {
  await using node = await configured();
  const plugins = fakePlugins(({ command, plugin }) => {
    if (command === 'DEL') return undefined;
    return plugin === 'two' && command === 'ADD' ? { exitCode: 1, stdout: { code: 11, msg: 'not yet', details: 'the pool is empty' } } : succeed({ command } as PluginCall);
  });
  await using cni = await node.cni(plugins);
  await assert.rejects(cni.add(attachment(), { signal: signal() }), (error) => error instanceof UnavailableError
    && /CNI plugin "two": ADD sandbox "box" to network "net": not yet; the pool is empty \(CNI code 11\)/.test(error.message) && errorText(error) === error.message);
  assert.equal(await cni.cachedResult('box'), undefined);
  await cni.del(attachment(), { signal: signal() });
  assert.deepEqual(steps(plugins.calls), ['ADD one', 'ADD two', 'DEL two', 'DEL one']);
  assert.equal(plugins.calls[3]?.request['prevResult'], undefined);
});

test('a plugin is not begun when the ones before it have used up the time, and is named', async (t) => {
  await using node = await configured();
  let now = Date.now();
  t.mock.method(Date, 'now', () => now);
  const plugins = fakePlugins((call) => { if (call.command === 'ADD') now += 60_000; return succeed(call); });
  await using cni = await node.cni(plugins, { timeoutMs: 60_000 });
  await assert.rejects(cni.add(attachment(), { signal: signal() }), (error) => error instanceof DavitError && error.code === 'DeadlineExceeded'
    && /CNI plugin "two": ADD sandbox "box" to network "net": the time was used up before it was run/.test(error.message));
  assert.deepEqual(steps(plugins.calls), ['ADD one']);
  await cni.del(attachment(), { signal: signal() });
  assert.deepEqual(steps(plugins.calls), ['ADD one', 'DEL two', 'DEL one']);
});

test('del() uses the network of its add(), whatever the configuration is now', async () => {
  await using node = await configured();
  const plugins = fakePlugins(succeed);
  {
    await using cni = await node.cni(plugins);
    await cni.add(attachment({ portMappings: [{ hostPort: 80, containerPort: 8080, protocol: 'tcp' }] }), { signal: signal() });
  }
  await node.configure('10-net.conflist', { cniVersion: '1.0.0', name: 'other', plugins: [{ type: 'three' }] });
  await using cni = await node.cni(plugins);
  const [cached] = await cni.cachedAttachments();
  assert.ok(cached);
  await cni.del({ ...cached, netnsPath: '/nonexistent' }, { signal: signal() });
  assert.deepEqual(steps(plugins.calls).slice(2), ['DEL two', 'DEL one']);
  assert.deepEqual([plugins.calls[2]?.request['name'], plugins.calls[2]?.request['runtimeConfig']], ['net', { portMappings: [{ hostPort: 80, containerPort: 8080, protocol: 'tcp' }] }]);
  assert.equal(plugins.calls[2]?.env['CNI_NETNS'], '');
});

for (const [name, content] of [['empty', ''], ['half', '{"version":1,"attachm'], ['of another version', '{"version":2}'], ['of another sandbox', JSON.stringify({ version: 1, attachment: attachment({ sandboxId: 'other' }) })]] as const) {
  test(`del() goes by the present configuration when the record is ${name}`, async () => {
    await using node = await configured();
    const plugins = fakePlugins(succeed);
    await using cni = await node.cni(plugins);
    await writeFile(join(node.cacheDir, 'box@eth0.json'), content);
    assert.deepEqual((await cni.cachedAttachments()).map(({ sandboxId, ifName }) => [sandboxId, ifName]), [['box', 'eth0']]);
    await cni.del(attachment(), { signal: signal() });
    assert.deepEqual(steps(plugins.calls), ['DEL two', 'DEL one']);
    assert.deepEqual(await readdir(node.cacheDir), []);
  });
}

test('del() stops at a plugin that fails, keeps the record, and finishes when called again', async () => {
  await using node = await configured();
  let fail = true;
  const plugins = fakePlugins((call) => (call.command === 'DEL' && call.plugin === 'two' && fail ? { exitCode: 1, stderr: 'segfault' } : succeed(call)));
  await using cni = await node.cni(plugins);
  await cni.add(attachment(), { signal: signal() });
  await assert.rejects(cni.del(attachment(), { signal: signal() }), (error) => error instanceof InternalError && /DEL sandbox "box" from network "net": exit code 1, stderr "segfault"/.test(error.message));
  assert.equal((await cni.cachedAttachments()).length, 1);
  fail = false;
  await cni.del(attachment(), { signal: signal() });
  assert.deepEqual(steps(plugins.calls).slice(2), ['DEL two', 'DEL two', 'DEL one']);
});

test('del() is not content with a plugin that says any other code', async () => {
  await using node = await configured();
  let code = 7;
  const plugins = fakePlugins((call) => (call.command === 'DEL' && code > 0 ? { exitCode: 1, stdout: { code, msg: 'no' } } : succeed(call)));
  await using cni = await node.cni(plugins);
  await cni.add(attachment(), { signal: signal() });
  for (code of [7, 11, 999]) await assert.rejects(cni.del(attachment(), { signal: signal() }), new RegExp(`CNI code ${code}`));
  assert.deepEqual(await cni.cachedAttachments(), [attachment()]);
  code = 0;
  await cni.del(attachment(), { signal: signal() });
  assert.deepEqual(await cni.cachedAttachments(), []);
});

test('del() is content with a plugin that does not know the sandbox', async () => {
  await using node = await configured();
  const plugins = fakePlugins((call) => (call.command === 'DEL' ? { exitCode: 1, stdout: { code: 3, msg: 'unknown container' } } : succeed(call)));
  await using cni = await node.cni(plugins);
  await cni.add(attachment(), { signal: signal() });
  await cni.del(attachment(), { signal: signal() });
  assert.deepEqual(await cni.cachedAttachments(), []);
});

for (const [name, answer, code, message] of [
  ['a wrong version', { exitCode: 1, stdout: { code: 1, msg: 'incompatible CNI versions' } }, 'FailedPrecondition', /incompatible CNI versions \(CNI code 1\)/],
  ['an error of its own', { exitCode: 1, stdout: { code: 999, msg: 'failed to allocate for range 0' } }, 'Internal', /failed to allocate for range 0 \(CNI code 999\)/],
  ['garbage', { exitCode: 2, stdout: 'panic: oh', stderr: 'goroutine 1' }, 'Internal', /exit code 2, stdout "panic: oh", stderr "goroutine 1"/],
  ['garbage and success', { stdout: 'all good' }, 'Internal', /CNI plugin "one": .*not JSON: "all good"/],
  ['no time left', { timedOut: true, stderr: 'waiting' }, 'DeadlineExceeded', /CNI plugin "one": .*no answer after \d+ ms: it wrote "waiting"/],
] as const) {
  test(`add() fails in ${code} when a plugin answers with ${name}`, async () => {
    await using node = await configured();
    await using cni = await node.cni(fakePlugins(({ command }) => (command === 'ADD' ? answer : undefined)));
    await assert.rejects(cni.add(attachment(), { signal: signal() }), (error) => error instanceof DavitError && error.code === code && message.test(error.message));
  });
}

test('add() refuses a second attachment of the same interface', async () => {
  await using node = await configured();
  const plugins = fakePlugins(succeed);
  await using cni = await node.cni(plugins);
  await cni.add(attachment(), { signal: signal() });
  await assert.rejects(cni.add(attachment(), { signal: signal() }), AlreadyExistsError);
  assert.deepEqual((await cni.cachedResult('box'))?.ips, ['10.1.2.3']);
});

test('add() refuses a pod whose name would add arguments, before anything is done', async () => {
  await using node = await configured();
  const plugins = fakePlugins(succeed);
  await using cni = await node.cni(plugins);
  await assert.rejects(cni.add(attachment({ pod: { name: 'a;IgnoreUnknown=0', namespace: 'ns', uid: 'u' } }), { signal: signal() }), InvalidArgumentError);
  assert.deepEqual([plugins.calls, await readdir(node.cacheDir)], [[], []]);
});

test('one sandbox is served one operation at a time, others do not wait for it', async () => {
  await using node = await configured();
  const entered = Promise.withResolvers<undefined>();
  const gate = Promise.withResolvers<undefined>();
  const plugins = fakePlugins(async (call) => {
    if (call.command === 'ADD' && call.env['CNI_CONTAINERID'] === 'slow') { entered.resolve(undefined); await gate.promise; }
    return succeed(call);
  });
  const ofSlow = (): string[] => steps(plugins.calls.filter(({ env }) => env['CNI_CONTAINERID'] === 'slow'));
  await using cni = await node.cni(plugins);
  const add = cni.add(attachment({ sandboxId: 'slow' }), { signal: signal() });
  await entered.promise;
  const del = cni.del(attachment({ sandboxId: 'slow' }), { signal: signal() });
  // A whole life of another sandbox: long enough for the DEL to have begun if nothing held it.
  await cni.add(attachment({ sandboxId: 'quick' }), { signal: signal() });
  await cni.del(attachment({ sandboxId: 'quick' }), { signal: signal() });
  assert.deepEqual(ofSlow(), ['ADD one']);
  gate.resolve(undefined);
  await Promise.all([add, del]);
  assert.deepEqual(ofSlow(), ['ADD one', 'ADD two', 'DEL two', 'DEL one']);
});

test('a caller that leaves while it waits starts nothing', async () => {
  await using node = await configured();
  const entered = Promise.withResolvers<undefined>();
  const gate = Promise.withResolvers<undefined>();
  const plugins = fakePlugins(async (call) => { if (call.command === 'ADD') { entered.resolve(undefined); await gate.promise; } return succeed(call); });
  await using cni = await node.cni(plugins);
  const add = cni.add(attachment(), { signal: signal() });
  await entered.promise;
  const leaving = new AbortController();
  const del = cni.del(attachment(), { signal: leaving.signal });
  leaving.abort();
  await assert.rejects(del, CancelledError);
  gate.resolve(undefined);
  await add;
  await cni.del(attachment(), { signal: signal() });
  assert.deepEqual(steps(plugins.calls), ['ADD one', 'ADD two', 'DEL two', 'DEL one']);
});

test('a record that was cut off anywhere is the intent, or nothing that is known; whole it has the result; all are detached', async () => {
  await using node = await configured();
  const plugins = fakePlugins(succeed);
  { await using cni = await node.cni(plugins); await cni.add(attachment(), { signal: signal() }); }
  const file = join(node.cacheDir, 'box@eth0.json');
  const whole = await readFile(file);
  const intentBytes = whole.indexOf('\n') + 1;
  await using cni = await node.cni(plugins);
  assert.deepEqual((await cni.cachedResult('box'))?.ips, ['10.1.2.3']);
  for (const bytes of [0, 1, intentBytes - 2, intentBytes, intentBytes + 1, whole.length - 2, whole.length]) {
    await writeFile(file, whole.subarray(0, bytes));
    assert.deepEqual((await cni.cachedResult('box'))?.ips, bytes === whole.length ? ['10.1.2.3'] : undefined, `${bytes} bytes`);
    plugins.calls.length = 0;
    await cni.del(attachment(), { signal: signal() });
    assert.deepEqual(plugins.calls.map(({ plugin, request }) => [plugin, 'prevResult' in request]), [['two', bytes === whole.length], ['one', bytes === whole.length]], `${bytes} bytes`);
    assert.deepEqual(await readdir(node.cacheDir), []);
  }
});
