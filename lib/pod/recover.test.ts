import assert from 'node:assert/strict';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { containerConfig, FakeNode, podConfig } from './fake-node.ts';
import type { PodService } from './pods.ts';

const live = (): { signal: AbortSignal } => ({ signal: new AbortController().signal });

test('the next daemon lists running pods at once and sees what ended meanwhile', async () => {
  await using node = await FakeNode.create();
  const first = await node.startDaemon();
  const podId = await first.runPodSandbox(podConfig(), '', live());
  const ids = [];
  for (const name of ['a', 'b', 'c']) {
    const id = await first.createContainer(podId, containerConfig(name), live());
    await first.startContainer(id, live());
    ids.push(id);
  }
  const [a = '', b = '', c = ''] = ids;
  await first[Symbol.asyncDispose]();
  node.exit(b, { exitCode: 7 });
  node.exit(c, { exitCode: 9 });
  node.held.delete(`monitor ${c}`);
  await using second = await node.startDaemon();
  assert.deepEqual(second.podSandboxStatus(podId).ips, ['10.1.0.2']);
  assert.equal(second.containerStatus(a).state, 'running');
  assert.deepEqual([second.containerStatus(b).exitCode, second.containerStatus(c).exitCode], [7, 9]);
  node.exit(a, { exitCode: 5 });
  await second.stopContainer(a, 0, live());
  assert.equal(second.containerStatus(a).exitCode, 5);
  await second.removePodSandbox(podId, live());
  assert.deepEqual([...node.held], []);
});

for (const step of ['cgroup', 'pin', 'add', 'rootfs', 'create']) {
  test(`a daemon killed during ${step} leaves nothing to the next one`, async () => {
    await using node = await FakeNode.create();
    const first = await node.startDaemon();
    const podId = ['rootfs', 'create'].includes(step) ? await first.runPodSandbox(podConfig(), '', live()) : undefined;
    node.gates.set(step, Promise.withResolvers<void>().promise);
    const caller = new AbortController();
    const work = podId === undefined ? first.runPodSandbox(podConfig(), '', { signal: caller.signal }) : first.createContainer(podId, containerConfig(), { signal: caller.signal });
    const stage = { cgroup: 'cgroup and namespaces', pin: 'cgroup and namespaces', add: 'network', rootfs: 'root file system', create: 'runtime create' }[step];
    while (first.operations()[0]?.stage !== stage) await new Promise((resolve) => { setImmediate(resolve); });
    caller.abort();
    await assert.rejects(work, { code: 'Cancelled' });
    await first[Symbol.asyncDispose]();
    node.gates.clear();
    await using second = await node.startDaemon();
    assert.deepEqual(second.listContainers({}), []);
    assert.deepEqual([...node.held].filter((h) => /^(rootfs|mount|monitor|runtime) /.test(h)), []);
    if (podId === undefined) assert.deepEqual(second.listPodSandboxes({}), []);
    else await second.removePodSandbox(podId, live());
    assert.deepEqual([...node.held], []);
  });
}

test('namespaces that no pod has are taken away; the mark that pin leaves beside them stays', async () => {
  await using node = await FakeNode.create();
  const namespaces = join(node.directory, 'run/ns');
  await mkdir(join(namespaces, 'nobody'), { recursive: true });
  await writeFile(join(namespaces, '.davit-mount'), '');
  await using daemon = await node.startDaemon();
  assert.deepEqual(daemon.listPodSandboxes({}), []);
  assert.deepEqual(await readdir(namespaces), ['.davit-mount']);
});

test('what nobody owns goes although something else of nobody cannot', async () => {
  await using node = await FakeNode.create();
  const [bundles, namespaces] = [join(node.directory, 'run/bundles'), join(node.directory, 'run/ns')];
  node.held.add('rootfs nobody');
  node.failing.add('remove');
  for (const directory of [bundles, namespaces]) await mkdir(join(directory, 'nobody'), { recursive: true });
  const first = await node.startDaemon();
  assert.deepEqual([await readdir(bundles), await readdir(namespaces), [...node.held]], [[], [], ['rootfs nobody']]);
  await first[Symbol.asyncDispose]();
  node.failing.clear();
  await using second = await node.startDaemon();
  assert.deepEqual([second.listContainers({}), [...node.held]], [[], []]);
});

test('a monitor that is gone without a record gives 255 and MonitorLost, never an invented 0', async () => {
  await using node = await FakeNode.create();
  const first = await node.startDaemon();
  const podId = await first.runPodSandbox(podConfig(), '', live());
  const id = await first.createContainer(podId, containerConfig(), live());
  await first.startContainer(id, live());
  await first[Symbol.asyncDispose]();
  node.held.delete(`monitor ${id}`);
  await using second = await node.startDaemon();
  const { state, exitCode, reason } = second.containerStatus(id);
  assert.deepEqual([state, exitCode, reason], ['exited', 255, 'MonitorLost']);
});

for (const when of ['while davit runs', 'while davit is away'] as const) {
  test(`a monitor that dies ${when} is followed by another, and the true exit code by that`, async () => {
    await using node = await FakeNode.create();
    node.revives = true;
    const first = await node.startDaemon();
    const podId = await first.runPodSandbox(podConfig(), '', live());
    const id = await first.createContainer(podId, containerConfig(), live());
    await first.startContainer(id, live());
    if (when === 'while davit runs') node.loseMonitor(id);
    await first[Symbol.asyncDispose]();
    if (when === 'while davit is away') node.loseMonitor(id);
    await using second = await node.startDaemon();
    assert.equal(second.containerStatus(id).state, 'running');
    node.loseMonitor(id);
    while (!node.held.has(`monitor ${id}`)) await new Promise((resolve) => { setImmediate(resolve); });
    assert.equal(second.containerStatus(id).state, 'running');
    node.exit(id, { exitCode: 4 });
    while (second.containerStatus(id).state === 'running') await new Promise((resolve) => { setImmediate(resolve); });
    assert.deepEqual([second.containerStatus(id).exitCode, second.containerStatus(id).reason], [4, 'Error']);
  });
}

for (const [when, end] of [
  ['while it is drained', async (davit: PodService) => { await davit.drained(live()); await davit[Symbol.asyncDispose](); }],
  ['when it closes', (davit: PodService) => davit[Symbol.asyncDispose]()],
] as const) {
  test(`a daemon that ends gives back first what a container held that has just exited: ${when}`, async () => {
    await using node = await FakeNode.create();
    const first = await node.startDaemon();
    const podId = await first.runPodSandbox(podConfig(), '', live());
    const id = await first.createContainer(podId, containerConfig(), live());
    await first.startContainer(id, live());
    const gate = Promise.withResolvers<void>();
    node.gates.set('unmount', gate.promise);
    node.exit(id, { exitCode: 4 });
    const ended = end(first);
    setImmediate(() => setImmediate(gate.resolve));
    await ended;
    assert.deepEqual([...node.held].filter((held) => held.endsWith(id)), [`rootfs ${id}`]);
    assert.deepEqual(node.warnings, []);
    node.failing.add('unmount');
    await using second = await node.startDaemon();
    assert.equal(second.containerStatus(id).exitCode, 4);
    assert.deepEqual(node.warnings, []);
  });
}

test('a monitor that dies after it has written the record has told the exit', async () => {
  await using node = await FakeNode.create();
  await using davit = await node.startDaemon();
  const podId = await davit.runPodSandbox(podConfig(), '', live());
  const id = await davit.createContainer(podId, containerConfig(), live());
  await davit.startContainer(id, live());
  node.records.set(id, { exitCode: 9, signal: 0, oomKilled: false, startedAtNs: 5n, finishedAtNs: 10n, logLostLines: 0, logLostBytes: 0 });
  node.loseMonitor(id);
  while (davit.containerStatus(id).state === 'running') await new Promise((resolve) => { setImmediate(resolve); });
  assert.equal(davit.containerStatus(id).exitCode, 9);
});

test('after a reboot every pod is NotReady, exits are kept or NodeReboot, and the network is given back', async () => {
  await using node = await FakeNode.create();
  const first = await node.startDaemon();
  const podId = await first.runPodSandbox(podConfig(), '', live());
  const id = await first.createContainer(podId, containerConfig(), live());
  await first.startContainer(id, live());
  await first[Symbol.asyncDispose]();
  node.bootId = 'boot-2';
  for (const held of node.held) if (!held.startsWith('network ') && !held.startsWith('rootfs ')) node.held.delete(held);
  await using second = await node.startDaemon();
  assert.equal(second.podSandboxStatus(podId).state, 'notReady');
  assert.deepEqual([second.containerStatus(id).reason, second.containerStatus(id).exitCode], ['NodeReboot', 255]);
  assert.equal([...node.held].some((h) => h.startsWith('network ')), false);
  await second.removePodSandbox(podId, live());
  assert.deepEqual([...node.held], []);
});

test('a call that comes before the monitors are connected to waits for them, and a pod started meanwhile stays', async () => {
  await using node = await FakeNode.create();
  const first = await node.startDaemon();
  const podId = await first.runPodSandbox(podConfig(), '', live());
  const id = await first.createContainer(podId, containerConfig(), live());
  await first.startContainer(id, live());
  await first[Symbol.asyncDispose]();
  const gate = Promise.withResolvers<void>();
  node.gates.set('adopt', gate.promise);
  await using second = await node.openDaemon();
  assert.equal(second.containerStatus(id).state, 'running');
  const stopping = second.stopContainer(id, 10, live());
  const other = await second.runPodSandbox(podConfig('other'), '', live());
  gate.resolve();
  await stopping;
  await second.recovered;
  assert.equal(second.containerStatus(id).exitCode, 143);
  assert.equal(second.podSandboxStatus(other).state, 'ready');
  for (const pod of [podId, other]) await second.removePodSandbox(pod, live());
  assert.deepEqual([...node.held], []);
});
