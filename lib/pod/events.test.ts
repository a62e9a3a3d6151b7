import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ResourceExhaustedError } from '#errors';
import type { ContainerEvent } from './api.ts';
import { EventRing } from './events.ts';

const event = (containerId: string): ContainerEvent => ({ containerId, type: 'created', createdAt: 0n, podStatus: undefined });

test('every subscriber sees every event from its beginning on, in order', async () => {
  const ring = new EventRing(8);
  const controller = new AbortController();
  const a = ring.subscribe(controller.signal)[Symbol.asyncIterator]();
  ring.publish(event('1'));
  const b = ring.subscribe(controller.signal)[Symbol.asyncIterator]();
  ring.publish(event('2'));
  assert.equal((await a.next()).value.containerId, '1');
  assert.equal((await a.next()).value.containerId, '2');
  assert.equal((await b.next()).value.containerId, '2');
  const waiting = a.next();
  ring.publish(event('3'));
  assert.equal((await waiting).value.containerId, '3');
  const ending = b.next().then(async () => b.next());
  controller.abort();
  assert.equal((await ending).done, true);
  assert.equal((await a.next()).done, true);
  assert.equal(ring.hasSubscribers, false);
});

test('a subscriber that falls behind the ring gets an error, never a gap', async () => {
  const ring = new EventRing(4);
  const reader = ring.subscribe(new AbortController().signal)[Symbol.asyncIterator]();
  for (let i = 0; i < 5; i++) ring.publish(event(String(i)));
  await assert.rejects(reader.next(), ResourceExhaustedError);
});
