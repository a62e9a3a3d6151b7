/** Debian's plugins on the real kernel: every kind of interface, v4, v6 and both, and what is chained behind it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attachment, signal } from './test-node.ts';
import { testNetwork, type TestNetwork } from './test-network.ts';

const V4 = '10.251.5.0/24';
const V6 = 'fd25:1:5::/64';
const FAMILIES = { v4: [V4], v6: [V6], 'dual stack': [V4, V6] };
/** A master for macvlan and ipvlan, in the namespace that plays the node. */
const MASTER = 'uplink';

const INTERFACES: Readonly<Record<string, (ipam: object) => object>> = {
  bridge: (ipam) => ({ type: 'bridge', bridge: 'br-real', isGateway: true, ipMasq: true, hairpinMode: true, ipam }),
  ptp: (ipam) => ({ type: 'ptp', ipMasq: true, ipam }),
  macvlan: (ipam) => ({ type: 'macvlan', master: MASTER, mode: 'bridge', ipam }),
  ipvlan: (ipam) => ({ type: 'ipvlan', master: MASTER, mode: 'l2', ipam }),
};

async function withMaster(network: TestNetwork): Promise<void> {
  await network.inside(network.hostNamespace, 'ip', 'link', 'add', MASTER, 'type', 'veth', 'peer', 'name', `${MASTER}-far`);
  await network.inside(network.hostNamespace, 'ip', 'link', 'set', `${MASTER}-far`, 'up');
  await network.inside(network.hostNamespace, 'ip', 'link', 'set', MASTER, 'up');
}

/** Kernels may be built without ipvlan or macvlan. */
async function hasInterfaceType(network: TestNetwork, kind: string): Promise<boolean> {
  if (!kind.endsWith('vlan')) return true;
  const probe = await network.inside(network.hostNamespace, 'ip', 'link', 'add', 'probe', 'link', `${MASTER}-far`, 'type', kind).then(() => true, () => false);
  if (probe) await network.inside(network.hostNamespace, 'ip', 'link', 'delete', 'probe');
  return probe;
}

async function rules(network: TestNetwork): Promise<string> {
  const saved = await Promise.all(['iptables', 'ip6tables'].flatMap((tool) => ['nat', 'filter'].map((table) => network.inside(network.hostNamespace, tool, '-t', table, '-S'))));
  return saved.join('').split('\n').filter((line) => /CNI-[0-9a-f]|CNI-(DN|SN)-|10\.251\.5\.\d+\/32|fd25:1:5::/.test(line)).join('\n');
}

for (const [kind, plugin] of Object.entries(INTERFACES)) {
  for (const [family, subnets] of Object.entries(FAMILIES)) {
    test(`${kind}, ${family}: ADD, CHECK and DEL, twice, and with the namespace gone`, async () => {
      await using network = await testNetwork({ plugins: (ipam) => [plugin(ipam)], subnets });
      await withMaster(network);
      await using cni = await network.cni();
      const pod = attachment({ sandboxId: 'pod', netnsPath: await network.pod('pod') });
      if (!await hasInterfaceType(network, kind)) {
        // The same with a kernel that cannot: the plugin's words, and nothing is left.
        await assert.rejects(cni.add(pod, { signal: signal() }), new RegExp(`CNI plugin "${kind}": ADD sandbox "pod"`));
        await cni.del(pod, { signal: signal() });
        assert.deepEqual(await network.allocations(), []);
        return;
      }
      for (let round = 0; round < 2; round++) {
        const { ips, interfaces } = await cni.add(pod, { signal: signal() });
        assert.deepEqual(ips.map((ip) => ip.slice(0, 6)), subnets.map((subnet) => subnet.slice(0, 6)));
        assert.ok(interfaces.some(({ name, sandbox }) => name === 'eth0' && sandbox === pod.netnsPath));
        const shown = await network.inside(pod.netnsPath, 'ip', 'addr', 'show', 'eth0');
        for (const ip of ips) assert.ok(shown.includes(`${ip}/`), shown);
        assert.equal(await cni.check(pod, { signal: signal() }), 'in order');
        if (round === 1) await network.removePod('pod');
        await cni.del(pod, { signal: signal() });
        await cni.del(pod, { signal: signal() });
        assert.deepEqual(await network.allocations(), []);
      }
      assert.deepEqual((await network.links(network.hostNamespace)).filter((name) => name.startsWith('veth')), []);
      assert.equal(await rules(network), '');
    });
  }
}

for (const [family, subnets] of Object.entries(FAMILIES)) {
  test(`bridge with portmap, bandwidth, firewall and tuning behind it, ${family}: all do their part, and DEL takes all of it back`, async () => {
    await using network = await testNetwork({
      subnets,
      plugins: (ipam) => [
        { type: 'bridge', bridge: 'br-real', isGateway: true, ipMasq: true, hairpinMode: true, ipam }, { type: 'portmap', capabilities: { portMappings: true }, snat: true },
        { type: 'bandwidth', capabilities: { bandwidth: true } }, { type: 'firewall', backend: 'iptables' }, { type: 'tuning', sysctl: { 'net.core.somaxconn': '501' }, mtu: 1400, capabilities: { mac: true } },
      ],
    });
    await using cni = await network.cni();
    const pod = attachment({
      sandboxId: 'pod', netnsPath: await network.pod('pod'), portMappings: [{ hostPort: 18_087, containerPort: 80, protocol: 'tcp' }], mac: '02:00:00:00:00:07',
      podAnnotations: { 'kubernetes.io/ingress-bandwidth': '10M', 'kubernetes.io/egress-bandwidth': '20M' },
    });
    const { ips } = await cni.add(pod, { signal: signal() });
    assert.match(await network.inside(pod.netnsPath, 'ip', 'link', 'show', 'eth0'), /mtu 1400[^]*02:00:00:00:00:07/);
    assert.match(await network.inside(network.hostNamespace, 'tc', 'qdisc'), /rate 10Mbit[^]*rate 20Mbit|rate 20Mbit[^]*rate 10Mbit/);
    const made = await rules(network);
    assert.match(made, /CNI-DN-/);
    for (const ip of ips) assert.ok(made.includes(`${ip}/`), `no rule of ${ip}: ${made}`);
    await network.serve(pod.netnsPath, 80, 'behind it all');
    if (subnets.includes(V4)) assert.equal(await network.dial(network.hostNamespace, '127.0.0.1', 18_087), 'behind it all');
    await cni.del(pod, { signal: signal() });
    assert.equal(await rules(network), '');
    assert.deepEqual((await network.links(network.hostNamespace)).filter((name) => /^(veth|bwp)/.test(name)), []);
    assert.deepEqual(await network.allocations(), []);
  });
}
