/** /etc/hosts, /etc/hostname and /etc/resolv.conf of containers whose client mounts none of them, and the log of those whose client names no directory. */
import { strict as assert } from 'node:assert';
import { mkdtempSync } from 'node:fs';
import { readFile, readdir, readlink, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { BUSYBOX_IMAGE, eventually, runContainer, runPod, useNode } from '../harness/index.ts';
import type { PodConfig } from '../harness/index.ts';

const LOGS = mkdtempSync(join(tmpdir(), 'davit-logs-'));
after(() => rm(LOGS, { recursive: true }));
const node = useNode({ config: `[crio]\nlog_dir = "${LOGS}"\n` });
const [NODE, EXITED] = [2, 2];
const ON_NODE_NETWORK: PodConfig = { linux: { securityContext: { namespaceOptions: { network: NODE } } } };
const DNS: PodConfig = { dnsConfig: { servers: ['10.96.0.10'], searches: ['a.svc', 'svc'], options: ['ndots:5'] } };

/** The files and the name's namespace as the container sees them, and the pod's address. */
async function filesOf(name: string, options: PodConfig): Promise<{ hosts: string; hostname: string; resolvConf: string; uts: string; ip: string }> {
  const { davit } = node();
  await davit.client.call('PullImage', { image: { image: BUSYBOX_IMAGE } });
  const pod = await runPod(davit, { ...options, name });
  const containerId = await runContainer(davit, pod, { name: 'c', command: ['sleep', '1000'] });
  const said = async (...cmd: string[]): Promise<string> => Buffer.from((await davit.client.call('ExecSync', { containerId, cmd, timeout: 30n })).stdout).toString();
  const read = (path: string): Promise<string> => said('cat', path);
  const { status } = await davit.client.call('PodSandboxStatus', { podSandboxId: pod.id });
  return { hosts: await read('/etc/hosts'), hostname: await read('/etc/hostname'), resolvConf: await read('/etc/resolv.conf'), uts: (await said('readlink', '/proc/self/ns/uts')).trim(), ip: status?.network?.ip ?? '' };
}

test('a pod with a network of its own finds the local names and its own, its hostname, and the node\'s resolver', async () => {
  const files = await filesOf('web', {});
  assert.match(files.hosts, /^127\.0\.0\.1\tlocalhost\n::1\tlocalhost /);
  assert.ok(files.hosts.endsWith(`\n${files.ip}\tweb\n`), files.hosts);
  assert.deepEqual([files.hostname, files.resolvConf], ['web\n', await readFile('/etc/resolv.conf', 'utf8')]);
  assert.notEqual(files.uts, await readlink('/proc/self/ns/uts'));
});

test('a pod on the node\'s network finds what the node has', async () => {
  const { hosts, hostname: name, resolvConf, uts } = await filesOf('agent', { ...ON_NODE_NETWORK, hostname: '' });
  assert.deepEqual([uts, hosts, name, resolvConf], [await readlink('/proc/self/ns/uts'), await readFile('/etc/hosts', 'utf8'), `${hostname()}\n`, await readFile('/etc/resolv.conf', 'utf8')]);
});

for (const [network, options] of [['its own', {}], ['the node\'s', ON_NODE_NETWORK]] as const) {
  test(`the resolver that a client asks for counts on ${network} network`, async () => {
    assert.equal((await filesOf('dns', { ...options, ...DNS })).resolvConf, 'search a.svc svc\nnameserver 10.96.0.10\noptions ndots:5\n');
  });
}

test('a pod whose client names no log directory has one of its own below the configured one, which goes with the pod; one without a log path has no log', async () => {
  const { davit } = node();
  await davit.client.call('PullImage', { image: { image: BUSYBOX_IMAGE } });
  const pods = await Promise.all(['one', 'two'].map((name) => runPod(davit, { name, logDirectory: '' })));
  for (const pod of pods) {
    const containerId = await runContainer(davit, pod, { name: 'c', command: ['echo', pod.id] });
    const path = join(LOGS, pod.id, 'c.log');
    assert.equal((await davit.client.call('ContainerStatus', { containerId })).status?.logPath, path);
    await eventually('what it said', async () => (await readFile(path, 'utf8')).endsWith(` stdout F ${pod.id}\n`));
    const silent = await runContainer(davit, pod, { name: 'silent', logPath: '', command: ['echo', 'to nobody'] });
    const status = async () => (await davit.client.call('ContainerStatus', { containerId: silent })).status;
    await eventually('its end', async () => (await status())?.state === EXITED);
    assert.deepEqual([(await status())?.logPath, (await status())?.exitCode, await readdir(join(LOGS, pod.id))], ['', 0, ['c.log']]);
  }
  for (const { id } of pods) await davit.client.call('RemovePodSandbox', { podSandboxId: id });
  assert.deepEqual(await readdir(LOGS), []);
});
