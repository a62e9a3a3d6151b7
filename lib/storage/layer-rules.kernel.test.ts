/** Rules of RULES.md that hold for a layer whatever unpacks it: shown through the store. */
import assert from 'node:assert/strict';
import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { DataLossError, ResourceExhaustedError } from '#errors';
import { archive, tarEntry, type EntryFixture } from './extractor/archive-fixture.ts';
import { diffDirectory, layerDirectory, storageLayout } from './layout.ts';
import { imageOf, never, openStorage, stage, temporaryRoot } from './storage-fixture.ts';
import type { StagedLayer, Storage } from './api.ts';

const MIB = 1024 ** 2;
/** What file systems keep at most: ext4's seconds since 1970 end here. */
const LAST_SECOND = 2 ** 33;

let root: ReturnType<typeof temporaryRoot>;
let storage: Storage;
beforeEach(async () => { root = temporaryRoot(); storage = await openStorage(root.path); });
afterEach(async () => { await storage[Symbol.asyncDispose](); root[Symbol.dispose](); });
const unpack = (...entries: EntryFixture[]): Promise<StagedLayer> => stage(storage, archive(...entries));

test('times before 1970 and after 2242 are brought into the range that file systems keep', async () => {
  await using layer = await unpack({ name: 'early', pax: { mtime: '-5' } }, { name: 'far', pax: { mtime: String(2 ** 40) } }, { name: 'usual', mtime: 1_600_000_000 });
  const seconds = (name: string): number => lstatSync(join(diffDirectory(layer.directory), name)).mtimeMs / 1000;
  assert.ok(seconds('early') >= 0 && seconds('early') <= 1, String(seconds('early')));
  assert.ok(seconds('far') > 1_600_000_000 && seconds('far') <= LAST_SECOND, String(seconds('far')));
  assert.equal(seconds('usual'), 1_600_000_000);
});

for (const [name, compress] of [['gzip', gzipSync], ['zstd', zstdCompressSync]] as const) {
  test(`a bomb of ${name} is refused by the usual limits, and nothing of it stays`, async () => {
    const zeros = archive({ name: 'zeros', data: Buffer.alloc(128 * MIB) });
    await assert.rejects(stage(storage, zeros, compress(zeros)), ResourceExhaustedError);
    assert.deepEqual(readdirSync(storageLayout(join(root.path, 'store')).staging), []);
  });
}

test('a layer that leaves less room than the reserve is refused while it is read', async () => {
  using small = temporaryRoot('mode=700,size=256m');
  await using store = await openStorage(small.path, { extractorLimits: { reservedFreeBytes: 160 * MIB } });
  const tar = archive({ name: 'large', data: Buffer.alloc(200 * MIB, 'x') });
  await assert.rejects(stage(store, tar, tar, undefined, MIB), { code: 'ResourceExhausted', message: /must stay free/ });
});

test('entries in the data of an entry are data, whatever its headers say (CVE-2025-62518)', async () => {
  const smuggled = tarEntry({ name: 'smuggled', data: 'evil' });
  const tar = Buffer.concat([tarEntry({ name: 'inner.tar', size: 0, data: smuggled, pax: { size: String(smuggled.length) } }), tarEntry({ name: 'after', data: 'x' }), Buffer.alloc(1024)]);
  await using layer = await stage(storage, tar);
  assert.deepEqual(readdirSync(diffDirectory(layer.directory)).sort(), ['after', 'inner.tar']);
  assert.ok(readFileSync(join(diffDirectory(layer.directory), 'inner.tar')).equals(smuggled));
});

test('a PAX header or a sparse map without end costs no memory: it is refused by its size', async () => {
  for (const entry of [{ name: 'x', type: 'x', size: 1024 ** 3 }, { name: 'f', type: 'L', size: 1024 ** 3 }] satisfies EntryFixture[]) await assert.rejects(stage(storage, archive(entry)), ResourceExhaustedError);
  await assert.rejects(unpack({ name: 'f', type: 'S' }));
  await assert.rejects(unpack({ name: 'f', pax: { 'GNU.sparse.major': '1', 'GNU.sparse.minor': '0', 'GNU.sparse.realsize': String(2 ** 62) } }));
  await assert.rejects(unpack({ name: 'f', raw: { 124: '\xff'.repeat(12) } }), DataLossError);
});

test('only root passes to what layers hold, set-id programs and devices among it', async () => {
  const image = await storage.images.commit(imageOf('a', [await unpack({ name: 'su', data: 'x', mode: 0o4755 }, { name: 'disk', type: '4', devMajor: 8, devMinor: 0, mode: 0o666 })]), { signal: never });
  await storage.rootfs.create('c', image.chainIDs, { signal: never });
  const layout = storageLayout(join(root.path, 'store'));
  for (const directory of [layout.root, layout.layers, layout.staging, layout.trash, layout.containers, layout.volumes, layerDirectory(layout, image.chainIDs[0] ?? '')]) {
    assert.equal(statSync(directory).mode & 0o7777, 0o700, directory);
    assert.equal(statSync(directory).uid, 0, directory);
  }
});
