import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ContainerFigures, ContainerStats } from '#pod';
import { EncodedItems } from '../encoded-items.ts';
import { runtime } from '../generated/cri.js';
import { CONTAINER_FIGURES, POD_STATS, TIME } from '../testing/fakes.ts';
import { statsAnswer, statsItems, writeContainerStats, writePodStats } from './stats.ts';

const { ContainerStats: Message, ListContainerStatsResponse, ListPodSandboxStatsResponse } = runtime.v1;

/** Figures that tell when something is made of them. */
function counted(onRead: () => void): ContainerFigures {
  return { ...CONTAINER_FIGURES, get memory() { onRead(); return CONTAINER_FIGURES.memory; } };
}

test('the same list of statistics is encoded once; the streaming form and the pod say the same', () => {
  const encoded = new EncodedItems();
  let reads = 0;
  const reading = (): ContainerStats[] => [{ timestamp: TIME, figures: counted(() => { reads++; }), isSleeping: false }];
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

test('the same figures of a container that sleeps are not made again: list, stream and pod say the new time and nothing else is another', () => {
  const encoded = new EncodedItems();
  let reads = 0;
  const figures = counted(() => { reads++; });
  const told = (timestamp: bigint, of = figures, items = encoded) => {
    const all = [{ timestamp, figures: of, isSleeping: true }, { timestamp: timestamp + 1n, figures: CONTAINER_FIGURES, isSleeping: false }];
    const [pod] = ListPodSandboxStatsResponse.decode(statsAnswer([{ ...POD_STATS, timestamp, containers: all }], writePodStats, items).bytes).stats;
    return [ListContainerStatsResponse.decode(statsAnswer(all, writeContainerStats, items).bytes).stats, statsItems(all, writeContainerStats, items).map((item) => Message.decode(Buffer.from(item))), pod];
  };
  told(TIME);
  assert.equal(reads, 1);
  for (const time of [TIME + 1n, TIME * 2n, 2n ** 63n - 2n, 2n ** 56n]) assert.deepEqual(told(time), told(time, CONTAINER_FIGURES, new EncodedItems()));
  assert.equal(reads, 1);
});

for (const time of [0n, 7n, 2n ** 56n - 1n]) {
  test(`a time that is shorter than others, ${time}, is told too, before and after others`, () => {
    const encoded = new EncodedItems();
    for (const timestamp of [time, TIME, time, TIME]) {
      const all = [{ timestamp, figures: CONTAINER_FIGURES, isSleeping: true }];
      const [stats] = ListContainerStatsResponse.decode(statsAnswer(all, writeContainerStats, encoded).bytes).stats;
      assert.deepEqual([stats?.cpu, stats?.memory, stats?.writableLayer, stats?.swap, stats?.io].map((part) => part?.timestamp), Array(5).fill(timestamp));
      assert.deepEqual([stats?.attributes?.id, stats?.io?.psi?.Some?.Total, stats?.cpu?.psi?.Full?.Total], ['c1', 7000n, 3000n]);
    }
  });
}
