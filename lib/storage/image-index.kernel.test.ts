import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { DataLossError, InvalidArgumentError, NotFoundError } from '#errors';
import { chainIDOf, digestOf } from './digest.ts';
import { archive } from './extractor/archive-fixture.ts';
import { createScene, eventually, imageOf, never, type Scene, stage } from './storage-fixture.ts';

let scene: Scene;
beforeEach(async () => { scene = await createScene(); });
afterEach(() => scene[Symbol.asyncDispose]());

test('an image is there after a restart, by id, name, digest and prefix', async () => {
  const image = await scene.commit('a', [{ name: 'f', data: 'x' }], [{ name: 'g', data: 'y' }]);
  const [first = '', second = ''] = image.chainIDs;
  assert.equal(second, chainIDOf(first, digestOf(archive({ name: 'g', data: 'y' }))));
  await scene.reopen();
  for (const found of [scene.storage.images.get(image.id), scene.storage.images.byName('registry.test/a:1'), scene.storage.images.byName(`registry.test/a@${digestOf('a')}`), scene.storage.images.byIdPrefix(image.id.slice(0, 20)), scene.storage.images.byIdPrefix(image.id.slice(7, 19))]) {
    assert.deepEqual({ ...found, config: Buffer.from(found?.config ?? []).toString() }, { ...image, config: '{"name":"a"}' });
  }
  assert.equal(scene.storage.images.byIdPrefix(''), undefined);
  assert.equal(scene.storage.images.byIdPrefix('sha256:'), undefined);
  assert.ok(scene.storage.layers.has(first) && scene.storage.layers.has(second));
  assert.equal(statSync(scene.inStore('')).mode & 0o777, 0o700);
});

test('a name moves to the image that gets it, and an image keeps the names it has', async () => {
  const first = await scene.commit('a', [{ name: 'f', data: '1' }]);
  const again = await scene.storage.images.commit({ ...imageOf('a', first.chainIDs), names: ['registry.test/other:2'] }, { signal: never });
  assert.deepEqual(again.names, ['registry.test/a:1', 'registry.test/other:2']);
  const second = await scene.storage.images.commit({ ...imageOf('b', first.chainIDs), names: ['registry.test/a:1'] }, { signal: never });
  for (let round = 0; round < 2; round++) {
    assert.equal(scene.storage.images.byName('registry.test/a:1')?.id, second.id);
    assert.deepEqual(scene.storage.images.get(first.id)?.names, ['registry.test/other:2']);
    await scene.reopen();
  }
  await scene.storage.images.update(first.id, { names: [], pinned: true });
  assert.equal(scene.storage.images.byName('registry.test/other:2'), undefined);
  await scene.reopen();
  assert.deepEqual([scene.storage.images.get(first.id)?.names, scene.storage.images.get(first.id)?.pinned], [[], true]);
  await assert.rejects(scene.storage.images.update(digestOf('none'), {}), NotFoundError);
});

test('two images share layers: each is on disk once, and stays while one of them does', async () => {
  const base = [{ name: 'base', data: 'b' }];
  const one = await scene.commit('one', base, [{ name: 'one' }]);
  const two = await scene.commit('two', base, [{ name: 'two' }]);
  const three = await scene.commit('three', one.chainIDs[0] ?? '');
  assert.equal(one.chainIDs[0], two.chainIDs[0]);
  assert.equal(scene.layersOnDisk().length, 3);
  assert.deepEqual(readdirSync(scene.inStore('staging')), []);
  const before = scene.storage.rootfs.fsInfo();
  await scene.storage.images.remove(one.id);
  assert.equal(scene.storage.images.get(one.id), undefined);
  assert.equal(scene.storage.images.byName('registry.test/one:1'), undefined);
  assert.equal(scene.layersOnDisk().length, 2);
  assert.ok(scene.storage.rootfs.fsInfo().inodesUsed < before.inodesUsed);
  await scene.storage.images.remove(two.id);
  assert.deepEqual(scene.layersOnDisk(), [(three.chainIDs[0] ?? '').slice(7)]);
  await scene.storage.images.remove(three.id);
  await scene.storage.images.remove(three.id);
  assert.deepEqual(scene.layersOnDisk(), []);
  assert.equal(scene.storage.rootfs.fsInfo().usedBytes, 0);
  await eventually('the trash is emptied', () => readdirSync(scene.inStore('trash')).length === 0);
});

test('commit() of a layer that is gone fails and keeps what is staged; a hold keeps a layer from going', async () => {
  const image = await scene.commit('a', [{ name: 'f' }]);
  const [chainID = ''] = image.chainIDs;
  const hold = scene.storage.layers.hold([chainID]);
  await scene.storage.images.remove(image.id);
  assert.ok(scene.storage.layers.has(chainID));
  await scene.commit('b', chainID, [{ name: 'g' }]);
  hold?.[Symbol.dispose]();
  await scene.storage.images.remove(imageOf('b', []).id);
  assert.equal(scene.storage.layers.has(chainID), false);
  assert.equal(scene.storage.layers.hold([chainID]), undefined);
  await using staged = await stage(scene.storage, archive({ name: 'h' }));
  await assert.rejects(scene.storage.images.commit(imageOf('c', [chainID, staged]), { signal: never }), NotFoundError);
  assert.equal(readdirSync(scene.inStore('staging')).length, 1);
  assert.equal((await scene.storage.images.commit(imageOf('c', [staged]), { signal: never })).chainIDs.length, 1);
});

test('a hold that ends lets an unused layer go', async () => {
  const image = await scene.commit('a', [{ name: 'f' }]);
  const hold = scene.storage.layers.hold(image.chainIDs);
  await scene.storage.images.remove(image.id);
  hold?.[Symbol.dispose]();
  await eventually('the layer is removed', () => scene.layersOnDisk().length === 0);
});

test('a commit that fails half-way leaves neither image nor layer, and works the next time', async () => {
  const first = await stage(scene.storage, archive({ name: 'f' }));
  const second = await stage(scene.storage, archive({ name: 'g' }));
  const obstacle = scene.inStore(`layers/${chainIDOf(first.diffID, second.diffID).slice(7)}`);
  writeFileSync(obstacle, '');
  await assert.rejects(scene.storage.images.commit(imageOf('a', [first, second]), { signal: never }));
  assert.deepEqual(scene.storage.images.list(), []);
  assert.equal(readdirSync(scene.inStore('staging')).length, 2);
  rmSync(obstacle);
  // What an earlier commit left without a record gives way.
  mkdirSync(join(obstacle, 'diff/old'), { recursive: true });
  await scene.storage.images.commit(imageOf('a', [first, second]), { signal: never });
  assert.equal(scene.storage.images.list().length, 1);
  assert.deepEqual(readdirSync(join(obstacle, 'diff')), ['g']);
});

test('the manifest of an image is kept with it, and goes with it, when it gets another one, too', async () => {
  const { images } = scene.storage;
  const [manifest, other] = [Buffer.from('manifest of a'), Buffer.from('another manifest of a')];
  const kept = async (bytes: Buffer): Promise<string | undefined> => { const found = await scene.storage.images.getManifest(digestOf(bytes)); return found && Buffer.from(found).toString(); };
  const { id, chainIDs } = await scene.commit('a', [{ name: 'f' }]);
  for (const [wrong, error] of [[{ manifest: other }, DataLossError], [{ manifestDigest: 'sha256:../../x' }, InvalidArgumentError], [{ manifest: Buffer.alloc(4 * 1024 ** 2 + 1) }, InvalidArgumentError]] as const) {
    await assert.rejects(images.commit({ ...imageOf('a', chainIDs), ...wrong }, { signal: never }), error);
  }
  assert.equal(await kept(manifest), 'manifest of a');
  await images.commit({ ...imageOf('a', chainIDs), manifest: other, manifestDigest: digestOf(other) }, { signal: never });
  assert.deepEqual([await kept(manifest), await kept(other)], [undefined, 'another manifest of a']);
  await scene.commit('b', [{ name: 'g' }]);
  await scene.reopen();
  assert.equal(await kept(other), 'another manifest of a');
  await scene.storage.images.remove(id);
  assert.deepEqual([await kept(other), await kept(Buffer.from('manifest of b'))], [undefined, 'manifest of b']);
});
