import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ResourceExhaustedError } from '#errors';
import { collectGarbage } from '../../test/fixtures/memory/index.ts';
import type { ContainerEvent } from './api.ts';
import { EventRing } from './events.ts';

const read = (ring: EventRing, signal: AbortSignal): AsyncIterator<ContainerEvent, undefined> => ring.subscribe(signal)[Symbol.asyncIterator]() as AsyncIterator<ContainerEvent, undefined>;
/** The container of the next event. */
const next = async (reader: AsyncIterator<ContainerEvent, undefined>): Promise<string | undefined> => (await reader.next()).value?.containerId;
const event = (containerId: string): ContainerEvent => ({ containerId, type: 'created', createdAt: 0n, podStatus: undefined });
const forever = (): AbortSignal => new AbortController().signal;

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

test('a subscriber that falls behind the ring gets an error, never a gap, and the others go on', async () => {
  const ring = new EventRing(4);
  const [slow, fast] = [read(ring, forever()), read(ring, forever())];
  ring.publish(event('0'));
  assert.deepEqual([await next(slow), await next(fast)], ['0', '0']);
  for (let i = 1; i <= 4; i++) { ring.publish(event(String(i))); assert.equal(await next(fast), String(i)); }
  assert.equal(await next(slow), '1', 'as far behind as the ring is long');
  for (let i = 5; i <= 6; i++) { ring.publish(event(String(i))); assert.equal(await next(fast), String(i)); }
  await assert.rejects(slow.next(), (error: Error) => error instanceof ResourceExhaustedError && error.message.includes('5 events behind, 4 are kept'));
  assert.equal((await slow.next()).done, true);
  ring.publish(event('7'));
  assert.equal(await next(fast), '7');
  assert.ok(ring.hasSubscribers);
});

test('one that never reads again does not keep the ring full, nor events from being thought of no use', () => {
  const ring = new EventRing(4);
  const gone = read(ring, forever());
  for (let i = 0; i < 5; i++) ring.publish(event(String(i)));
  assert.equal(ring.hasSubscribers, false);
  assert.ok(gone);
});

test('an event is forgotten when all have read it, or when those who have not left', async () => {
  const ring = new EventRing(8);
  const leaving = new AbortController();
  const [a, b] = [read(ring, forever()), read(ring, forever())];
  const reads = read(ring, leaving.signal);
  const publish = (id: string): WeakRef<ContainerEvent> => {
    const made = event(id);
    ring.publish(made);
    return new WeakRef(made);
  };
  const isKept = async (ref: WeakRef<ContainerEvent>): Promise<boolean> => {
    await new Promise((resolve) => { setImmediate(resolve); });
    collectGarbage();
    return ref.deref() !== undefined;
  };
  const first = publish('1');
  await next(a);
  await next(b);
  assert.ok(await isKept(first), 'one has still to read it');
  leaving.abort();
  // A generator keeps what it gave last.
  publish('2');
  await next(a);
  await next(b);
  assert.equal(await isKept(first), false);
  assert.equal((await reads.next()).done, true);
});
