import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ContainerStats } from '#pod';
import { EncodedItems } from '../encoded-items.ts';
import { runtime } from '../generated/cri.js';
import { CONTAINER_STATS, POD_STATS } from '../testing/fakes.ts';
import { statsAnswer, statsItems, writeContainerStats, writePodStats } from './stats.ts';

const { ContainerStats: Message, ListContainerStatsResponse, ListPodSandboxStatsResponse } = runtime.v1;

test('the same statistics are encoded once, whoever asks for them: lists of containers, their streaming form, their pod', () => {
  const encoded = new EncodedItems();
  let reads = 0;
  const reading = (): ContainerStats => ({ ...CONTAINER_STATS, get memory() { reads++; return CONTAINER_STATS.memory; } });
  const stats = reading();
  const answer = statsAnswer([stats], writeContainerStats, encoded).bytes;
  assert.equal(reads, 1);
  assert.ok(statsAnswer([stats], writeContainerStats, encoded).bytes.equals(answer));
  const [first] = ListContainerStatsResponse.decode(answer).stats;
  const [item] = statsItems([stats], writeContainerStats, encoded);
  assert.deepEqual(Message.decode(Buffer.from(item ?? [])), first);
  const [pod] = ListPodSandboxStatsResponse.decode(statsAnswer([{ ...POD_STATS, containers: [stats] }], writePodStats, encoded).bytes).stats;
  assert.deepEqual(pod?.linux?.containers, [first]);
  assert.equal(reads, 1);
  // The next reading: equal, and another object.
  assert.ok(statsAnswer([reading()], writeContainerStats, encoded).bytes.equals(answer));
  assert.equal(reads, 2);
});
