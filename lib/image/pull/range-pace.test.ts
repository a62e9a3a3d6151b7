import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { RangePace } from './range-pace.ts';

const RANGE_BYTES = 1000;

/** A layer whose network has a rate for each number of connections, and that takes `unpackMs` a byte. @returns the connections at the beginning of each range, and at the end */
function run(rate: (connections: number) => number, unpackMs: number, ranges = 60): number[] {
  let now = 0;
  const pace = new RangePace(RANGE_BYTES, () => now);
  const seen: number[] = [];
  let here = 0;
  for (let n = 0; n < ranges; n++) {
    seen.push(pace.connections);
    for (let at = 0; at < RANGE_BYTES; at += 100) {
      pace.waiting();
      const waitMs = Math.max(0, here - now);
      now += waitMs;
      here = Math.max(here, now) + 100 / rate(pace.connections);
      pace.arrived(100);
      now += 100 * unpackMs;
    }
  }
  return [...seen, pace.connections];
}

for (const [name, rate, unpackMs, end, most] of [
  ['each connection brings as much', (n: number) => n, 0, 4, 4],
  ['two bring twice as much, and four no more', (n: number) => Math.min(n, 2), 0, 2, 4],
  ['more connections bring nothing', () => 1, 0, 1, 4],
  ['the unpacking is slower than one connection', (n: number) => n, 2, 1, 1],
  ['the unpacking is as slow as two connections', (n: number) => n, 0.5, 2, 4],
] as const) {
  test(`${name}: ${end} connection(s)`, () => {
    const seen = run(rate, unpackMs);
    assert.equal(seen[0], 1, 'begins with one');
    assert.equal(seen.at(-1), end);
    assert.equal(Math.max(...seen), most);
  });
}

for (const [name, bytesPerMs, ranges] of [['a slow connection is looked at before the end of the first range', 1, 1], ['one that is fast at two ranges, when it has found its pace', 100, 2]] as const) {
  test(name, () => {
    const seen = run((n) => n * bytesPerMs, 0);
    assert.equal(seen.indexOf(4), ranges);
  });
}

test('what did not help is tried again when much more of the layer has come', () => {
  const seen = run(() => 1, 0, 200);
  const tries = seen.flatMap((connections, n) => (connections > 1 && seen[n - 1] === 1 ? [n] : []));
  assert.ok(tries.length === 3 && (tries[1] ?? 0) - (tries[0] ?? 0) > 60, tries.join());
});

test('a wrong verdict is corrected', () => {
  let asked = 0;
  const seen = run((connections) => (asked++ < 100 ? 1 : connections), 0, 200);
  assert.equal(seen[60], 1);
  assert.equal(seen.at(-1), 4);
});
