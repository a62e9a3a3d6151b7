/** A person's crictl session: pods. */
import { strict as assert } from 'node:assert';
import { readdir } from 'node:fs/promises';
import { test } from 'node:test';
import { containerConfig, podConfig, useNode, writeConfig } from '../../harness/index.ts';
import type { PodConfig } from '../../harness/index.ts';

const node = useNode();
const crictl = (): ReturnType<typeof node>['davit']['crictl'] => node().davit.crictl;

interface ListedPod { readonly id: string; readonly metadata: { name: string }; readonly state: string; readonly labels: Record<string, string> }

async function runp(name: string, options: PodConfig = {}): Promise<string> {
  return crictl().ok('runp', await writeConfig(node().davit, podConfig(node().davit, { name, ...options })));
}

async function pods(...args: readonly string[]): Promise<ListedPod[]> {
  return (await crictl().json('pods', '-o', 'json', ...args))['items'] as ListedPod[];
}

test('crictl runp starts a pod with an address on its network', async () => {
  const id = await runp('alpha');
  assert.match(id, /^[0-9a-f]{64}$/);
  const { status } = await crictl().json('inspectp', id) as { status: { state: string; network: { ip: string } } };
  assert.equal(status.state, 'SANDBOX_READY');
  assert.ok(status.network.ip.startsWith(`${node().davit.network.prefix}.`), status.network.ip);
  assert.ok((await readdir(node().davit.network.addressDir)).includes(status.network.ip));
});

test('crictl runp with a handler that does not exist says so', async () => {
  const config = await writeConfig(node().davit, podConfig(node().davit, { name: 'nobody' }));
  const { exitCode, stderr } = await crictl().run('runp', '-r', 'no-such-handler', config);
  assert.notEqual(exitCode, 0);
  assert.match(stderr, /no-such-handler/);
  assert.deepEqual(await pods(), []);
});

test('crictl runp runs a pod by each handler', async () => {
  for (const handler of ['crun', 'runc']) {
    const id = await crictl().ok('runp', '-r', handler, await writeConfig(node().davit, podConfig(node().davit, { name: handler })));
    const { status } = await crictl().json('inspectp', id) as { status: { runtimeHandler: string } };
    assert.equal(status.runtimeHandler, handler);
  }
});

test('crictl pods lists and filters by name, label, state and short id', async () => {
  const alpha = await runp('alpha', { labels: { app: 'a' } });
  const beta = await runp('beta', { labels: { app: 'b' } });
  await crictl().ok('stopp', beta);
  const ids = async (...args: readonly string[]): Promise<string[]> => (await pods(...args)).map((p) => p.id).sort();
  assert.deepEqual(await ids(), [alpha, beta].sort());
  assert.deepEqual(await ids('--name', 'alpha'), [alpha]);
  assert.deepEqual(await ids('--label', 'app=b'), [beta]);
  assert.deepEqual(await ids('--state', 'ready'), [alpha]);
  assert.deepEqual(await ids('--state', 'notready'), [beta]);
  assert.deepEqual(await ids('--id', beta.slice(0, 12)), [beta]);
  assert.match(await crictl().ok('pods'), new RegExp(`^${alpha.slice(0, 13)} +.* Ready +alpha +test +0 `, 'm'));
});

test('crictl inspectp shows what was asked for, by short id', async () => {
  const id = await runp('gamma', { labels: { app: 'g' }, annotations: { 'example.com/note': 'ünchanged\n' } });
  const { status, info } = await crictl().json('inspectp', id.slice(0, 10)) as { status: ListedPod & { annotations: Record<string, string>; createdAt: string; linux: { namespaces: { options: object } } }; info: object };
  assert.equal(status.id, id);
  assert.equal(status.metadata.name, 'gamma');
  assert.deepEqual(status.labels, { app: 'g' });
  assert.deepEqual(status.annotations, { 'example.com/note': 'ünchanged\n' });
  assert.ok(Math.abs(Date.parse(status.createdAt) - Date.now()) < 60_000, status.createdAt);
  assert.notDeepEqual(info, {});
});

test('crictl statsp shows CPU, memory and network of a pod', async () => {
  const { davit } = node();
  const pod = podConfig(davit, { name: 'busy' });
  await crictl().ok('run', await writeConfig(davit, containerConfig({ name: 'spin', command: ['sh', '-c', 'while :; do :; done'] })), await writeConfig(davit, pod));
  const { stats } = await crictl().json('statsp', '-o', 'json') as { stats: { attributes: { metadata: { name: string } }; linux: { cpu: { usageCoreNanoSeconds: { value: string } }; memory: { workingSetBytes: { value: string } }; network: { defaultInterface: { name: string } }; containers: unknown[] } }[] };
  assert.deepEqual(stats.map((s) => s.attributes.metadata.name), ['busy']);
  assert.ok(Number(stats[0]?.linux.cpu.usageCoreNanoSeconds.value) > 0);
  assert.ok(Number(stats[0]?.linux.memory.workingSetBytes.value) > 0);
  assert.equal(stats[0]?.linux.network.defaultInterface.name, 'eth0');
  assert.equal(stats[0]?.linux.containers.length, 1);
});

test('crictl stopp stops a pod, frees its address, and may be said twice', async () => {
  const id = await runp('delta');
  const { status } = await crictl().json('inspectp', id) as { status: { network: { ip: string } } };
  assert.equal(await crictl().ok('stopp', id.slice(0, 12)), `Stopped sandbox ${id.slice(0, 12)}`);
  await crictl().ok('stopp', id);
  assert.deepEqual((await pods()).map((p) => p.state), ['SANDBOX_NOTREADY']);
  assert.ok(!(await readdir(node().davit.network.addressDir)).includes(status.network.ip));
});

test('crictl rmp removes a stopped pod and refuses a running one', async () => {
  const id = await runp('epsilon');
  const refused = await crictl().run('rmp', id);
  assert.notEqual(refused.exitCode, 0);
  await crictl().ok('stopp', id);
  assert.equal(await crictl().ok('rmp', id), `Removed sandbox ${id}`);
  assert.deepEqual(await pods(), []);
});

test('crictl rmp -f -a removes every pod with its containers', async () => {
  const { davit } = node();
  for (const name of ['one', 'two']) {
    await crictl().ok('run', await writeConfig(davit, containerConfig({ name: 'top', command: ['top', '-b'] })), await writeConfig(davit, podConfig(davit, { name })));
  }
  await crictl().ok('rmp', '-f', '-a');
  assert.deepEqual(await pods(), []);
  assert.equal(await crictl().ok('ps', '-a', '-q'), '');
  await node().assertClean();
});
