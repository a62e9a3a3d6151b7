/** Images that few registries have, from a registry to the disk, to a directory, and back from there. */
import { strict as assert } from 'node:assert';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { buildImage, buildLayer, tagManifest } from '../fixtures/images/index.ts';
import type { BuiltLayer, Compression, ImageFormat, ImageSpec } from '../fixtures/images/index.ts';
import { createRegistry } from '../fixtures/registry/index.ts';
import type { Registry } from '../fixtures/registry/index.ts';
import { startNode } from '../harness/index.ts';
import type { TestNode } from '../harness/index.ts';
import { DAVIT } from '../harness/places.ts';

const run = promisify(execFile);
const HOST = 'unusual.example.com';
const MANY_LAYERS = 40;

let directory: string;
let registry: Registry;
let node: TestNode;

before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'davit-unusual-'));
  registry = await createRegistry({ directory: join(directory, 'registry'), port: 0 });
  node = await startNode({ mirrors: { [HOST]: registry.address } });
});
after(async () => {
  await using undo = new AsyncDisposableStack();
  undo.defer(() => rm(directory, { recursive: true }));
  undo.defer(() => registry[Symbol.asyncDispose]());
  undo.use(node);
});

const layer = (name: string, how: { compression?: Compression; format?: ImageFormat } = {}): Promise<BuiltLayer> => buildLayer(registry.store, [{ path: name, type: 'file', data: `data of ${name}` }], how);

/** The layer as one that is known by sha512 alone. */
async function bySha512(name: string): Promise<BuiltLayer> {
  const { descriptor } = await layer(name, { compression: 'plain' });
  const { digest } = await registry.store.putBlob(registry.store.readBlob(descriptor.digest, { start: 0, end: descriptor.size }), 'sha512');
  return { descriptor: { ...descriptor, digest }, diffID: digest };
}

/** The layer as one that may be kept elsewhere; the registry has it all the same. */
function nondistributable({ descriptor, diffID }: BuiltLayer, mediaType: string): BuiltLayer {
  return { descriptor: { ...descriptor, mediaType }, diffID };
}

const IMAGES: readonly { readonly name: string; readonly spec: () => Promise<ImageSpec> }[] = [
  { name: 'no layers', spec: async () => ({ layers: [] }) },
  { name: 'a layer of nothing', spec: async () => ({ layers: [await buildLayer(registry.store, [])] }) },
  { name: 'forty layers', spec: async () => ({ layers: await Promise.all(Array.from({ length: MANY_LAYERS }, (_, i) => layer(`f${i}`))) }) },
  { name: 'one layer three times', spec: async () => { const [one, two] = [await layer('one'), await layer('two')]; return { layers: [one, two, one, one] }; } },
  { name: 'layers in zstd, gzip and neither', spec: async () => ({ layers: await Promise.all((['zstd', 'gzip', 'plain'] as const).map((compression) => layer(compression, { compression }))) }) },
  { name: "docker's documents", spec: async () => ({ layers: [await layer('docker', { format: 'docker' })], format: 'docker' }) },
  { name: "OCI's nondistributable layer", spec: async () => ({ layers: [nondistributable(await layer('oci'), 'application/vnd.oci.image.layer.nondistributable.v1.tar+gzip')] }) },
  { name: "docker's foreign layer", spec: async () => ({ layers: [nondistributable(await layer('foreign'), 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip')], format: 'docker' }) },
  { name: 'layers that are known by sha512', spec: async () => ({ layers: [await bySha512('bottom'), await layer('middle'), await bySha512('top')] }) },
];

async function davit(...args: string[]): Promise<string> {
  const { root, runroot, directory: configDirectory } = node.davit;
  return (await run(DAVIT, [...args, `--config=${join(configDirectory, 'davit.conf')}`, '--config-dir=', `--root=${root}`, `--runroot=${runroot}`])).stdout;
}

const statusOf = async (image: string): Promise<{ id: string; repoTags: string[]; size: bigint } | null> => (await node.davit.client.call('ImageStatus', { image: { image } })).image;
const remove = async (image: string): Promise<void> => { await node.davit.client.call('RemoveImage', { image: { image } }); };

for (const [i, { name, spec }] of IMAGES.entries()) {
  test(`an image of ${name} is pulled, proved, saved, and loaded as the same one`, async () => {
    const repository = `${HOST}/i${i}`;
    const { imageId, manifest } = await buildImage(registry.store, repository, '1', await spec());
    await tagManifest(registry.store, repository, '2', manifest);
    const tags = [`${repository}:1`, `${repository}:2`];
    for (const tag of tags) assert.equal((await node.davit.client.call('PullImage', { image: { image: tag } })).imageRef, imageId);
    const pulled = await statusOf(imageId);
    assert.deepEqual([...pulled?.repoTags ?? []].sort(), tags);
    assert.match(await davit('check', '--full'), /: no damage found\n$/);
    const saved = join(directory, `saved-${i}`);
    await davit('image', 'save', imageId, saved);
    await remove(imageId);
    assert.deepEqual(await readdir(join(node.davit.root, 'layers')), []);
    for (const source of [saved, join(directory, `saved-${i}.tar`)]) {
      if (source !== saved) await run('tar', ['-C', saved, '-cf', source, '.']);
      const loaded = await davit('image', 'load', source);
      assert.equal(loaded.split('\n').filter((line) => line.startsWith(imageId)).length, tags.length, loaded);
      assert.deepEqual([...(await statusOf(imageId))?.repoTags ?? []].sort(), tags);
      assert.match(await davit('check', '--full'), /: no damage found\n$/);
      await remove(tags[1] ?? '');
      assert.equal(await statusOf(tags[0] ?? ''), null);
      assert.deepEqual(await readdir(join(node.davit.root, 'layers')), []);
    }
  });
}
