import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mock, test } from 'node:test';
import { promisify } from 'node:util';
import { collectWhenIdle } from './idle-collection.ts';

const MB = 1024 * 1024;

/** A heap and a clock of the test's own; a collection leaves 20 MB, and that of the start is over. */
function scene(growthPercent: number) {
  mock.timers.enable({ apis: ['setTimeout'] });
  let [now, used, collections]: [number, number, number] = [1000, 20 * MB, 0];
  const clock = mock.method(performance, 'now', () => now);
  let told = 0;
  const heap = { usedBytes: () => used, collect: () => { collections++; used = 20 * MB; } };
  const idle = collectWhenIdle(() => growthPercent, { quietMs: 500, heap, collected: () => { assert.equal(++told, collections); } });
  const pass = (ms: number): void => { now += ms; mock.timers.tick(ms); };
  idle.answered();
  pass(500);
  const ofTheStart = collections;
  return {
    idle, pass, use: (bytes: number) => { used = bytes; }, ofTheStart, collections: () => told - ofTheStart,
    answer: () => { idle.answered(); pass(500); },
    [Symbol.dispose]: () => { idle[Symbol.dispose](); clock.mock.restore(); mock.timers.reset(); },
  };
}

test('collectWhenIdle() collects at the first pause what the start has left', () => {
  using of = scene(100);
  assert.equal(of.ofTheStart, 1);
});

test('collectWhenIdle() collects when the heap has grown by half of what V8 lets it, and counts from there', () => {
  using of = scene(100);
  of.answer();
  for (const [bytes, expected] of [[29 * MB, 0], [31 * MB, 1], [29 * MB, 1], [31 * MB, 2]] as const) {
    of.use(bytes);
    of.answer();
    assert.equal(of.collections(), expected);
  }
});

test('collectWhenIdle() counts from the least that was ever used: V8 collects too', () => {
  using of = scene(100);
  for (const bytes of [29, 10, 14, 16]) {
    of.use(bytes * MB);
    of.answer();
  }
  assert.equal(of.collections(), 1);
});

test('collectWhenIdle() leaves a heap alone that has grown by no more than a few calls make of it', () => {
  using of = scene(10);
  of.answer();
  of.use(20.9 * MB);
  of.answer();
  assert.equal(of.collections(), 0);
});

test('collectWhenIdle() waits until nobody has been answered for a while', () => {
  using of = scene(100);
  of.answer();
  of.use(40 * MB);
  for (let n = 0; n < 20; n++) {
    of.idle.answered();
    of.pass(400);
  }
  assert.equal(of.collections(), 0);
  of.pass(100);
  assert.equal(of.collections(), 1);
  of.use(40 * MB);
  of.pass(10_000);
  assert.equal(of.collections(), 1);
});

const GARBAGE = `
  import { collectWhenIdle } from '${new URL('./idle-collection.ts', import.meta.url).href}';
  const idle = collectWhenIdle(() => 10, { quietMs: 1 });
  const turn = () => new Promise((resolve) => setTimeout(resolve, 5));
  idle.answered();
  await turn();
  let garbage = Array.from({ length: 1_000_000 }, (_, n) => ({ n }));
  garbage = undefined;
  idle.answered();
  const end = Date.now() + 60_000;
  const before = process.memoryUsage().heapUsed;
  while (globalThis.gc && process.memoryUsage().heapUsed > before / 2 && Date.now() < end) await turn();
  console.log(globalThis.gc ? process.memoryUsage().heapUsed <= before / 2 : 'none');`;

for (const [flags, expected] of [[['--expose-gc'], 'true'], [[], 'none']] as const) {
  test(`collectWhenIdle() in a process of its own, started with ${flags.join(' ') || 'no flag'}: ${expected}`, async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [...flags, '--no-warnings', '--input-type=module', '--eval', GARBAGE]);
    assert.equal(stdout.trim(), expected);
  });
}
