import assert from 'node:assert/strict';
import { test } from 'node:test';
import { figureLines, jsonLine, quantile, table } from './report.ts';

test('quantile() is the nearest rank', () => {
  const samples = [5, 1, 4, 2, 3];
  assert.deepEqual([0, 0.5, 0.9, 1].map((share) => quantile(samples, share)), [1, 3, 5, 5]);
  assert.throws(() => quantile([], 0.5), /no samples/);
});

test('table() lines up names and numbers', () => {
  assert.equal(table([{ name: 'RunPodSandbox', samples: [1, 2, 3], unit: 'ms' }, { name: 'all', samples: [1234.5], unit: 'ms' }]), [
    '               n   p50   p90   p99   max',
    'RunPodSandbox  3  2.00  3.00  3.00  3.00  ms',
    'all            1  1235  1235  1235  1235  ms',
  ].join('\n').replaceAll('1235', (1234.5).toFixed(0)));
});

test('the last line has name, value, unit, floor and ratio of each figure', () => {
  const figures = { pod_ready_p50: { value: 30.12345, unit: 'ms', floor: 20 } };
  assert.deepEqual(JSON.parse(jsonLine('pod', figures)), { bench: 'pod', figures: { pod_ready_p50: { value: 30.123, unit: 'ms', floor: 20, ratio: 1.506 } } });
  assert.equal(figureLines(figures), 'pod_ready_p50: 30.12 ms, floor 20.00 ms, 1.51 times the floor');
});
