/** The real bridge, host-local, portmap and loopback plugins on the real kernel. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { UnavailableError } from '#errors';
import { createProcessRunner, type ProcessRunner } from '#linux';
import { silentLogger } from '#log';
import { createCni } from './cni.ts';
import { attachment, signal } from './test-node.ts';
import { insideNamespace, testNetwork, type KilledDaemon, type TestNetwork } from './test-network.ts';

const HOST_PORT = 18_080;

async function assertNothingLeft(network: TestNetwork): Promise<void> {
  assert.deepEqual((await network.links(network.hostNamespace)).filter((name) => name.startsWith('veth')), []);
  assert.deepEqual(await network.allocations(), []);
  assert.doesNotMatch(await network.inside(network.hostNamespace, 'iptables', '-t', 'nat', '-S'), /10\.251\.3\.|CNI-DN-/);
}

test('two pods have their addresses and reach each other; DEL takes everything back, twice', async () => {
  await using network = await testNetwork();
  await using cni = await network.cni();
  const [a, b] = [attachment({ sandboxId: 'a', netnsPath: await network.pod('a') }), attachment({ sandboxId: 'b', netnsPath: await network.pod('b') })];
  const [resultA, resultB] = await Promise.all([cni.add(a, { signal: signal() }), cni.add(b, { signal: signal() })]);
  const [ipA, ipB] = [resultA.ips[0] ?? '', resultB.ips[0] ?? ''];
  assert.match(await network.inside(a.netnsPath, 'ip', 'addr', 'show', 'eth0'), new RegExp(`inet ${ipA}/24`));
  assert.deepEqual(resultA.interfaces.at(-1)?.sandbox, a.netnsPath);
  assert.match(await network.inside(a.netnsPath, 'ip', 'addr', 'show', 'lo'), /inet 127\.0\.0\.1\/8/);
  await network.serve(b.netnsPath, 80, 'from b');
  assert.equal(await network.dial(a.netnsPath, ipB, 80), 'from b');
  await Promise.all([a, b].map((attached) => cni.del(attached, { signal: signal() })));
  assert.deepEqual(await network.links(a.netnsPath), ['lo']);
  await assertNothingLeft(network);
  await cni.del(a, { signal: signal() });
});

test('a host port reaches the pod from 127.0.0.1, from the host\'s address and from another pod', async () => {
  await using network = await testNetwork();
  await using cni = await network.cni();
  const server = attachment({ sandboxId: 'server', netnsPath: await network.pod('server'), portMappings: [{ hostPort: HOST_PORT, containerPort: 80, protocol: 'tcp' }] });
  const client = attachment({ sandboxId: 'client', netnsPath: await network.pod('client') });
  for (const attached of [server, client]) await cni.add(attached, { signal: signal() });
  await network.serve(server.netnsPath, 80, 'behind the port');
  assert.equal(await network.dial(network.hostNamespace, '127.0.0.1', HOST_PORT), 'behind the port');
  assert.equal(await network.dial(network.hostNamespace, '10.251.3.1', HOST_PORT), 'behind the port');
  assert.equal(await network.dial(client.netnsPath, '10.251.3.1', HOST_PORT), 'behind the port');
  for (const attached of [server, client]) await cni.del(attached, { signal: signal() });
  await assertNothingLeft(network);
});

test('DEL with a namespace that is gone gives address and host port back', async () => {
  await using network = await testNetwork();
  const lost = attachment({ sandboxId: 'lost', netnsPath: await network.pod('lost'), portMappings: [{ hostPort: HOST_PORT, containerPort: 80, protocol: 'tcp' }] });
  {
    await using cni = await network.cni();
    await cni.add(lost, { signal: signal() });
  }
  await network.removePod('lost');
  // As after a reboot: another daemon, and the namespace's path names nothing.
  await using cni = await network.cni();
  const [cached] = await cni.cachedAttachments();
  assert.deepEqual(cached, lost);
  await cni.del(lost, { signal: signal() });
  await assertNothingLeft(network);
});

test('a daemon killed between a plugin\'s ADD and the record of its result leaves what the next one takes back', async () => {
  await using network = await testNetwork();
  const half = attachment({ sandboxId: 'half', netnsPath: await network.pod('half') });
  const daemon: KilledDaemon = { options: network.options, hostNamespace: network.hostNamespace, attachment: half };
  const child = spawn(process.execPath, [join(import.meta.dirname, 'testdata/killed-in-add.ts'), JSON.stringify(daemon)], { stdio: 'inherit' });
  assert.deepEqual(await once(child, 'exit'), [null, 'SIGKILL']);
  assert.equal((await network.allocations()).length, 1);
  assert.deepEqual(await network.links(half.netnsPath), ['lo', 'eth0']);
  await using cni = await network.cni();
  assert.deepEqual([await cni.cachedAttachments(), await cni.cachedResult('half')], [[half], undefined]);
  await cni.del(half, { signal: signal() });
  assert.deepEqual(await network.links(half.netnsPath), ['lo']);
  await assertNothingLeft(network);
  // The same sandbox can be attached again.
  await cni.add(half, { signal: signal() });
  await cni.del(half, { signal: signal() });
  await assertNothingLeft(network);
});

test('a DEL that was ended half-way, its interface gone and its masquerading rules not, is finished by the next one', async () => {
  await using network = await testNetwork({ subnets: ['10.251.3.0/24', 'fd00:251:3::/64'] });
  const half = attachment({ sandboxId: 'half', netnsPath: await network.pod('half') });
  const plugins = insideNamespace(createProcessRunner(), network.hostNamespace);
  let ended = false;
  const run: ProcessRunner['run'] = async (spec, options) => {
    if (ended || spec.env['CNI_COMMAND'] !== 'DEL' || basename(spec.file) !== 'bridge') return plugins.run(spec, options);
    ended = true;
    await network.inside(half.netnsPath, 'ip', 'link', 'del', 'eth0');
    throw new UnavailableError('the plugin was ended');
  };
  await using cni = await createCni({ ...network.options, runner: { run }, log: silentLogger });
  await cni.add(half, { signal: signal() });
  await assert.rejects(cni.del(half, { signal: signal() }), /the plugin was ended/);
  const rules = async (tool: string): Promise<string> => (await network.inside(network.hostNamespace, tool, '-t', 'nat', '-S')).split('\n').filter((line) => line.includes('CNI-')).join('\n');
  assert.match(`${await rules('iptables')}\n${await rules('ip6tables')}`, /MASQUERADE[^]*MASQUERADE/);
  await cni.del(half, { signal: signal() });
  assert.deepEqual([await rules('iptables'), await rules('ip6tables')], ['', '']);
  await assertNothingLeft(network);
});
