/** CHECK and GC, and how they keep out of the way of ADD and DEL. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FailedPreconditionError } from '#errors';
import { fakePlugins, type PluginAnswer, type PluginCall } from './fake-plugins.ts';
import { attachment, signal, testNode, type TestNode } from './test-node.ts';

const RESULT = { cniVersion: '1.1.0', interfaces: [{ name: 'eth0', sandbox: '/run/ns' }], ips: [{ interface: 0, address: '10.1.2.3/24' }] };
const succeed = ({ command }: PluginCall): PluginAnswer | undefined => (command === 'ADD' ? { stdout: RESULT } : undefined);
const steps = (calls: readonly PluginCall[]): string[] => calls.filter(({ command }) => command !== 'STATUS').map(({ command, plugin }) => `${command} ${plugin}`);
const network = (members: object = {}): object => ({ cniVersion: '1.1.0', name: 'net', plugins: [{ type: 'one' }, { type: 'two' }], ...members });

async function configured(members: object = {}): Promise<TestNode> {
  const node = await testNode();
  await node.configure('10-net.conflist', network(members));
  return node;
}

test('check() asks the plugins in order with the result of ADD and the network as it was then', async () => {
  await using node = await configured();
  const plugins = fakePlugins(succeed);
  await using cni = await node.cni(plugins);
  await cni.add(attachment(), { signal: signal() });
  await node.configure('10-net.conflist', network({ plugins: [{ type: 'three' }] }));
  assert.equal(await cni.check(attachment(), { signal: signal() }), 'in order');
  assert.deepEqual(steps(plugins.calls).slice(2), ['CHECK one', 'CHECK two']);
  assert.deepEqual(plugins.calls.filter(({ command }) => command === 'CHECK').map(({ request }) => request['prevResult']), [RESULT, RESULT]);
});

test('check() says the plugin\'s complaint, and the overview keeps it until a good one', async () => {
  await using node = await configured();
  let broken = true;
  const plugins = fakePlugins((call) => (call.command === 'CHECK' && call.plugin === 'two' && broken ? { exitCode: 1, stdout: { code: 100, msg: 'the route is gone' } } : succeed(call)));
  await using cni = await node.cni(plugins);
  await cni.add(attachment(), { signal: signal() });
  await assert.rejects(cni.check(attachment(), { signal: signal() }), /CNI plugin "two": CHECK sandbox "box" in network "net": the route is gone \(CNI code 100\)/);
  assert.match((await cni.overview()).attached[0]?.complaint ?? '', /the route is gone/);
  broken = false;
  await cni.check(attachment(), { signal: signal() });
  assert.equal((await cni.overview()).attached[0]?.complaint, undefined);
});

test('a plugin that crashes on CHECK says nothing about the sandbox', async () => {
  await using node = await configured();
  await using cni = await node.cni(fakePlugins((call) => (call.command === 'CHECK' ? { exitCode: 2, stderr: 'panic: nil pointer' } : succeed(call))));
  await cni.add(attachment(), { signal: signal() });
  await assert.rejects(cni.check(attachment(), { signal: signal() }), /exit code 2, stderr "panic: nil pointer"/);
  assert.equal((await cni.overview()).attached[0]?.complaint, undefined);
});

for (const [name, members] of [['disableCheck', { disableCheck: true }], ['a version without CHECK', { cniVersion: '0.3.1' }]] as const) {
  test(`check() asks nobody with ${name}`, async () => {
    await using node = await configured(members);
    const plugins = fakePlugins(({ command }) => (command === 'ADD' ? { stdout: { ips: [{ version: '4', address: '10.1.2.3/24' }] } } : undefined));
    await using cni = await node.cni(plugins);
    await cni.add(attachment(), { signal: signal() });
    assert.equal(await cni.check(attachment(), { signal: signal() }), 'not asked');
    assert.deepEqual(steps(plugins.calls), ['ADD one', 'ADD two']);
  });
}

test('check() of a sandbox that is not attached, or half attached, is refused', async () => {
  await using node = await configured();
  await using cni = await node.cni(fakePlugins(({ command }) => (command === 'ADD' ? { exitCode: 1, stdout: { code: 11, msg: 'later' } } : undefined)));
  await assert.rejects(cni.check(attachment(), { signal: signal() }), (error) => error instanceof FailedPreconditionError && /it is not attached/.test(error.message));
  await assert.rejects(cni.add(attachment(), { signal: signal() }));
  await assert.rejects(cni.check(attachment(), { signal: signal() }), (error) => error instanceof FailedPreconditionError && /its ADD has not ended/.test(error.message));
});

test('collect() detaches what nobody wants, then tells the plugins what is valid', async () => {
  await using node = await configured();
  const plugins = fakePlugins(succeed);
  await using cni = await node.cni(plugins);
  for (const sandboxId of ['kept', 'stale']) await cni.add(attachment({ sandboxId }), { signal: signal() });
  const before = steps(plugins.calls).length;
  assert.deepEqual(await cni.collect((sandboxId) => sandboxId === 'kept', { signal: signal() }), { detached: 1, networks: ['net'], failures: [] });
  assert.deepEqual(steps(plugins.calls).slice(before), ['DEL two', 'DEL one', 'GC one', 'GC two']);
  const [gc] = plugins.calls.slice(-2);
  assert.deepEqual(gc?.request, {
    type: 'one', name: 'net', cniVersion: '1.1.0',
    'cni.dev/valid-attachments': [{ containerID: 'kept', ifname: 'eth0' }], 'cni.dev/attachments': [{ containerID: 'kept', ifname: 'eth0' }],
  });
  assert.deepEqual((await cni.cachedAttachments()).map(({ sandboxId }) => sandboxId), ['kept']);
});

for (const [name, members] of [['disableGC', { disableGC: true }], ['a version without GC', { cniVersion: '1.0.0' }]] as const) {
  test(`collect() detaches but asks no plugin with ${name}`, async () => {
    await using node = await configured(members);
    const plugins = fakePlugins(succeed);
    await using cni = await node.cni(plugins);
    await cni.add(attachment(), { signal: signal() });
    assert.deepEqual(await cni.collect(() => false, { signal: signal() }), { detached: 1, networks: [], failures: [] });
    assert.deepEqual(steps(plugins.calls).slice(2), ['DEL two', 'DEL one']);
  });
}

test('collect() goes on after a plugin that fails, and says so', async () => {
  await using node = await configured();
  const plugins = fakePlugins((call) => {
    if (call.command === 'GC' && call.plugin === 'one') return { exitCode: 1, stdout: { code: 100, msg: 'no memory of it' } };
    return call.command === 'DEL' && call.env['CNI_CONTAINERID'] === 'a' ? { exitCode: 1, stderr: 'stuck' } : succeed(call);
  });
  await using cni = await node.cni(plugins);
  for (const sandboxId of ['a', 'b']) await cni.add(attachment({ sandboxId }), { signal: signal() });
  const { detached, failures } = await cni.collect(() => false, { signal: signal() });
  assert.equal(detached, 1);
  assert.match(failures.join('\n'), /DEL sandbox "a".*stuck[^]*CNI plugin "one": GC of network "net": no memory of it/);
  assert.equal(plugins.calls.at(-1)?.plugin, 'two');
  // What could not be detached stays valid for the plugins.
  assert.deepEqual(plugins.calls.at(-1)?.request['cni.dev/valid-attachments'], [{ containerID: 'a', ifname: 'eth0' }]);
});

test('GC runs neither beside an ADD nor an ADD beside it', async () => {
  await using node = await configured();
  const entered = { ADD: Promise.withResolvers<undefined>(), GC: Promise.withResolvers<undefined>() };
  const gates = { ADD: Promise.withResolvers<undefined>(), GC: Promise.withResolvers<undefined>() };
  const plugins = fakePlugins(async (call) => {
    if (call.plugin === 'one' && (call.command === 'ADD' || call.command === 'GC')) { entered[call.command].resolve(undefined); await gates[call.command].promise; }
    return succeed(call);
  });
  await using cni = await node.cni(plugins);
  const add = cni.add(attachment({ sandboxId: 'a' }), { signal: signal() });
  await entered.ADD.promise;
  const collected = cni.collect(() => true, { signal: signal() });
  gates.ADD.resolve(undefined);
  await add;
  await entered.GC.promise;
  const second = cni.add(attachment({ sandboxId: 'b' }), { signal: signal() });
  // Long enough for the second ADD to have begun if nothing held it.
  await cni.cachedAttachments();
  assert.deepEqual(steps(plugins.calls), ['ADD one', 'ADD two', 'GC one']);
  gates.GC.resolve(undefined);
  await Promise.all([collected, second]);
  assert.deepEqual(steps(plugins.calls), ['ADD one', 'ADD two', 'GC one', 'GC two', 'ADD one', 'ADD two']);
});
