import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InvalidArgumentError } from '#errors';
import { bandwidthFromAnnotations, withBursts } from './bandwidth.ts';
import { capabilityArgs } from './capability-args.ts';
import { validateAttachment } from './names.ts';
import { pluginEnvironment, pluginRequest } from './request.ts';
import { attachment } from './test-node.ts';
import { compareVersions } from './version.ts';

test('pluginEnvironment() has Kubernetes\' arguments in CNI_ARGS', () => {
  assert.deepEqual(pluginEnvironment('ADD', ['/a', '/b'], attachment()), {
    CNI_COMMAND: 'ADD', CNI_CONTAINERID: 'box', CNI_NETNS: '/proc/self/ns/net', CNI_IFNAME: 'eth0', CNI_PATH: '/a:/b',
    CNI_ARGS: 'IgnoreUnknown=1;K8S_POD_NAMESPACE=ns;K8S_POD_NAME=pod;K8S_POD_INFRA_CONTAINER_ID=box;K8S_POD_UID=uid',
  });
});

test('pluginEnvironment() leaves out what would be arguments of its own', () => {
  const { CNI_ARGS } = pluginEnvironment('DEL', [], attachment({ pod: { name: 'pod;IP=10.0.0.1', namespace: 'ns', uid: 'a=b' } }));
  assert.equal(CNI_ARGS, 'IgnoreUnknown=1;K8S_POD_NAMESPACE=ns;K8S_POD_INFRA_CONTAINER_ID=box');
});

test('pluginRequest() gives a plugin the arguments of the capabilities that it declares and has switched on', () => {
  const capabilityArgs = { portMappings: [1], mac: 'x', ips: ['y'], toString: 'z' };
  const config = { type: 'one', capabilities: { portMappings: true, mac: false } };
  assert.deepEqual(pluginRequest({ network: 'net', version: '1.0.0', plugin: { type: 'one', config }, capabilityArgs }), { ...config, name: 'net', cniVersion: '1.0.0', runtimeConfig: { portMappings: [1] } });
});

for (const overrides of [
  { pod: { name: 'pod;IP=10.0.0.1', namespace: 'ns', uid: 'uid' } }, { pod: { name: 'pod', namespace: 'a=b', uid: 'uid' } }, { pod: { name: 'pod', namespace: 'ns', uid: 'u\0' } },
  { sandboxId: '../box' }, { sandboxId: '' }, { sandboxId: 'a'.repeat(201) }, { ifName: '' }, { ifName: 'sixteen-letters-' }, { ifName: 'a/b' }, { ifName: '..' }, { ifName: 'a b' }, { netnsPath: '/a\0' },
]) {
  test(`validateAttachment() refuses ${JSON.stringify(overrides).slice(0, 60)}`, () => assert.throws(() => validateAttachment(attachment(overrides)), InvalidArgumentError));
}

test('capabilityArgs() has the names and forms of CNI\'s conventions', () => {
  const podAnnotations = { a: 'b', 'kubernetes.io/ingress-bandwidth': '10M' };
  const args = capabilityArgs(attachment({
    portMappings: [{ hostPort: 8080, containerPort: 80, protocol: 'TCP', hostIp: '' }, { hostPort: 0, containerPort: 81, protocol: 'tcp' }, { hostPort: 53, containerPort: 53, protocol: 'udp', hostIp: '127.0.0.1' }],
    dns: { servers: ['10.0.0.10'], searches: ['a.b'], options: ['ndots:5'] }, cgroupPath: '/kubepods/x', podAnnotations, ips: ['10.0.0.5/24'], mac: '02:00:00:00:00:01',
    ipRanges: [[{ subnet: '10.0.0.0/24' }]], aliases: ['db'],
  }));
  assert.deepEqual(args, {
    portMappings: [{ hostPort: 8080, containerPort: 80, protocol: 'tcp' }, { hostPort: 53, containerPort: 53, protocol: 'udp', hostIP: '127.0.0.1' }],
    bandwidth: { ingressRate: 10_000_000, ingressBurst: 10_000_000 },
    dns: { servers: ['10.0.0.10'], searches: ['a.b'], options: ['ndots:5'] }, cgroupPath: '/kubepods/x', 'io.kubernetes.cri.pod-annotations': podAnnotations,
    ips: ['10.0.0.5/24'], mac: '02:00:00:00:00:01', ipRanges: [[{ subnet: '10.0.0.0/24' }]], aliases: ['db'],
  });
  assert.deepEqual(capabilityArgs(attachment({ podAnnotations: {}, cgroupPath: '', mac: '', ips: [] })), {});
});

for (const [text, bits] of [['1k', 1000], ['10M', 10_000_000], ['1.5G', 1_500_000_000], ['2Ki', 2048], ['1e6', 1_000_000], ['1000', 1000], ['1P', 1e15], ['2000000m', 2000]] as const) {
  test(`bandwidthFromAnnotations() reads ${text}`, () => assert.deepEqual(bandwidthFromAnnotations({ 'kubernetes.io/egress-bandwidth': text }), { egressRate: bits }));
}

for (const text of ['', '1', '2P', '-5M', '10 M', '10MB', 'fast', '1e99']) {
  test(`bandwidthFromAnnotations() refuses "${text}"`, () => assert.throws(() => bandwidthFromAnnotations({ 'kubernetes.io/egress-bandwidth': text }), InvalidArgumentError));
}

test('withBursts() stays below what the bandwidth plugin takes, and keeps what was asked for', () => {
  assert.deepEqual(withBursts({ ingressRate: 1e12, egressRate: 1000, egressBurst: 5 }), { ingressRate: 1e12, ingressBurst: (2 ** 32 - 1) * 8 - 1, egressRate: 1000, egressBurst: 5 });
  assert.deepEqual(withBursts({}), {});
});

test('compareVersions() goes by number, not by letter', () => {
  assert.deepEqual(['0.10.0', '1.0.0', '0.2.0', '', '1'].sort(compareVersions), ['', '0.2.0', '0.10.0', '1.0.0', '1']);
});
