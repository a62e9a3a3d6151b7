import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { CancelledError, DataLossError, ResourceExhaustedError, UnavailableError } from '#errors';
import type { Storage } from './api.ts';
import { archive } from './extractor/archive-fixture.ts';
import { extractorCommand } from './extractor-command.ts';
import { ExtractorProcess } from './extractor-process.ts';
import { DEFAULT_EXTRACTOR_LIMITS } from './extractor/limits.ts';
import { digestOf } from './digest.ts';
import { never, openStorage, sourceOf, stage, temporaryRoot } from './storage-fixture.ts';

let root: ReturnType<typeof temporaryRoot>;
let storage: Storage;
beforeEach(async () => {
  root = temporaryRoot();
  storage = await openStorage(root.path, { extractorLimits: { maxEntries: 2000, maxUncompressedBytes: 64 * 1024 ** 2, ratioGraceBytes: 1024 ** 2, maxRatio: 500, reservedFreeBytes: 0 } });
});
afterEach(async () => {
  await storage[Symbol.asyncDispose]();
  root[Symbol.dispose]();
});
const staged = (): string[] => readdirSync(join(root.path, 'store/staging'));

const content = noise(300_000);
const tar = archive({ name: 'dir/', type: '5' }, { name: 'dir/big', data: content }, { name: 'small', data: 's' });
const middle = 100_000;
const skippable = Buffer.from('502a4d180400000001020304', 'hex');
const forms: [string, Buffer][] = [
  ['plain', tar], ['gzip', gzipSync(tar)], ['zstd', zstdCompressSync(tar)],
  ['gzip of several members', Buffer.concat([gzipSync(tar.subarray(0, middle)), gzipSync(''), gzipSync(tar.subarray(middle))])],
  ['zstd of several frames and skippable ones', Buffer.concat([skippable, zstdCompressSync(tar.subarray(0, middle)), skippable, zstdCompressSync(tar.subarray(middle))])],
];
for (const [name, compressed] of forms) {
  for (const pieceBytes of [65536, 997]) {
    test(`a layer as ${name} is unpacked, in pieces of ${pieceBytes} bytes, one process after another layer`, async () => {
      for (let round = 0; round < 2; round++) {
        await using layer = await stage(storage, tar, compressed, undefined, pieceBytes);
        assert.ok(readFileSync(join(layer.directory, 'diff/dir/big')).equals(content));
        assert.deepEqual({ ...layer, directory: '', diskBytes: 0 }, {
          digest: digestOf(compressed), diffID: digestOf(tar), compressedBytes: compressed.length, uncompressedBytes: tar.length, entries: 3, inodes: 3, diskBytes: 0, directory: '', [Symbol.asyncDispose]: layer[Symbol.asyncDispose],
        });
      }
      assert.deepEqual(staged(), []);
    });
  }
}

test('digests are of the algorithm that the image names', async () => {
  const compressed = gzipSync(tar);
  for (const [digest, diffID] of [['sha512', 'sha256'], ['sha256', 'sha512'], ['sha512', 'sha512']] as const) {
    const source = { ...sourceOf(compressed, tar), digest: digestOf(compressed, digest), diffID: digestOf(tar, diffID) };
    await using layer = await stage(storage, tar, compressed, source);
    assert.deepEqual([layer.digest, layer.diffID], [source.digest, source.diffID]);
    await assert.rejects(stage(storage, tar, compressed, { ...source, diffID: digestOf('other', diffID) }), DataLossError);
  }
});

test('several layers are unpacked at the same time', async () => {
  const layers = await Promise.all(Array.from({ length: 6 }, async (_, i) => stage(storage, archive({ name: `f${i}`, data: content }))));
  layers.forEach((layer, i) => { assert.deepEqual(readdirSync(join(layer.directory, 'diff')), [`f${i}`]); });
});

test('a layer with a wrong digest, diffID or size is refused by name, and nothing is left', async () => {
  const compressed = gzipSync(tar);
  const good = sourceOf(compressed, tar);
  const other = digestOf('other');
  await assert.rejects(stage(storage, tar, compressed, { ...good, digest: other }), (error) => error instanceof DataLossError && error.message.includes(good.digest ?? '?') && error.message.includes(other));
  await assert.rejects(stage(storage, tar, compressed, { ...good, diffID: other }), (error) => error instanceof DataLossError && error.message.includes(good.diffID) && error.message.includes(other));
  await assert.rejects(stage(storage, tar, compressed, { ...good, sizeBytes: compressed.length + 1 }), DataLossError);
  await assert.rejects(stage(storage, tar, compressed, { ...good, sizeBytes: compressed.length - 1 }), DataLossError);
  assert.deepEqual(staged(), []);
  await using layer = await stage(storage, tar, compressed);
  assert.equal(layer.diffID, good.diffID);
});

test('a layer cut at any place is refused, and the next one works (CVE-2021-20291)', async () => {
  const small = archive({ name: 'f', data: 'x'.repeat(2000) }, { name: 'g', data: 'y' });
  for (const compressed of [gzipSync(small), zstdCompressSync(small), small]) {
    const step = Math.ceil(compressed.length / 9);
    for (let cut = 1; cut < compressed.length - 1024; cut += step) {
      await assert.rejects(stage(storage, small, compressed.subarray(0, cut), { ...sourceOf(compressed, small), sizeBytes: -1 }), DataLossError, `cut at ${cut} of ${compressed.length}`);
    }
  }
  assert.deepEqual(staged(), []);
  await using layer = await stage(storage, small);
  assert.equal(layer.entries, 2);
});

test('an extractor says at once what is wrong, though no more bytes come', { timeout: 20_000 }, async (t) => {
  const extractor = new ExtractorProcess(extractorCommand(root.path));
  t.after(() => extractor.kill());
  const directory = join(root.path, 'layer');
  mkdirSync(directory);
  const result = extractor.begin({ directory, impliedFile: join(root.path, 'implied'), recordFile: join(root.path, 'archive'), digestAlgorithm: 'sha256', diffIDAlgorithm: 'sha256', limits: DEFAULT_EXTRACTOR_LIMITS }, () => undefined);
  // A block of deflate's type 3, which does not exist.
  await extractor.write(Buffer.from('1f8b08000000000000ff07', 'hex'));
  await assert.rejects(result, DataLossError);
});

test('a layer of many small frames and large files keeps its bytes, whatever they come in', async () => {
  const big = noise(3_000_000);
  const large = archive({ name: 'a', data: big }, { name: 'b', data: big.subarray(0, 1_048_576 - 1024) }, { name: 'c', data: big.subarray(7) });
  for (const pieceBytes of [1100, 4096, 1_048_576]) {
    await using layer = await stage(storage, large, gzipSync(large, { level: 1 }), undefined, pieceBytes);
    assert.ok(readFileSync(join(layer.directory, 'diff/c')).equals(big.subarray(7)));
    assert.ok(readFileSync(join(layer.directory, 'diff/a')).equals(big));
  }
});

test('a layer whose compression is damaged is refused', async () => {
  const compressed = gzipSync(tar);
  compressed.fill(0xa5, 50_000, 50_100);
  await assert.rejects(stage(storage, tar, compressed), DataLossError);
});

const bombs: [string, () => Buffer][] = [
  ['by ratio', () => archive({ name: 'zeros', data: Buffer.alloc(20 * 1024 ** 2) })],
  ['by entries', () => archive(...Array.from({ length: 2001 }, (_, i) => ({ name: `f${i}` })))],
  ['by size', () => archive({ name: 'big', data: Buffer.concat(Array.from({ length: 70 * 8 }, (_, i) => Buffer.alloc(131_072, String(i)))) })],
];
for (const [name, make] of bombs) {
  test(`a layer that is a bomb ${name} is refused while it is read`, async () => {
    await assert.rejects(stage(storage, make()), ResourceExhaustedError);
    assert.deepEqual(staged(), []);
  });
}

test('a full disk is said so, and nothing is left', async () => {
  using tiny = temporaryRoot('mode=700,size=2m');
  await using small = await openStorage(tiny.path, { extractorLimits: { reservedFreeBytes: 0 } });
  const big = archive({ name: 'big', data: noise(4_000_000) });
  await assert.rejects(stage(small, big), ResourceExhaustedError);
  assert.deepEqual(readdirSync(join(tiny.path, 'store/staging')), []);
});

test('a writer that is disposed in the middle leaves nothing, nor does one whose caller went away', async () => {
  const compressed = gzipSync(tar);
  {
    await using writer = await storage.layers.stage(sourceOf(compressed, tar), { signal: never });
    await writer.write(compressed.subarray(0, 50_000));
    assert.equal(writer.progress.compressedBytes, 50_000);
  }
  const controller = new AbortController();
  {
    await using writer = await storage.layers.stage(sourceOf(compressed, tar), { signal: controller.signal });
    controller.abort();
    await assert.rejects(writer.write(compressed), CancelledError);
    await assert.rejects(writer.finish(), CancelledError);
  }
  assert.deepEqual(staged(), []);
});

test('an extractor that is killed in the middle is an error, and nothing is left', async () => {
  const compressed = gzipSync(tar);
  const before = new Set(children());
  await assert.rejects(async () => {
    await using writer = await storage.layers.stage({ ...sourceOf(compressed, tar), sizeBytes: -1 }, { signal: never });
    await writer.write(compressed.subarray(0, 50_000));
    for (const pid of children()) if (!before.has(pid)) process.kill(pid, 'SIGKILL');
    await writer.finish();
  }, (error) => error instanceof UnavailableError && error.message.includes('SIGKILL'));
  assert.deepEqual(staged(), []);
});

function children(): number[] {
  return readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8').split(' ').filter((pid) => pid !== '').map(Number);
}

/** Bytes that no compression makes smaller, the same in each run. */
function noise(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = 1;
  for (let i = 0; i < length; i++) { state = Math.imul(state, 1664525) + 1013904223; bytes[i] = state >>> 24; }
  return bytes;
}
