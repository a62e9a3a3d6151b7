import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { PullNode, redirectTo, smallImage } from '../../../test/fixtures/pulls/index.ts';
import { RateLimit } from './rate-limit.ts';

const signal = new AbortController().signal;

test('spend() lets a burst through, then holds everybody to the rate', async () => {
  const limit = new RateLimit(100_000);
  assert.equal(limit.spend(10_000, signal), undefined);
  const begun = performance.now();
  await Promise.all([limit.spend(30_000, signal), limit.spend(10_000, signal)]);
  assert.ok(performance.now() - begun >= 140, 'forty kilobytes at a hundred a second, less a burst of twenty-five');
});

test('spend() waits for nothing without a limit, and not longer than its signal', async () => {
  assert.equal(new RateLimit(0).spend(1e12, signal), undefined);
  await assert.rejects(new RateLimit(1).spend(1000, AbortSignal.abort()) ?? Promise.resolve(), { code: 'Cancelled' });
});

test('all layers of a pull share the rate of the node', async () => {
  await using node = await PullNode.open();
  const registry = await node.registry();
  await smallImage(registry, 'example.com/app', '1', { content: ['a', 'b', 'c'].map((seed) => ({ seed, bytes: 100_000 })), compression: 'plain' });
  const begun = performance.now();
  await node.images(redirectTo([registry]), { limits: { maxBytesPerSecond: 500_000 } }).pull('example.com/app:1', { signal });
  assert.ok(performance.now() - begun >= 300, '300 kB and headers at 500 kB/s, less the burst');
});
