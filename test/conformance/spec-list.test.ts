import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { readSpecList, specList } from './spec-list.ts';

test('readSpecList() takes a name a line, tells apart those that are absent, and refuses doubles', () => {
  assert.deepEqual(readSpecList('# comment\none\n\n  two\nabsent: three: four\n'), { mustPass: ['one', 'two'], absent: ['three: four'] });
  assert.throws(() => readSpecList('one\none\n'), /twice/);
  assert.throws(() => readSpecList('one\nabsent: one\n'), /twice/);
});

test('davit is judged by 114 of the 137 specs', () => {
  const { mustPass, absent } = specList();
  assert.deepEqual([mustPass.length, absent.length], [114, 23]);
});
