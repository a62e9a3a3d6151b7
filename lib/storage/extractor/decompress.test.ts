import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { UnimplementedError } from '#errors';
import { createDecompressor, detectCompression } from './decompress.ts';
import type { Decompressor, OnOutput } from './stream-decompressor.ts';

const cases: [string, Buffer, string][] = [
  ['gzip', gzipSync('x'), 'gzip'], ['zstd', zstdCompressSync('x'), 'zstd'], ['a skippable zstd frame', Buffer.from('512a4d18', 'hex'), 'zstd'],
  ['an archive', Buffer.from('file'), 'plain'], ['nothing', Buffer.alloc(0), 'plain'],
];
for (const [name, head, compression] of cases) test(`detectCompression() knows ${name}`, () => { assert.equal(detectCompression(head), compression); });
for (const [name, hex] of [['bzip2', '425a6839'], ['xz', 'fd377a585a00']] as const) test(`detectCompression() refuses ${name}`, () => { assert.throws(() => detectCompression(Buffer.from(hex, 'hex')), UnimplementedError); });

const large = Buffer.from(Buffer.alloc(3_000_000, 'a line of some length, and its number\n').map((byte, i) => (i % 37 === 0 ? i % 251 : byte)));
const [hello, world, big] = ['hello ', 'world', large].map((data) => gzipSync(data)) as [Buffer, Buffer, Buffer];
const named = Buffer.concat([Buffer.from('1f8b081c000000000003', 'hex'), Buffer.from('0300616263', 'hex'), Buffer.from('a name\0a comment\0'), hello.subarray(10)]);
const withByte = (bytes: Buffer, at: number, value: number): Buffer => { const copy = Buffer.from(bytes); copy[at < 0 ? copy.length + at : at] = value; return copy; };
/** What comes out; undefined: refused. */
const gzips: [string, Buffer[], Buffer | string | undefined][] = [
  ['one member', [hello], 'hello '], ['two members', [hello, world], 'hello world'], ['an empty member between', [hello, gzipSync(''), world], 'hello world'],
  ['much data', [big, hello], Buffer.concat([large, Buffer.from('hello ')])], ['stored blocks', [gzipSync(large, { level: 0 })], large],
  ['a header with everything in it', [named], 'hello '],
  ['zeros behind', [hello, Buffer.alloc(20)], 'hello '], ['zeros and another member behind', [hello, Buffer.alloc(20), world], 'hello '],
  ['something else behind', [hello, Buffer.from('something else, of some length')], undefined], ['a byte behind', [hello, Buffer.from('x')], undefined],
  ['the beginning of a member behind', [hello, world.subarray(0, 2)], undefined], ['another method behind', [hello, withByte(world, 2, 7)], undefined],
  ['a part of a header', [hello.subarray(0, 5)], undefined], ['a part of the data', [big.subarray(0, big.length >> 1)], undefined], ['a part of the trailer', [hello.subarray(0, -3)], undefined],
  ['a wrong checksum', [withByte(hello, -6, 1)], undefined], ['a wrong length', [withByte(hello, -1, 1)], undefined],
  ['reserved flags', [withByte(hello, 3, 0x20)], undefined], ['another method', [withByte(hello, 2, 7)], undefined],
  ['a block of the type that does not exist', [Buffer.from('1f8b08000000000000ff07', 'hex')], undefined], ['a reference to before the beginning', [Buffer.from('1f8b08000000000000034b040200', 'hex')], undefined],
  ['damaged data', [Buffer.from(big).fill(0x5a, 9000, 9100)], undefined],
];
const create = (onOutput: OnOutput): Decompressor => createDecompressor('gzip', onOutput);
for (const [name, parts, expected] of gzips) {
  const input = Buffer.concat(parts);
  for (const pieceBytes of input.length > 1000 ? [1000, 70_000, input.length] : [1, 3, input.length]) {
    test(`gzip: ${name}, in pieces of ${pieceBytes} bytes`, async () => {
      const output = decompressed(create, input, pieceBytes);
      if (expected === undefined) await assert.rejects(output);
      else assert.ok((await output).equals(Buffer.from(expected)));
    });
  }
}

test(`gzip: what is done with the output may fail, with and without more input`, async () => {
  await assert.rejects(decompressed((onOutput) => create((bytes) => { onOutput(bytes); throw new Error('the disk is full'); }), big, 1000), /disk is full/);
  await using decompressor = create(() => { throw new Error('the disk is full'); });
  await Promise.allSettled([decompressor.write(big)]);
  await assert.rejects(decompressor.done, /disk is full/);
});

test(`gzip: disposal in the middle ends it`, async () => {
  const decompressor = create(() => undefined);
  void decompressor.write(Buffer.from(big.subarray(0, 5000))).catch(() => undefined);
  await decompressor[Symbol.asyncDispose]();
  await assert.rejects(decompressor.done);
});

async function decompressed(create: (onOutput: OnOutput) => Decompressor, input: Buffer, pieceBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  await using decompressor = create((bytes) => { chunks.push(Buffer.from(bytes)); });
  for (let at = 0; at < input.length; at += pieceBytes) await decompressor.write(input.subarray(at, at + pieceBytes));
  await decompressor.end();
  return Buffer.concat(chunks);
}
