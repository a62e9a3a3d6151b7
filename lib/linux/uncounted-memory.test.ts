import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { releasePages, uncountedMemory } from './uncounted-memory.ts';

const MIB = 1024 * 1024;

function residentKiB(): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
}

test('releasePages() gives back what was written to, and the memory can be used again', () => {
  const memory = uncountedMemory(64 * MIB).fill(1);
  const before = residentKiB();
  releasePages(memory);
  const after = residentKiB();
  assert.ok(before - after > 48 * 1024, `${before} KiB before and ${after} KiB after`);
  assert.ok(memory.fill(2).every((byte) => byte === 2));
});

test('releasePages() of a part leaves what lies beside it', () => {
  const memory = uncountedMemory(3 * MIB).fill(1);
  releasePages(memory.subarray(MIB, 2 * MIB));
  assert.ok(memory.subarray(0, MIB).every((byte) => byte === 1));
  assert.ok(memory.subarray(2 * MIB).every((byte) => byte === 1));
  assert.ok(memory.includes(0));
});

test('releasePages() of less than a page does nothing', () => {
  const memory = uncountedMemory(100).fill(1);
  releasePages(memory);
  assert.ok(memory.every((byte) => byte === 1));
});
