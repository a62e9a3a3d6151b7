/** gzip and zstd as layers come in them: members, frames, padding, damage, cuts. */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { constants, crc32, gzipSync, zstdCompressSync } from 'node:zlib';
import { DataLossError, DavitError, UnimplementedError } from '#errors';
import { digestOf } from '../digest.ts';
import { extractorCommand } from '../extractor-command.ts';
import { ExtractorProcess } from '../extractor-process.ts';
import { temporaryRoot } from '../storage-fixture.ts';
import { tarEntry } from './archive-fixture.ts';
import { DEFAULT_EXTRACTOR_LIMITS } from './limits.ts';

const [first, second, large] = [
  tarEntry({ name: 'first', data: 'hello' }), tarEntry({ name: 'second', data: 'world' }),
  tarEntry({ name: 'large', data: Buffer.from(Buffer.alloc(3_000_000, 'a line of some length, and its number\n').map((byte, i) => (i % 37 === 0 ? i % 251 : byte))) }),
];
const [hello, world, big] = [first, second, large].map((data) => gzipSync(data)) as [Buffer, Buffer, Buffer];
const named = Buffer.concat([Buffer.from('1f8b081c000000000003', 'hex'), Buffer.from('0300616263', 'hex'), Buffer.from('a name\0a comment\0'), hello.subarray(10)]);
const header = Buffer.concat([Buffer.from('1f8b081e000000000003', 'hex'), named.subarray(10, -hello.length + 10)]);
/** Each field that a header may have, and a checksum over them. */
const summed = Buffer.concat([header, Buffer.from([crc32(header) & 0xff, crc32(header) >> 8 & 0xff]), hello.subarray(10)]);
const withByte = (bytes: Buffer, at: number, value: number): Buffer => { const copy = Buffer.from(bytes); copy[at < 0 ? copy.length + at : at] = value; return copy; };
const skippable = Buffer.from('502a4d180400000001020304', 'hex');
const [zHello, zWorld, zBig] = [first, second, large].map((data) => zstdCompressSync(data)) as [Buffer, Buffer, Buffer];

/** What comes out; undefined: refused. */
const cases: [string, Buffer[], Buffer[] | undefined][] = [
  ['gzip: one member', [hello], [first]], ['gzip: two members', [hello, world], [first, second]], ['gzip: an empty member between', [hello, gzipSync(''), world], [first, second]],
  ['gzip: much data', [big, hello], [large, first]], ['gzip: stored blocks', [gzipSync(large, { level: 0 })], [large]], ['gzip: a header with everything in it', [named], [first]], ['gzip: a header with a checksum', [summed, summed], [first, first]], ['gzip: a header with a wrong checksum', [withByte(summed, header.length, summed[header.length] === 0 ? 1 : 0)], undefined], ['gzip: a header cut in its name', [header.subarray(0, 18)], undefined],
  ['gzip: zeros behind', [hello, Buffer.alloc(20)], [first]], ['gzip: zeros and another member behind', [hello, Buffer.alloc(20), world], [first]],
  ['gzip: something else behind', [hello, Buffer.from('something else, of some length')], undefined], ['gzip: a byte behind', [hello, Buffer.from('x')], undefined],
  ['gzip: the beginning of a member behind', [hello, world.subarray(0, 2)], undefined], ['gzip: another method behind', [hello, withByte(world, 2, 7)], undefined],
  ['gzip: a part of a header', [hello.subarray(0, 5)], undefined], ['gzip: a part of the data', [big.subarray(0, big.length >> 1)], undefined], ['gzip: a part of the trailer', [hello.subarray(0, -3)], undefined],
  ['gzip: a wrong checksum', [withByte(hello, -6, 1)], undefined], ['gzip: a wrong length', [withByte(hello, -1, 1)], undefined],
  ['gzip: reserved flags', [withByte(hello, 3, 0x20)], undefined], ['gzip: another method', [withByte(hello, 2, 7)], undefined],
  ['gzip: a block of the type that does not exist', [Buffer.from('1f8b08000000000000ff07', 'hex')], undefined], ['gzip: a reference to before the beginning', [Buffer.from('1f8b08000000000000034b040200', 'hex')], undefined],
  ['gzip: damaged data', [Buffer.from(big).fill(0x5a, 9000, 9100)], undefined],
  ['zstd: one frame', [zHello], [first]], ['zstd: two frames', [zHello, zWorld], [first, second]], ['zstd: skippable frames around', [skippable, zHello, skippable, zBig, skippable], [first, large]], ['zstd: an empty frame between', [zHello, zstdCompressSync(''), zWorld], [first, second]],
  ['zstd: something else behind', [zHello, Buffer.from('something else')], undefined], ['zstd: zeros behind', [zHello, Buffer.alloc(20)], undefined], ['zstd: a byte behind', [zHello, Buffer.from('x')], undefined],
  // Magic of version 0.7, which the library may still read.
  ['zstd: a frame of an older format', [zHello, withByte(zWorld, 0, 0x27)], undefined], ['zstd: a part of a frame', [zBig.subarray(0, zBig.length >> 1)], undefined],
  ['zstd: a part of the next magic', [zHello, zWorld.subarray(0, 3)], undefined], ['zstd: damaged data', [zstdCompressSync(large, { params: { [constants.ZSTD_c_checksumFlag]: 1 } }).fill(0x5a, 9000, 9100)], undefined], ['zstd: a part of a skippable frame', [zHello, skippable.subarray(0, 9)], undefined],
  ['no compression', [first, second], [first, second]], ['nothing', [], []], ['a byte', [Buffer.from('x')], undefined], ['two bytes of gzip', [hello.subarray(0, 2)], undefined],
];
for (const [name, parts, expected] of cases) {
  const input = Buffer.concat(parts);
  for (const pieceBytes of input.length > 1000 ? [1000, 70_000, input.length] : [1, 3, Math.max(input.length, 1)]) {
    test(`${name}, in pieces of ${pieceBytes} bytes`, async () => {
      if (expected === undefined) await assert.rejects(unpacked(input, pieceBytes), DataLossError);
      else assert.equal(await unpacked(input, pieceBytes), digestOf(Buffer.concat(expected)));
    });
  }
}
for (const [name, hex] of [['bzip2', '425a6839'], ['xz', 'fd377a585a00']] as const) test(`${name} is refused by its name`, async () => { await assert.rejects(unpacked(Buffer.from(hex, 'hex'), 10), (error) => error instanceof UnimplementedError && error.message.includes(name)); });

/** The diffID. */
async function unpacked(input: Buffer, pieceBytes: number): Promise<string> {
  using root = temporaryRoot();
  const extractor = new ExtractorProcess(extractorCommand(root.path));
  const directory = join(root.path, 'layer');
  mkdirSync(directory);
  try {
    const result = extractor.begin({ directory, impliedFile: join(root.path, 'implied'), recordFile: join(root.path, 'archive'), digestAlgorithm: 'sha256', diffIDAlgorithm: 'sha256', limits: { ...DEFAULT_EXTRACTOR_LIMITS, reservedFreeBytes: 0 } }, () => undefined);
    for (let at = 0; at < input.length; at += pieceBytes) await extractor.write(input.subarray(at, at + pieceBytes));
    extractor.end();
    const { digest, diffID } = await result;
    assert.equal(digest, digestOf(input));
    return diffID;
  } catch (error) {
    assert.ok(error instanceof DavitError);
    throw error;
  } finally {
    await extractor.kill();
  }
}
