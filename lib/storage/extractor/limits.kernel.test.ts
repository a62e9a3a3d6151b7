/** Each limit of what one entry may ask for: one less and just as much is unpacked, one more is refused. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { DataLossError, ResourceExhaustedError } from '#errors';
import { type EntryFixture, paxRecords } from './archive-fixture.ts';
import { MAX_METADATA_BYTES, MAX_NAME_BYTES, MAX_PATH_BYTES, MAX_PATH_DEPTH, MAX_SYMLINKS } from './limits.ts';
import { createScene, type Scene } from './unpack-fixture.ts';

let scene: Scene;
beforeEach(() => { scene = createScene(); });
afterEach(() => { scene[Symbol.dispose](); });

const file = (path: string): EntryFixture => ({ name: 'f', pax: { path } });
const symlink = (name: string, linkpath: string): EntryFixture => ({ name, type: '2', pax: { linkpath } });
/** A path of so many bytes, of few directories. */
const long = (bytes: number): string => `${'n'.repeat(200)}/`.repeat(30).slice(0, bytes - 1).concat('e');
/** A PAX header of so many bytes that says nothing. */
const comment = (bytes: number): Buffer => { const rest = bytes - paxRecords({ comment: 'x'.repeat(bytes) }).length; return paxRecords({ comment: 'x'.repeat(bytes + rest) }); };
const SIDE = 250;

const limits: readonly { readonly what: string; readonly most: number; readonly entries: (n: number) => EntryFixture[] }[] = [
  { what: 'bytes of a name', most: MAX_NAME_BYTES, entries: (n) => [file('n'.repeat(n))] },
  { what: 'bytes of the name of a directory on the way', most: MAX_NAME_BYTES, entries: (n) => [file(`${'n'.repeat(n)}/f`)] },
  { what: "bytes of a whiteout's name", most: MAX_NAME_BYTES, entries: (n) => [file('.wh.'.padEnd(n, 'n'))] },
  { what: 'bytes of a path', most: MAX_PATH_BYTES, entries: (n) => [file(long(n))] },
  { what: "bytes of a hard link's target", most: MAX_PATH_BYTES, entries: (n) => [file(long(Math.min(n, MAX_PATH_BYTES))), { name: 'h', type: '1', pax: { linkpath: long(n) } }] },
  { what: "bytes of a directory's path through symlinks", most: MAX_PATH_BYTES, entries: (n) => [symlink('s', `${'n'.repeat(SIDE)}/`.repeat(15)), file(`s/${'x'.repeat(200)}/${'y'.repeat(n - 15 * (SIDE + 1) - 201)}/f`)] },
  { what: 'bytes of the path of a directory that is described', most: MAX_PATH_BYTES, entries: (n) => [symlink('s', `${'n'.repeat(SIDE)}/`.repeat(15)), { ...file(`s/${'x'.repeat(200)}/${'y'.repeat(n - 15 * (SIDE + 1) - 201)}`), type: '5' }] },
  { what: 'names of a path', most: MAX_PATH_DEPTH, entries: (n) => [file(`${'d/'.repeat(n - 1)}f`)] },
  { what: 'directories below each other through symlinks', most: MAX_PATH_DEPTH, entries: (n) => [symlink('s', 'd/'.repeat(300)), symlink('s/m', 'e/'.repeat(n - 301)), { name: 's/m/x', type: '5' }] },
  { what: 'directories made on the way through symlinks', most: MAX_PATH_DEPTH, entries: (n) => [symlink('s', 'd/'.repeat(300)), symlink('s/m', 'e/'.repeat(n - 300)), file('s/m/f')] },
  { what: 'symlinks on the way', most: MAX_SYMLINKS, entries: (n) => [...Array.from({ length: n }, (_, i) => symlink(`l${i}`, `l${i + 1}`)), file('l0/f')] },
  { what: "bytes of a symlink's text", most: MAX_PATH_BYTES, entries: (n) => [symlink('s', 't'.repeat(n))] },
  { what: 'bytes of an attribute', most: 65536, entries: (n) => [{ name: 'f', pax: { 'SCHILY.xattr.trusted.a': 'x'.repeat(n) } }] },
  { what: "bytes of an attribute's name", most: 255, entries: (n) => [{ name: 'f', pax: { [`SCHILY.xattr.${'trusted.'.padEnd(n, 'a')}`]: '' } }] },
  { what: 'attributes', most: 1024, entries: (n) => [{ name: 'f', pax: Object.fromEntries(Array.from({ length: n }, (_, i) => [`SCHILY.xattr.trusted.${i}`, ''])) }] },
  { what: 'bytes of a PAX header', most: MAX_METADATA_BYTES, entries: (n) => [{ name: 'x', type: 'x', data: comment(n) }, { name: 'f' }] },
  { what: 'bytes of a global PAX header', most: MAX_METADATA_BYTES, entries: (n) => [{ name: 'g', type: 'g', data: comment(n) }, { name: 'f' }] },
  { what: 'bytes of a GNU long link', most: MAX_METADATA_BYTES, entries: (n) => [{ name: 'k', type: 'K', data: 'k'.repeat(n) }, { name: 'f' }] },
  { what: 'an owner', most: 2 ** 32 - 2, entries: (n) => [{ name: 'f', pax: { uid: String(n), gid: String(n) } }] },
  { what: 'a major number', most: 0xfff, entries: (n) => [{ name: 'c', type: '3', devMajor: n, devMinor: 1 }] },
  { what: 'a minor number', most: 0xfffff, entries: (n) => [{ name: 'b', type: '4', devMajor: 1, devMinor: n }] },
];
for (const { what, most, entries } of limits) {
  test(`the extractor: ${most} is the most for ${what}`, () => {
    for (const n of [most - 1, most]) {
      assert.doesNotThrow(() => scene.unpack(...entries(n)), `${n}`);
      scene.clear();
    }
    assert.throws(() => scene.unpack(...entries(most + 1)), (error) => error instanceof DataLossError || error instanceof ResourceExhaustedError);
  });
}
