import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BackwardWriter } from './backward-writer.ts';
import { runtime } from './generated/cri.js';

const { MemoryUsage, PsiData, FilesystemIdentifier, UInt64Value } = runtime.v1;
const NUMBERS = [1n, 127n, 128n, 16_383n, 16_384n, 2n ** 32n - 1n, 2n ** 32n, 2n ** 53n - 1n, 2n ** 53n, 2n ** 53n + 1n, 1_759_999_999_123_456_789n, 2n ** 63n, 2n ** 64n - 1n];

for (const value of NUMBERS) {
  test(`integer() writes ${value} as protobuf has it`, () => {
    const writer = new BackwardWriter();
    writer.integer(1, value);
    assert.deepEqual(Buffer.from(writer.finish()), Buffer.from(UInt64Value.encode({ value }).finish()));
  });
}

test('integer() writes numbers beyond a double as they come, also the same one twice', () => {
  const writer = new BackwardWriter();
  const [a, b] = [1_759_999_999_123_456_789n, 1_760_000_000_123_456_789n];
  for (const value of [a, a, b, a, 2n ** 64n - 1n, 7n, b, b]) {
    writer.integer(1, value);
    assert.equal(UInt64Value.decode(Buffer.from(writer.finish())).value, value);
  }
});

test('fields and nested messages, written last one first, are the message that the generated code writes', () => {
  const writer = new BackwardWriter();
  const end = writer.end();
  writer.double(4, 0.25);
  writer.integer(1, 7n);
  writer.message(2, end);
  const psi = { Some: { Total: 7n, Avg300: 0.25 } };
  writer.message(8, end);
  writer.amount(4, 300n);
  writer.integer(1, 5n);
  assert.deepEqual(Buffer.from(writer.finish()), Buffer.from(MemoryUsage.encode({ timestamp: 5n, usageBytes: { value: 300n }, psi }).finish()));
});

test('zero is left out, but for an amount, which is there', () => {
  const writer = new BackwardWriter();
  writer.text(1, '');
  writer.double(2, 0);
  writer.integer(1, 0n);
  assert.equal(writer.finish().length, 0);
  writer.amount(5, 0n);
  assert.equal(MemoryUsage.decode(Buffer.from(writer.finish())).rssBytes?.value, 0n);
});

test('what is longer than the first buffer is written whole, and the next message begins anew', () => {
  const writer = new BackwardWriter();
  for (const length of [10, 5000, 100_000, 3]) {
    const mountpoint = 'ä'.repeat(length);
    writer.text(1, mountpoint);
    assert.equal(FilesystemIdentifier.decode(Buffer.from(writer.finish())).mountpoint, mountpoint);
  }
  writer.double(3, -1.5);
  assert.equal(PsiData.decode(Buffer.from(writer.finish())).Avg60, -1.5);
});
