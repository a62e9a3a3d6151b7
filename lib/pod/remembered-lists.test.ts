import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rememberingLists } from './remembered-lists.ts';

function scene() {
  const made: string[] = [];
  const at = { version: 0 };
  const list = rememberingLists(() => at.version, ({ id }: { id?: string }) => { made.push(id ?? 'all'); return [{ id }]; });
  return { made, at, list };
}

test('rememberingLists() gives equal filters the same list as long as the version is the same', () => {
  const { made, at, list } = scene();
  const [all, one] = [list({}), list({ id: 'a' })];
  assert.deepEqual([list({}) === all, list({ id: 'a' }) === one, one], [true, true, [{ id: 'a' }]]);
  at.version++;
  assert.notEqual(list({}), all);
  assert.notEqual(list({ id: 'a' }), one);
  assert.deepEqual(made, ['all', 'a', 'all', 'a']);
});

test('rememberingLists() keeps a few lists, whatever is asked for', () => {
  const { made, list } = scene();
  for (let n = 0; n < 100; n++) list({ id: String(n) });
  list({ id: '99' });
  list({ id: '0' });
  assert.deepEqual([made.length, made.at(-1)], [101, '0']);
});
