import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { containerConfig, FakeNode, podConfig } from './fake-node.ts';
import type { PodService } from './pods.ts';
import { nowNs } from './record.ts';

const live = (): { signal: AbortSignal } => ({ signal: new AbortController().signal });

async function withNode(work: (node: FakeNode, pods: PodService) => Promise<void>): Promise<void> {
  await using node = await FakeNode.create();
  await using pods = await node.startDaemon();
  await work(node, pods);
}

async function startedContainer(pods: PodService, podId: string, name = 'c'): Promise<string> {
  const id = await pods.createContainer(podId, containerConfig(name), live());
  await pods.startContainer(id, live());
  return id;
}

test('an exit that cannot be recorded is told all the same, and the next daemon finds it again', async () => {
  await using node = await FakeNode.create();
  let podId = '';
  let id = '';
  {
    await using pods = await node.startDaemon();
    podId = await pods.runPodSandbox(podConfig(), '', live());
    id = await startedContainer(pods, podId);
    const allow = node.refuseChanges('container');
    node.exit(id, { exitCode: 7 });
    await pods.stopContainer(id, 10, live());
    const { state, exitCode } = pods.containerStatus(id);
    assert.deepEqual([state, exitCode], ['exited', 7]);
    allow();
  }
  await using pods = await node.startDaemon();
  const { state, exitCode } = pods.containerStatus(id);
  assert.deepEqual([state, exitCode], ['exited', 7]);
  await pods.removePodSandbox(podId, live());
  assert.deepEqual([...node.held], []);
});

test('a pod and a container go up and down, and nothing is held afterwards', () => withNode(async (node, pods) => {
  const podId = await pods.runPodSandbox(podConfig(), '', live());
  assert.deepEqual(pods.podSandboxStatus(podId).ips, ['10.1.0.2']);
  const id = await startedContainer(pods, podId);
  assert.equal(pods.containerStatus(id).state, 'running');
  // What the image declares as VOLUME is there although no layer has it.
  assert.ok(existsSync(join(node.directory, 'root/containers', id, 'rootfs/data')));
  await pods.stopContainer(id, 10, live());
  assert.equal(pods.containerStatus(id).exitCode, 143);
  await pods.removePodSandbox(podId, live());
  assert.deepEqual([...node.held], []);
  assert.deepEqual([pods.listPodSandboxes({}), pods.listContainers({})], [[], []]);
}));

test('a log that is no file, or lies where no directory can be made, fails its container and holds up nobody', { timeout: 60_000 }, () => withNode(async (node, pods) => {
  const podId = await pods.runPodSandbox({ ...podConfig(), logDirectory: '/proc/self/nothing/here' }, '', live());
  for (const logPath of ['.', 'a/', '..', '../c.log', 'a/../../c.log', '/c.log']) await assert.rejects(pods.createContainer(podId, { ...containerConfig(), logPath }, live()), { code: 'InvalidArgument', message: /log_path/ }, logPath);
  for (const logPath of ['c.log', '..c.log', '..a/c.log', 'a/../c.log']) await assert.rejects(pods.createContainer(podId, { ...containerConfig(), logPath }, live()), { code: 'FailedPrecondition', message: /make the log directory "\/proc\/self\/nothing\/here/ }, logPath);
  await startedContainer(pods, podId);
  await pods.removePodSandbox(podId, live());
  assert.deepEqual([...node.held], []);
}));

test('equal RunPodSandbox requests have one answer, at once and later; another one is refused with the difference', () => withNode(async (_node, pods) => {
  const [a, b] = await Promise.all([pods.runPodSandbox(podConfig(), '', live()), pods.runPodSandbox(podConfig(), '', live())]);
  assert.equal(a, b);
  assert.equal(await pods.runPodSandbox(podConfig(), '', live()), a);
  await assert.rejects(pods.runPodSandbox(podConfig('pod', 'other'), '', live()), { code: 'AlreadyExists', message: /config\.hostname/ });
  const id = await pods.createContainer(a, containerConfig(), live());
  assert.equal(await pods.createContainer(a, containerConfig(), live()), id);
  await assert.rejects(pods.createContainer(a, { ...containerConfig(), command: ['top'] }, live()), { code: 'AlreadyExists', message: /command\.0/ });
  await Promise.all([pods.startContainer(id, live()), pods.startContainer(id, live())]);
  await pods.startContainer(id, live());
}));

for (const step of ['cgroup', 'pin', 'add']) {
  test(`RunPodSandbox that fails at ${step} leaves nothing, and the retry works`, () => withNode(async (node, pods) => {
    node.failing.add(step);
    await assert.rejects(pods.runPodSandbox(podConfig(), '', live()), new RegExp(`${step} failed on purpose`));
    assert.deepEqual([...node.held], []);
    assert.deepEqual(pods.listPodSandboxes({}), []);
    node.failing.clear();
    await pods.runPodSandbox(podConfig(), '', live());
  }));
}

for (const step of ['rootfs', 'create']) {
  test(`CreateContainer that fails at ${step} leaves nothing, and the retry works`, () => withNode(async (node, pods) => {
    const podId = await pods.runPodSandbox(podConfig(), '', live());
    const before = [...node.held];
    node.failing.add(step);
    await assert.rejects(pods.createContainer(podId, containerConfig(), live()), new RegExp(`${step} failed on purpose`));
    assert.deepEqual([...node.held], before);
    assert.deepEqual(pods.listContainers({}), []);
    node.failing.clear();
    await pods.createContainer(podId, containerConfig(), live());
  }));
}

test('RunPodSandbox whose cgroup fails takes nothing back while its namespaces are still made', () => withNode(async (node, pods) => {
  const gate = Promise.withResolvers<void>();
  node.gates.set('pin', gate.promise);
  node.failing.add('cgroup');
  const work = pods.runPodSandbox(podConfig(), '', live());
  assert.equal(await Promise.race([work, someTurns()]), 'turns');
  assert.equal(pods.operations()[0]?.stage, 'cgroup and namespaces');
  gate.resolve();
  await assert.rejects(work, /cgroup failed on purpose/);
  assert.deepEqual([...node.held], []);
}));

test('CreateContainer has moves of processes made ready, leaves nothing of that under way, and does without it', () => withNode(async (node, pods) => {
  const podId = await pods.runPodSandbox(podConfig(), '', live());
  const gate = Promise.withResolvers<void>();
  node.gates.set('moves', gate.promise);
  const work = pods.createContainer(podId, containerConfig(), live());
  assert.equal(await Promise.race([work, someTurns()]), 'turns');
  gate.resolve();
  await work;
  node.failing.add('moves');
  await pods.createContainer(podId, containerConfig('other'), live());
}));

/** Enough for all that waits for nothing but the event loop and small files. */
async function someTurns(): Promise<string> {
  for (let left = 200; left > 0; left--) await new Promise((resolve) => { setImmediate(resolve); });
  return 'turns';
}

test('RunPodSandbox, CreateContainer and StartContainer delay early syncs of layers to their end, one that fails too', () => withNode(async (node, pods) => {
  const gated = async <T>(step: string, call: () => Promise<T>): Promise<T> => {
    const gate = Promise.withResolvers<void>();
    node.gates.set(step, gate.promise);
    const result = call();
    assert.equal(await Promise.race([result, someTurns()]), 'turns');
    assert.equal(node.syncDelays, 1, step);
    gate.resolve();
    return result.finally(() => assert.equal(node.syncDelays, 0, step));
  };
  const podId = await gated('add', () => pods.runPodSandbox(podConfig(), '', live()));
  const id = await gated('create', () => pods.createContainer(podId, containerConfig(), live()));
  node.failing.add('start');
  await assert.rejects(gated('start', () => pods.startContainer(id, live())), /start failed on purpose/);
}));

test('a start that fails makes the container exited with the runtime\'s words', () => withNode(async (node, pods) => {
  const podId = await pods.runPodSandbox(podConfig(), '', live());
  const id = await pods.createContainer(podId, containerConfig(), live());
  node.failing.add('start');
  await assert.rejects(pods.startContainer(id, live()), /start failed on purpose/);
  const { state, exitCode, reason, message } = pods.containerStatus(id);
  assert.deepEqual([state, exitCode, reason], ['exited', 128, 'StartError']);
  assert.match(message, /start failed on purpose/);
  await pods.removePodSandbox(podId, live());
  assert.deepEqual([...node.held], []);
}));

for (const step of ['add+unpin', 'add+del']) {
  test(`a failed pod whose undo fails too (${step}) stays as NotReady until a later stop finishes it`, () => withNode(async (node, pods) => {
    for (const s of step.split('+')) node.failing.add(s);
    await assert.rejects(pods.runPodSandbox(podConfig(), '', live()));
    const [left] = pods.listPodSandboxes({});
    assert.equal(left?.state, 'notReady');
    await assert.rejects(pods.stopPodSandbox(left.id, live()), /failed on purpose/);
    node.failing.clear();
    await pods.stopPodSandbox(left.id, live());
    await pods.removePodSandbox(left.id, live());
    assert.deepEqual([...node.held], []);
  }));
}

test('the namespaces of a pod stay until its network is given back, however often that fails', () => withNode(async (node, pods) => {
  const podId = await pods.runPodSandbox(podConfig(), '', live());
  const namespaces = (): boolean => [...node.held].some((held) => held.startsWith('ns '));
  node.failing.add('del');
  for (const end of [() => pods.stopPodSandbox(podId, live()), () => pods.removePodSandbox(podId, live())]) {
    await assert.rejects(end(), /del failed on purpose/);
    assert.ok(namespaces());
    assert.equal(pods.listPodSandboxes({})[0]?.state, 'notReady');
  }
  node.failing.clear();
  await pods.stopPodSandbox(podId, live());
  assert.ok(!namespaces());
  await pods.removePodSandbox(podId, live());
  assert.deepEqual([...node.held], []);
}));

for (const end of ['it ends by itself', 'it is stopped', 'its pod is stopped'] as const) {
  test(`processes that a container leaves behind when its first one ends are killed: ${end}`, () => withNode(async (node, pods) => {
    const podId = await pods.runPodSandbox(podConfig(), '', live());
    const id = await startedContainer(pods, podId);
    node.strays.add(id);
    if (end === 'it ends by itself') node.exit(id);
    if (end === 'it is stopped') await pods.stopContainer(id, 10, live());
    if (end === 'its pod is stopped') await pods.stopPodSandbox(podId, live());
    await pods.removeContainer(id, live());
    assert.deepEqual([[...node.strays], node.warnings], [[], []]);
  }));
}

for (const step of ['unmount', 'delete', 'del', 'unpin']) {
  test(`RemovePodSandbox that fails at ${step} says so, and the retry finishes`, () => withNode(async (node, pods) => {
    const podId = await pods.runPodSandbox(podConfig(), '', live());
    await startedContainer(pods, podId);
    node.failing.add(step);
    await assert.rejects(pods.removePodSandbox(podId, live()), new RegExp(`${step} failed on purpose`));
    assert.equal(pods.listPodSandboxes({})[0]?.state, 'notReady');
    node.failing.clear();
    await pods.removePodSandbox(podId, live());
    assert.deepEqual([...node.held], []);
  }));
}

test('a caller that leaves does not end the work; its retry gets the pod', () => withNode(async (node, pods) => {
  const gate = Promise.withResolvers<void>();
  node.gates.set('add', gate.promise);
  const caller = new AbortController();
  const first = pods.runPodSandbox(podConfig(), '', { signal: caller.signal });
  while (pods.operations()[0]?.stage !== 'network') await new Promise((resolve) => { setImmediate(resolve); });
  caller.abort();
  await assert.rejects(first, { code: 'Cancelled', message: /stage "network"/ });
  const retry = pods.runPodSandbox(podConfig(), '', live());
  gate.resolve();
  assert.equal(await retry, pods.listPodSandboxes({})[0]?.id);
}));

test('the grace of a stop is kept, and a second stop with less ends it', () => withNode(async (node, pods) => {
  node.ignoreTerm = true;
  const podId = await pods.runPodSandbox(podConfig(), '', live());
  const id = await startedContainer(pods, podId);
  const slow = pods.stopContainer(id, 3600, live());
  while (node.processes.get(id)?.signals.length !== 1) await new Promise((resolve) => { setImmediate(resolve); });
  assert.equal(pods.containerStatus(id).state, 'running');
  await pods.stopContainer(id, 0, live());
  await slow;
  assert.deepEqual(node.processes.get(id)?.signals, [15, 9]);
  assert.equal(pods.containerStatus(id).exitCode, 137);
}));

test('stop and remove of unknown ids are success; reading them is NotFound', () => withNode(async (_node, pods) => {
  await pods.stopPodSandbox('nope', live());
  await pods.removePodSandbox('nope', live());
  await pods.stopContainer('nope', 1, live());
  await pods.removeContainer('nope', live());
  assert.throws(() => pods.podSandboxStatus('nope'), { code: 'NotFound' });
  await assert.rejects(pods.createContainer('nope', containerConfig(), live()), { code: 'NotFound' });
}));

test('events tell a container\'s life in order, each with the status of that moment', () => withNode(async (node, pods) => {
  const podId = await pods.runPodSandbox(podConfig(), '', live());
  const reading = new AbortController();
  const seen: string[] = [];
  const reader = (async () => {
    for await (const event of pods.events({ signal: reading.signal })) {
      const container = event.podStatus?.containers.find((c) => c.id === event.containerId);
      seen.push(`${event.type} ${container?.state ?? '-'}`);
    }
  })();
  const id = await startedContainer(pods, podId);
  node.exit(id, { exitCode: 3 });
  await pods.removeContainer(id, live());
  reading.abort();
  await reader;
  assert.deepEqual(seen, ['created created', 'started running', 'stopped exited', 'deleted -']);
}));

test('a container that ends before its start has returned is told as started, then stopped', () => withNode(async (node, pods) => {
  const podId = await pods.runPodSandbox(podConfig(), '', live());
  const id = await pods.createContainer(podId, containerConfig(), live());
  const reading = new AbortController();
  const seen: string[] = [];
  const reader = (async () => { for await (const { type } of pods.events({ signal: reading.signal })) if (seen.push(type) === 2) reading.abort(); })();
  const gate = Promise.withResolvers<void>();
  node.gates.set('start', gate.promise);
  const starting = pods.startContainer(id, live());
  while (pods.operations()[0]?.stage !== 'runtime start') await new Promise((resolve) => { setImmediate(resolve); });
  node.exit(id, { exitCode: 4, finishedAtNs: nowNs() });
  await new Promise((resolve) => { setImmediate(resolve); });
  gate.resolve();
  await starting;
  await reader;
  assert.deepEqual(seen, ['started', 'stopped']);
  const { exitCode, startedAt, finishedAt } = pods.containerStatus(id);
  assert.equal(exitCode, 4);
  assert.ok(startedAt > 0n && finishedAt >= startedAt, `${finishedAt} is before ${startedAt}`);
}));
