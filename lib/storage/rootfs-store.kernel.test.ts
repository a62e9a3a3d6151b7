import assert from 'node:assert/strict';
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { AlreadyExistsError, errnoOf, InvalidArgumentError, NotFoundError } from '#errors';
import { lgetxattr, lsetxattr, readMountInfo } from '#linux';
import { digestOf } from './digest.ts';
import { archive } from './extractor/archive-fixture.ts';
import { createScene, eventually, imageOf, never, type Scene, stage } from './storage-fixture.ts';

let scene: Scene;
beforeEach(async () => { scene = await createScene(); });
afterEach(() => scene[Symbol.asyncDispose]());

test('a root file system shows the layers: whiteouts, opaque directories, links, set-id bits, attributes', async () => {
  const image = await scene.commit('a',
    [{ name: './', type: '5', mode: 0o755 }, { name: 'gone', data: 'x' }, { name: 'dir/', type: '5' }, { name: 'dir/old', data: 'x' }, { name: 'kept', data: 'k' }, { name: 'replaced/', type: '5' }, { name: 'replaced/inside' }],
    [{ name: '.wh.gone' }, { name: 'dir/.wh..wh..opq' }, { name: 'dir/new', data: 'n', mode: 0o4755, uid: 7 }, { name: 'hard', type: '1', linkName: 'dir/new' }, { name: 'soft', type: '2', linkName: '/kept' }, { name: 'replaced', data: 'a file' }],
    [{ name: './', type: '5', mode: 0o711 }, { name: 'attr', pax: { 'SCHILY.xattr.user.a': 'b' } }]);
  const { path, upper } = await scene.storage.rootfs.create('c1', image.chainIDs, { signal: never });
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
  const image = await scene.commit('a',
    [{ name: './', type: '5', mode: 0o750, uid: 3 }, { name: 'tmp/', type: '5', mode: 0o1777, mtime: 1_500_000_000 }, { name: 'var/', type: '5', mode: 0o700, uid: 5, gid: 6, pax: { 'SCHILY.xattr.user.a': 'b' } }, { name: 'var/lib/', type: '5', mode: 0o711 }, { name: 'gone/', type: '5', mode: 0o700 }],
    [{ name: 'tmp/x' }, { name: '.wh.gone' }],
    [{ name: 'tmp/y' }, { name: 'var/lib/z' }, { name: 'gone/again' }, { name: 'fresh/f' }]);
  const { path } = await scene.storage.rootfs.create('c1', image.chainIDs, { signal: never });
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
  const image = await scene.commit('a', [{ name: 'f', data: 'x' }]);
  const one = await scene.storage.rootfs.create('one', image.chainIDs, { signal: never });
  const two = await scene.storage.rootfs.create('two', image.chainIDs, { signal: never });
  assert.deepEqual(await scene.storage.rootfs.create('one', image.chainIDs, { signal: never }), one);
  await assert.rejects(scene.storage.rootfs.create('one', [], { signal: never }), AlreadyExistsError);
  writeFileSync(join(one.path, 'f'), 'one');
  assert.equal(readFileSync(join(two.path, 'f'), 'utf8'), 'x');
  await scene.storage.images.remove(image.id);
  await scene.reopen();
  assert.deepEqual([...scene.storage.rootfs.list()].sort(), ['one', 'two']);
  assert.ok(scene.storage.rootfs.isMounted('one'));
  assert.equal(readFileSync(join(one.path, 'f'), 'utf8'), 'one');
  await scene.storage.rootfs.unmount('one');
  await scene.storage.rootfs.unmount('one');
  assert.equal(scene.storage.rootfs.isMounted('one'), false);
  await scene.storage.rootfs.ensureMounted('one');
  assert.equal(readFileSync(join(one.path, 'f'), 'utf8'), 'one');
  assert.equal(scene.layersOnDisk().length, 1);
  for (const id of ['one', 'two', 'two', 'never']) await scene.storage.rootfs.remove(id);
  assert.deepEqual(readdirSync(scene.inStore('containers')), []);
  assert.deepEqual(scene.layersOnDisk(), []);
  assert.equal(readMountInfo().some(({ mountPoint }) => mountPoint.startsWith(`${scene.inStore('')}/`)), false);
  await assert.rejects(scene.storage.rootfs.ensureMounted('one'), NotFoundError);
  assert.throws(() => scene.storage.rootfs.usage('one'), NotFoundError);
});

test('create() of a root file system refuses bad ids and missing layers, and leaves nothing', async () => {
  for (const id of ['', '..', '../x', 'a/b', '.hidden', 'x'.repeat(129)]) await assert.rejects(scene.storage.rootfs.create(id, [], { signal: never }), InvalidArgumentError);
  await assert.rejects(scene.storage.rootfs.create('c', [digestOf('none')], { signal: never }), NotFoundError);
  assert.deepEqual(readdirSync(scene.inStore('containers')), []);
});

test('create() that fails half-way leaves nothing, holds no layer, and works when asked again', async () => {
  const image = await scene.commit('a', [{ name: 'f', data: 'x' }]);
  const written = await stage(scene.storage, archive({ name: 'w', data: 'w' }));
  await written[Symbol.asyncDispose]();
  await eventually('what was written is gone', () => !existsSync(written.directory));
  await assert.rejects(scene.storage.rootfs.create('c', image.chainIDs, { signal: never, upper: written }), /ENOENT/);
  assert.deepEqual([readdirSync(scene.inStore('containers')), scene.storage.rootfs.list(), scene.storage.rootfs.isMounted('c')], [[], [], false]);
  const { path } = await scene.storage.rootfs.create('c', image.chainIDs, { signal: never });
  assert.deepEqual(readdirSync(path), ['f']);
  await scene.storage.rootfs.remove('c');
  await assert.rejects(scene.storage.rootfs.create('d', image.chainIDs, { signal: never, upper: written }), /ENOENT/);
  await scene.storage.images.remove(image.id);
  await eventually('the layer is gone', () => scene.layersOnDisk().length === 0);
});

test('an image of 128 layers and one of none become root file systems', async () => {
  const staged = [];
  for (let i = 0; i < 128; i++) staged.push(await stage(scene.storage, archive({ name: `layer${i}` })));
  const image = await scene.storage.images.commit(imageOf('deep', staged), { signal: never });
  const deep = await scene.storage.rootfs.create('deep', image.chainIDs, { signal: never });
  assert.equal(readdirSync(deep.path).length, 128);
  const none = await scene.storage.rootfs.create('none', [], { signal: never });
  writeFileSync(join(none.path, 'f'), '');
  assert.deepEqual(readdirSync(none.path), ['f']);
  assert.equal(statSync(none.path).mode & 0o777, 0o755);
});

test('usage() of a root file system counts what the container wrote', async () => {
  const image = await scene.commit('a', [{ name: 'f', data: Buffer.alloc(1_000_000, 'x') }]);
  const { path } = await scene.storage.rootfs.create('c', image.chainIDs, { signal: never });
  mkdirSync(join(path, 'd'));
  writeFileSync(join(path, 'd/new'), Buffer.alloc(100_000));
  await scene.reopen();
  const usage = await scene.storage.rootfs.usage('c');
  assert.equal(usage.inodes, 2);
  assert.ok(usage.bytes >= 100_000 && usage.bytes < 200_000, `${usage.bytes}`);
  assert.ok(scene.storage.rootfs.fsInfo().usedBytes >= 1_000_000);
});

test('a layer whose attributes would redirect overlayfs, had they come in, redirects nothing', async () => {
  const image = await scene.commit('a', [{ name: 'secret/', type: '5' }, { name: 'secret/key', data: 'lower' }], [{ name: 'bait/', type: '5' }, { name: 'thin', data: '' }]);
  const top = join(scene.inStore('layers'), (image.chainIDs[1] ?? '').slice('sha256:'.length), 'diff');
  // As if the extractor had let them through: it escapes these names.
  lsetxattr(join(top, 'bait'), 'trusted.overlay.redirect', Buffer.from('/secret'));
  lsetxattr(join(top, 'thin'), 'trusted.overlay.metacopy', Buffer.alloc(0));
  lsetxattr(join(top, 'thin'), 'trusted.overlay.redirect', Buffer.from('/secret/key'));
  const { path } = await scene.storage.rootfs.create('c', image.chainIDs, { signal: never });
  assert.throws(() => readFileSync(join(path, 'bait/key'), 'utf8'), /EPERM|ENOENT|EIO/);
  const thin = ((): string => { try { return readFileSync(join(path, 'thin'), 'utf8'); } catch (error) { return errnoOf(error) ?? ''; } })();
  assert.notEqual(thin, 'lower');
});
