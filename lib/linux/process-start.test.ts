import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseStartTime, processStartTime } from './process-start.ts';

const rest = 'S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 424242 20 21';
for (const name of ['node', 'a b', 'x) S 1 (y', '((']) {
  test(`parseStartTime() finds field 22 behind the name '${name}'`, () => {
    assert.equal(parseStartTime(`17 (${name}) ${rest}`), 424242n);
  });
}

test('processStartTime() is the same for a living process each time, and undefined for none', () => {
  const own = processStartTime(process.pid);
  assert.ok(own !== undefined && own > 0n);
  assert.equal(processStartTime(process.pid), own);
  assert.equal(processStartTime(2 ** 22 + 1), undefined);
});
