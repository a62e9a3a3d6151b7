import assert from 'node:assert/strict';
import { test } from 'node:test';
import { measureLoopDelay } from './loop-delay.ts';

test('measureLoopDelay() sees that the loop was held', async () => {
  using delay = measureLoopDelay(5);
  assert.deepEqual(delay.figures(), { p50Ms: 0, p99Ms: 0, maxMs: 0, samples: 0 });
  const until = performance.now() + 60;
  while (performance.now() < until);
  // The sampling timer does not keep the process alive: this one does.
  while (delay.figures().samples < 3) await new Promise((resolve) => { setTimeout(resolve, 5); });
  assert.ok(delay.figures().maxMs >= 50, JSON.stringify(delay.figures()));
});
