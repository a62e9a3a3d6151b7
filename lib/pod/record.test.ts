import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nowNs } from './record.ts';

test('nowNs() follows the node\'s clock, also when that is set', (t) => {
  const real = Date.now();
  assert.ok(Math.abs(Number(nowNs() / 1_000_000n) - real) < 60_000);
  t.mock.method(Date, 'now', () => real + 3_600_000);
  assert.equal(nowNs(), BigInt(real + 3_600_000) * 1_000_000n);
});
