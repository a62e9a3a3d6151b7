import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { buildIndex, hostPlatform, MEDIA_TYPES, tagManifest } from '../../../test/fixtures/images/index.ts';
import { PullNode, redirectTo, smallImage } from '../../../test/fixtures/pulls/index.ts';
import type { FaultAction, Registry } from '../../../test/fixtures/registry/index.ts';

const signal = new AbortController().signal;

test('pull() by tag records the original name and what the tag points to', async () => {
  await using node = await PullNode.open();
  const registry = await node.registry();
  const image = await smallImage(registry, 'example.com/app', '1', { user: '1003:1004' });
  const images = node.images(redirectTo([registry]));
  assert.deepEqual(await images.pull('example.com/app:1', { signal }), { imageId: image.imageId });
  const view = images.resolve('example.com/app:1');
  assert.deepEqual(view?.repoTags, ['example.com/app:1']);
  assert.deepEqual(view.repoDigests, [`example.com/app@${image.manifest.digest}`]);
  assert.equal(view.uid, 1003);
  assert.equal(view.username, '');
  assert.equal(view.chainIDs.length, 2);
});

test('pull() by digest records no tag and exactly the one digest', async () => {
  await using node = await PullNode.open();
  const registry = await node.registry();
  const image = await smallImage(registry, 'example.com/app', '1');
  const images = node.images(redirectTo([registry]));
  for (const reference of [`example.com/app@${image.manifest.digest}`, `example.com/app:other@${image.manifest.digest}`]) {
    await images.pull(reference, { signal });
    assert.deepEqual(images.resolve(reference)?.repoTags, []);
    assert.deepEqual(images.resolve(reference)?.repoDigests, [`example.com/app@${image.manifest.digest}`]);
  }
});

for (const format of ['oci', 'docker'] as const) {
  for (const compression of ['gzip', 'plain', 'zstd'] as const) {
    test(`pull() takes ${format} images with ${compression} layers through an index, and names the index's digest`, async () => {
      await using node = await PullNode.open();
      const registry = await node.registry();
      const mine = await smallImage(registry, 'example.com/app', undefined, { format, compression });
      const other = await smallImage(registry, 'example.com/app', undefined, { format, platform: { os: 'linux', architecture: 's390x' }, content: [{ seed: 'other' }] });
      const index = await buildIndex(registry.store, 'example.com/app', 'multi', [
        { ...other.manifest, platform: { os: 'unknown', architecture: 'unknown' } },
        { ...other.manifest, platform: { os: 'linux', architecture: 's390x' } },
        { ...mine.manifest, platform: hostPlatform() },
      ], format);
      const images = node.images(redirectTo([registry]));
      assert.equal((await images.pull('example.com/app:multi', { signal })).imageId, mine.imageId);
      assert.deepEqual(images.resolve(mine.imageId)?.repoDigests, [`example.com/app@${index.digest}`]);
    });
  }
}

test('pull() follows an index in an index', async () => {
  await using node = await PullNode.open();
  const registry = await node.registry();
  const mine = await smallImage(registry, 'example.com/app', undefined);
  const inner = await buildIndex(registry.store, 'example.com/app', undefined, [{ ...mine.manifest, platform: hostPlatform() }]);
  await buildIndex(registry.store, 'example.com/app', 'nested', [inner]);
  assert.equal((await node.images(redirectTo([registry])).pull('example.com/app:nested', { signal })).imageId, mine.imageId);
});

test('pull() refuses an index that an index calls a manifest', async () => {
  await using node = await PullNode.open();
  const registry = await node.registry();
  const mine = await smallImage(registry, 'example.com/app', undefined);
  const inner = await buildIndex(registry.store, 'example.com/app', undefined, [{ ...mine.manifest, platform: hostPlatform() }]);
  await buildIndex(registry.store, 'example.com/app', 'lies', [{ ...inner, mediaType: MEDIA_TYPES.oci.manifest, platform: hostPlatform() }]);
  await assert.rejects(node.images(redirectTo([registry])).pull('example.com/app:lies', { signal }), { code: 'DataLoss', message: /calls it a manifest, and it is an index/ });
});

test('two tags and two repositories of one image are one entry, which goes with all its names', async () => {
  await using node = await PullNode.open();
  const registry = await node.registry();
  const image = await smallImage(registry, 'example.com/app', '1');
  await tagManifest(registry.store, 'example.com/app', '2', image.manifest);
  await tagManifest(registry.store, 'example.com/copy', '3', image.manifest);
  const images = node.images(redirectTo([registry]));
  for (const name of ['app:1', 'app:2', 'copy:3']) await images.pull(`example.com/${name}`, { signal });
  assert.deepEqual(images.list().map((i) => i.repoTags), [['example.com/app:1', 'example.com/app:2', 'example.com/copy:3']]);
  assert.deepEqual(images.list('example.com/app:2'), images.list(image.imageId));
  assert.deepEqual(images.list('example.com/none'), []);
  await Promise.all(Array.from({ length: 5 }, () => images.remove('example.com/app:2')));
  assert.deepEqual(images.list(), []);
  await images.remove(image.imageId);
});

test('resolve() gives deep-equal views by name, digest, id and unique prefix, and nothing for other texts', async () => {
  await using node = await PullNode.open();
  const registry = await node.registry();
  const image = await smallImage(registry, 'example.com/app', 'latest');
  const images = node.images(redirectTo([registry]));
  await images.pull('example.com/app', { signal });
  const view = images.resolve('example.com/app');
  assert.ok(view);
  for (const text of ['example.com/app:latest', `example.com/app@${image.manifest.digest}`, image.imageId, image.imageId.slice(7), image.imageId.slice(7, 15), image.imageId.slice(0, 20)]) {
    assert.deepEqual(images.resolve(text), view, text);
  }
  for (const text of ['', 'example.com/other', 'UPPER', 'sha256:zz', 'ffffffffffff', 'a@sha256:00']) assert.equal(images.resolve(text), undefined, text);
});

test('a tag that moved takes its name along', async () => {
  await using node = await PullNode.open();
  const registry = await node.registry();
  const before = await smallImage(registry, 'example.com/app', '1');
  const images = node.images(redirectTo([registry]));
  await images.pull('example.com/app:1', { signal });
  const after = await smallImage(registry, 'example.com/app', '1', { content: [{ seed: 'new' }] });
  await images.pull('example.com/app:1', { signal });
  assert.equal(images.resolve('example.com/app:1')?.id, after.imageId);
  assert.deepEqual(images.resolve(before.imageId)?.repoTags, []);
});

test('a second pull fetches no layer again, and a pull after a removal does', async () => {
  await using node = await PullNode.open();
  const registry = await node.registry();
  await smallImage(registry, 'example.com/app', '1');
  const images = node.images(redirectTo([registry]));
  await images.pull('example.com/app:1', { signal });
  await images.pull('example.com/app:1', { signal });
  assert.equal(node.storage.begun.length, 2);
  await images.remove('example.com/app:1');
  await images.pull('example.com/app:1', { signal });
  assert.equal(node.storage.begun.length, 4);
});

const asked = ({ requests }: Registry): string[] => requests.map(({ method, kind }) => `${method} ${kind}`);

test('an image that is here costs one question, which no registry counts as a pull: by tag and by digest, and again after the tag has moved', async () => {
  await using node = await PullNode.open();
  const registry = await node.registry();
  const platforms = async (seed: string): Promise<string> => {
    const { manifest } = await smallImage(registry, 'example.com/app', undefined, { content: [{ seed }] });
    return (await buildIndex(registry.store, 'example.com/app', '1', [{ ...manifest, platform: hostPlatform() }])).digest;
  };
  const digest = await platforms('old');
  const images = node.images(redirectTo([registry]));
  const { imageId } = await images.pull('example.com/app:1', { signal });
  for (const name of ['example.com/app:1', `example.com/app@${digest}`]) {
    registry.requests.length = 0;
    assert.deepEqual(await images.pull(name, { signal }), { imageId });
    assert.deepEqual(asked(registry), ['HEAD manifest'], name);
  }
  await platforms('new');
  registry.requests.length = 0;
  const after = await images.pull('example.com/app:1', { signal });
  assert.notEqual(after.imageId, imageId);
  assert.deepEqual(asked(registry), ['HEAD manifest', 'GET manifest', 'GET manifest', 'GET blob', 'GET blob']);
});

for (const [name, action] of [
  ['knows no HEAD', { do: 'status', status: 405 }], ['fails at HEAD', { do: 'status', status: 500 }], ['has no digest for HEAD', { do: 'replace', body: Buffer.alloc(0) }],
  ['says a digest that is none', { do: 'status', status: 200, headers: { 'docker-content-digest': 'sha256:../../x' } }],
] as const satisfies readonly (readonly [string, FaultAction])[]) {
  test(`an image that is here is found although the registry ${name}`, async () => {
    await using node = await PullNode.open();
    const registry = await node.registry();
    await smallImage(registry, 'example.com/app', '1');
    const images = node.images(redirectTo([registry]));
    const first = await images.pull('example.com/app:1', { signal });
    registry.faults.add({ when: ({ method }) => method === 'HEAD', action });
    registry.requests.length = 0;
    assert.deepEqual(await images.pull('example.com/app:1', { signal }), first);
    assert.deepEqual(asked(registry), ['HEAD manifest', 'GET manifest', 'GET blob']);
  });
}

test('a registry that asks to wait, is gone, or has no such tag any more is told of as ever, with the image here', async () => {
  await using node = await PullNode.open();
  const registry = await node.registry();
  await smallImage(registry, 'example.com/app', '1');
  const images = node.images(redirectTo([registry]));
  await images.pull('example.com/app:1', { signal });
  for (const [action, code] of [[{ do: 'status', status: 429, headers: { 'retry-after': '3600' } }, 'Unknown'], [{ do: 'status', status: 404 }, 'NotFound'], [{ do: 'status', status: 401 }, 'FailedPrecondition']] as const) {
    registry.faults.clear();
    registry.faults.add({ action });
    registry.requests.length = 0;
    await assert.rejects(images.pull('example.com/app:1', { signal }), { code });
    assert.deepEqual(asked(registry).slice(0, 2), action.status === 429 ? ['HEAD manifest'] : ['HEAD manifest', action.status === 401 ? 'GET ping' : 'GET manifest']);
  }
  await registry[Symbol.asyncDispose]();
  await assert.rejects(images.pull('example.com/app:1', { signal }), { code: 'Unknown', message: /^RegistryUnavailable: / });
});

test('pinned_images patterns pin by name, prefix and part', async () => {
  await using node = await PullNode.open();
  const registry = await node.registry();
  await smallImage(registry, 'example.com/app', '1');
  const images = node.images(redirectTo([registry]));
  await images.pull('example.com/app:1', { signal });
  for (const [pattern, pinned] of [['example.com/app:1', true], ['example.com/*', true], ['*app*', true], ['example.com/app', false]] as const) {
    assert.equal(node.images(redirectTo([registry]), { pinned: [pattern] }).resolve('example.com/app:1')?.pinned, pinned, pattern);
  }
});

test('progress tells the layers, their bytes and where they are from', async () => {
  await using node = await PullNode.open();
  const registry = await node.registry();
  const image = await smallImage(registry, 'example.com/app', '1');
  const seen: string[] = [];
  let last;
  await node.images(redirectTo([registry])).pull('example.com/app:1', { signal, onProgress: (p) => { seen.push(p.stage); last = p; } });
  const total = image.layers.reduce((n, l) => n + l.descriptor.size, 0);
  assert.partialDeepStrictEqual(last, { reference: 'example.com/app:1', stage: 'done', bytes: total, totalBytes: total });
  assert.partialDeepStrictEqual(last, { layers: image.layers.map((l) => ({ digest: l.descriptor.digest, stage: 'unpacked', endpoint: `${registry.address} (anonymous)` })) });
  assert.deepEqual([...new Set(seen)].filter((s) => s !== 'resolving'), ['layers', 'committing', 'done']);
});

test('an image config that comes in many chunks is kept as it came', async () => {
  await using node = await PullNode.open();
  const registry = await node.registry();
  const Labels = Object.fromEntries(Array.from({ length: 4000 }, (_, i) => [`label${i}`, 'x'.repeat(100)]));
  const image = await smallImage(registry, 'example.com/app', '1', { config: { Labels } });
  const images = node.images(redirectTo([registry]));
  assert.deepEqual(await images.pull('example.com/app:1', { signal }), { imageId: image.imageId });
  assert.deepEqual(images.resolve('example.com/app:1')?.config.labels, Labels);
});

test('pull() takes an index, a manifest, a config and layers that are named by sha512, and verifies them', async () => {
  await using node = await PullNode.open();
  const registry = await node.registry();
  const plain = await smallImage(registry, 'example.com/app', undefined);
  const document = JSON.parse((await registry.store.manifest('example.com/app', plain.manifest.digest))?.bytes.toString() ?? '') as { config: { digest: string; size: number }; layers: { digest: string; size: number }[] };
  for (const layer of document.layers) Object.assign(layer, await registry.store.putBlob(registry.store.readBlob(layer.digest, { start: 0, end: layer.size }), 'sha512'));
  const config = Buffer.concat(await registry.store.readBlob(document.config.digest, { start: 0, end: document.config.size }).toArray() as Buffer[]);
  Object.assign(document.config, await registry.store.putBlob([config], 'sha512'));
  const manifest = await registry.store.putManifest('example.com/app', undefined, MEDIA_TYPES.oci.manifest, Buffer.from(JSON.stringify(document)), 'sha512');
  const index = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: MEDIA_TYPES.oci.index, manifests: [{ ...manifest, platform: hostPlatform() }] }));
  const { digest } = await registry.store.putManifest('example.com/app', '1', MEDIA_TYPES.oci.index, index, 'sha512');
  const images = node.images(redirectTo([registry]));
  assert.equal((await images.pull(`example.com/app@${digest}`, { signal })).imageId, plain.imageId);
  assert.deepEqual(images.resolve(plain.imageId)?.repoDigests, [`example.com/app@${digest}`]);
  assert.deepEqual(node.storage.begun.sort(), document.layers.map((l) => l.digest).sort());
  await images.remove(plain.imageId);
  registry.faults.add({ when: (t) => t.reference === document.config.digest, action: { do: 'corrupt', atByte: 3 } });
  await assert.rejects(images.pull(`example.com/app@${digest}`, { signal }), { code: 'DataLoss', message: /image config has digest sha512:\w+; expected sha512:/ });
});
