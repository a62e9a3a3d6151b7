import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InvalidArgumentError } from '#errors';
import { refuseOptions, withReserve } from './checkpoint.ts';

const { signal } = new AbortController();
const left = (ms: number): ReturnType<typeof withReserve> => withReserve('CheckpointPod', { signal, timeLeftMs: () => ms });

test('withReserve() refuses a call without a deadline', () => {
  assert.throws(() => left(Infinity), (error) => error instanceof InvalidArgumentError && error.message === 'CheckpointPod: the call has no deadline, expected one');
});

test('withReserve() keeps a fifth of the time, ten seconds at most', () => {
  assert.deepEqual([1000, 50_000, 100_000, 3_600_000, -5].map((ms) => left(ms).timeoutMs), [800, 40_000, 90_000, 3_590_000, 1]);
  assert.ok(left(2 ** 40).timeoutMs < 2 ** 31);
  assert.equal(left(1000).signal, signal);
});

test('refuseOptions() names the first option, whatever its value', () => {
  refuseOptions({});
  assert.throws(() => { refuseOptions({ keep: '' }); }, (error) => error instanceof InvalidArgumentError && error.message === 'options: "keep" is unknown, expected none');
});
