import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { AlreadyExistsError, InvalidArgumentError } from '#errors';
import { idMappedBind, lgetxattr, readMountInfo } from '#linux';
import { silentLogger } from '#log';
import type { EntryFixture } from './extractor/archive-fixture.ts';
import { JobWorker } from './job-worker.ts';
import { LayerMounter } from './layer-mount.ts';
import { LayerTable } from './layer-table.ts';
import { rootfsLayout, storageLayout } from './layout.ts';
import { createScene, eventually, never, type Scene } from './storage-fixture.ts';
import { userNamespace } from './user-namespace-fixture.ts';

const HOST_ID = 200_000;
/** cap_net_raw+ep, revision 2: what setcap writes. */
const NET_RAW = Buffer.from('0100000200200000000000000000000000000000', 'hex').toString('latin1');
const LOWER: EntryFixture[] = [
  { name: './', type: '5', mode: 0o755 }, { name: 'root', data: 'r', mode: 0o600 }, { name: 'user', data: 'u', uid: 1000, gid: 1001 }, { name: 'suid', data: 's', mode: 0o4755, uid: 7 },
  { name: 'outside', data: 'x', uid: 70_000 }, { name: 'gone', data: 'x' }, { name: 'dir/', type: '5', mode: 0o1777, uid: 5 }, { name: 'dir/one', data: '1' }, { name: 'dir/two', type: '1', linkName: 'dir/one' },
  { name: 'link', type: '2', linkName: '/user', uid: 1000 }, { name: 'null', type: '3', devMajor: 1, devMinor: 3 }, { name: 'able', data: 'a', mode: 0o755, pax: { 'SCHILY.xattr.security.capability': NET_RAW } },
];
const UPPER: EntryFixture[] = [{ name: '.wh.gone' }, { name: 'dir/three', data: '3', uid: 3 }];

let scene: Scene;
let namespace: Awaited<ReturnType<typeof userNamespace>>;
before(async () => { namespace = await userNamespace(HOST_ID); });
after(() => namespace[Symbol.asyncDispose]());
beforeEach(async () => { scene = await createScene(); });
afterEach(() => scene[Symbol.asyncDispose]());

test('a root file system with mapped ids shows and keeps the namespace\'s owners, and its root may enter', async () => {
  const image = await scene.commit('a', LOWER, UPPER);
  const { idMap } = namespace;
  const { path, upper } = await scene.storage.rootfs.create('c', image.chainIDs, { signal: never, idMap });
  assertShifted(path);
  assert.deepEqual(readMountInfo().filter(({ mountPoint }) => mountPoint.startsWith(scene.inStore(''))).map(({ mountPoint }) => mountPoint), [path]);
  assert.equal(inside(`cat ${path}/root && echo more >> ${path}/user && stat -c %u:%g ${path}/user ${path}/root`), 'r1000:1001\n0:0');
  assert.equal(readFileSync(join(upper, 'user'), 'utf8'), 'umore\n');
  assert.equal(statSync(join(upper, 'user')).uid, HOST_ID + 1000);
  assert.throws(() => inside(`ls ${scene.inStore('')}`));
  assert.throws(() => inside(`cat ${scene.inStore('images.db')}`));
  assert.throws(() => inside(`ls ${scene.inStore('layers')}`));
  assertNobodys(path);
});

test('it can be mounted again by another daemon, and is refused with other ids', async () => {
  const image = await scene.commit('a', LOWER, UPPER);
  const { idMap } = namespace;
  const { path } = await scene.storage.rootfs.create('c', image.chainIDs, { signal: never, idMap });
  await scene.storage.rootfs.unmount('c');
  await scene.reopen();
  await scene.storage.rootfs.ensureMounted('c');
  assertShifted(path);
  await assert.rejects(scene.storage.rootfs.create('c', image.chainIDs, { signal: never }), AlreadyExistsError);
  await assert.rejects(scene.storage.rootfs.create('d', image.chainIDs, { signal: never, idMap: { ...idMap, uids: [{ containerId: 1, hostId: 1, length: 1 }] } }), InvalidArgumentError);
  await scene.storage.rootfs.create('none', [], { signal: never, idMap });
  assert.deepEqual(scene.storage.rootfs.list(), ['c', 'none']);
});

test('where mounts cannot have other ids the files are copied, with owners, links, devices, attributes and capabilities', async () => {
  const image = await scene.commit('a', LOWER, UPPER);
  const layout = storageLayout(scene.inStore(''));
  await using walker = new JobWorker(layout.codeCache);
  const layers = new LayerTable(layout, image.chainIDs.map((chainID) => ({ chainID, diffID: chainID, digest: chainID, diskBytes: 0, inodes: 0 })), { emptyTrash: () => undefined, onReleased: () => undefined, discard: () => undefined });
  const mounter = new LayerMounter(layout, layers, walker, silentLogger, () => { throw Object.assign(new Error('no'), { code: 'EINVAL' }); });
  await scene.storage.rootfs.create('c', image.chainIDs, { signal: never });
  await scene.storage.rootfs.unmount('c');
  const place = rootfsLayout(layout, 'c');
  chownSync(place.upper, HOST_ID, HOST_ID);
  for (const attempt of ['copies', 'finds the copy']) {
    await mounter.mount(place, image.chainIDs, { idMap: namespace.idMap, upper: place.upper, work: place.work });
    assertShifted(place.path);
    assert.equal(lstatSync(join(place.path, 'dir/one')).nlink, 2, attempt);
    assert.equal(readdirSync(place.shifted).includes('gone'), false);
    assertNobodys(place.path);
    await mounter.unmount(place);
  }
  assert.equal(existsSync(`${place.shifted}.half`), false);
});

test('a daemon killed while it mounts leaves a mount that the next one ends, also with its root behind a symlink, and the removal is whole', async () => {
  const image = await scene.commit('a', LOWER);
  const { idMap } = namespace;
  await scene.storage.rootfs.create('c', image.chainIDs, { signal: never, idMap });
  await scene.storage.rootfs.create('plain', image.chainIDs, { signal: never });
  await scene.storage.volumes.mount('plain', image.chainIDs, { signal: never, idMap });
  await scene.close();
  const places = [scene.inStore('containers/c/mapped'), ...readdirSync(scene.inStore('volumes')).map((key) => scene.inStore(`volumes/${key}/mapped`))];
  assert.equal(places.length, 2);
  for (const place of places) idMappedBind(scene.inStore('layers'), place, idMap.userNamespace);
  const behind = join(scene.root, 'link');
  symlinkSync(scene.root, behind);
  await scene.open(behind);
  assert.deepEqual(readMountInfo().filter(({ mountPoint }) => places.includes(mountPoint)), []);
  for (const id of ['c', 'plain']) await scene.storage.rootfs.remove(id);
  await eventually('the trash is emptied', () => readdirSync(scene.inStore('trash')).length === 0);
});

/** Runs a command as the namespace's root. */
function inside(command: string): string {
  execFileSync('chmod', ['711', scene.root]);
  return execFileSync('nsenter', ['--user', '--preserve-credentials', '--setuid=0', '--setgid=0', `--target=${namespace.pid}`, 'sh', '-c', command], { encoding: 'utf8', stdio: 'pipe' }).trim();
}

/** A file whose owner the namespace does not map can be read as others may, and nobody there may change or take it. */
function assertNobodys(path: string): void {
  assert.equal(inside(`stat -c %u ${path}/outside && cat ${path}/outside`), '65534\nx');
  for (const change of [`echo more >> ${path}/outside`, `chown 0 ${path}/outside`, `chmod 666 ${path}/outside`]) assert.throws(() => inside(change), change);
}

function assertShifted(path: string): void {
  const of = (name: string): (number | string)[] => { const { mode, uid, gid } = lstatSync(join(path, name)); return [mode & 0o7777, uid - HOST_ID, gid - HOST_ID]; };
  assert.deepEqual(of('root'), [0o600, 0, 0]);
  assert.deepEqual(of('user'), [0o644, 1000, 1001]);
  assert.deepEqual(of('suid'), [0o4755, 7, 0]);
  assert.deepEqual(of('dir'), [0o1777, 5, 0]);
  assert.deepEqual(of('dir/three').slice(1), [3, 0]);
  assert.deepEqual(of('link').slice(1), [1000, 0]);
  assert.equal(lstatSync(join(path, 'outside')).uid, 65534);
  assert.equal(lstatSync(join(path, 'null')).rdev, 0x103);
  assert.equal(lstatSync(join(path, 'dir/one')).ino, lstatSync(join(path, 'dir/two')).ino);
  assert.deepEqual(readdirSync(path).sort(), ['able', 'dir', 'link', 'null', 'outside', 'root', 'suid', 'user']);
  assert.equal(statSync(path).uid, HOST_ID);
  // Revision 3, for the namespace whose root is HOST_ID.
  const capability = lgetxattr(join(path, 'able'), 'security.capability');
  assert.equal(capability?.readUInt32LE(0), 0x03000001);
  assert.equal(capability.readUInt32LE(20), HOST_ID);
}
