import assert from 'node:assert/strict';
import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { FailedPreconditionError } from '#errors';
import { deviceNumber, lgetxattr, llistxattr, MNT_DETACH, mount, umount } from '#linux';
import { archive, type EntryFixture } from './archive-fixture.ts';
import { createScene, type Scene, unpackArchive } from './unpack-fixture.ts';

let scene: Scene;
beforeEach(() => { scene = createScene(); });
afterEach(() => { scene[Symbol.dispose](); });
const at = (path: string): string => scene.at(path);
const unpack = (...entries: EntryFixture[]): string[] => scene.unpack(...entries);
const isWhiteout = (path: string): boolean => { const stat = lstatSync(at(path)); return stat.isCharacterDevice() && stat.rdev === 0; };
const isOpaque = (path: string): boolean => lgetxattr(at(path), 'trusted.overlay.opaque')?.toString() === 'y';

test('Unpacker keeps data, mode, owner and time of every type', () => {
  const common = { uid: 12, gid: 34, mtime: 1_600_000_000 };
  assert.deepEqual(unpack(
    { name: './', type: '5', mode: 0o711, uid: 5, gid: 6 },
    { name: 'd', type: '5', mode: 0o2750, ...common },
    { name: 'd/setuid', data: 'x', mode: 0o4755, ...common },
    { name: 'd/plain', data: 'yy', mode: 0o600 },
    { name: 'd/none', mode: 0, ...common },
    { name: 'd/link', type: '2', linkName: '/etc/../../passwd', ...common },
    { name: 'd/hard', type: '1', linkName: '/d/setuid' },
    { name: 'd/fifo', type: '6', mode: 0o622, ...common },
    { name: 'd/null', type: '3', devMajor: 1, devMinor: 3, mode: 0o666, ...common },
    { name: 'd/disk', type: '4', devMajor: 259, devMinor: 70000, mode: 0o660 },
    { name: 'tmp/', type: '5', mode: 0o1777 },
  ), []);
  const of = (path: string): unknown[] => { const s = lstatSync(at(path)); return [s.mode & 0o7777, s.uid, s.gid, s.mtimeMs / 1000]; };
  assert.deepEqual(of(''), [0o711, 5, 6, 1_700_000_000]);
  assert.deepEqual(of('d'), [0o2750, 12, 34, 1_600_000_000]);
  assert.deepEqual(of('d/setuid'), [0o4755, 12, 34, 1_600_000_000]);
  assert.deepEqual(of('d/plain'), [0o600, 0, 0, 1_700_000_000], 'the set-group-id bit of the directory does not reach it');
  assert.deepEqual(of('d/none'), [0, 12, 34, 1_600_000_000]);
  assert.deepEqual(of('d/link').slice(1), [12, 34, 1_600_000_000]);
  assert.equal(readlinkSync(at('d/link')), '/etc/../../passwd');
  assert.equal(lstatSync(at('d/hard')).ino, lstatSync(at('d/setuid')).ino);
  assert.ok(lstatSync(at('d/fifo')).isFIFO());
  assert.deepEqual(of('d/null'), [0o666, 12, 34, 1_600_000_000]);
  assert.deepEqual(deviceNumber(lstatSync(at('d/disk')).rdev), { major: 259, minor: 70000 });
  assert.equal(of('tmp')[0], 0o1777);
});

test('Unpacker leaves out zeros inside and at the end of a file, and keeps its length and data', () => {
  const MiB = 1024 ** 2;
  const data = Buffer.alloc(3 * MiB + 1234);
  data.fill('x', 100, 5000);
  data.fill('y', MiB, MiB + 20_000);
  unpack({ name: 'sparse', data }, { name: 'zeros', data: Buffer.alloc(MiB) }, { name: 'dense', data: Buffer.alloc(MiB, 'z') });
  assert.ok(readFileSync(at('sparse')).equals(data));
  assert.ok(readFileSync(at('zeros')).equals(Buffer.alloc(MiB)));
  const blocks = (path: string): number => statSync(at(path)).blocks * 512;
  assert.ok(blocks('sparse') <= 128 * 1024, `${blocks('sparse')} bytes on the disk`);
  assert.equal(blocks('zeros'), 0);
  assert.equal(blocks('dense'), MiB);
});

test('Unpacker keeps names that are not UTF-8, long ones and deep ones', () => {
  const long = 'n'.repeat(255);
  const deep = Array.from({ length: 200 }, (_, i) => `d${i}`).join('/');
  unpack({ name: '\xff\xfe', data: 'x' }, { name: 'l', type: '2', linkName: '\xfe' }, { name: 's', pax: { path: `${long}/${long}` }, data: 'y' }, { name: 's', pax: { path: `${deep}/f` }, data: 'z' }, { name: 'h\xff', type: '1', linkName: '\xff\xfe' });
  const names = readdirSync(scene.root, { encoding: 'latin1' });
  assert.ok(names.includes('\xff\xfe') && names.includes('h\xff'));
  assert.equal(readlinkSync(at('l'), { encoding: 'latin1' }), '\xfe');
  assert.equal(readFileSync(at(`${long}/${long}`), 'utf8'), 'y');
  assert.equal(readFileSync(at(`${deep}/f`), 'utf8'), 'z');
});

const capability = Buffer.from('0000000201000000000000000000000000000000', 'hex');

test('Unpacker keeps the capabilities and set-id bits of files that end with zeros', () => {
  for (const bytes of [10, 16_384, 65_536, 65_636, 3_000_000]) {
    unpack({ name: 'f', data: Buffer.concat([Buffer.from('x'), Buffer.alloc(bytes)]), mode: 0o6755, uid: 1, pax: { 'SCHILY.xattr.security.capability': capability } });
    assert.deepEqual([lgetxattr(at('f'), 'security.capability'), statSync(at('f')).mode & 0o7777, statSync(at('f')).size], [capability, 0o6755, bytes + 1]);
    rmSync(at('f'));
  }
});

test('Unpacker keeps capabilities and attributes, and escapes those of overlayfs', () => {
  unpack(
    { name: 'ping', mode: 0o755, uid: 1, pax: { 'SCHILY.xattr.security.capability': capability, 'SCHILY.xattr.user.a': 'b', 'SCHILY.xattr.security.selinux': 'label' } },
    { name: 'd', type: '5', pax: { 'SCHILY.xattr.trusted.overlay.opaque': 'y', 'SCHILY.xattr.trusted.overlay.redirect': '/etc' } },
    { name: 'd/x' },
  );
  assert.deepEqual(lgetxattr(at('ping'), 'security.capability'), capability);
  assert.deepEqual(llistxattr(at('ping')).sort(), ['security.capability', 'user.a']);
  assert.deepEqual(llistxattr(at('d')).sort(), ['trusted.overlay.overlay.opaque', 'trusted.overlay.overlay.redirect']);
});

test('Unpacker leaves out attributes of users where the file system has none, and refuses a layer that needs others there', () => {
  const acl = Buffer.from('0200000001000600ffffffff020007000500000004000400ffffffff10000700ffffffff20000000ffffffff', 'hex');
  const attributes = (name: string, value: string | Uint8Array): Record<string, string | Uint8Array> => ({ [`SCHILY.xattr.${name}`]: value });
  mount('ramfs', scene.root, 'ramfs', 0, 'mode=755');
  const entries: EntryFixture[] = [{ name: 'f', data: 'x', pax: { ...attributes('user.a', 'b'), ...attributes('user.overlay.b', 'c') } }, { name: 'd', type: '5', pax: attributes('user.a', 'b') }];
  assert.equal(unpackArchive(scene.root, archive(...entries)).unkeptAttributes, 3);
  assert.deepEqual([readFileSync(at('f'), 'utf8'), llistxattr(at('f')), statSync(at('d')).isDirectory()], ['x', [], true]);
  const others: Readonly<Record<string, EntryFixture>> = {
    'security.capability': { name: 'ping', pax: attributes('security.capability', capability) }, 'system.posix_acl_access': { name: 'd', type: '5', pax: attributes('system.posix_acl_access', acl) },
    'trusted.a': { name: 'l', type: '2', linkName: 'f', pax: attributes('trusted.a', 'b') }, 'trusted.overlay.opaque': { name: 'd/.wh..wh..opq' },
  };
  for (const [name, entry] of Object.entries(others)) assert.throws(() => unpack(entry), (error: Error) => error instanceof FailedPreconditionError && error.message.includes(`the file system keeps no attribute ${name}, which`), name);
  umount(scene.root, MNT_DETACH);
});

test('Unpacker names the directories that nothing describes', () => {
  assert.deepEqual(unpack({ name: 'a/b/c', data: 'x' }, { name: 'a', type: '5' }, { name: 'e/f', type: '5' }), ['', 'a/b', 'e']);
  assert.equal(statSync(at('a/b')).mode & 0o7777, 0o755);
});

test('Unpacker: a later entry replaces an earlier one and never writes through a link', () => {
  unpack(
    { name: 'a', data: 'old' }, { name: 'b', type: '1', linkName: 'a' }, { name: 'a', data: 'new' },
    { name: 'dir/x', data: '1' }, { name: 'dir', data: 'file now' }, { name: 'f', data: 'x' }, { name: 'f/', type: '5' }, { name: 'f/y', data: 'y' },
    { name: 'merge', type: '5', mode: 0o700 }, { name: 'merge/kept' }, { name: 'merge', type: '5', mode: 0o711 },
    { name: 'l', type: '2', linkName: join(scene.victim, 'hello') }, { name: 'l', data: 'own file' },
  );
  assert.equal(readFileSync(at('a'), 'utf8'), 'new');
  assert.equal(readFileSync(at('b'), 'utf8'), 'old');
  assert.equal(readFileSync(at('dir'), 'utf8'), 'file now');
  assert.equal(readFileSync(at('f/y'), 'utf8'), 'y');
  assert.deepEqual(readdirSync(at('merge')), ['kept']);
  assert.equal(statSync(at('merge')).mode & 0o777, 0o711);
  assert.equal(readFileSync(at('l'), 'utf8'), 'own file');
});

test('Unpacker makes whiteouts and opaque directories for overlayfs', () => {
  unpack({ name: 'd/.wh.gone' }, { name: 'o/.wh..wh..opq' }, { name: 'o/new', data: 'x' }, { name: '.wh..wh.aufs' });
  assert.ok(isWhiteout('d/gone'));
  assert.ok(isOpaque('o'));
  assert.deepEqual(readdirSync(scene.root).sort(), ['d', 'o']);
});

const file = { name: 'd/f', data: 'x' };
const hidden: { name: string; entries: EntryFixture[]; check: () => void }[] = [
  { name: 'a whiteout before a file of its name leaves the file', entries: [{ name: 'd/.wh.f' }, file], check: () => assert.equal(readFileSync(at('d/f'), 'utf8'), 'x') },
  { name: 'a whiteout after a file of its name leaves the file', entries: [file, { name: 'd/.wh.f' }], check: () => assert.equal(readFileSync(at('d/f'), 'utf8'), 'x') },
  { name: 'a whiteout before a directory of its name makes it opaque', entries: [{ name: '.wh.d' }, { name: 'd', type: '5' }, file], check: () => assert.ok(isOpaque('d') && existsSync(at('d/f'))) },
  { name: 'a whiteout after a directory of its name makes it opaque', entries: [file, { name: '.wh.d' }], check: () => assert.ok(isOpaque('d') && existsSync(at('d/f'))) },
  { name: 'a whiteout before an implied directory of its name makes it opaque', entries: [{ name: '.wh.d' }, file], check: () => assert.ok(isOpaque('d') && existsSync(at('d/f'))) },
  { name: 'a whiteout below a hidden directory is nothing', entries: [{ name: '.wh.d' }, { name: 'd/.wh.f' }], check: () => assert.ok(isWhiteout('d')) },
  { name: 'a hidden directory with whiteouts below is hidden, in the other order too', entries: [{ name: 'd/e/.wh.f' }, { name: '.wh.d' }], check: () => assert.ok(isWhiteout('d')) },
  { name: 'whiteouts in an opaque directory are dropped', entries: [{ name: 'd/.wh.a' }, { name: 'd/.wh..wh..opq' }, { name: 'd/.wh.b' }, file, { name: 'd/sub/.wh.c' }], check: () => { assert.deepEqual(readdirSync(at('d')).sort(), ['f', 'sub']); assert.deepEqual(readdirSync(at('d/sub')), []); } },
];
for (const { name, entries, check } of hidden) test(`Unpacker: ${name}`, () => { unpack(...entries); check(); });

test('Unpacker: a directory entry over a symlink replaces the symlink, and what follows goes inside', () => {
  unpack({ name: 'l', type: '2', linkName: scene.victim }, { name: 'l', type: '5', mode: 0o700 }, { name: 'l/hello', data: 'inside' });
  assert.equal(readFileSync(at('l/hello'), 'utf8'), 'inside');
});

test('Unpacker: a hard link to a symlink is a second name of the symlink', () => {
  unpack({ name: 'l', type: '2', linkName: join(scene.victim, 'hello') }, { name: 'h', type: '1', linkName: 'l', mode: 0o777 });
  assert.equal(readlinkSync(at('h')), join(scene.victim, 'hello'));
});
