/** Host ports without a plugin for them, on the real kernel; this test's namespace is the node. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'node:test';
import { attachment, signal } from '../test-node.ts';
import { testNetwork, type TestNetwork } from '../test-network.ts';
import type { Attachment, PortMappingArg } from '../types.ts';

const BRIDGE = 'br-ports';
const bridge = (ipam: object): object[] => [{ type: 'bridge', bridge: BRIDGE, isGateway: true, hairpinMode: true, ipam }];

interface Node extends AsyncDisposable { readonly network: TestNetwork; ruleset(): Promise<string>; pod(name: string, portMappings: readonly PortMappingArg[]): Promise<Attachment> }

async function dualStackNode(): Promise<Node> {
  const network = await testNetwork({ plugins: bridge, subnets: ['10.251.4.0/24', 'fd25:1:4::/64'], inOwnNamespace: true });
  const { hostNamespace } = network;
  return {
    network,
    ruleset: () => network.inside(hostNamespace, 'nft', 'list', 'ruleset'),
    pod: async (name, portMappings) => attachment({ sandboxId: name, netnsPath: await network.pod(name), portMappings }),
    [Symbol.asyncDispose]: async () => {
      await network.inside(hostNamespace, 'ip', 'link', 'delete', BRIDGE).catch(() => undefined);
      await network[Symbol.asyncDispose]();
    },
  };
}

test('a host port reaches its pod from 127.0.0.1, the node\'s addresses of both families, a neighbour and the pod itself; DEL closes it', async () => {
  await using node = await dualStackNode();
  const { network } = node;
  const { hostNamespace } = network;
  await using cni = await network.cni();
  const server = await node.pod('server', [{ hostPort: 18_081, containerPort: 80, protocol: 'TCP' }, { hostPort: 18_082, containerPort: 80, protocol: 'tcp', hostIp: '127.0.0.1' }]);
  const client = await node.pod('client', []);
  assert.deepEqual((await cni.add(server, { signal: signal() })).ips.length, 2);
  await cni.add(client, { signal: signal() });
  await network.serve(server.netnsPath, 80, 'behind the port');
  // The kernel looks for duplicates of the bridge's new address before it uses it.
  for (const deadline = signal(); (await network.inside(hostNamespace, 'ip', '-6', 'addr', 'show', 'dev', BRIDGE, 'tentative')) !== ''; deadline.throwIfAborted()) await sleep(50);
  for (const address of ['127.0.0.1', '10.251.4.1', 'fd25:1:4::1']) assert.equal(await network.dial(hostNamespace, address, 18_081), 'behind the port', address);
  for (const address of ['10.251.4.1', 'fd25:1:4::1']) {
    assert.equal(await network.dial(client.netnsPath, address, 18_081), 'behind the port', `${address} from a neighbour`);
    assert.equal(await network.dial(server.netnsPath, address, 18_081), 'behind the port', `${address} from the pod itself`);
  }
  assert.equal(await network.dial(hostNamespace, '127.0.0.1', 18_082), 'behind the port');
  await assert.rejects(network.dial(hostNamespace, '10.251.4.1', 18_082), /ECONNREFUSED/);
  for (const attached of [server, client]) await cni.del(attached, { signal: signal() });
  await assert.rejects(network.dial(hostNamespace, '127.0.0.1', 18_081), /ECONNREFUSED/);
  assert.equal(await node.ruleset(), '');
});

test('what 127.0.0.1 of the node serves stays out of the pods\' reach', async () => {
  await using node = await dualStackNode();
  const { network } = node;
  await using cni = await network.cni();
  const [server, client] = [await node.pod('server', [{ hostPort: 18_081, containerPort: 80, protocol: 'tcp' }]), await node.pod('client', [])];
  for (const attached of [server, client]) await cni.add(attached, { signal: signal() });
  await network.serve(network.hostNamespace, 18_090, 'for the node alone');
  assert.equal(await network.dial(network.hostNamespace, '127.0.0.1', 18_090), 'for the node alone');
  // route_localnet, which the host port needs on the bridge, lets a neighbour send to 127.0.0.1: only the table stops it.
  await network.inside(client.netnsPath, 'sh', '-c', 'echo 1 > /proc/sys/net/ipv4/conf/eth0/route_localnet; ip route add 127.0.0.1/32 via 10.251.4.1 dev eth0');
  const knock = "require('net').connect({ port: 18090, host: '127.0.0.1', timeout: 1500 }).on('timeout', () => process.exit(3)).on('error', (e) => { console.error(e.code); process.exit(4); }).on('data', () => process.exit(0))";
  await assert.rejects(network.inside(client.netnsPath, process.execPath, '-e', knock), { code: 3 });
  for (const attached of [server, client]) await cni.del(attached, { signal: signal() });
});

test('the table is made right at the start and by every collection: what no pod owns goes, what is missing comes', async () => {
  await using node = await dualStackNode();
  const { network } = node;
  const { hostNamespace } = network;
  const server = await node.pod('server', [{ hostPort: 18_081, containerPort: 80, protocol: 'tcp' }]);
  let whole = '';
  {
    await using cni = await network.cni();
    await cni.add(server, { signal: signal() });
    whole = await node.ruleset();
    assert.match(whole, /dport 18081 dnat ip to 10\.251\.4\.\d+:80/);
    await network.inside(hostNamespace, 'nft', 'flush', 'ruleset');
    await cni.collect(() => true, { signal: signal() });
    assert.equal(await node.ruleset(), whole);
  }
  await network.inside(hostNamespace, 'nft', 'add', 'rule', 'inet', 'davit_hostports', 'hostports', 'tcp', 'dport', '9', 'dnat', 'ip', 'to', '10.251.4.99:9');
  await using next = await network.cni();
  assert.equal(await node.ruleset(), whole);
  await next.del({ ...server, netnsPath: '' }, { signal: signal() });
  assert.equal(await node.ruleset(), '');
});

test('a pod that wants a taken port fails, and DEL takes back what the plugins did', async () => {
  await using node = await dualStackNode();
  await using cni = await node.network.cni();
  const pod = await node.pod('x', [{ hostPort: 18_081, containerPort: 80, protocol: 'tcp' }]);
  await cni.add(pod, { signal: signal() });
  const twin = await node.pod('y', [{ hostPort: 18_081, containerPort: 80, protocol: 'tcp', hostIp: '127.0.0.1' }]);
  await assert.rejects(cni.add(twin, { signal: signal() }), /host port tcp\/18081 of sandbox "y" is taken by sandbox "x"/);
  await cni.del(twin, { signal: signal() });
  await cni.del(pod, { signal: signal() });
  assert.deepEqual(await node.network.allocations(), []);
});

test('a UDP client that goes on sending from its port finds the port\'s next pod', async () => {
  await using node = await dualStackNode();
  const { network } = node;
  await using cni = await network.cni();
  const ask = (): Promise<string> => network.inside(network.hostNamespace, process.execPath, '-e', `
    const s = require('dgram').createSocket('udp4');
    s.on('message', (m) => { process.stdout.write(m); s.close(); }).bind(18099, '10.251.4.1', () => s.send('?', 18053, '10.251.4.1'));
    setTimeout(() => process.exit(3), 5000).unref();`);
  for (const name of ['first', 'second']) {
    const pod = await node.pod(name, [{ hostPort: 18_053, containerPort: 53, protocol: 'UDP' }]);
    await cni.add(pod, { signal: signal() });
    await network.serveUdp(pod.netnsPath, 53, name);
    assert.equal(await ask(), name);
    await cni.del(pod, { signal: signal() });
  }
});
