/** What is done for pods' networks while nobody asks. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { FakeNode, podConfig } from './fake-node.ts';

const live = (): { signal: AbortSignal } => ({ signal: new AbortController().signal });
const INTERVAL_MS = 5;

test('what no pod owns is given back at every interval, what a pod owns is not', async () => {
  await using node = await FakeNode.create();
  node.networkGcIntervalMs = INTERVAL_MS;
  await using davit = await node.startDaemon();
  const podId = await davit.runPodSandbox(podConfig(), '', live());
  for (const stale of ['network left', 'network left again', 'network left a third time']) {
    node.held.add(stale);
    while (node.held.has(stale)) await sleep(INTERVAL_MS);
  }
  assert.ok(node.held.has(`network ${podId}`));
});

for (const [what, intervalMs, isClosed] of [['with interval 0 only after the start', 0, false], ['not by a daemon that has closed', INTERVAL_MS, true]] as const) {
  test(`networks are collected ${what}`, async () => {
    await using node = await FakeNode.create();
    node.networkGcIntervalMs = intervalMs;
    node.held.add('network left before');
    const davit = await node.startDaemon();
    assert.ok(!node.held.has('network left before'));
    if (isClosed) await davit[Symbol.asyncDispose]();
    node.held.add('network left');
    await sleep(10 * INTERVAL_MS);
    assert.ok(node.held.has('network left'));
    await davit[Symbol.asyncDispose]();
  });
}
