import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { runtime } from './generated/cri.js';

const { v1 } = runtime;

describe('64-bit numbers', () => {
  const signed = [0n, 1n, -1n, 127n, 128n, 2n ** 28n - 1n, 2n ** 28n, 2n ** 31n, 2n ** 32n, 2n ** 49n, 2n ** 53n + 1n, 2n ** 56n - 1n, 2n ** 56n, 1_759_999_999_123_456_789n, 2n ** 63n - 1n, -(2n ** 63n)];
  for (const value of signed) {
    test(`int64 ${value} comes back exactly`, () => {
      assert.equal(v1.Int64Value.decode(v1.Int64Value.encode({ value }).finish()).value, value);
      assert.deepEqual(v1.LinuxContainerUser.decode(v1.LinuxContainerUser.encode({ supplementalGroups: [value, value] }).finish()).supplementalGroups, [value, value]);
    });
  }
  for (const value of [0n, 1n, 2n ** 32n, 2n ** 53n + 1n, 2n ** 64n - 1n]) {
    test(`uint64 ${value} comes back exactly`, () => {
      assert.equal(v1.UInt64Value.decode(v1.UInt64Value.encode({ value }).finish()).value, value);
    });
  }
  test('known bytes of protobuf decode to their value', () => {
    // Field 1, varint: 150 as in the encoding guide, and -2 in ten bytes.
    assert.equal(v1.Int64Value.decode(Buffer.from('089601', 'hex')).value, 150n);
    assert.equal(v1.Int64Value.decode(Buffer.from('08feffffffffffffffff01', 'hex')).value, -2n);
  });
  for (const [what, hex] of [['that ends early', '0896'], ['longer than ten bytes', '08ffffffffffffffffffff01']] as const) {
    test(`a number ${what} is an error`, () => {
      assert.throws(() => v1.Int64Value.decode(Buffer.from(hex, 'hex')), RangeError);
    });
  }
});

describe('decode()', () => {
  test('gives a default to every field that was not sent', () => {
    const { metadata, labels, mounts, createdAt, logPath } = v1.ContainerStatus.decode(new Uint8Array(0));
    assert.deepEqual({ metadata, labels, mounts, createdAt, logPath }, { metadata: null, labels: {}, mounts: [], createdAt: 0n, logPath: '' });
  });
  test('skips fields that this API does not know, and does not keep them', () => {
    // Field 99, length 3.
    const decoded = v1.ContainerMetadata.decode(Buffer.concat([Buffer.from('9a0603616263', 'hex'), v1.ContainerMetadata.encode({ name: 'a' }).finish()]));
    assert.deepEqual([decoded.name, '$unknowns' in decoded], ['a', false]);
  });
  test('takes "__proto__" for a label like any other', () => {
    const sent = JSON.parse('{"__proto__":"x"}') as Record<string, string>;
    const { labels } = v1.Container.decode(v1.Container.encode({ labels: sent }).finish());
    assert.deepEqual(Object.entries(labels), [['__proto__', 'x']]);
    assert.equal(({} as Record<string, unknown>)['x'], undefined);
  });
  test('keeps bytes that are no UTF-8 in the value of a variable', () => {
    const value = Uint8Array.of(0xff, 0xfe, 0x41);
    assert.deepEqual(Uint8Array.from(v1.KeyValue.decode(v1.KeyValue.encode({ key: 'k', value }).finish()).value), value);
  });
  test('refuses text that is no UTF-8', () => {
    assert.throws(() => v1.ContainerMetadata.decode(Buffer.from('0a02fffe', 'hex')));
  });
});
