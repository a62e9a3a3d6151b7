/** Pod networks through the socket: dual stack, host ports without a plugin, bandwidth, networks by handler, readiness, GC, `davit networks`. */
import { strict as assert } from 'node:assert';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { promisify } from 'node:util';
import { BUSYBOX_IMAGE, eventually, runContainer, runPod, startNode } from '../harness/index.ts';
import type { TestNode } from '../harness/index.ts';
import { DAVIT } from '../harness/places.ts';

const run = promisify(execFile);
const HOST_PORT = 18_086;

let plugins: string;
let node: TestNode;

before(async () => {
  plugins = await mkdtemp('/tmp/dvp-');
  await copyFile(join(import.meta.dirname, '../fixtures/cni/noop'), join(plugins, 'noop'));
  node = await startNode({
    pluginDir: plugins,
    config: '[crio.network]\ncni_default_network = "dual"\n[crio.runtime.runtimes.apart]\nruntime_path = "/usr/bin/crun"\ncni_default_network = "agent"\nallowed_annotations = ["network.davit.io/"]\n',
  });
  const { network } = node.davit;
  const { plugins: [bridge] } = JSON.parse(await readFile(join(network.confDir, '10-test.conflist'), 'utf8')) as { plugins: [{ ipam: { ranges: unknown[]; routes: unknown[] } }] };
  const ipam = { ...bridge.ipam, ranges: [[{ subnet: 'fd25:1:7::/64' }], ...bridge.ipam.ranges], routes: [{ dst: '::/0' }, ...bridge.ipam.routes] };
  // Named as the harness's, so that the addresses are where it looks for leftovers; without portmap.
  await configure('10-test.conflist', { cniVersion: '1.0.0', name: 'davit-test', plugins: [{ ...bridge, ipam }, { type: 'bandwidth', capabilities: { bandwidth: true } }] });
  await configure('20-dual.conflist', { cniVersion: '1.0.0', name: 'dual', plugins: [{ ...bridge, ipam }, { type: 'bandwidth', capabilities: { bandwidth: true } }] });
  await configure('30-agent.conflist', { cniVersion: '1.1.0', name: 'agent', plugins: [{ type: 'noop', capabilities: { ips: true, mac: true } }] });
  await configure('99-broken.conflist', '{"name": "half');
  await eventually('the network', async () => (await networkCondition()).status && (await networks()).includes('BROKEN 99-broken.conflist'));
  await node.davit.client.call('PullImage', { image: { image: BUSYBOX_IMAGE } });
});
afterEach(async () => {
  await rm(join(plugins, 'mood'), { force: true });
  await node.removeAllPods();
  await node.assertClean();
});
after(async () => {
  await rm(join(node.davit.network.confDir, '../cni-addresses/dual'), { recursive: true, force: true });
  await node[Symbol.asyncDispose]();
  await rm(plugins, { recursive: true });
});

async function configure(file: string, content: unknown): Promise<void> {
  const path = join(node.davit.network.confDir, file);
  await writeFile(`${path}.new`, typeof content === 'string' ? content : JSON.stringify(content));
  await rename(`${path}.new`, path);
}

async function networkCondition(): Promise<{ status: boolean; message: string }> {
  const { status } = await node.davit.client.call('Status', {});
  const found = status?.conditions.find(({ type }) => type === 'NetworkReady');
  assert.ok(found);
  return found;
}

async function networks(...args: string[]): Promise<string> {
  const { directory, runroot } = node.davit;
  return (await run(DAVIT, ['networks', '--config', join(directory, 'davit.conf'), '--config-dir=', '--runroot', runroot, ...args])).stdout;
}

async function ask(address: string, port: number): Promise<string> {
  const socket = connect(port, address);
  let text = '';
  socket.setTimeout(10_000, () => socket.destroy(new Error('no answer'))).on('data', (chunk: Buffer) => { text += chunk.toString(); });
  await once(socket, 'close');
  return text;
}

/** Answers every connection to port 80 with a word. */
const SERVER = ['sh', '-c', 'while true; do echo behind | nc -l -p 80; done'];

test('a pod has the plugins\' first address first and the other family\'s beside it', async () => {
  const pod = await runPod(node.davit, { name: 'both' });
  const network = (await node.davit.client.call('PodSandboxStatus', { podSandboxId: pod.id })).status?.network;
  assert.match(network?.ip ?? '', /^fd25:1:7::/);
  assert.deepEqual(network?.additionalIps.map(({ ip }) => ip.slice(0, ip.lastIndexOf('.'))), [node.davit.network.prefix]);
});

test('a host port without the portmap plugin answers on 127.0.0.1, outlives kill -9 of the daemon, and goes with its pod', async () => {
  const { davit } = node;
  const pod = await runPod(davit, { name: 'ports', portMappings: [{ hostPort: HOST_PORT, containerPort: 80, protocol: 0 }] });
  await runContainer(davit, pod, { name: 'server', command: SERVER });
  await eventually('an answer', async () => await ask('127.0.0.1', HOST_PORT).catch(() => '') === 'behind\n');
  await davit.kill9();
  await eventually('an answer without a daemon', async () => await ask('127.0.0.1', HOST_PORT).catch(() => '') === 'behind\n');
  await run('nft', ['delete', 'table', 'inet', 'davit_hostports']);
  await davit.start();
  await eventually('an answer after somebody deleted the rules', async () => await ask('127.0.0.1', HOST_PORT).catch(() => '') === 'behind\n');
  await davit.client.call('StopPodSandbox', { podSandboxId: pod.id });
  await assert.rejects(ask('127.0.0.1', HOST_PORT), /ECONNREFUSED/);
});

test('two pods with one host port: the second is refused by name and leaves nothing', async () => {
  const portMappings = [{ hostPort: HOST_PORT, containerPort: 80, protocol: 0 }];
  const first = await runPod(node.davit, { name: 'first', portMappings });
  await assert.rejects(runPod(node.davit, { name: 'second', portMappings }), new RegExp(`host port tcp/${HOST_PORT} of sandbox .* is taken by sandbox "${first.id}"`));
});

test('bandwidth annotations limit the pod\'s interface', async () => {
  const pod = await runPod(node.davit, { name: 'slow', annotations: { 'kubernetes.io/ingress-bandwidth': '10M', 'kubernetes.io/egress-bandwidth': '1M' } });
  const { stdout } = await run('tc', ['qdisc', 'show']);
  assert.match(stdout, /tbf .* rate 10Mbit/);
  assert.match(stdout, /tbf .* rate 1Mbit/);
  await node.davit.client.call('RemovePodSandbox', { podSandboxId: pod.id });
});

test('a handler\'s pods have its network, and davit networks shows both, the broken file and what is attached', async () => {
  const [common, apart] = [await runPod(node.davit, { name: 'common' }), await runPod(node.davit, { name: 'apart', runtimeHandler: 'apart' })];
  assert.equal((await node.davit.client.call('PodSandboxStatus', { podSandboxId: apart.id })).status?.network?.ip, '192.0.2.7');
  const text = await networks('--check');
  assert.match(text, /^pods get "dual" of .*: ready$[^]*^ {2}\* +dual +20-dual\.conflist +1\.0\.0 +bridge bandwidth$[^]*^ {2}BROKEN 99-broken\.conflist: not JSON/m);
  assert.match(text, /^pods of apart get "agent"/m);
  assert.match(text, new RegExp(`${common.id.slice(0, 13)} +test/common +eth0 +dual +fd25.* attached`));
  assert.match(text, new RegExp(`${apart.id.slice(0, 13)} +test/apart +eth0 +agent +192\\.0\\.2\\.7 2001:db8::7 +attached`));
});

test('addresses that a pod asks for by annotation reach the plugins where its handler allows it', async () => {
  await writeFile(join(plugins, 'calls'), '');
  const annotations = { 'network.davit.io/ips': '192.0.2.9/24', 'network.davit.io/mac': '02:00:00:00:00:09' };
  await runPod(node.davit, { name: 'asks', annotations, runtimeHandler: 'apart' });
  const requests = async (): Promise<{ runtimeConfig?: unknown }[]> => (await readFile(join(plugins, 'calls'), 'utf8')).split('\n').filter((line) => line.startsWith('ADD\t')).map((line) => JSON.parse(line.slice(4)) as { runtimeConfig?: unknown });
  assert.deepEqual((await requests()).map(({ runtimeConfig }) => runtimeConfig), [{ ips: ['192.0.2.9/24'], mac: '02:00:00:00:00:09' }]);
  await assert.rejects(runPod(node.davit, { name: 'wrong', annotations: { 'network.davit.io/ips': 'any' }, runtimeHandler: 'apart' }), /network\.davit\.io\/ips "any": expected addresses/);
});

test('CHECK finds a network that somebody has broken, when asked and after a restart', async () => {
  const { davit } = node;
  const pod = await runPod(davit, { name: 'broken' });
  const netns = join(davit.runroot, 'ns', pod.id, 'net');
  await run('nsenter', [`--net=${netns}`, 'ip', 'addr', 'flush', 'dev', 'eth0']);
  assert.match(await networks('--check'), /test\/broken .* DAMAGED: CNI plugin "bridge": CHECK/);
  await davit.stop();
  await davit.start();
  await eventually('the complaint of the next daemon', async () => (await networks()).includes('DAMAGED'));
  assert.match(davit.log(), /CHECK does not find the network of a running pod in order/);
});

test('STATUS decides about NetworkReady, with the plugin\'s words; GC after a start tells the plugins what is valid', async () => {
  const { davit } = node;
  const pod = await runPod(davit, { name: 'agent', runtimeHandler: 'apart' });
  await writeFile(join(plugins, 'mood'), 'STATUS unavailable\n');
  await eventually('the agent\'s words', async () => (await networks()).includes('pods of apart get "agent"') && /NOT READY: .*STATUS of network "agent": the agent is down/.test(await networks()));
  assert.equal((await networkCondition()).status, true);
  await rm(join(plugins, 'mood'));
  await writeFile(join(plugins, 'calls'), '');
  await davit.kill9();
  await davit.start();
  const valid = JSON.stringify([{ containerID: pod.id, ifname: 'eth0' }]);
  await eventually('GC', async () => (await readFile(join(plugins, 'calls'), 'utf8')).split('\n').some((line) => line.startsWith('GC\t') && line.includes(`"cni.dev/valid-attachments":${valid}`)));
});
