import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeSparsely } from './sparse-write.ts';

const KiB = 1024;

/** What writeSparsely() asks for, as text: bytes written, and those passed over in parentheses. */
function calls(offset: number, bytes: Buffer): string {
  const made: string[] = [];
  writeSparsely({ write: (part) => { made.push(String(part.length)); }, skip: (length) => { made.push(`(${length})`); } }, offset, bytes);
  return made.join(' ');
}

const zeros = Buffer.alloc(40 * KiB);
const lastByte = Buffer.from(zeros).fill('x', 16 * KiB - 1, 16 * KiB);
for (const [name, offset, bytes, expected] of [
  ['data', 0, Buffer.alloc(40 * KiB, 'x'), '40960'], ['nothing', 0, Buffer.alloc(0), ''], ['zeros', 0, zeros, '(16384) (16384) 8192'],
  ['zeros that begin inside a block', 16 * KiB - 100, zeros, '100 (16384) (16384) 8092'], ['a block whose last byte is none', 0, lastByte, '16384 (16384) 8192'],
] as const) {
  test(`writeSparsely() of ${name}`, () => {
    assert.equal(calls(offset, bytes), expected);
  });
}
