import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'node:test';
import { fakePlugins } from './fake-plugins.ts';
import { inOrder } from './networks.ts';
import { attachment, signal, testNode } from './test-node.ts';
import type { Cni, CniStatus } from './types.ts';

const list = (name: string, type = 'one', cniVersion = '1.0.0'): object => ({ cniVersion, name, plugins: [{ type }] });
const add = { stdout: { ips: [{ address: 'fd00::5/64' }, { address: '10.1.2.3/24' }] } };

async function until(cni: Cni, fits: (status: CniStatus) => boolean): Promise<CniStatus> {
  for (const deadline = signal(); !fits(cni.status()); deadline.throwIfAborted()) await sleep(10);
  return cni.status();
}

test('a handler has the network of its name, or of its directory; all others the common one', async () => {
  await using node = await testNode();
  await node.configure('10-common.conflist', list('common'));
  await node.configure('20-second.conflist', list('second', 'two'));
  const own = `${node.confDir}.own`;
  await mkdir(own);
  await writeFile(join(own, '10.conflist'), JSON.stringify(list('apart', 'three')));
  const plugins = fakePlugins(({ command }) => (command === 'ADD' ? add : undefined));
  await using cni = await node.cni(plugins, { handlers: { kata: { defaultNetwork: 'second' }, vm: { confDir: own }, lost: { defaultNetwork: 'nowhere' } } });
  assert.deepEqual([cni.status().network, cni.status('runc').network, cni.status('kata').network, cni.status('vm').network], ['common', 'common', 'second', 'apart']);
  for (const runtimeHandler of ['', 'runc', 'kata', 'vm']) await cni.add(attachment({ sandboxId: `box${runtimeHandler}`, runtimeHandler }), { signal: signal() });
  assert.deepEqual(plugins.calls.map(({ plugin }) => plugin), ['one', 'one', 'two', 'three']);
  await assert.rejects(cni.add(attachment({ runtimeHandler: 'lost' }), { signal: signal() }), /no CNI network "nowhere"/);
  const { choices, attached } = await cni.overview();
  assert.deepEqual(choices.map(({ handlers, status: { ready } }) => [handlers, ready]), [[[''], true], [['kata'], true], [['vm'], true], [['lost'], false]]);
  assert.deepEqual(choices[0]?.networks.map(({ name, inUse }) => [name, inUse]), [['common', '1.0.0'], ['second', undefined]]);
  assert.deepEqual(attached.map(({ network, state }) => [network, state]), [['common', 'attached'], ['second', 'attached'], ['common', 'attached'], ['apart', 'attached']]);
});

for (const [order, ips] of [['cni', ['fd00::5', '10.1.2.3']], ['ipv4', ['10.1.2.3', 'fd00::5']], ['ipv6', ['fd00::5', '10.1.2.3']]] as const) {
  test(`pod addresses in the order "${order}", from ADD and from the record`, async () => {
    await using node = await testNode();
    await node.configure('10-net.conflist', list('net'));
    await using cni = await node.cni(fakePlugins(({ command }) => (command === 'ADD' ? add : undefined)), { ipOrder: order });
    assert.deepEqual((await cni.add(attachment(), { signal: signal() })).ips, ips);
    assert.deepEqual((await cni.cachedResult('box'))?.ips, ips);
  });
}

test('inOrder() keeps the plugins\' order within a family', () => {
  assert.deepEqual(inOrder(['fd00::1', '10.0.0.2', 'fd00::2', '10.0.0.1'], 'ipv4'), ['10.0.0.2', '10.0.0.1', 'fd00::1', 'fd00::2']);
});

test('a network that fails counts as ready for the grace period, not for longer, and never before it was ready', async () => {
  await using node = await testNode();
  let down = true;
  const plugins = fakePlugins(({ command }) => (command === 'STATUS' && down ? { exitCode: 1, stdout: { code: 50, msg: 'agent is down' } } : undefined));
  await node.configure('10-net.conflist', list('net', 'one', '1.1.0'));
  await using patient = await node.cni(plugins, { gracePeriodMs: 3_600_000 });
  await using hasty = await node.cni(plugins, { gracePeriodMs: 1 });
  assert.deepEqual([patient.status().ready, hasty.status().ready], [false, false]);
  down = false;
  await Promise.all([until(patient, ({ ready }) => ready), until(hasty, ({ ready }) => ready)]);
  down = true;
  await node.configure('10-net.conflist', list('net2', 'one', '1.1.0'));
  const [kept, lost] = await Promise.all([until(patient, ({ failure }) => failure !== undefined), until(hasty, ({ ready }) => !ready)]);
  assert.deepEqual([kept.ready, kept.message], [true, '']);
  assert.match(kept.failure ?? '', /agent is down/);
  assert.match(lost.message, /agent is down/);
  await rm(node.confDir, { recursive: true });
  assert.equal((await until(patient, ({ failure }) => failure?.startsWith('no CNI network') === true)).ready, true);
});
