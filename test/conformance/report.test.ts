import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { complaint, countLine, readReport } from './report.ts';
import type { SpecReport } from './report.ts';

const spec = (text: string, state: string, more: Partial<SpecReport> = {}): SpecReport =>
  ({ ContainerHierarchyTexts: ['[k8s.io] Group', 'context'], LeafNodeText: text, LeafNodeType: 'It', State: state, RunTime: 1_500_000, ...more });
const report = (...specs: readonly SpecReport[]): string => JSON.stringify([{ SpecReports: specs }]);

test('readReport() joins names as ginkgo prints them and sorts every state into three', () => {
  const results = readReport(report(spec('a', 'passed'), spec('b', 'panicked', { Failure: { Message: 'why' } }), spec('c', 'skipped'), spec('d', 'timedout')));
  assert.deepEqual([...results].map(([name, { outcome, message }]) => [name, outcome, message]), [
    ['[k8s.io] Group context a', 'passed', ''], ['[k8s.io] Group context b', 'failed', 'why'], ['[k8s.io] Group context c', 'skipped', ''], ['[k8s.io] Group context d', 'failed', ''],
  ]);
  assert.equal(countLine(results.values()), '1 passed, 2 failed, 1 skipped');
});

test('readReport() gives specs or benchmarks', () => {
  const text = report(spec('benchmark about Image', 'passed'), spec('a', 'skipped'));
  assert.deepEqual([...readReport(text).keys()], ['[k8s.io] Group context a']);
  assert.deepEqual([...readReport(text, 'benchmarks').keys()], ['[k8s.io] Group context benchmark about Image']);
});

test('readReport() throws when the suite could not be set up', () => {
  assert.throws(() => readReport(report(spec('', 'failed', { LeafNodeType: 'BeforeSuite', Failure: { Message: 'no socket' } }))), /BeforeSuite failed: no socket/);
  assert.throws(() => readReport('nothing'), SyntaxError);
});

test('complaint() is about each way in which a listed spec does not pass', () => {
  const results = readReport(report(spec('good', 'passed'), spec('bad', 'failed', { Failure: { Message: 'why' } }), spec('left out', 'skipped', { Failure: { Message: 'no AppArmor' } })));
  const of = (name: string): string | undefined => complaint(name, results.get(`[k8s.io] Group context ${name}`));
  assert.equal(of('good'), undefined);
  assert.equal(of('bad'), 'failed: why');
  assert.equal(of('left out'), 'skipped: no AppArmor');
  assert.equal(of('renamed'), 'critest has no spec "renamed"');
});
