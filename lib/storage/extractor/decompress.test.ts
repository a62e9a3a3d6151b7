import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { UnimplementedError } from '#errors';
import { detectCompression } from './decompress.ts';

const cases: [string, Buffer, string][] = [
  ['gzip', gzipSync('x'), 'gzip'], ['zstd', zstdCompressSync('x'), 'zstd'], ['a skippable zstd frame', Buffer.from('512a4d18', 'hex'), 'zstd'],
  ['an archive', Buffer.from('file'), 'plain'], ['nothing', Buffer.alloc(0), 'plain'],
];
for (const [name, head, compression] of cases) test(`detectCompression() knows ${name}`, () => { assert.equal(detectCompression(head), compression); });
for (const [name, hex] of [['bzip2', '425a6839'], ['xz', 'fd377a585a00']] as const) test(`detectCompression() refuses ${name}`, () => { assert.throws(() => detectCompression(Buffer.from(hex, 'hex')), UnimplementedError); });
