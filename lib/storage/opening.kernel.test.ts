import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { FailedPreconditionError } from '#errors';
import { mount, MS, readMountInfo } from '#linux';
import { digestOf } from './digest.ts';
import { archive } from './extractor/archive-fixture.ts';
import { createScene, eventually, imageOf, never, openStorage, type Scene, sourceOf, stage } from './storage-fixture.ts';

let scene: Scene;
beforeEach(async () => { scene = await createScene(); });
afterEach(() => scene[Symbol.asyncDispose]());

test('opening sweeps what no record owns: staging, layers, containers; and forgets an image whose layer is gone', async () => {
  const good = await scene.commit('good', [{ name: 'f' }]);
  const broken = await scene.commit('broken', [{ name: 'g' }]);
  await scene.storage.rootfs.create('kept', good.chainIDs, { signal: never });
  await stage(scene.storage, archive({ name: 'h' }));
  mkdirSync(scene.inStore(`layers/${'0'.repeat(64)}/diff`), { recursive: true });
  mkdirSync(scene.inStore('containers/half/upper'), { recursive: true });
  for (const [name, record] of Object.entries({ null: 'null', zeros: '\0'.repeat(100), cut: '{"version":1,"chainIDs":["sha2' })) {
    mkdirSync(scene.inStore(`containers/${name}`));
    writeFileSync(scene.inStore(`containers/${name}/rootfs.json`), record);
  }
  for (const parent of ['staging', 'layers', 'containers', 'volumes', 'retired']) writeFileSync(scene.inStore(`${parent}/stray`), 'a file of nobody');
  rmSync(scene.inStore(`layers/${broken.chainIDs[0]?.slice(7)}`), { recursive: true });
  await scene.reopen();
  assert.deepEqual(scene.storage.images.list().map((image) => image.id), [good.id]);
  assert.deepEqual(scene.layersOnDisk(), good.chainIDs.map((chainID) => chainID.slice(7)));
  assert.deepEqual(readdirSync(scene.inStore('staging')), []);
  assert.deepEqual(readdirSync(scene.inStore('containers')), ['kept']);
  assert.deepEqual(scene.storage.rootfs.list(), ['kept']);
  await eventually('the trash is emptied', () => readdirSync(scene.inStore('trash')).length === 0);
});

for (const algorithm of ['sha256', 'sha512'] as const) {
  test(`a layer that had made room for its repair when the daemon died (${algorithm}) is back in its place, and its image with it`, async () => {
    const tar = archive({ name: 'f', data: 'x' });
    const staged = await stage(scene.storage, tar, tar, { ...sourceOf(tar, tar), diffID: digestOf(tar, algorithm) });
    const image = await scene.storage.images.commit(imageOf('a', [staged]), { signal: never });
    await scene.storage.rootfs.create('c', image.chainIDs, { signal: never });
    const hex = image.chainIDs[0]?.slice(`${algorithm}:`.length) ?? '';
    for (const name of ['', 'c']) {
      if (name === '') await scene.storage.rootfs.remove('c');
      renameSync(scene.inStore(`layers/${hex}`), scene.inStore(`retired/${hex}.0123456789abcdef`));
      await scene.reopen();
      assert.deepEqual(scene.storage.images.list().map(({ id }) => id), [image.id]);
      assert.deepEqual([scene.layersOnDisk(), readdirSync(scene.inStore('retired'))], [[hex], []]);
      const { path } = await scene.storage.rootfs.create('c', image.chainIDs, { signal: never });
      assert.equal(readFileSync(join(path, 'f'), 'utf8'), 'x');
    }
  });
}

test('what cannot be taken away is in nobody\'s way: the store opens, and layers beside it go', async () => {
  const immovable = (path: string, how: '+i' | '-i'): void => { execFileSync('chattr', [how, path]); };
  mkdirSync(scene.inStore(`layers/${'0'.repeat(64)}`));
  const gone = await scene.commit('gone', [{ name: 'f' }], [{ name: 'g' }], [{ name: 'h' }]);
  const [stuck = '', ...others] = gone.chainIDs.map((chainID) => chainID.slice('sha256:'.length));
  const stays = [scene.inStore(`layers/${'0'.repeat(64)}`), scene.inStore(`layers/${stuck}`)];
  for (const path of stays) immovable(path, '+i');
  try {
    await assert.rejects(scene.storage.images.remove(gone.id), { message: /EPERM|not permitted/ });
    assert.deepEqual(others.filter((hex) => scene.layersOnDisk().includes(hex)), []);
    await scene.reopen();
    assert.deepEqual([scene.storage.images.list(), scene.layersOnDisk().length], [[], 2]);
    const again = await scene.commit('again', [{ name: 'x' }]);
    assert.equal(scene.storage.images.get(again.id)?.id, again.id);
  } finally {
    for (const path of stays) immovable(path, '-i');
  }
  await scene.reopen();
  assert.equal(scene.layersOnDisk().length, 1);
});

test('an index of an unknown version is an error', async () => {
  await scene.close();
  const database = new Database(scene.inStore('images.db'));
  database.pragma('user_version = 99');
  database.close();
  await assert.rejects(openStorage(scene.root), (error) => error instanceof FailedPreconditionError && error.message.includes('99'));
  rmSync(scene.inStore('images.db'));
  await scene.open();
});

test('nothing is removed through a mount that stands in a container left behind', async () => {
  const precious = join(scene.root, 'precious');
  mkdirSync(precious);
  writeFileSync(join(precious, 'f'), 'x');
  const image = await scene.commit('a', [{ name: 'vol/', type: '5' }]);
  const { path } = await scene.storage.rootfs.create('c', image.chainIDs, { signal: never });
  mount(precious, join(path, 'vol'), '', MS.BIND);
  chmodSync(precious, 0o755);
  rmSync(scene.inStore('containers/c/rootfs.json'));
  await scene.reopen();
  await eventually('the trash is emptied', () => readdirSync(scene.inStore('trash')).length === 0);
  assert.equal(readFileSync(join(precious, 'f'), 'utf8'), 'x');
  assert.deepEqual(readdirSync(scene.inStore('containers')), []);
});

test('below a shared mount the store is private, and that ends with it', async () => {
  await scene.close();
  mount('', scene.root, '', MS.SHARED);
  const tags = (path: string): readonly string[] | undefined => readMountInfo().findLast(({ mountPoint }) => mountPoint === path)?.propagation;
  assert.match(tags(scene.root)?.join() ?? '', /^shared:/);
  await scene.open();
  const { path } = await scene.storage.rootfs.create('c', (await scene.commit('a', [{ name: 'f' }])).chainIDs, { signal: never });
  assert.deepEqual(tags(path), []);
  await scene.reopen();
  assert.ok(scene.storage.rootfs.isMounted('c'));
  await scene.storage.rootfs.remove('c');
  await scene.close();
  assert.equal(tags(join(scene.root, 'store')), undefined);
  await scene.open();
});

test('a daemon that is killed while it pulls leaves its containers mounted and nothing else', async () => {
  const image = await scene.commit('a', [{ name: 'f', data: 'x' }]);
  await scene.close();
  const victim = spawn(process.execPath, [fileURLToPath(new URL('./storage-victim.ts', import.meta.url)), scene.root, ...image.chainIDs], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = await once(victim.stdout, 'data') as [Buffer];
  assert.equal(said.toString(), 'half-way\n');
  assert.equal(readdirSync(scene.inStore('staging')).length, 1);
  victim.kill('SIGKILL');
  await once(victim, 'close');
  await scene.open();
  assert.deepEqual(readdirSync(scene.inStore('staging')), []);
  assert.deepEqual(scene.storage.rootfs.list(), ['c']);
  assert.ok(scene.storage.rootfs.isMounted('c'));
  assert.equal(readFileSync(scene.inStore('containers/c/rootfs/f'), 'utf8'), 'x');
  await scene.storage.rootfs.remove('c');
  assert.deepEqual(readMountInfo().filter(({ mountPoint }) => mountPoint.startsWith(scene.inStore(''))), []);
  await scene.storage.images.remove(image.id);
  assert.deepEqual(scene.layersOnDisk(), []);
});
