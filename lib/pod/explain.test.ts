import assert from 'node:assert/strict';
import { test } from 'node:test';
import { containerConfig, FakeNode, podConfig } from './fake-node.ts';
import type { PodService } from './pods.ts';

const live = (): { signal: AbortSignal } => ({ signal: new AbortController().signal });

async function withNode(work: (node: FakeNode, pods: PodService) => Promise<void>): Promise<void> {
  await using node = await FakeNode.create();
  await using pods = await node.startDaemon();
  await work(node, pods);
}

test('a pod that could not be started is explained by its name, with stage and error, although nothing of it is left', () => withNode(async (node, pods) => {
  node.failing.add('add');
  for (let time = 0; time < 2; time++) await assert.rejects(pods.runPodSandbox(podConfig(), '', live()));
  for (const text of ['pod', 'ns/pod']) {
    const [explained, ...more] = pods.explain(text);
    assert.deepEqual([explained?.id, explained?.state, explained?.ended.length, more], ['', 'absent', 2, []]);
    const [first] = explained?.ended ?? [];
    assert.deepEqual([first?.kind, first?.error, first?.stages.map((s) => s.name)], ['RunPodSandbox', 'add failed on purpose', ['cgroup and namespaces', 'network', 'undo']]);
  }
  assert.deepEqual(pods.explain('another'), []);
  assert.deepEqual(pods.explain(''), []);
}));

test('a pod whose undo fails too says that a later Stop or Remove goes on, and with what', () => withNode(async (node, pods) => {
  node.failing.add('add').add('del');
  await assert.rejects(pods.runPodSandbox(podConfig(), '', live()));
  const [explained] = pods.explain('pod');
  assert.deepEqual([explained?.state, explained?.ended.at(-1)?.error], ['notReady', 'add failed on purpose']);
  assert.match(explained?.next ?? '', /next StopPodSandbox or RemovePodSandbox goes on/);
  assert.equal((pods.podSandboxStatus(explained?.id ?? '').info['info'] as { next: string }).next, explained?.next);
}));

test('failed attempts to create a container are told with its pod, by the beginning of an id too', () => withNode(async (node, pods) => {
  const id = await pods.runPodSandbox(podConfig(), '', live());
  node.failing.add('create');
  await assert.rejects(pods.createContainer(id, containerConfig(), live()));
  const [explained] = pods.explain(id.slice(0, 8));
  assert.deepEqual([explained?.state, explained?.next], ['ready', '']);
  assert.deepEqual(explained?.ended.map(({ kind, error }) => [kind, error]), [['RunPodSandbox', undefined], ['CreateContainer', 'create failed on purpose']]);
}));

test('what is under way is told with its stage', () => withNode(async (node, pods) => {
  const gate = Promise.withResolvers<void>();
  node.gates.set('add', gate.promise);
  const running = pods.runPodSandbox(podConfig(), '', live());
  while (pods.operations()[0]?.stage !== 'network') await new Promise(setImmediate);
  const [explained] = pods.explain('ns/pod');
  assert.deepEqual([explained?.state, explained?.underWay[0]?.stage, explained?.next], ['creating', 'network', 'an equal request joins what is under way']);
  gate.resolve();
  await running;
}));
