import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { InvalidArgumentError, NotFoundError } from '#errors';
import { readMountInfo } from '#linux';
import { digestOf } from './digest.ts';
import { createScene, never, type Scene } from './storage-fixture.ts';
import { userNamespace } from './user-namespace-fixture.ts';

let scene: Scene;
beforeEach(async () => { scene = await createScene(); });
afterEach(() => scene[Symbol.asyncDispose]());

const volumeMounts = (): string[] => readMountInfo().map(({ mountPoint }) => mountPoint).filter((path) => path.startsWith(scene.inStore('volumes/')));
const addContainer = async (id: string): Promise<void> => { await scene.storage.rootfs.create(id, [], { signal: never }); };
const mountFor = (user: string, chainIDs: readonly string[], subPath?: string): Promise<string> => scene.storage.volumes.mount(user, chainIDs, { signal: never, ...(subPath !== undefined && { subPath }) });

test('an image volume is one read-only mount for all its users, whole though its image goes, and gone with the last user', async () => {
  const image = await scene.commit('a', [{ name: 'bin/tool', data: 'x', mode: 0o755 }, { name: 'gone' }], [{ name: '.wh.gone' }, { name: 'etc/conf', data: 'c' }]);
  for (const id of ['one', 'two']) await addContainer(id);
  const paths = await Promise.all(['one', 'two', 'one'].map((user) => mountFor(user, image.chainIDs)));
  const path = paths[0] ?? '';
  assert.deepEqual(paths, [path, path, path]);
  assert.deepEqual(volumeMounts(), [path]);
  assert.deepEqual(readdirSync(path).sort(), ['bin', 'etc']);
  assert.throws(() => writeFileSync(join(path, 'new'), ''), { code: 'EROFS' });
  await scene.storage.images.remove(image.id);
  await scene.storage.rootfs.unmount('one');
  assert.equal(readFileSync(join(path, 'etc/conf'), 'utf8'), 'c');
  assert.equal(scene.layersOnDisk().length, 2);
  await scene.storage.rootfs.remove('two');
  assert.deepEqual(volumeMounts(), []);
  assert.deepEqual(readdirSync(scene.inStore('volumes')), []);
  assert.deepEqual(scene.layersOnDisk(), []);
});

test('an image of one layer and one of none can be volumes', async () => {
  const image = await scene.commit('a', [{ name: 'f', data: 'x' }]);
  await addContainer('c');
  const [one, none] = [await mountFor('c', image.chainIDs), await mountFor('c', [])];
  assert.deepEqual([readdirSync(one), readdirSync(none)], [['f'], []]);
  for (const path of [one, none]) assert.throws(() => writeFileSync(join(path, 'new'), ''), { code: 'EROFS' });
  await scene.storage.rootfs.remove('c');
  assert.deepEqual(volumeMounts(), []);
});

test('a sub path is found inside the image, whatever its links say', async () => {
  const image = await scene.commit('a', [{ name: 'data/set/f', data: 'x' }, { name: 'abs', type: '2', linkName: '/data/set' }, { name: 'out', type: '2', linkName: '../../../../../../../etc' }, { name: 'loop', type: '2', linkName: 'loop' }]);
  await addContainer('c');
  const tree = await mountFor('c', image.chainIDs);
  assert.equal(await mountFor('c', image.chainIDs, 'data/set'), join(tree, 'data/set'));
  assert.equal(await mountFor('c', image.chainIDs, 'data/set/f'), join(tree, 'data/set/f'));
  assert.equal(await mountFor('c', image.chainIDs, 'abs/f'), join(tree, 'data/set/f'));
  for (const missing of ['no', 'data/set/f/x', 'out', 'loop']) await assert.rejects(mountFor('c', image.chainIDs, missing), NotFoundError, missing);
  for (const bad of ['/data', '../data', 'data/../data', 'a\0b']) await assert.rejects(mountFor('c', image.chainIDs, bad), InvalidArgumentError, bad);
  assert.deepEqual(volumeMounts(), [tree]);
});

test('a volume that cannot be mounted leaves nothing', async () => {
  const image = await scene.commit('a', [{ name: 'f' }]);
  await addContainer('c');
  await assert.rejects(mountFor('c', [digestOf('none')]), NotFoundError);
  await assert.rejects(mountFor('c', image.chainIDs, 'no'), NotFoundError);
  assert.deepEqual(volumeMounts(), []);
  assert.deepEqual(readdirSync(scene.inStore('volumes')), []);
  await scene.storage.images.remove(image.id);
  assert.deepEqual(scene.layersOnDisk(), []);
});

test('the next daemon finds volumes as they are, without users that are gone; after a reboot there is none', async () => {
  const image = await scene.commit('a', [{ name: 'f', data: 'x' }]);
  const other = await scene.commit('b', [{ name: 'g', data: 'y' }]);
  await addContainer('c');
  const path = await mountFor('c', image.chainIDs);
  await mountFor('half-made', image.chainIDs);
  await mountFor('half-made', other.chainIDs);
  await scene.storage.images.remove(image.id);
  await scene.reopen();
  assert.deepEqual(volumeMounts(), [path]);
  assert.equal(readFileSync(join(path, 'f'), 'utf8'), 'x');
  assert.equal(await mountFor('c', image.chainIDs), path);
  await scene.storage.rootfs.unmount('c');
  assert.deepEqual(volumeMounts(), []);
  assert.equal(scene.layersOnDisk().length, 1);
  // A reboot takes the mount and leaves the directory.
  const again = await mountFor('c', other.chainIDs);
  await scene.close();
  execFileSync('umount', [again]);
  await scene.open();
  assert.deepEqual(readdirSync(scene.inStore('volumes')), []);
});

test('a volume for a user namespace has its ids, beside the plain one', async () => {
  await using namespace = await userNamespace(300_000);
  const image = await scene.commit('a', [{ name: 'f', data: 'x', uid: 5 }]);
  await addContainer('c');
  const plain = await mountFor('c', image.chainIDs);
  const mapped = await scene.storage.volumes.mount('c', image.chainIDs, { signal: never, idMap: namespace.idMap });
  assert.deepEqual([plain, mapped].map((path) => statSync(join(path, 'f')).uid), [5, 300_005]);
  assert.equal(volumeMounts().length, 2);
});
