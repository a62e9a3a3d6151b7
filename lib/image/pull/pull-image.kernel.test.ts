/** The pull on the real storage: what is unpacked, and that failures leave nothing in staging. */
import { strict as assert } from 'node:assert';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createImages } from '#image';
import type { Images, PullLimits } from '#image';
import { silentLogger } from '#log';
import { createStorage } from '#storage';
import type { Storage } from '#storage';
import { buildImage, buildLayer, tagManifest } from '../../../test/fixtures/images/index.ts';
import { HANG_MS, redirectTo, smallImage, TEST_LIMITS } from '../../../test/fixtures/pulls/index.ts';
import { createRegistry } from '../../../test/fixtures/registry/index.ts';
import type { FaultAction, Registry } from '../../../test/fixtures/registry/index.ts';

const signal = new AbortController().signal;

interface Node { readonly root: string; readonly registry: Registry; readonly storage: Storage; readonly images: Images }

async function withNode(body: (node: Node) => Promise<void>, limits: Partial<PullLimits> = {}): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'davit-images-'));
  try {
    await using registry = await createRegistry({ directory: join(directory, 'registry'), port: 0 });
    const root = join(directory, 'root');
    await using storage = await createStorage({ root, log: silentLogger });
    await using images = createImages({ storage, registries: redirectTo([registry]), log: silentLogger, limits: { ...TEST_LIMITS, ...limits } });
    await body({ root, registry, storage, images });
    assert.deepEqual(await readdir(join(root, 'staging')), []);
  } finally {
    await rm(directory, { recursive: true });
  }
}

test('a pulled image mounts with the files of all its layers', () => withNode(async ({ registry, storage, images }) => {
  const layers = [];
  for (const compression of ['gzip', 'plain', 'zstd'] as const) {
    layers.push(await buildLayer(registry.store, [{ path: 'etc', type: 'directory' }, { path: `etc/${compression}`, type: 'file', data: compression }, { path: 'etc/last', type: 'file', data: compression }], { compression }));
  }
  const image = await buildImage(registry.store, 'example.com/app', '1', { layers });
  await tagManifest(registry.store, 'example.com/app', '2', image.manifest);
  await Promise.all([images.pull('example.com/app:1', { signal }), images.pull('example.com/app:2', { signal })]);
  const view = images.resolve(image.imageId);
  assert.deepEqual(view?.repoTags, ['example.com/app:1', 'example.com/app:2']);
  assert.deepEqual(images.resolve('example.com/app:2'), view);
  const rootfs = await storage.rootfs.create('c1', view.chainIDs, { signal });
  try {
    for (const name of ['gzip', 'plain', 'zstd']) assert.equal(await readFile(join(rootfs.path, 'etc', name), 'utf8'), name);
    assert.equal(await readFile(join(rootfs.path, 'etc/last'), 'utf8'), 'zstd');
  } finally {
    await storage.rootfs.remove('c1');
  }
  await Promise.all(Array.from({ length: 5 }, () => images.remove('example.com/app:1')));
  assert.deepEqual(images.list(), []);
}));

for (const [name, action, code] of [
  ['a body that is cut', { do: 'cut', afterBytes: 200_000 }, 'Unknown'], ['a body that hangs', { do: 'hang-body', afterBytes: 200_000 }, 'Unknown'], ['wrong bytes', { do: 'corrupt', atByte: 200_000 }, 'DataLoss'],
  ['a 500', { do: 'status', status: 500 }, 'Unknown'],
] as const satisfies readonly (readonly [string, FaultAction, string])[]) {
  test(`${name} leaves nothing in staging, and the retry works`, () => withNode(async ({ root, registry, storage, images }) => {
    const image = await smallImage(registry, 'example.com/app', '1', { content: [{ seed: 'a', bytes: 300_000 }, { seed: 'b' }, { seed: 'c' }] });
    const large = image.layers[0]?.descriptor.digest;
    registry.faults.add({ when: (t) => t.reference === large, action });
    await assert.rejects(images.pull('example.com/app:1', { signal }), { code });
    assert.deepEqual(await readdir(join(root, 'staging')), []);
    assert.deepEqual(await readdir(join(root, 'layers')), []);
    registry.faults.clear();
    await using patient = createImages({ storage, registries: redirectTo([registry]), log: silentLogger });
    assert.equal((await patient.pull('example.com/app:1', { signal })).imageId, image.imageId);
  }, action.do === 'hang-body' ? { idleBodyTimeoutMs: HANG_MS } : {}));
}

test('two images with common layers, pulled at once, are both whole', () => withNode(async ({ registry, storage, images }) => {
  const base = await buildLayer(registry.store, [{ path: 'base', type: 'file', data: 'base' }]);
  const pulled = await Promise.all(['one', 'two', 'three'].map(async (name) => {
    const top = await buildLayer(registry.store, [{ path: name, type: 'file', data: name }]);
    await buildImage(registry.store, `example.com/${name}`, '1', { layers: [base, top] });
    return images.pull(`example.com/${name}:1`, { signal });
  }));
  assert.equal(new Set(pulled.map((p) => p.imageId)).size, 3);
  for (const view of images.list()) {
    const rootfs = await storage.rootfs.create(`c-${view.id.slice(7, 15)}`, view.chainIDs, { signal });
    try { assert.equal(await readFile(join(rootfs.path, 'base'), 'utf8'), 'base'); } finally { await storage.rootfs.remove(`c-${view.id.slice(7, 15)}`); }
  }
}));
