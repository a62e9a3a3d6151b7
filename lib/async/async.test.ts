import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DeadlineExceededError } from '#errors';
import { KeyedQueue, Semaphore, SharedWork, UndoStack, raceSignal, withDeadline } from '#async';

const never = (): AbortSignal => new AbortController().signal;

test('withDeadline() names the step and aborts its signal when the time is up', async () => {
  let aborted = false;
  await assert.rejects(
    withDeadline('CNI ADD', 5, never(), (signal) => new Promise((_, reject) => {
      signal.addEventListener('abort', () => { aborted = true; reject(new Error('killed')); });
    })),
    (e: Error) => e instanceof DeadlineExceededError && e.message.includes('CNI ADD'),
  );
  assert.equal(aborted, true);
});

test('raceSignal() ends the wait, not the work', async () => {
  const controller = new AbortController();
  let done = false;
  const gate = Promise.withResolvers<void>();
  const work = gate.promise.then(() => { done = true; });
  const wait = raceSignal(work, controller.signal, 'stop');
  controller.abort();
  await assert.rejects(wait, { code: 'Cancelled' });
  gate.resolve();
  await work;
  assert.equal(done, true);
});

test('KeyedQueue runs one key in order, other keys at once, and survives errors', async () => {
  const queue = new KeyedQueue();
  const order: string[] = [];
  const gate = Promise.withResolvers<void>();
  const first = queue.run('a', async () => { await gate.promise; order.push('a1'); throw new Error('boom'); });
  const second = queue.run('a', async () => { order.push('a2'); });
  await queue.run('b', async () => { order.push('b'); });
  gate.resolve();
  await assert.rejects(first, /boom/);
  await second;
  assert.deepEqual(order, ['b', 'a1', 'a2']);
  await queue.idle();
  assert.equal(queue.isBusy('a'), false);
});

test('Semaphore lets `limit` in, serves in order, and a waiter may leave', async () => {
  const semaphore = new Semaphore(1);
  const held = await semaphore.acquire(never(), 'x');
  const leaver = new AbortController();
  const left = semaphore.acquire(leaver.signal, 'x');
  const next = semaphore.acquire(never(), 'x');
  leaver.abort();
  await assert.rejects(left, { code: 'Cancelled' });
  held[Symbol.dispose]();
  held[Symbol.dispose]();
  const second = await next;
  const third = semaphore.acquire(never(), 'x');
  assert.equal(await Promise.race([third.then(() => 'in'), Promise.resolve('waiting')]), 'waiting');
  assert.equal(semaphore.tryAcquire(), undefined);
  second[Symbol.dispose]();
  (await third)[Symbol.dispose]();
  const last = semaphore.tryAcquire();
  assert.ok(last);
  assert.equal(semaphore.tryAcquire(), undefined);
  last[Symbol.dispose]();
  semaphore.tryAcquire()?.[Symbol.dispose]();
  (await semaphore.acquire(never(), 'x'))[Symbol.dispose]();
});

test('UndoStack runs every step in reverse although one fails', async () => {
  const undo = new UndoStack();
  const ran: string[] = [];
  undo.add('first', async () => { ran.push('first'); });
  undo.add('second', async () => { throw new Error('stuck'); });
  undo.add('third', async () => { ran.push('third'); });
  const failures = await undo.undo();
  assert.deepEqual(ran, ['third', 'first']);
  assert.deepEqual(failures.map((f) => f.step), ['second']);
  assert.deepEqual(await undo.undo(), []);
});

test('SharedWork goes on when one waiter leaves and is cancelled when the last one does', async () => {
  let cancelled = false;
  const gate = Promise.withResolvers<string>();
  const work = new SharedWork((signal) => { signal.addEventListener('abort', () => { cancelled = true; gate.reject(new Error('gone')); }); return gate.promise; }, { cancelWhenAlone: true });
  const a = new AbortController();
  const b = new AbortController();
  const waitA = work.join(a.signal, 'pull');
  const waitB = work.join(b.signal, 'pull');
  a.abort();
  await assert.rejects(waitA, { code: 'Cancelled' });
  assert.equal(cancelled, false);
  b.abort();
  await assert.rejects(waitB, { code: 'Cancelled' });
  assert.equal(cancelled, true);
  await work.ended();
});
