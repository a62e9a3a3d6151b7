import { strict as assert } from 'node:assert';
import { mkdir, readdir, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import type { Images } from '#image';
import { silentLogger } from '#log';
import { PullNode, redirectTo, smallImage } from '../../../test/fixtures/pulls/index.ts';
import type { FaultTarget, Registry } from '../../../test/fixtures/registry/index.ts';
import { PartialBlobs } from './partial-blobs.ts';

const signal = new AbortController().signal;
const NAME = 'example.com/app:1';
const LAYER_BYTES = 3_000_000;
const CUT_BYTES = 2_500_000;

interface Interrupted { readonly registry: Registry; readonly images: () => Images; readonly isLayer: (t: FaultTarget) => boolean; readonly file: string; /** What fsInfo() says of it, bytes and inodes. */ readonly usage: readonly number[]; readonly imageId: string }

/** A pull whose layer stopped at CUT_BYTES, and whose only caller has left. */
async function interrupted(node: PullNode, maxTotalBytes = 1e9): Promise<Interrupted> {
  const registry = await node.registry();
  const image = await smallImage(registry, 'example.com/app', '1', { content: [{ seed: 'a', bytes: LAYER_BYTES }], compression: 'plain' });
  const layer = image.layers[0]?.descriptor.digest ?? '';
  const isLayer = (t: FaultTarget): boolean => t.reference === layer;
  registry.faults.add({ when: isLayer, times: 1, action: { do: 'hang-body', afterBytes: CUT_BYTES } });
  const images = (): Images => node.images(redirectTo([registry]), { partials: { directory: join(node.directory, 'partials'), maxTotalBytes, minBytes: 1_000_000, minFetchMs: 0 } });
  const caller = new AbortController();
  const first = images();
  const pulled = first.pull(NAME, { signal: caller.signal });
  pulled.catch(() => undefined);
  while ((first.progress()[0]?.layers[0]?.bytes ?? 0) < CUT_BYTES) await setImmediate();
  caller.abort();
  await assert.rejects(pulled, { code: 'Cancelled' });
  const { usedBytes, inodesUsed } = first.fsInfo();
  await first[Symbol.asyncDispose]();
  return { registry, images, isLayer, usage: [usedBytes, inodesUsed], file: join(node.directory, 'partials', layer.replace(':', '-')), imageId: image.imageId };
}

const lastStart = ({ registry, isLayer }: Interrupted): number => Number(/^bytes=(\d+)-/.exec(registry.requests.findLast(isLayer)?.headers.range ?? '')?.[1] ?? 0);

test('a pull that was interrupted goes on where it was, in another daemon too, and keeps nothing in the end', async () => {
  await using node = await PullNode.open();
  const at = await interrupted(node);
  assert.equal((await stat(at.file)).size, CUT_BYTES);
  assert.deepEqual(at.usage, [CUT_BYTES, 1]);
  const next = at.images();
  while (next.fsInfo().usedBytes !== CUT_BYTES) await setImmediate();
  assert.equal((await next.pull(NAME, { signal })).imageId, at.imageId);
  assert.equal(lastStart(at), CUT_BYTES);
  assert.deepEqual([next.fsInfo().usedBytes, next.fsInfo().inodesUsed], [0, 0]);
  assert.deepEqual(await readdir(join(node.directory, 'partials')), []);
});

for (const [name, spoil] of [
  ['other bytes', (file: string) => writeFile(file, Buffer.alloc(CUT_BYTES))], ['more bytes than the layer has', (file: string) => writeFile(file, Buffer.alloc(LAYER_BYTES * 2))], ['nothing', (file: string) => writeFile(file, '')],
] as const) {
  test(`${name} where a part of the layer was: the layer is fetched anew, and nobody is blamed`, async () => {
    await using node = await PullNode.open();
    const at = await interrupted(node);
    await spoil(at.file);
    assert.equal((await at.images().pull(NAME, { signal })).imageId, at.imageId);
    assert.equal(lastStart(at), 0);
    assert.deepEqual(await readdir(join(node.directory, 'partials')), []);
  });
}

test('a whole layer that lies there is not asked for at all', async () => {
  await using node = await PullNode.open();
  const at = await interrupted(node);
  const blob = await at.registry.store.readBlob(at.file.replace(/^.*sha256-/, 'sha256:'), { start: 0, end: Number.MAX_SAFE_INTEGER }).toArray() as Buffer[];
  await writeFile(at.file, Buffer.concat(blob));
  const requests = at.registry.requests.filter(at.isLayer).length;
  assert.equal((await at.images().pull(NAME, { signal })).imageId, at.imageId);
  assert.equal(at.registry.requests.filter(at.isLayer).length, requests);
});

test('nothing is kept when no space is given', async () => {
  await using node = await PullNode.open();
  const at = await interrupted(node, 0);
  await assert.rejects(stat(at.file), { code: 'ENOENT' });
  assert.deepEqual(at.usage, [0, 0]);
  assert.equal((await at.images().pull(NAME, { signal })).imageId, at.imageId);
});

test('a directory that cannot be made costs no pull', async () => {
  await using node = await PullNode.open();
  await writeFile(join(node.directory, 'partials'), 'a file');
  const at = await interrupted(node);
  assert.equal((await at.images().pull(NAME, { signal })).imageId, at.imageId);
});

test('a file that the disk has no room for goes, and is told to take nothing', async () => {
  await using node = await PullNode.open();
  const directory = join(node.directory, 'partials');
  await mkdir(directory);
  await symlink('/dev/full', join(directory, 'sha256-x'));
  const partials = new PartialBlobs({ directory, maxTotalBytes: 1e9, minBytes: 1, minFetchMs: 0, log: silentLogger });
  const partial = await partials.open('sha256:x', LAYER_BYTES);
  for (let at = 0; at < CUT_BYTES; at += 500_000) await partial?.append(Buffer.alloc(500_000));
  await partial?.[Symbol.asyncDispose]();
  assert.ok(partial);
  assert.deepEqual([partials.usage(), await readdir(directory)], [{ bytes: 0, inodes: 0 }, []]);
});

test('a fetch that takes no time to speak of is not kept, one that takes long is', async () => {
  await using node = await PullNode.open();
  for (const [minFetchMs, kept] of [[1e9, 0], [0, 10]] as const) {
    const blobs = new PartialBlobs({ directory: join(node.directory, 'partials'), maxTotalBytes: 1e9, minFetchMs, log: silentLogger });
    await using blob = await blobs.open('sha256:x', 80 * 1024 ** 2);
    for (let i = 0; i < 10; i++) await blob?.append(Buffer.alloc(1024 ** 2));
    assert.equal(blob?.bytes, kept * 1024 ** 2);
    assert.equal((await readdir(join(node.directory, 'partials'))).length, kept > 0 ? 1 : 0);
  }
});

test('sweep() removes what is old, then the oldest that do not fit, and never what is in use', async () => {
  await using node = await PullNode.open();
  const directory = join(node.directory, 'partials');
  await mkdir(directory);
  const now = Date.now() / 1000;
  for (const [name, ageSeconds] of [['a', 10], ['b', 20], ['c', 30], ['ancient', 90_000]] as const) {
    await writeFile(join(directory, name), Buffer.alloc(100));
    await utimes(join(directory, name), now - ageSeconds, now - ageSeconds);
  }
  await new PartialBlobs({ directory, maxTotalBytes: 1000, minBytes: 1, minFetchMs: 0, log: silentLogger }).sweep();
  assert.deepEqual((await readdir(directory)).sort(), ['a', 'b', 'c'], 'what is old goes although it fits');
  const blobs = new PartialBlobs({ directory, maxTotalBytes: 350, minBytes: 1, minFetchMs: 0, log: silentLogger });
  await blobs.sweep();
  assert.deepEqual((await readdir(directory)).sort(), ['a', 'b', 'c']);
  assert.deepEqual(blobs.usage(), { bytes: 300, inodes: 3 });
  await using used = await blobs.open('sha256:x', 200);
  assert.deepEqual((await readdir(directory)).sort(), ['a', 'sha256-x']);
  assert.equal(await blobs.open('sha256:x', 200), undefined, 'one fetch at a time');
  assert.equal(await blobs.open('sha256:y', 300), undefined, 'more than there is space for');
  assert.deepEqual(await readdir(directory), ['sha256-x']);
  assert.equal(used?.bytes, 0);
  assert.deepEqual(blobs.usage(), { bytes: 0, inodes: 1 });
});
