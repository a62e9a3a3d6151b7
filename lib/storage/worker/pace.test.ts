import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Pace } from './pace.ts';

test('Pace lets no more bytes through than its rate, and any number without one', () => {
  const begun = performance.now();
  const pace = new Pace(1000);
  for (let i = 0; i < 5; i++) pace.spend(20);
  assert.ok(performance.now() - begun >= 95);
  new Pace(0).spend(Number.MAX_SAFE_INTEGER);
});
