import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { constants, zstdCompressSync } from 'node:zlib';
import { DataLossError } from '#errors';
import { ZstdFrameCutter } from './zstd-frames.ts';

const skippable = Buffer.from('5a2a4d180400000001020304', 'hex');
const frames = [
  zstdCompressSync('small'), zstdCompressSync(''), skippable, Buffer.from('502a4d1800000000', 'hex'), zstdCompressSync(Buffer.alloc(1_000_000)), zstdCompressSync(randomBytes(300_000)),
  zstdCompressSync(Buffer.alloc(70_000, 'abc'), { params: { [constants.ZSTD_c_checksumFlag]: 1, [constants.ZSTD_c_contentSizeFlag]: 0 } }), zstdCompressSync(randomBytes(200), { params: { [constants.ZSTD_c_checksumFlag]: 1 } }),
];

for (const pieceBytes of [1_000_000, 65536, 3, 1]) {
  test(`ZstdFrameCutter cuts at the end of every frame, in pieces of ${pieceBytes} bytes`, () => {
    const stream = Buffer.concat([...frames, ...frames]);
    const cutter = new ZstdFrameCutter();
    const ends = new Set<number>();
    let at = 0;
    for (let start = 0; start < stream.length; start += pieceBytes) {
      for (const piece of cutter.cut(stream.subarray(start, start + pieceBytes))) { at += piece.length; ends.add(at); }
    }
    assert.equal(at, stream.length);
    let end = 0;
    for (const frame of [...frames, ...frames]) { end += frame.length; assert.ok(ends.has(end), `no cut at ${end}`); }
    if (pieceBytes === 1_000_000) assert.ok(ends.size <= 2 * frames.length + Math.ceil(stream.length / pieceBytes));
  });
}

test('ZstdFrameCutter refuses what is no frame, and a reserved block', () => {
  assert.throws(() => new ZstdFrameCutter().cut(Buffer.concat([zstdCompressSync('x'), Buffer.from('rubbish')])), DataLossError);
  assert.throws(() => new ZstdFrameCutter().cut(Buffer.from('28b52ffd0058060000', 'hex')), DataLossError);
});
