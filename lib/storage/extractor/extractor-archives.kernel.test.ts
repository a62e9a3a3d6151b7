/** What the extractor takes for an archive and what not, by the same tables as TarReader. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, test } from 'node:test';
import { DataLossError } from '#errors';
import { archive, gnuLong, paxRecords, tarEntry } from './archive-fixture.ts';
import { MAX_FIXTURE_ENTRIES, refusedArchives } from './refused-archives-fixture.ts';
import { createScene, unpackArchive, type Scene } from './unpack-fixture.ts';

let scene: Scene;
beforeEach(() => { scene = createScene(); });
afterEach(() => { scene[Symbol.dispose](); });
const read = (bytes: Buffer): number => unpackArchive(scene.root, bytes, MAX_FIXTURE_ENTRIES).entries;
const text = (path: string): string => readFileSync(scene.at(path), 'latin1');

for (const { name, bytes, error } of refusedArchives) {
  test(`the extractor refuses ${name}`, () => { assert.throws(() => read(bytes), error); });
}

test('the extractor refuses an archive cut anywhere but between entries', () => {
  const whole = Buffer.concat([tarEntry({ name: 'a', data: 'x'.repeat(600), pax: { mtime: '1' } }), tarEntry({ name: 'b' })]);
  const betweenEntries = [0, whole.length - 512];
  for (let cut = 0; cut < whole.length; cut += 64) {
    if (betweenEntries.includes(cut)) assert.doesNotThrow(() => read(whole.subarray(0, cut)), `cut at ${cut}`);
    else assert.throws(() => read(whole.subarray(0, cut)), DataLossError, `cut at ${cut}`);
    scene.clear();
  }
});

test('the extractor: the PAX size decides where the next header is (CVE-2025-62518)', () => {
  const smuggled = tarEntry({ name: 'smuggled', data: 'evil' });
  assert.equal(read(Buffer.concat([tarEntry({ name: 'inner.tar', size: 0, data: smuggled, pax: { size: String(smuggled.length) } }), tarEntry({ name: 'after' }), Buffer.alloc(1024)])), 2);
  assert.equal(text('inner.tar'), smuggled.toString('latin1'));
});

test('the extractor looks at nothing behind the two closing blocks, and does without them', () => {
  assert.equal(read(Buffer.concat([archive({ name: 'a' }), Buffer.from('rubbish'), tarEntry({ name: 'b' })])), 1);
  assert.equal(read(tarEntry({ name: 'a', data: 'x' })), 1);
});

test('the extractor applies names of GNU and of PAX to one entry each, and takes back what is empty', () => {
  const long = `${'d'.repeat(200)}/${'f'.repeat(200)}`;
  assert.equal(read(archive(
    gnuLong('L', long), { name: 'short', data: '1' }, { name: 'next', data: '2' },
    gnuLong('L', 'gnu'), { name: 'x', data: '3', size: 0, pax: { path: 'påx', size: '1' } },
    { name: 'x', type: 'x', data: Buffer.concat([paxRecords({ path: 'y' }), paxRecords({ path: '' })]) }, { name: 'z', data: '4' },
    { name: 'g', type: 'g', data: paxRecords({ path: 'no' }) }, { name: 'f', raw: { 345: 'some/dir' }, data: '5' }, { name: 'old', type: '\0', data: '6' }, { name: 'd/', type: '\0' }, { name: 'd/l', type: '5', size: 4096 }, { name: 'last', data: '7' },
  )), 9);
  assert.deepEqual([long, 'next', 'påx', 'z', 'some/dir/f', 'old', 'last'].map(text), ['1', '2', '3', '4', '5', '6', '7']);
});

test('the extractor keeps zeros as holes wherever the pieces of an archive end', () => {
  const data = Buffer.alloc(2_500_000);
  for (const at of [5, 16_383, 262_143, 262_144, 400_000, 999_999, 1_048_575, 2_097_152, 2_499_999]) data[at] = 1;
  for (const before of [0, 1, 300, 511]) {
    read(archive({ name: 'shift', data: Buffer.alloc(512 * before, 'x') }, { name: 'sparse', data }, { name: 'short', data: data.subarray(0, 7) }, { name: 'zero', data: Buffer.alloc(100) }));
    assert.ok(readFileSync(scene.at('sparse')).equals(data) && readFileSync(scene.at('short')).equals(data.subarray(0, 7)) && readFileSync(scene.at('zero')).equals(Buffer.alloc(100)));
    scene.clear();
  }
});
