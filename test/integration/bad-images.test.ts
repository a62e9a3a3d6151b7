/** Registries and images that are wrong: a clear error, nothing kept, and the next try works. */
import { strict as assert } from 'node:assert';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import type { DavitError } from '#errors';
import { buildImage, buildLayer } from '../fixtures/images/index.ts';
import type { BuiltImage, ManifestDocument } from '../fixtures/images/index.ts';
import { createRegistry } from '../fixtures/registry/index.ts';
import type { Registry } from '../fixtures/registry/index.ts';
import { eventually, startNode } from '../harness/index.ts';
import type { TestNode } from '../harness/index.ts';

const HOST = 'bad.example.com';
const LAYER_BYTES = 3 * 1024 * 1024;
const PULL_TIMEOUT_MS = 5000;

let directory: string;
let registry: Registry;
let node: TestNode;
let image: BuiltImage;

before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'davit-bad-'));
  registry = await createRegistry({ directory, port: 0 });
  node = await startNode({ mirrors: { [HOST]: registry.address } });
});
after(async () => {
  await using undo = new AsyncDisposableStack();
  undo.defer(() => rm(directory, { recursive: true }));
  undo.defer(() => registry[Symbol.asyncDispose]());
  undo.use(node);
});
beforeEach(async () => {
  registry.faults.clear();
  await node.davit.client.call('RemoveImage', { image: { image: `${HOST}/app:1` } });
  image = await build();
});

async function build(tamperManifest?: (manifest: ManifestDocument) => void, tamperConfig?: (config: Record<string, unknown>) => void): Promise<BuiltImage> {
  const layers = [
    await buildLayer(registry.store, [{ path: 'etc', type: 'directory' }, { path: 'etc/small', type: 'file', data: 'small' }]),
    await buildLayer(registry.store, [{ path: 'big', type: 'file', data: Buffer.alloc(LAYER_BYTES, 'davit test data ') }], { compression: 'plain' }),
  ];
  return buildImage(registry.store, `${HOST}/app`, '1', { layers, ...(tamperManifest && { tamperManifest }), ...(tamperConfig && { tamperConfig }) });
}

const pull = (timeoutMs?: number): Promise<{ imageRef: string }> => node.davit.client.call('PullImage', { image: { image: `${HOST}/app:1` } }, timeoutMs === undefined ? {} : { timeoutMs });
const bigLayer = (): string => image.layers[1]?.descriptor.digest ?? '';

/** The pull fails like this, nothing of it is listed or left on disk, and a pull of the right image works. */
async function failsThenWorks(text: RegExp, codes: readonly string[]): Promise<void> {
  await assert.rejects(pull(), (error: DavitError) => {
    assert.match(error.message, text);
    assert.ok(codes.includes(error.code), `${error.code}: ${error.message}`);
    return true;
  });
  assert.equal((await node.davit.client.call('ImageStatus', { image: { image: `${HOST}/app:1` } })).image, null);
  await node.assertClean();
  registry.faults.clear();
  image = await build();
  assert.equal((await pull()).imageRef, image.imageId);
}

test('the image is right to begin with', async () => {
  assert.equal((await pull()).imageRef, image.imageId);
});

test('a layer whose bytes are not what its digest says', async () => {
  registry.faults.add({ when: (t) => t.kind === 'blob' && t.reference === bigLayer(), action: { do: 'corrupt', atByte: 1_000_000 } });
  await failsThenWorks(new RegExp(bigLayer()), ['DataLoss']);
});

test('a manifest that is not what its digest says', async () => {
  registry.faults.add({ when: (t) => t.kind === 'manifest' && t.reference.startsWith('sha256:'), action: { do: 'corrupt', atByte: 10 } });
  await assert.rejects(node.davit.client.call('PullImage', { image: { image: `${HOST}/app@${image.manifest.digest}` } }), new RegExp(image.manifest.digest));
});

test('a layer that is not the diff that the configuration names', async () => {
  await build(undefined, (config) => { (config['rootfs'] as { diff_ids: string[] }).diff_ids[1] = `sha256:${'0'.repeat(64)}`; });
  await failsThenWorks(/0{64}/, ['DataLoss']);
});

for (const [name, bytes] of [['larger', 1], ['smaller', -1]] as const) {
  test(`a manifest that says a layer is ${name} than it is`, async () => {
    await build((manifest) => { manifest.layers = manifest.layers.map((layer) => ({ ...layer, size: layer.size + bytes })); });
    await failsThenWorks(/size|bytes/, ['DataLoss', 'InvalidArgument', 'Unavailable']);
  });
}

test('a manifest that has fewer layers than its configuration', async () => {
  await build((manifest) => { manifest.layers.pop(); });
  await failsThenWorks(/layers|diff/, ['DataLoss', 'InvalidArgument']);
});

test('a manifest whose digest is none', async () => {
  await build((manifest) => { manifest.layers = manifest.layers.map((layer) => ({ ...layer, digest: 'sha256:../../../etc' })); });
  await failsThenWorks(/sha256:\.\.\/\.\.\/\.\.\/etc/, ['DataLoss', 'InvalidArgument']);
});

test('a manifest that is no JSON', async () => {
  registry.faults.add({ when: (t) => t.kind === 'manifest', action: { do: 'replace', body: Buffer.from('{"schemaVersion": 2,'), contentType: 'application/vnd.oci.image.manifest.v1+json' } });
  await failsThenWorks(/manifest/, ['DataLoss', 'InvalidArgument']);
});

test('a manifest without end', async () => {
  registry.faults.add({ when: (t) => t.kind === 'manifest', action: { do: 'endless' } });
  await failsThenWorks(/manifest/, ['DataLoss', 'InvalidArgument', 'ResourceExhausted']);
});

test('a registry that answers 500', async () => {
  registry.faults.add({ action: { do: 'status', status: 500, body: 'out of order' } });
  await failsThenWorks(/500/, ['Unavailable', 'Unknown']);
});

test('a registry that refuses', async () => {
  registry.faults.add({ action: { do: 'status', status: 403, body: 'not for you' } });
  await failsThenWorks(/403|not for you|denied|forbidden/i, ['Unknown', 'FailedPrecondition', 'Unavailable', 'InvalidArgument', 'PermissionDenied']);
});

test('a registry that is not there', async () => {
  const { address } = registry;
  await registry[Symbol.asyncDispose]();
  await assert.rejects(pull(), new RegExp(`${address}|${HOST}`));
  registry = await createRegistry({ directory, port: Number(address.split(':')[1]) });
  image = await build();
  assert.equal((await pull()).imageRef, image.imageId);
});

test('a body that is cut is asked for again, or fails with what is missing', async () => {
  registry.faults.add({ when: (t) => t.kind === 'blob' && t.reference === bigLayer(), times: 1, action: { do: 'cut', afterBytes: 500_000 } });
  assert.equal((await pull()).imageRef, image.imageId);
  await node.davit.client.call('RemoveImage', { image: { image: `${HOST}/app:1` } });
  registry.faults.add({ when: (t) => t.kind === 'blob' && t.reference === bigLayer(), action: { do: 'cut', afterBytes: 500_000 } });
  await failsThenWorks(new RegExp(bigLayer()), ['Unavailable', 'Unknown', 'DataLoss']);
});

for (const [name, action] of [['hangs', { do: 'hang' }], ['stops in the middle of a body', { do: 'hang-body', afterBytes: 500_000 }]] as const) {
  test(`a registry that ${name}: the client's deadline ends the pull, and nothing is left`, async () => {
    registry.faults.add({ when: (t) => t.kind === 'blob' && t.reference === bigLayer(), action });
    await assert.rejects(pull(PULL_TIMEOUT_MS), { code: 'DeadlineExceeded' });
    await eventually('the end of the pull', async () => (await node.assertClean().then(() => true, () => false)));
    registry.faults.clear();
    assert.equal((await pull()).imageRef, image.imageId);
  });
}

test('two pulls of one image at once are one pull', async () => {
  const requests = registry.requests.length;
  const [first, second] = await Promise.all([pull(), pull()]);
  assert.deepEqual(first, second);
  const asked = registry.requests.slice(requests).filter((r) => r.kind === 'blob' && r.method === 'GET').map((r) => r.reference);
  assert.equal(asked.length, new Set(asked).size, asked.join('\n'));
});

test('entries that want out of the root file system stay inside or are refused', async () => {
  const layer = await buildLayer(registry.store, [
    { path: 'out', type: 'symlink', target: directory }, { path: 'out/escaped', type: 'file', data: 'x' }, { path: '../../escaped', type: 'file', data: 'x' }, { path: '/etc/absolute', type: 'file', data: 'x' },
  ]);
  await buildImage(registry.store, `${HOST}/evil`, '1', { layers: [layer] });
  await node.davit.client.call('PullImage', { image: { image: `${HOST}/evil:1` } }).then(() => undefined, (error: DavitError) => { assert.match(error.message, /"out"|escaped/); });
  await assert.rejects(rm(join(directory, 'escaped')), { code: 'ENOENT' });
  await assert.rejects(rm('/etc/absolute'), { code: 'ENOENT' });
});
