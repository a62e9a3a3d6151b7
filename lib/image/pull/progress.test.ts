import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { ProgressTracker } from './progress.ts';

test('a clock that is set does not change how long a pull has taken', (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() });
  using progress = new ProgressTracker('r/a:1');
  t.mock.timers.setTime(0);
  const { elapsedMs } = progress.snapshot();
  assert.ok(Number.isInteger(elapsedMs) && elapsedMs >= 0 && elapsedMs < 3_600_000, String(elapsedMs));
});
