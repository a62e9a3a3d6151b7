import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noiseOf } from './noise.ts';

test('noiseOf() is 1 where every round is the same', () => {
  assert.equal(noiseOf(Array.from({ length: 8 }, () => [1, 2, 3]), 0.99), 1);
});

test('noiseOf() compares rounds, not samples', () => {
  // One round of eight is slow: whichever half has it is twice the other.
  assert.equal(noiseOf([[2, 2], ...Array.from({ length: 7 }, () => [1, 1])], 0.99), 2);
});

test('noiseOf() leaves out what is rarer than one in twenty', () => {
  // Of the 70 halvings of these two set the slow ones apart; in all others both halves have some.
  assert.equal(noiseOf([[9], [9], [9], [9], [1], [1], [1], [1]], 1), 1);
});

test('noiseOf() takes an even number of rounds, few enough to halve in every way', () => {
  for (const count of [0, 3, 18]) assert.throws(() => noiseOf(Array.from({ length: count }, () => [1]), 0.5), /expected an even number up to 16/);
});
