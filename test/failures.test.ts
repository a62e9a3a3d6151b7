import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { collectFailures } from './failures.ts';
import type { TestEvent } from './totals.ts';

const event = (type: string, data: object): TestEvent => ({ type, data });
const says = (file: string, message: string): TestEvent => event('test:stdout', { file, message });
const passes = (file: string): TestEvent => event('test:pass', { file, name: 'fine', details: { type: 'test' } });
const fails = (file: string, name: string, error: unknown, failureType = 'testCodeFailure'): TestEvent =>
  event('test:fail', { file, name, line: 7, details: { type: 'test', error: Object.assign(new Error('wrapped', { cause: error }), { failureType }) } });

test('a failed test is told with its place, its error and what its file said since the last one that passed', () => {
  const failures = collectFailures('/clone');
  for (const e of [says('/clone/test/a.ts', 'before\n'), passes('/clone/test/a.ts'), says('/clone/test/a.ts', 'one\ntwo\n'), says('/clone/test/b.ts', 'of another file\n'), fails('/clone/test/a.ts', 'a stop', new RangeError('not in 15 s'))]) failures.take(e);
  const lines = failures.report();
  assert.equal(lines[0], '✖ test/a.ts:7 a stop');
  assert.match(lines[1] ?? '', /^ {2}RangeError: not in 15 s/);
  assert.deepEqual(lines.slice(-2), ['  | one', '  | two']);
  assert.ok(lines.every((line) => !/before|of another file|wrapped/.test(line)));
});

test('a suite or file is not told for its tests, and nothing when nothing failed', () => {
  const failures = collectFailures('/clone');
  assert.deepEqual(failures.report(), []);
  failures.take(fails('/clone/test/a.ts', 'with crun', '1 subtest failed', 'subtestsFailed'));
  assert.deepEqual(failures.report(), []);
});

test('the report stays short, and each failure keeps its first line and the end of its output', () => {
  const failures = collectFailures('/clone');
  for (let n = 0; n < 5; n++) {
    failures.take(says('/clone/test/a.ts', Array.from({ length: 1000 }, (_, line) => `line ${line}`).join('\n')));
    failures.take(fails('/clone/test/a.ts', `test ${n}`, new Error('x'.repeat(10_000))));
  }
  const lines = failures.report();
  assert.ok(lines.length <= 220 && lines.every((line) => line.length < 700), `${lines.length} lines`);
  assert.deepEqual(lines.filter((line) => line.startsWith('✖')).length, 5);
  assert.equal(lines.filter((line) => line === '  | line 999').length, 5);
  for (let n = 5; n < 100; n++) failures.take(fails('/clone/test/a.ts', `test ${n}`, new Error('the same')));
  const many = failures.report();
  assert.equal(many.filter((line) => line.startsWith('✖')).length, 100);
  assert.ok(many.length < 320, `${many.length} lines`);
});
