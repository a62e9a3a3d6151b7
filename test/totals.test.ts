import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { emptyTotals, totalEvents, totalLine } from './totals.ts';
import type { TestEvent } from './totals.ts';

const event = (type: string, data: unknown): TestEvent => ({ type, data });
const summary = (counts: object, file?: string): TestEvent =>
  event('test:summary', { file, counts: { tests: 0, suites: 0, passed: 0, failed: 0, cancelled: 0, skipped: 0, todo: 0, ...counts } });

test('totals add the summaries of runs, not of files, and swallow them', () => {
  const totals = emptyTotals();
  assert.equal(totals.take(summary({ tests: 9, passed: 9 }, '/one/file')), true);
  assert.equal(totals.take(summary({ tests: 3, passed: 1, failed: 1, skipped: 1 })), false);
  assert.equal(totals.take(summary({ tests: 2, cancelled: 1, todo: 1 })), false);
  assert.equal(totalLine(totals), '1 passed, 2 failed, 2 skipped');
});

test('totals remember what was skipped', () => {
  const totals = emptyTotals();
  totals.take(event('test:pass', { name: 'ran' }));
  totals.take(event('test:pass', { name: 'left out', skip: true }));
  totals.take(event('test:pass', { name: 'later', todo: 'why' }));
  assert.deepEqual(totals.skips, ['left out', 'later']);
});

test('totals pass on a test\'s own diagnostics but not the runner\'s closing lines', () => {
  const totals = emptyTotals();
  assert.equal(totals.take(event('test:diagnostic', { nesting: 0, message: 'pass 12' })), false);
  assert.equal(totals.take(event('test:diagnostic', { nesting: 0, message: 'critest: 9 passed' })), true);
  assert.equal(totals.take(event('test:diagnostic', { nesting: 1, message: 'pass 12' })), true);
});

test('totalEvents() closes as node\'s runner does', () => {
  const messages = totalEvents({ ...emptyTotals(), tests: 5, passed: 5 }, 12.4).map((e) => (e as { data: { message?: string } }).data.message);
  assert.deepEqual(messages, ['tests 5', 'suites 0', 'pass 5', 'fail 0', 'cancelled 0', 'skipped 0', 'todo 0', 'duration_ms 12', undefined]);
});
