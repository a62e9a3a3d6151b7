import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ResourceExhaustedError } from '#errors';
import { TOKEN_LIFETIME_MS, TOKENS_MAX } from './limits.ts';
import { Tokens } from './tokens.ts';

test('a token works once', () => {
  const tokens = new Tokens<string>();
  const [a, b] = [tokens.issue('a'), tokens.issue('b')];
  assert.match(a, /^[\w-]{22}$/);
  assert.deepEqual([tokens.redeem(a), tokens.redeem(a), tokens.redeem('nonsense'), tokens.redeem(b)], ['a', undefined, undefined, 'b']);
});

test('a token works until its time is over', () => {
  let now = 0;
  const tokens = new Tokens<string>(() => now);
  const [early, late] = [tokens.issue('early'), tokens.issue('late')];
  now = TOKEN_LIFETIME_MS - 1;
  assert.equal(tokens.redeem(early), 'early');
  now = TOKEN_LIFETIME_MS;
  assert.equal(tokens.redeem(late), undefined);
});

test('there are so many tokens and no more, until some are redeemed or too old', () => {
  let now = 0;
  const tokens = new Tokens<number>(() => now);
  const issued = Array.from({ length: TOKENS_MAX }, (_, i) => tokens.issue(i));
  assert.throws(() => tokens.issue(-1), ResourceExhaustedError);
  assert.equal(tokens.redeem(issued[5] ?? ''), 5);
  tokens.issue(-2);
  assert.throws(() => tokens.issue(-3), ResourceExhaustedError);
  now = TOKEN_LIFETIME_MS;
  for (let i = 0; i < TOKENS_MAX; i++) tokens.issue(i);
});
