/** /etc/hosts, /etc/hostname and /etc/resolv.conf of containers whose client mounts none of them. */
import { strict as assert } from 'node:assert';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { test } from 'node:test';
import { BUSYBOX_IMAGE, runContainer, runPod, useNode } from '../harness/index.ts';
import type { PodConfig } from '../harness/index.ts';

const node = useNode();
const NODE = 2;
const ON_NODE_NETWORK: PodConfig = { linux: { securityContext: { namespaceOptions: { network: NODE } } } };
const DNS: PodConfig = { dnsConfig: { servers: ['10.96.0.10'], searches: ['a.svc', 'svc'], options: ['ndots:5'] } };

/** The files as the container sees them, and the pod's address. */
async function filesOf(name: string, options: PodConfig): Promise<{ hosts: string; hostname: string; resolvConf: string; ip: string }> {
  const { davit } = node();
  await davit.client.call('PullImage', { image: { image: BUSYBOX_IMAGE } });
  const pod = await runPod(davit, { ...options, name });
  const containerId = await runContainer(davit, pod, { name: 'c', command: ['sleep', '1000'] });
  const read = async (path: string): Promise<string> => Buffer.from((await davit.client.call('ExecSync', { containerId, cmd: ['cat', path], timeout: 30n })).stdout).toString();
  const { status } = await davit.client.call('PodSandboxStatus', { podSandboxId: pod.id });
  return { hosts: await read('/etc/hosts'), hostname: await read('/etc/hostname'), resolvConf: await read('/etc/resolv.conf'), ip: status?.network?.ip ?? '' };
}

test('a pod with a network of its own finds the local names and its own, its hostname, and the node\'s resolver', async () => {
  const files = await filesOf('web', {});
  assert.match(files.hosts, /^127\.0\.0\.1\tlocalhost\n::1\tlocalhost /);
  assert.ok(files.hosts.endsWith(`\n${files.ip}\tweb\n`), files.hosts);
  assert.deepEqual([files.hostname, files.resolvConf], ['web\n', await readFile('/etc/resolv.conf', 'utf8')]);
});

test('a pod on the node\'s network finds what the node has', async () => {
  const { hosts, hostname: name, resolvConf } = await filesOf('agent', { ...ON_NODE_NETWORK, hostname: '' });
  assert.deepEqual([hosts, name, resolvConf], [await readFile('/etc/hosts', 'utf8'), `${hostname()}\n`, await readFile('/etc/resolv.conf', 'utf8')]);
});

for (const [network, options] of [['its own', {}], ['the node\'s', ON_NODE_NETWORK]] as const) {
  test(`the resolver that a client asks for counts on ${network} network`, async () => {
    assert.equal((await filesOf('dns', { ...options, ...DNS })).resolvConf, 'search a.svc svc\nnameserver 10.96.0.10\noptions ndots:5\n');
  });
}
