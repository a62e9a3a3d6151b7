import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { AlreadyExistsError, DataLossError, FailedPreconditionError, InvalidArgumentError, NotFoundError } from '#errors';
import { lgetxattr, mount, MS, readMountInfo } from '#linux';
import type { ImageRecord, Storage } from './api.ts';
import { chainIDOf, digestOf } from './digest.ts';
import { archive, type EntryFixture } from './extractor/archive-fixture.ts';
import { imageOf, never, openStorage, stage, temporaryRoot } from './storage-fixture.ts';

let root: ReturnType<typeof temporaryRoot>;
let storage: Storage;
beforeEach(async () => {
  root = temporaryRoot();
  storage = await openStorage(root.path);
});
afterEach(async () => {
  await storage[Symbol.asyncDispose]();
  root[Symbol.dispose]();
});
const inStore = (path: string): string => join(root.path, 'store', path);
const layersOnDisk = (): string[] => readdirSync(inStore('layers')).sort();

/** Another daemon over the same root. */
async function reopen(): Promise<void> {
  await storage[Symbol.asyncDispose]();
  storage = await openStorage(root.path);
}

async function commit(name: string, ...layers: (EntryFixture[] | string)[]): Promise<ImageRecord> {
  const staged = await Promise.all(layers.map(async (layer) => typeof layer === 'string' ? layer : stage(storage, archive(...layer))));
  return storage.images.commit(imageOf(name, staged), { signal: never });
}

async function eventually(what: string, condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!condition()) {
    assert.ok(Date.now() < deadline, `${what}: not within 20 s`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

test('an image is there after a restart, by id, name, digest and prefix', async () => {
  const image = await commit('a', [{ name: 'f', data: 'x' }], [{ name: 'g', data: 'y' }]);
  const [first = '', second = ''] = image.chainIDs;
  assert.equal(second, chainIDOf(first, digestOf(archive({ name: 'g', data: 'y' }))));
  await reopen();
  for (const found of [storage.images.get(image.id), storage.images.byName('registry.test/a:1'), storage.images.byName(`registry.test/a@${digestOf('a')}`), storage.images.byIdPrefix(image.id.slice(0, 20)), storage.images.byIdPrefix(image.id.slice(7, 19))]) {
    assert.deepEqual({ ...found, config: Buffer.from(found?.config ?? []).toString() }, { ...image, config: '{"name":"a"}' });
  }
  assert.equal(storage.images.byIdPrefix(''), undefined);
  assert.equal(storage.images.byIdPrefix('sha256:'), undefined);
  assert.ok(storage.layers.has(first) && storage.layers.has(second));
  assert.equal(statSync(inStore('')).mode & 0o777, 0o700);
});

test('a name moves to the image that gets it, and an image keeps the names it has', async () => {
  const first = await commit('a', [{ name: 'f', data: '1' }]);
  const again = await storage.images.commit({ ...imageOf('a', first.chainIDs), names: ['registry.test/other:2'] }, { signal: never });
  assert.deepEqual(again.names, ['registry.test/a:1', 'registry.test/other:2']);
  const second = await storage.images.commit({ ...imageOf('b', first.chainIDs), names: ['registry.test/a:1'] }, { signal: never });
  for (let round = 0; round < 2; round++) {
    assert.equal(storage.images.byName('registry.test/a:1')?.id, second.id);
    assert.deepEqual(storage.images.get(first.id)?.names, ['registry.test/other:2']);
    await reopen();
  }
  await storage.images.update(first.id, { names: [], pinned: true });
  assert.equal(storage.images.byName('registry.test/other:2'), undefined);
  await reopen();
  assert.deepEqual([storage.images.get(first.id)?.names, storage.images.get(first.id)?.pinned], [[], true]);
  await assert.rejects(storage.images.update(digestOf('none'), {}), NotFoundError);
});

test('two images share layers: each is on disk once, and stays while one of them does', async () => {
  const base = [{ name: 'base', data: 'b' }];
  const one = await commit('one', base, [{ name: 'one' }]);
  const two = await commit('two', base, [{ name: 'two' }]);
  const three = await commit('three', one.chainIDs[0] ?? '');
  assert.equal(one.chainIDs[0], two.chainIDs[0]);
  assert.equal(layersOnDisk().length, 3);
  assert.deepEqual(readdirSync(inStore('staging')), []);
  const before = storage.rootfs.fsInfo();
  await storage.images.remove(one.id);
  assert.equal(storage.images.get(one.id), undefined);
  assert.equal(storage.images.byName('registry.test/one:1'), undefined);
  assert.equal(layersOnDisk().length, 2);
  assert.ok(storage.rootfs.fsInfo().inodesUsed < before.inodesUsed);
  await storage.images.remove(two.id);
  assert.deepEqual(layersOnDisk(), [(three.chainIDs[0] ?? '').slice(7)]);
  await storage.images.remove(three.id);
  await storage.images.remove(three.id);
  assert.deepEqual(layersOnDisk(), []);
  assert.equal(storage.rootfs.fsInfo().usedBytes, 0);
  await eventually('the trash is emptied', () => readdirSync(inStore('trash')).length === 0);
});

test('commit() of a layer that is gone fails and keeps what is staged; a hold keeps a layer from going', async () => {
  const image = await commit('a', [{ name: 'f' }]);
  const [chainID = ''] = image.chainIDs;
  const hold = storage.layers.hold([chainID]);
  await storage.images.remove(image.id);
  assert.ok(storage.layers.has(chainID));
  await commit('b', chainID, [{ name: 'g' }]);
  hold?.[Symbol.dispose]();
  await storage.images.remove(imageOf('b', []).id);
  assert.equal(storage.layers.has(chainID), false);
  assert.equal(storage.layers.hold([chainID]), undefined);
  await using staged = await stage(storage, archive({ name: 'h' }));
  await assert.rejects(storage.images.commit(imageOf('c', [chainID, staged]), { signal: never }), NotFoundError);
  assert.equal(readdirSync(inStore('staging')).length, 1);
  assert.equal((await storage.images.commit(imageOf('c', [staged]), { signal: never })).chainIDs.length, 1);
});

test('a hold that ends lets an unused layer go', async () => {
  const image = await commit('a', [{ name: 'f' }]);
  const hold = storage.layers.hold(image.chainIDs);
  await storage.images.remove(image.id);
  hold?.[Symbol.dispose]();
  await eventually('the layer is removed', () => layersOnDisk().length === 0);
});

test('a commit that fails half-way leaves neither image nor layer, and works the next time', async () => {
  const first = await stage(storage, archive({ name: 'f' }));
  const second = await stage(storage, archive({ name: 'g' }));
  const obstacle = inStore(`layers/${chainIDOf(first.diffID, second.diffID).slice(7)}`);
  mkdirSync(join(obstacle, 'x'), { recursive: true });
  await assert.rejects(storage.images.commit(imageOf('a', [first, second]), { signal: never }));
  assert.deepEqual(storage.images.list(), []);
  assert.equal(readdirSync(inStore('staging')).length, 2);
  rmSync(obstacle, { recursive: true });
  await storage.images.commit(imageOf('a', [first, second]), { signal: never });
  assert.equal(storage.images.list().length, 1);
});

test('opening sweeps what no record owns: staging, layers, containers; and forgets an image whose layer is gone', async () => {
  const good = await commit('good', [{ name: 'f' }]);
  const broken = await commit('broken', [{ name: 'g' }]);
  await storage.rootfs.create('kept', good.chainIDs, { signal: never });
  await stage(storage, archive({ name: 'h' }));
  mkdirSync(inStore(`layers/${'0'.repeat(64)}/diff`), { recursive: true });
  mkdirSync(inStore('containers/half/upper'), { recursive: true });
  rmSync(inStore(`layers/${broken.chainIDs[0]?.slice(7)}`), { recursive: true });
  await reopen();
  assert.deepEqual(storage.images.list().map((image) => image.id), [good.id]);
  assert.deepEqual(layersOnDisk(), good.chainIDs.map((chainID) => chainID.slice(7)));
  assert.deepEqual(readdirSync(inStore('staging')), []);
  assert.deepEqual(readdirSync(inStore('containers')), ['kept']);
  assert.deepEqual(storage.rootfs.list(), ['kept']);
  await eventually('the trash is emptied', () => readdirSync(inStore('trash')).length === 0);
});

test('an index of an unknown version is an error', async () => {
  await storage[Symbol.asyncDispose]();
  const database = new Database(inStore('images.db'));
  database.pragma('user_version = 99');
  database.close();
  await assert.rejects(openStorage(root.path), (error) => error instanceof FailedPreconditionError && error.message.includes('99'));
  rmSync(inStore('images.db'));
  storage = await openStorage(root.path);
});

test('blobs are kept with the image that has them as manifest', async () => {
  const manifest = Buffer.from('manifest of a');
  await storage.images.putBlob(digestOf(manifest), manifest);
  assert.deepEqual(Buffer.from(await storage.images.getBlob(digestOf(manifest)) ?? []), manifest);
  await assert.rejects(storage.images.putBlob(digestOf('other'), manifest), DataLossError);
  await assert.rejects(storage.images.putBlob('sha256:../../x', manifest), InvalidArgumentError);
  const image = await commit('a', [{ name: 'f' }]);
  await storage.images.putBlob(digestOf('orphan'), Buffer.from('orphan'));
  await reopen();
  assert.deepEqual(Buffer.from(await storage.images.getBlob(digestOf(manifest)) ?? []), manifest);
  assert.equal(await storage.images.getBlob(digestOf('orphan')), undefined);
  await storage.images.remove(image.id);
  assert.equal(await storage.images.getBlob(digestOf(manifest)), undefined);
});

test('a root file system shows the layers: whiteouts, opaque directories, links, set-id bits, attributes', async () => {
  const image = await commit('a',
    [{ name: './', type: '5', mode: 0o755 }, { name: 'gone', data: 'x' }, { name: 'dir/', type: '5' }, { name: 'dir/old', data: 'x' }, { name: 'kept', data: 'k' }, { name: 'replaced/', type: '5' }, { name: 'replaced/inside' }],
    [{ name: '.wh.gone' }, { name: 'dir/.wh..wh..opq' }, { name: 'dir/new', data: 'n', mode: 0o4755, uid: 7 }, { name: 'hard', type: '1', linkName: 'dir/new' }, { name: 'soft', type: '2', linkName: '/kept' }, { name: 'replaced', data: 'a file' }],
    [{ name: './', type: '5', mode: 0o711 }, { name: 'attr', pax: { 'SCHILY.xattr.user.a': 'b' } }]);
  const { path, upper } = await storage.rootfs.create('c1', image.chainIDs, { signal: never });
  assert.deepEqual(readdirSync(path).sort(), ['attr', 'dir', 'hard', 'kept', 'replaced', 'soft']);
  assert.deepEqual(readdirSync(join(path, 'dir')), ['new']);
  assert.deepEqual([lstatSync(join(path, 'hard')).nlink, lstatSync(join(path, 'hard')).mode & 0o7777, lstatSync(join(path, 'hard')).uid], [2, 0o4755, 7]);
  assert.equal(readFileSync(join(path, 'replaced'), 'utf8'), 'a file');
  assert.equal(lgetxattr(join(path, 'attr'), 'user.a')?.toString(), 'b');
  assert.equal(statSync(path).mode & 0o7777, 0o711);
  writeFileSync(join(path, 'kept'), 'changed');
  assert.equal(readFileSync(join(upper, 'kept'), 'utf8'), 'changed');
});

test('implied directories look as in the layers below, unless those are hidden', async () => {
  const image = await commit('a',
    [{ name: './', type: '5', mode: 0o750, uid: 3 }, { name: 'tmp/', type: '5', mode: 0o1777, mtime: 1_500_000_000 }, { name: 'var/', type: '5', mode: 0o700, uid: 5, gid: 6, pax: { 'SCHILY.xattr.user.a': 'b' } }, { name: 'var/lib/', type: '5', mode: 0o711 }, { name: 'gone/', type: '5', mode: 0o700 }],
    [{ name: 'tmp/x' }, { name: '.wh.gone' }],
    [{ name: 'tmp/y' }, { name: 'var/lib/z' }, { name: 'gone/again' }, { name: 'fresh/f' }]);
  const { path } = await storage.rootfs.create('c1', image.chainIDs, { signal: never });
  const of = (name: string): number[] => { const stat = statSync(join(path, name)); return [stat.mode & 0o7777, stat.uid, stat.gid]; };
  assert.deepEqual(of(''), [0o750, 3, 0]);
  assert.deepEqual(of('tmp'), [0o1777, 0, 0]);
  assert.deepEqual(of('var'), [0o700, 5, 6]);
  assert.equal(lgetxattr(join(path, 'var'), 'user.a')?.toString(), 'b');
  assert.deepEqual(of('var/lib'), [0o711, 0, 0]);
  assert.deepEqual(of('gone'), [0o755, 0, 0]);
  assert.deepEqual(of('fresh'), [0o755, 0, 0]);
  assert.deepEqual(readdirSync(join(path, 'tmp')).sort(), ['x', 'y']);
});

test('root file systems of one image are apart, outlive the daemon and their image, and take the layers with them', async () => {
  const image = await commit('a', [{ name: 'f', data: 'x' }]);
  const one = await storage.rootfs.create('one', image.chainIDs, { signal: never });
  const two = await storage.rootfs.create('two', image.chainIDs, { signal: never });
  assert.deepEqual(await storage.rootfs.create('one', image.chainIDs, { signal: never }), one);
  await assert.rejects(storage.rootfs.create('one', [], { signal: never }), AlreadyExistsError);
  writeFileSync(join(one.path, 'f'), 'one');
  assert.equal(readFileSync(join(two.path, 'f'), 'utf8'), 'x');
  await storage.images.remove(image.id);
  await reopen();
  assert.deepEqual([...storage.rootfs.list()].sort(), ['one', 'two']);
  assert.ok(storage.rootfs.isMounted('one'));
  assert.equal(readFileSync(join(one.path, 'f'), 'utf8'), 'one');
  await storage.rootfs.unmount('one');
  await storage.rootfs.unmount('one');
  assert.equal(storage.rootfs.isMounted('one'), false);
  await storage.rootfs.ensureMounted('one');
  assert.equal(readFileSync(join(one.path, 'f'), 'utf8'), 'one');
  assert.equal(layersOnDisk().length, 1);
  for (const id of ['one', 'two', 'two', 'never']) await storage.rootfs.remove(id);
  assert.deepEqual(readdirSync(inStore('containers')), []);
  assert.deepEqual(layersOnDisk(), []);
  assert.equal(readMountInfo().some(({ mountPoint }) => mountPoint.startsWith(`${inStore('')}/`)), false);
  await assert.rejects(storage.rootfs.ensureMounted('one'), NotFoundError);
  await assert.rejects(storage.rootfs.usage('one'), NotFoundError);
});

test('create() of a root file system refuses bad ids and missing layers, and leaves nothing', async () => {
  for (const id of ['', '..', '../x', 'a/b', '.hidden', 'x'.repeat(129)]) await assert.rejects(storage.rootfs.create(id, [], { signal: never }), InvalidArgumentError);
  await assert.rejects(storage.rootfs.create('c', [digestOf('none')], { signal: never }), NotFoundError);
  assert.deepEqual(readdirSync(inStore('containers')), []);
});

test('an image of 128 layers and one of none become root file systems', async () => {
  const staged = [];
  for (let i = 0; i < 128; i++) staged.push(await stage(storage, archive({ name: `layer${i}` })));
  const image = await storage.images.commit(imageOf('deep', staged), { signal: never });
  const deep = await storage.rootfs.create('deep', image.chainIDs, { signal: never });
  assert.equal(readdirSync(deep.path).length, 128);
  const none = await storage.rootfs.create('none', [], { signal: never });
  writeFileSync(join(none.path, 'f'), '');
  assert.deepEqual(readdirSync(none.path), ['f']);
  assert.equal(statSync(none.path).mode & 0o777, 0o755);
});

test('usage() of a root file system counts what the container wrote', async () => {
  const image = await commit('a', [{ name: 'f', data: Buffer.alloc(1_000_000, 'x') }]);
  const { path } = await storage.rootfs.create('c', image.chainIDs, { signal: never });
  mkdirSync(join(path, 'd'));
  writeFileSync(join(path, 'd/new'), Buffer.alloc(100_000));
  await reopen();
  const usage = await storage.rootfs.usage('c');
  assert.equal(usage.inodes, 2);
  assert.ok(usage.bytes >= 100_000 && usage.bytes < 200_000, `${usage.bytes}`);
  assert.ok(storage.rootfs.fsInfo().usedBytes >= 1_000_000);
});

test('nothing is removed through a mount that stands in a container left behind', async () => {
  const precious = join(root.path, 'precious');
  mkdirSync(precious);
  writeFileSync(join(precious, 'f'), 'x');
  const image = await commit('a', [{ name: 'vol/', type: '5' }]);
  const { path } = await storage.rootfs.create('c', image.chainIDs, { signal: never });
  mount(precious, join(path, 'vol'), '', MS.BIND);
  chmodSync(precious, 0o755);
  rmSync(inStore('containers/c/rootfs.json'));
  await reopen();
  await eventually('the trash is emptied', () => readdirSync(inStore('trash')).length === 0);
  assert.equal(readFileSync(join(precious, 'f'), 'utf8'), 'x');
  assert.deepEqual(readdirSync(inStore('containers')), []);
});

test('below a shared mount the store is private, and that ends with it', async () => {
  await storage[Symbol.asyncDispose]();
  mount('', root.path, '', MS.SHARED);
  const tags = (path: string): readonly string[] | undefined => readMountInfo().findLast(({ mountPoint }) => mountPoint === path)?.propagation;
  assert.match(tags(root.path)?.join() ?? '', /^shared:/);
  storage = await openStorage(root.path);
  const { path } = await storage.rootfs.create('c', (await commit('a', [{ name: 'f' }])).chainIDs, { signal: never });
  assert.deepEqual(tags(path), []);
  await reopen();
  assert.ok(storage.rootfs.isMounted('c'));
  await storage.rootfs.remove('c');
  await storage[Symbol.asyncDispose]();
  assert.equal(tags(join(root.path, 'store')), undefined);
  storage = await openStorage(root.path);
});

test('a daemon that is killed while it pulls leaves its containers mounted and nothing else', async () => {
  const image = await commit('a', [{ name: 'f', data: 'x' }]);
  await storage[Symbol.asyncDispose]();
  const victim = spawn(process.execPath, [fileURLToPath(new URL('./storage-victim.ts', import.meta.url)), root.path, ...image.chainIDs], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = await once(victim.stdout, 'data') as [Buffer];
  assert.equal(said.toString(), 'half-way\n');
  assert.equal(readdirSync(inStore('staging')).length, 1);
  victim.kill('SIGKILL');
  await once(victim, 'close');
  storage = await openStorage(root.path);
  assert.deepEqual(readdirSync(inStore('staging')), []);
  assert.deepEqual(storage.rootfs.list(), ['c']);
  assert.ok(storage.rootfs.isMounted('c'));
  assert.equal(readFileSync(inStore('containers/c/rootfs/f'), 'utf8'), 'x');
  await storage.rootfs.remove('c');
  assert.deepEqual(readMountInfo().filter(({ mountPoint }) => mountPoint.startsWith(inStore(''))), []);
  await storage.images.remove(image.id);
  assert.deepEqual(layersOnDisk(), []);
});
