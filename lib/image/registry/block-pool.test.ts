import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { BLOCK_BYTES, BlockPool } from './block-pool.ts';

const MANY = 128;

test('no block is with two, and one that was given back is taken again', () => {
  const pool = new BlockPool();
  const first = Array.from({ length: MANY }, () => pool.take());
  assert.equal(new Set(first).size, MANY);
  for (const block of first.splice(10)) pool.give(block);
  const second = Array.from({ length: MANY }, () => pool.take());
  assert.equal(new Set([...first, ...second]).size, MANY + 10);
});

test('a lease gives back what it has still, once, and nothing that is not its own', () => {
  const pool = new BlockPool();
  const other = pool.take();
  const lease = pool.lease();
  const [one, two] = [lease.take(), lease.take()];
  lease.give(one);
  lease.give(one);
  lease.give(other);
  lease[Symbol.dispose]();
  lease[Symbol.dispose]();
  const again = [pool.take(), pool.take(), pool.take()];
  assert.equal(new Set([...again, other]).size, 4);
  assert.ok(again.includes(one) && again.includes(two));
});

test('the pool takes no memory when nobody has a block, and little beside those that are out', () => {
  const residentKiB = (): number => Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
  const pool = new BlockPool();
  const blocks = Array.from({ length: MANY }, () => pool.take().fill(1));
  const all = MANY * BLOCK_BYTES / 1024;
  const full = residentKiB();
  for (const block of blocks.splice(1)) pool.give(block);
  const oneOut = residentKiB();
  assert.ok(full - oneOut > all * 0.6, `${full} KiB, then ${oneOut}`);
  for (const block of blocks) pool.give(block);
  const none = residentKiB();
  assert.ok(full - none > all * 0.75, `${full} KiB, then ${none}`);
  assert.ok(pool.take().fill(2).every((byte) => byte === 2));
});
