import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differences, inTurn, spread } from './pairs.ts';

test('inTurn() runs both one after the other, each first in every other round', async () => {
  const order: string[] = [];
  const turn = (name: string) => async (): Promise<void> => { order.push(`${name} begins`); await Promise.resolve(); order.push(`${name} ends`); };
  for (const round of [-1, 0, 1]) await inTurn(round, turn('floor'), turn('own'));
  const [floor, own] = [['floor begins', 'floor ends'], ['own begins', 'own ends']] as const;
  assert.deepEqual(order, [...own, ...floor, ...floor, ...own, ...own, ...floor]);
});

test('differences() are those of pairs, which noise of the host does not reach', () => {
  assert.deepEqual(differences([13, 33, 53], [10, 30, 50]), [3, 3, 3]);
  assert.throws(() => differences([1], []), RangeError);
});

test('spread() has the median, its error and the middle half', () => {
  assert.equal(spread('over', [1, 2, 3, 4], 'ms'), 'over: 2.00 ms (± 0.93), half of 4 between 1.00 and 3.00');
});
