import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decode, differences, encode } from './encoding.ts';

test('encode() and decode() keep bigint, bytes and Buffers', () => {
  const value = { at: 1763721000123456789n, env: [{ key: 'A', value: Uint8Array.of(0xff, 0, 65) }], buffer: Buffer.from('x'), nested: { n: [1, 'a', null, true] } };
  const back = decode(encode(value)) as typeof value;
  assert.equal(back.at, value.at);
  assert.deepEqual(back.env[0]?.value, Uint8Array.of(0xff, 0, 65));
  assert.deepEqual(back.buffer, Uint8Array.of(120));
  assert.deepEqual(back.nested, value.nested);
});

const cases: [name: string, a: unknown, b: unknown, expected: string[]][] = [
  ['equal trees', { a: 1, b: { c: [1, 2] } }, { b: { c: [1, 2] }, a: 1 }, []],
  ['a changed leaf', { linux: { security: { privileged: true } } }, { linux: { security: { privileged: false } } }, ['linux.security.privileged']],
  ['a missing field', { a: 1 }, { a: 1, b: 2 }, ['b']],
  ['bytes by content', { v: Uint8Array.of(1) }, { v: Buffer.from([1]) }, []],
  ['other bytes', { v: Uint8Array.of(1) }, { v: Uint8Array.of(2) }, ['v']],
  ['array elements', { command: ['sh', '-c'] }, { command: ['sh'] }, ['command.1']],
  ['at most five', { a: 1, b: 1, c: 1, d: 1, e: 1, f: 1 }, {}, ['a', 'b', 'c', 'd', 'e']],
];
for (const [name, a, b, expected] of cases) test(`differences() finds ${name}`, () => assert.deepEqual(differences(a, b), expected));
