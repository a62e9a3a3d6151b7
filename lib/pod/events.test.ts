import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ResourceExhaustedError } from '#errors';
import type { ContainerEvent } from './api.ts';
import { EventRing } from './events.ts';

const read = (ring: EventRing, signal: AbortSignal): AsyncIterator<ContainerEvent, undefined> => ring.subscribe(signal)[Symbol.asyncIterator]() as AsyncIterator<ContainerEvent, undefined>;
/** The container of the next event. */
const next = async (reader: AsyncIterator<ContainerEvent, undefined>): Promise<string | undefined> => (await reader.next()).value?.containerId;
const event = (containerId: string): ContainerEvent => ({ containerId, type: 'created', createdAt: 0n, podStatus: undefined });

test('every subscriber sees every event from its beginning on, in order', async () => {
  const ring = new EventRing(8);
  const controller = new AbortController();
  const a = read(ring, controller.signal);
  ring.publish(event('1'));
  const b = read(ring, controller.signal);
  ring.publish(event('2'));
  assert.equal(await next(a), '1');
  assert.equal(await next(a), '2');
  assert.equal(await next(b), '2');
  const waiting = next(a);
  ring.publish(event('3'));
  assert.equal(await waiting, '3');
  const ending = b.next().then(async () => b.next());
  controller.abort();
  assert.equal((await ending).done, true);
  assert.equal((await a.next()).done, true);
  assert.equal(ring.hasSubscribers, false);
});

test('a subscriber that falls behind the ring gets an error, never a gap', async () => {
  const ring = new EventRing(4);
  const reader = read(ring, new AbortController().signal);
  for (let i = 0; i < 5; i++) ring.publish(event(String(i)));
  await assert.rejects(reader.next(), ResourceExhaustedError);
});
