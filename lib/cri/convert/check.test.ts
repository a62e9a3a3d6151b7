import assert from 'node:assert/strict';
import { test } from 'node:test';
import { path } from './check.ts';

/** A path of that many bytes, of names that are short enough. */
const ofBytes = (bytes: number, letter = 'a'): string => `${`/${letter.repeat(100)}`.repeat(100)}`.slice(0, bytes / Buffer.byteLength(letter));

for (const [what, value] of [['nothing', ''], ['the longest path', ofBytes(4095)], ['the longest name', `/${'a'.repeat(255)}/b`]] as const) {
  test(`path() takes ${what}`, () => assert.equal(path(value, 'at'), value));
}

for (const [what, value, message] of [
  ['a path that is a byte too long', ofBytes(4096), /^at: "\/a{39}"… is longer than a path \(4095 bytes\) or a name in it \(255\) can be$/], ['one of letters of two bytes', `/${'é'.repeat(100)}`.repeat(21), /longer than a path/],
  ['a name that is a byte too long', `/ok/${'b'.repeat(256)}`, /^at: "b{40}"… is longer/], ['a name of letters of two bytes', `/${'é'.repeat(128)}`, /^at: "é{40}"… is longer/], ['a NUL', '/a\0b', /NUL/],
] as const) {
  test(`path() refuses ${what}, with the field`, () => assert.throws(() => path(value, 'at'), { code: 'InvalidArgument', message }));
}
