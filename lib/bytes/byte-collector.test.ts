import assert from 'node:assert/strict';
import { test } from 'node:test';
import { usedBytes } from '../../test/fixtures/memory/index.ts';
import { ByteCollector } from './index.ts';

const bytesOf = (count: number): Buffer => Buffer.from(Uint8Array.from({ length: count }, (_, i) => i * 7 % 251));

test('pieces of any size are put together in their order, and the collector is empty then', () => {
  const collector = new ByteCollector();
  for (const size of [1, 4095, 4096, 4097, 100_000, 3_000_000]) {
    const all = bytesOf(size);
    for (let at = 0, step = 1; at < size; at += step, step = step * 3 % 70_001) collector.add(all.subarray(at, at + step));
    assert.equal(collector.length, size);
    assert.ok(collector.take().equals(all), `${size} bytes`);
    assert.deepEqual([collector.length, collector.take().length], [0, 0]);
  }
});

test('a piece is copied: its memory may be used again', () => {
  const collector = new ByteCollector();
  const piece = Buffer.from('first');
  collector.add(piece);
  piece.fill(0);
  assert.equal(collector.take().toString(), 'first');
});

test('pieces of one byte take no more than twice their bytes', () => {
  const [collector, count] = [new ByteCollector(), 2_000_000];
  const before = usedBytes();
  for (let i = 0; i < count; i++) collector.add(Buffer.of(i & 0xff));
  assert.ok(usedBytes() - before < 2.2 * count, `${usedBytes() - before} bytes for ${count}`);
  assert.equal(collector.length, count);
});
