import assert from 'node:assert/strict';
import { test } from 'node:test';
import { silentLogger } from '#log';
import type { PodContext } from './context.ts';
import { withReadyMoves } from './ready-for-moves.ts';

function contextWith(readyForMoves: (until?: AbortSignal) => Promise<void>): PodContext {
  return { cgroups: { readyForMoves }, log: silentLogger } as unknown as PodContext;
}

test('withReadyMoves() begins both at once, and nothing of either goes on when it has settled', async () => {
  const events: string[] = [];
  const ready = Promise.withResolvers<void>();
  const result = withReadyMoves(contextWith(() => { events.push('ready?'); return ready.promise.then(() => { events.push('ready'); }); }), 'test', async () => {
    events.push('work');
    return 'done';
  }).finally(() => { events.push('settled'); });
  await new Promise((resolve) => { setImmediate(resolve); });
  assert.deepEqual(events, ['ready?', 'work']);
  ready.resolve();
  assert.equal(await result, 'done');
  assert.deepEqual(events.slice(2), ['ready', 'settled']);
});

test('withReadyMoves() comes to what the work comes to, when the kernel cannot be asked, too', async () => {
  const context = contextWith(() => Promise.reject(new Error('read-only')));
  assert.equal(await withReadyMoves(context, 'test', () => Promise.resolve('done')), 'done');
  await assert.rejects(withReadyMoves(context, 'test', () => Promise.reject(new Error('work failed'))), /work failed/);
});

test('withReadyMoves() does not wait for ever for a kernel that does not answer', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let settled = false;
  const result = withReadyMoves(contextWith(() => new Promise(() => undefined)), 'test', () => Promise.resolve('done')).finally(() => { settled = true; });
  t.mock.timers.tick(900);
  await new Promise((resolve) => { setImmediate(resolve); });
  assert.equal(settled, false);
  t.mock.timers.tick(100);
  assert.equal(await result, 'done');
});

test('withReadyMoves() keeps the kernel ready for long work until that is done', { timeout: 20_000 }, async (t) => {
  // Not until its deadline.
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const seen: (AbortSignal | undefined)[] = [];
  const context = contextWith((until) => {
    seen.push(until);
    return new Promise((resolve) => { if (until) until.addEventListener('abort', () => { resolve(); }); else resolve(); });
  });
  await withReadyMoves(context, 'test', () => Promise.resolve());
  assert.deepEqual(seen.map((until) => until !== undefined), [false]);
  await withReadyMoves(context, 'test', async () => { assert.equal(seen[1]?.aborted, false); }, true);
  assert.equal(seen[1]?.aborted, true);
});
