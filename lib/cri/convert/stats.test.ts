import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ContainerStats } from '#pod';
import { EncodedItems } from '../encoded-items.ts';
import { runtime } from '../generated/cri.js';
import { CONTAINER_STATS, POD_STATS } from '../testing/fakes.ts';
import { statsAnswer, statsItems, writeContainerStats, writePodStats } from './stats.ts';

const { ContainerStats: Message, ListContainerStatsResponse, ListPodSandboxStatsResponse } = runtime.v1;

test('the same list of statistics is encoded once; the streaming form and the pod say the same', () => {
  const encoded = new EncodedItems();
  let reads = 0;
  const reading = (): ContainerStats[] => [{ ...CONTAINER_STATS, get memory() { reads++; return CONTAINER_STATS.memory; } }];
  const list = reading();
  const answer = statsAnswer(list, writeContainerStats, encoded).bytes;
  assert.equal(reads, 1);
  assert.ok(statsAnswer(list, writeContainerStats, encoded).bytes.equals(answer));
  assert.equal(reads, 1);
  const [first] = ListContainerStatsResponse.decode(answer).stats;
  const [item] = statsItems(list, writeContainerStats, encoded);
  assert.deepEqual(Message.decode(Buffer.from(item ?? [])), first);
  const [pod] = ListPodSandboxStatsResponse.decode(statsAnswer([{ ...POD_STATS, containers: list }], writePodStats, encoded).bytes).stats;
  assert.deepEqual(pod?.linux?.containers, [first]);
  // The next reading: equal, and another list.
  reads = 0;
  assert.ok(statsAnswer(reading(), writeContainerStats, encoded).bytes.equals(answer));
  assert.equal(reads, 1);
});
