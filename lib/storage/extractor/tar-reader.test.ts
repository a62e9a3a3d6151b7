import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DataLossError } from '#errors';
import { archive, gnuLong, paxRecords, tarEntry, type EntryFixture } from './archive-fixture.ts';
import { MAX_FIXTURE_ENTRIES, refusedArchives } from './refused-archives-fixture.ts';
import { TarReader, type TarEntry } from './tar-reader.ts';

type Read = TarEntry & { data: string };

function read(bytes: Buffer, pieceBytes = bytes.length, maxEntries = MAX_FIXTURE_ENTRIES): Read[] {
  const entries: Read[] = [];
  const reader = new TarReader({
    entry: (entry) => { entries.push({ ...entry, data: '' }); },
    data: (piece) => { const last = entries.at(-1); if (last) last.data += piece.toString('latin1'); },
    end: () => undefined,
  }, maxEntries);
  for (let at = 0; at < bytes.length; at += pieceBytes) reader.push(bytes.subarray(at, at + pieceBytes));
  reader.finish();
  return entries;
}

const long = `${'d'.repeat(200)}/${'f'.repeat(200)}`;
const cases: { name: string; entries: EntryFixture[]; expected: Partial<Read>[] }[] = [
  { name: 'files with data of every size near a block', entries: [0, 1, 511, 512, 513].map((n) => ({ name: `f${n}`, data: 'x'.repeat(n) })), expected: [0, 1, 511, 512, 513].map((n) => ({ path: `f${n}`, type: 'file', size: n, data: 'x'.repeat(n) })) },
  { name: 'every type', entries: '0123456'.split('').map((type) => ({ name: type, type, linkName: 'to' })), expected: ['file', 'link', 'symlink', 'char', 'block', 'directory', 'fifo'].map((type) => ({ type }) as Partial<Read>) },
  { name: 'V7 files and directories', entries: [{ name: 'a', type: '\0', data: 'a' }, { name: 'd/', type: '\0' }], expected: [{ type: 'file', data: 'a' }, { type: 'directory', path: 'd/' }] },
  { name: 'the ustar prefix', entries: [{ name: 'f', raw: { 345: 'some/dir' } }], expected: [{ path: 'some/dir/f' }] },
  { name: 'no prefix in GNU headers, which keep times there', entries: [{ name: 'f', raw: { 257: 'ustar  \0', 345: '14541' } }], expected: [{ path: 'f' }] },
  { name: 'GNU long names and links', entries: [gnuLong('L', long), gnuLong('K', `${long}2`), { name: 'short', type: '2', linkName: 'short' }, { name: 'next' }], expected: [{ path: long, linkPath: `${long}2` }, { path: 'next', linkPath: '' }] },
  { name: 'PAX attributes over the header and over GNU names', entries: [gnuLong('L', 'gnu'), { name: 'x', data: 'abc', size: 0, pax: { path: 'påx', size: '3', uid: '4000000000', gid: '7', mtime: '12.5' } }], expected: [{ path: Buffer.from('påx').toString('latin1'), size: 3, uid: 4000000000, gid: 7, mtime: 12.5, data: 'abc' }] },
  { name: 'PAX attributes for one entry only', entries: [{ name: 'x', pax: { path: 'y' } }, { name: 'z' }], expected: [{ path: 'y' }, { path: 'z' }] },
  { name: 'PAX records taken back by empty ones', entries: [{ name: 'x', type: 'x', data: Buffer.concat([paxRecords({ path: 'y' }), paxRecords({ path: '' })]) }, { name: 'z' }], expected: [{ path: 'z' }] },
  { name: 'global PAX headers left out', entries: [{ name: 'g', type: 'g', data: paxRecords({ path: 'no', comment: 'c' }) }, { name: 'f' }], expected: [{ path: 'f' }] },
  { name: 'base-256 numbers', entries: [{ name: 'f', raw: { 108: '\x80\0\0\0\xff\xff\xff\xfe', 136: `\xff${'\xff'.repeat(10)}\xfe` } }], expected: [{ uid: 0xfffffffe, mtime: -2 }] },
  { name: 'numbers with spaces', entries: [{ name: 'f', raw: { 100: '   644 \0', 108: '\0\0\0\0\0\0\0\0' } }], expected: [{ mode: 0o644, uid: 0 }] },
  { name: 'no data of what has none, whatever the size field says', entries: [{ name: 'd', type: '5', size: 4096 }, { name: 'l', type: '1', linkName: 'x', size: 512 }, { name: 'f', data: 'x' }], expected: [{ path: 'd', size: 0 }, { path: 'l', size: 0 }, { path: 'f', data: 'x' }] },
];
for (const { name, entries, expected } of cases) {
  for (const pieceBytes of [1_000_000, 512, 513, 7]) {
    test(`TarReader reads ${name}, in pieces of ${pieceBytes} bytes`, () => {
      const got = read(archive(...entries), pieceBytes);
      assert.equal(got.length, expected.length);
      expected.forEach((want, i) => { assert.partialDeepStrictEqual(got[i], want); });
    });
  }
}

test('TarReader keeps binary attributes of SCHILY.xattr records', () => {
  const value = Buffer.from([0, 10, 61, 255]);
  const [entry] = read(archive({ name: 'f', pax: { 'SCHILY.xattr.user.a': value, 'SCHILY.xattr.security.capability': 'x' } }));
  assert.deepEqual([...entry?.xattrs ?? []], [['user.a', value], ['security.capability', Buffer.from('x')]]);
});

test('TarReader: the PAX size decides where the next header is (CVE-2025-62518)', () => {
  const smuggled = tarEntry({ name: 'smuggled', data: 'evil' });
  const outer = Buffer.concat([tarEntry({ name: 'inner.tar', size: 0, data: smuggled, pax: { size: String(smuggled.length) } }), tarEntry({ name: 'after' }), Buffer.alloc(1024)]);
  assert.deepEqual(read(outer).map((entry) => entry.path), ['inner.tar', 'after']);
});

test('TarReader looks at nothing behind the two closing blocks, and does without them', () => {
  assert.deepEqual(read(Buffer.concat([archive({ name: 'a' }), Buffer.from('rubbish'), tarEntry({ name: 'b' })])).map((e) => e.path), ['a']);
  assert.deepEqual(read(tarEntry({ name: 'a', data: 'x' })).map((e) => e.path), ['a']);
});

for (const { name, bytes, error } of refusedArchives) {
  test(`TarReader refuses ${name}`, () => { assert.throws(() => read(bytes), error); });
}

test('TarReader.finish() refuses an archive cut anywhere but between entries', () => {
  const whole = Buffer.concat([tarEntry({ name: 'a', data: 'x'.repeat(600), pax: { mtime: '1' } }), tarEntry({ name: 'b' })]);
  const betweenEntries = [0, whole.length - 512];
  for (let cut = 0; cut < whole.length; cut += 64) {
    if (betweenEntries.includes(cut)) assert.doesNotThrow(() => read(whole.subarray(0, cut), 100), `cut at ${cut}`);
    else assert.throws(() => read(whole.subarray(0, cut), 100), DataLossError, `cut at ${cut}`);
  }
});
