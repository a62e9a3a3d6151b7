import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UsageCache } from './usage-cache.ts';

test('UsageCache walks once for many callers, and not again while the figures are young', async () => {
  let walks = 0;
  const cache = new UsageCache(async () => ({ bytes: ++walks, inodes: 1 }));
  const answers = await Promise.all([cache.get('a'), cache.get('a'), cache.get('a')]);
  assert.deepEqual(answers.map(({ bytes }) => bytes), [1, 1, 1]);
  assert.equal((await cache.get('a')).bytes, 1);
  assert.equal((await cache.get('b')).bytes, 2);
});

test('UsageCache answers for a new tree without waiting for a walk', async () => {
  const cache = new UsageCache(() => new Promise(() => undefined));
  cache.begin('a');
  assert.deepEqual(await cache.get('a'), { bytes: 0, inodes: 0 });
});

test('UsageCache passes a failure on and can be asked again', async () => {
  let walks = 0;
  const cache = new UsageCache(async () => { if (++walks === 1) throw new Error('gone'); return { bytes: walks, inodes: 1 }; });
  await assert.rejects(cache.get('a'), /gone/);
  assert.equal((await cache.get('a')).bytes, 2);
});
