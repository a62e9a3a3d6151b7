import assert from 'node:assert/strict';
import { test } from 'node:test';
import { USAGE_REFRESH_LONGEST_MS, USAGE_REFRESH_MS, UsageCache } from './usage-cache.ts';

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
  await assert.rejects(async () => cache.get('a'), /gone/);
  assert.equal((await cache.get('a')).bytes, 2);
});

test('UsageCache lets the loop turn between the walks that one request makes due', async () => {
  const walkedIn: number[] = [];
  let turn = 0;
  const cache = new UsageCache(async () => {
    walkedIn.push(turn);
    // As long as a turn may last.
    for (const begun = performance.now(); performance.now() - begun < 1;);
    return { bytes: 1, inodes: 1 };
  });
  const ids = Array.from({ length: 20 }, (_, i) => `id-${i}`);
  for (const id of ids) cache.begin(id);
  for (const id of ids) await cache.get(id);
  assert.deepEqual(walkedIn, [], 'nobody waited for a walk');
  for (; walkedIn.length < ids.length; turn++) await new Promise((resolve) => { setImmediate(resolve); });
  assert.equal(new Set(walkedIn).size, ids.length, walkedIn.join(' '));
});

test('UsageCache walks all that are due, also those that come while others are walked', async () => {
  const walked: string[] = [];
  const cache = new UsageCache(async (id) => { walked.push(id); return { bytes: 1, inodes: 1 }; });
  const ids = Array.from({ length: 50 }, (_, i) => `id-${i}`);
  for (const id of ids) {
    cache.begin(id);
    await cache.get(id);
    if (id === 'id-25') while (walked.length < 25) await new Promise((resolve) => { setImmediate(resolve); });
  }
  while (walked.length < ids.length) await new Promise((resolve) => { setImmediate(resolve); });
  assert.deepEqual(walked, ids);
});

test('UsageCache walks a tree that does not change less and less often, up to a limit, and one that changed as often as at first', async () => {
  let [now, walks, bytes, others] = [0, 0, 1, 0];
  const cache = new UsageCache(async (id) => { if (id === 'a') walks++; else others++; return { bytes, inodes: 1 }; }, () => now);
  const isWalked = async (): Promise<boolean> => {
    const before = [walks, others] as const;
    await cache.get('a');
    // Walks that nobody waits for are made in order: that of another tree comes behind one of this.
    cache.begin(`other-${now}`);
    await cache.get(`other-${now}`);
    while (others === before[1]) await new Promise((resolve) => { setImmediate(resolve); });
    return walks > before[0];
  };
  assert.ok(await isWalked());
  const waits: number[] = [];
  for (let walk = 0; walk < 6; walk++) {
    if (walk === 4) bytes = 2;
    const since = now;
    do now += USAGE_REFRESH_MS; while (!await isWalked());
    waits.push(now - since);
  }
  assert.deepEqual(waits, [1, 2, 4, 8, 8, 1].map((times) => Math.min(times * USAGE_REFRESH_MS, USAGE_REFRESH_LONGEST_MS)));
});
