import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { test } from 'node:test';
import type { ContainerConfig } from '#oci';
import { containerConfig, FakeNode, podConfig } from './fake-node.ts';
import type { PodService } from './pods.ts';

const live = (): { signal: AbortSignal } => ({ signal: new AbortController().signal });
const [SIGUSR1, SIGKILL, SIGTERM] = [10, 9, 15];
/** Longer than any test. */
const LONG_S = 3600;

async function withContainer(config: Partial<ContainerConfig>, work: (node: FakeNode, pods: PodService, id: string) => Promise<void>): Promise<void> {
  await using node = await FakeNode.create();
  await using pods = await node.startDaemon();
  const podId = await pods.runPodSandbox(podConfig(), '', live());
  node.ignoreTerm = true;
  const id = await pods.createContainer(podId, { ...containerConfig(), ...config }, live());
  await pods.startContainer(id, live());
  await work(node, pods, id);
}

/** Until the process has got so many signals. */
async function signalled(node: FakeNode, id: string, count: number): Promise<readonly number[]> {
  while ((node.processes.get(id)?.signals.length ?? 0) < count) await setImmediate();
  return node.processes.get(id)?.signals ?? [];
}

test('the signal of the request is sent, and shown; then SIGKILL after the grace', () => withContainer({ stopSignal: 'SIGUSR1' }, async (node, pods, id) => {
  assert.equal(pods.containerStatus(id).stopSignal, 'SIGUSR1');
  const stop = pods.stopContainer(id, 1, live());
  assert.deepEqual(await signalled(node, id, 1), [SIGUSR1]);
  await stop;
  assert.deepEqual(node.processes.get(id)?.signals, [SIGUSR1, SIGKILL]);
}));

test('without a grace nothing is sent but SIGKILL', () => withContainer({}, async (node, pods, id) => {
  await pods.stopContainer(id, 0, live());
  assert.deepEqual(node.processes.get(id)?.signals, [SIGKILL]);
}));

test('a stop whose callers have left ends with its grace: nobody is killed later, and who stops again begins anew',() => withContainer({}, async (node, pods, id) => {
  const caller = new AbortController();
  const stop = pods.stopContainer(id, LONG_S, { signal: caller.signal });
  await signalled(node, id, 1);
  caller.abort();
  await assert.rejects(stop, { code: 'Cancelled' });
  assert.deepEqual(node.processes.get(id)?.signals, [SIGTERM]);
  assert.equal(pods.containerStatus(id).state, 'running');
  while (pods.operations().length > 0) await setImmediate();
  await pods.stopContainer(id, 1, live());
  assert.deepEqual(node.processes.get(id)?.signals, [SIGTERM, SIGTERM, SIGKILL]);
}));

test('a stop goes on as long as one of its callers waits', () => withContainer({}, async (node, pods, id) => {
  const leaving = new AbortController();
  const left = pods.stopContainer(id, LONG_S, { signal: leaving.signal });
  await signalled(node, id, 1);
  const staying = pods.stopContainer(id, 1, live());
  // It has joined.
  await setImmediate();
  leaving.abort();
  await assert.rejects(left, { code: 'Cancelled' });
  await staying;
  assert.deepEqual(node.processes.get(id)?.signals, [SIGTERM, SIGKILL]);
}));

test('a second stop with a longer grace does not lengthen the first one', () => withContainer({}, async (node, pods, id) => {
  const first = pods.stopContainer(id, 1, live());
  await signalled(node, id, 1);
  await Promise.all([first, pods.stopContainer(id, LONG_S, live())]);
  assert.deepEqual(node.processes.get(id)?.signals, [SIGTERM, SIGKILL]);
}));

test('a container that ends in its grace is not killed', () => withContainer({}, async (node, pods, id) => {
  const stop = pods.stopContainer(id, LONG_S, live());
  await signalled(node, id, 1);
  node.exit(id, { exitCode: 3 });
  await stop;
  assert.deepEqual([node.processes.get(id)?.signals, pods.containerStatus(id).exitCode], [[SIGTERM], 3]);
}));

test('a container that is stopped while it starts gets its signal once it runs, and its grace', async () => {
  await using node = await FakeNode.create();
  await using pods = await node.startDaemon();
  const podId = await pods.runPodSandbox(podConfig(), '', live());
  const id = await pods.createContainer(podId, containerConfig(), live());
  const gate = Promise.withResolvers<void>();
  node.gates.set('start', gate.promise);
  const starting = pods.startContainer(id, live());
  while (pods.operations()[0]?.stage !== 'runtime start') await setImmediate();
  const stop = pods.stopContainer(id, LONG_S, live());
  await setImmediate();
  gate.resolve();
  await Promise.all([starting, stop]);
  assert.deepEqual([node.processes.get(id)?.signals, pods.containerStatus(id).exitCode], [[SIGTERM], 128 + SIGTERM]);
});

test('a container that is killed while it starts has not failed to start', async () => {
  await using node = await FakeNode.create();
  await using pods = await node.startDaemon();
  const podId = await pods.runPodSandbox(podConfig(), '', live());
  const id = await pods.createContainer(podId, containerConfig(), live());
  const gate = Promise.withResolvers<void>();
  node.gates.set('start', gate.promise);
  const starting = assert.rejects(pods.startContainer(id, live()), { code: 'FailedPrecondition', message: /it was stopped while it was started/ });
  while (pods.operations()[0]?.stage !== 'runtime start') await setImmediate();
  const stop = pods.stopContainer(id, 0, live());
  await signalled(node, id, 1);
  // The runtime finds no process to start.
  node.failing.add('start');
  gate.resolve();
  await Promise.all([starting, stop]);
  const { exitCode, reason } = pods.containerStatus(id);
  assert.deepEqual([exitCode, reason], [128 + SIGKILL, 'Error']);
});

test('a container whose start hangs is killed when the grace of its stop is over', async () => {
  await using node = await FakeNode.create();
  await using pods = await node.startDaemon();
  const podId = await pods.runPodSandbox(podConfig(), '', live());
  const id = await pods.createContainer(podId, containerConfig(), live());
  const gate = Promise.withResolvers<void>();
  node.gates.set('start', gate.promise);
  const starting = pods.startContainer(id, live());
  while (pods.operations()[0]?.stage !== 'runtime start') await setImmediate();
  const stop = pods.stopContainer(id, 1, live());
  await signalled(node, id, 1);
  gate.resolve();
  await Promise.all([starting, stop]);
  assert.deepEqual(node.processes.get(id)?.signals, [SIGKILL]);
});
