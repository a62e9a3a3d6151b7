import assert from 'node:assert/strict';
import { test } from 'node:test';
import { duration, durationMs } from './duration.ts';

const key = duration('0s', '');

for (const [text, ms] of [['0', 0], ['0s', 0], ['300ms', 300], ['2.5s', 2500], ['1h30m', 5_400_000], ['1m1s1ms', 61_001], ['576h', 2_073_600_000]] as const) {
  test(`duration() takes ${text}`, () => assert.deepEqual([key.parse(text), durationMs(text)], [text, ms]));
}

for (const value of ['', '5', '-1s', '1d', '1s ', 's', '576h1ms', '99999999999999999h', 5, true]) {
  test(`duration() refuses ${JSON.stringify(value)}`, () => assert.equal(key.parse(value), undefined));
}
