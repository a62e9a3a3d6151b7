import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UnavailableError } from '#errors';
import { CollectGate } from './collect-gate.ts';

const { signal } = new AbortController();

test('a collection waits for what is under way, new ones wait for it, and neither for more than some seconds', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const gate = new CollectGate();
  const order: string[] = [];
  const hanging = Promise.withResolvers<undefined>();
  const first = gate.pass(async () => { await hanging.promise; order.push('first'); });
  const collection = gate.collect(async () => { order.push('collected'); await Promise.resolve(); }, signal);
  const refused = assert.rejects(collection, (error) => error instanceof UnavailableError && /1 sandboxes are being attached or detached for more than 5000 ms/.test(error.message));
  const second = gate.pass(async () => { order.push('second'); await Promise.resolve(); });
  t.mock.timers.tick(4999);
  await new Promise(setImmediate);
  assert.equal(order.length, 0);
  t.mock.timers.tick(1);
  await refused;
  await second;
  hanging.resolve(undefined);
  await first;
  await gate.collect(async () => { order.push('collected'); await Promise.resolve(); }, signal);
  assert.deepEqual(order, ['second', 'first', 'collected']);
});
