import assert from 'node:assert/strict';
import { existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { DataLossError } from '#errors';
import { deviceNumber, lgetxattr, llistxattr, MNT_DETACH, mount, umount } from '#linux';
import { archive, type EntryFixture } from './archive-fixture.ts';
import { TarReader } from './tar-reader.ts';
import { Unpacker } from './unpacker.ts';

let base = '';
let root = '';
let victim = '';
const umask = process.umask();
beforeEach(() => {
  process.umask(0);
  base = mkdtempSync(join(tmpdir(), 'davit-unpack-'));
  mount('tmpfs', base, 'tmpfs', 0, 'mode=700');
  root = join(base, 'layer');
  victim = join(base, 'victim');
  mkdirSync(root);
  mkdirSync(victim);
  writeFileSync(join(victim, 'hello'), 'untouched', { mode: 0o640 });
});
afterEach(() => {
  try {
    assertNothingEscaped();
  } finally {
    umount(base, MNT_DETACH);
    rmSync(base, { recursive: true });
    process.umask(umask);
  }
});

/** Whatever an archive held, nothing beside the layer has changed. */
function assertNothingEscaped(): void {
  assert.deepEqual(readdirSync(base).sort(), ['layer', 'victim']);
  assert.deepEqual(readdirSync(victim), ['hello']);
  assert.equal(readFileSync(join(victim, 'hello'), 'utf8'), 'untouched');
  const stat = statSync(join(victim, 'hello'));
  assert.deepEqual([stat.mode & 0o7777, stat.nlink, stat.uid], [0o640, 1, 0]);
}

function unpack(...entries: EntryFixture[]): string[] {
  using unpacker = new Unpacker(root, 0);
  const reader = new TarReader(unpacker, 10_000);
  reader.push(archive(...entries));
  reader.finish();
  return unpacker.finish();
}
const at = (path: string): string => join(root, path);
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

test('Unpacker keeps names that are not UTF-8, long ones and deep ones', () => {
  const long = 'n'.repeat(255);
  const deep = Array.from({ length: 200 }, (_, i) => `d${i}`).join('/');
  unpack({ name: '\xff\xfe', data: 'x' }, { name: 'l', type: '2', linkName: '\xfe' }, { name: 's', pax: { path: `${long}/${long}` }, data: 'y' }, { name: 's', pax: { path: `${deep}/f` }, data: 'z' }, { name: 'h\xff', type: '1', linkName: '\xff\xfe' });
  const names = readdirSync(root, { encoding: 'latin1' });
  assert.ok(names.includes('\xff\xfe') && names.includes('h\xff'));
  assert.equal(readlinkSync(at('l'), { encoding: 'latin1' }), '\xfe');
  assert.equal(readFileSync(at(`${long}/${long}`), 'utf8'), 'y');
  assert.equal(readFileSync(at(`${deep}/f`), 'utf8'), 'z');
});

test('Unpacker keeps capabilities and attributes, and escapes those of overlayfs', () => {
  const capability = Buffer.from('0000000201000000000000000000000000000000', 'hex');
  unpack(
    { name: 'ping', mode: 0o755, uid: 1, pax: { 'SCHILY.xattr.security.capability': capability, 'SCHILY.xattr.user.a': 'b', 'SCHILY.xattr.security.selinux': 'label' } },
    { name: 'd', type: '5', pax: { 'SCHILY.xattr.trusted.overlay.opaque': 'y', 'SCHILY.xattr.trusted.overlay.redirect': '/etc' } },
    { name: 'd/x' },
  );
  assert.deepEqual(lgetxattr(at('ping'), 'security.capability'), capability);
  assert.deepEqual(llistxattr(at('ping')).sort(), ['security.capability', 'user.a']);
  assert.deepEqual(llistxattr(at('d')).sort(), ['trusted.overlay.overlay.opaque', 'trusted.overlay.overlay.redirect']);
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
    { name: 'l', type: '2', linkName: join(victim, 'hello') }, { name: 'l', data: 'own file' },
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
  assert.deepEqual(readdirSync(root).sort(), ['d', 'o']);
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

const up = '../'.repeat(40);
/** Each tries to reach `victim/hello` (CVE-2014-6407, CVE-2014-9356, CVE-2021-32760, CVE-2025-47290, the tar CVEs of 2021 to 2026). afterEach proves that it did not. */
const attacks: { name: string; entries: () => EntryFixture[] }[] = [
  { name: 'a name that climbs', entries: () => [{ name: '../victim/hello', data: 'pwned' }] },
  { name: 'a name that climbs from within', entries: () => [{ name: 'a/', type: '5' }, { name: 'a/../../victim/hello', data: 'pwned' }] },
  { name: 'a file below a symlink', entries: () => [{ name: 'l', type: '2', linkName: victim }, { name: 'l/hello', data: 'pwned' }] },
  { name: 'a file below a relative symlink', entries: () => [{ name: 'l', type: '2', linkName: '../victim' }, { name: 'l/hello', data: 'pwned' }] },
  { name: 'a file below a symlink to /', entries: () => [{ name: 'l', type: '2', linkName: '/' }, { name: `l/${base.slice(1)}/victim/hello`, data: 'pwned' }] },
  { name: 'a file below a chain of symlinks', entries: () => [{ name: 'a/b/c/', type: '5' }, { name: 'a/b/c/up', type: '2', linkName: '../..' }, { name: 'a/b/c/up/x', type: '2', linkName: '../../victim' }, { name: 'x/hello', data: 'pwned' }, { name: 'a/x/hello', data: 'pwned' }] },
  { name: 'a directory swapped for a symlink between entries', entries: () => [{ name: 'a/', type: '5' }, { name: 'a/x' }, { name: 'a', type: '2', linkName: victim }, { name: 'a/hello', data: 'pwned' }] },
  { name: 'a directory swapped deep below the current one', entries: () => [{ name: 'a/b/c/x' }, { name: 'a/b', type: '2', linkName: victim }, { name: 'a/b/hello', data: 'pwned' }] },
  { name: 'a hard link to the outside', entries: () => [{ name: 'h', type: '1', linkName: join(victim, 'hello') }, { name: 'h', data: 'pwned' }] },
  { name: 'a hard link that climbs', entries: () => [{ name: 'h', type: '1', linkName: `${up}${victim.slice(1)}/hello` }] },
  { name: 'a hard link through a symlink', entries: () => [{ name: 'l', type: '2', linkName: victim }, { name: 'h', type: '1', linkName: 'l/hello' }] },
  { name: 'a mode set through a hard link to a symlink', entries: () => [{ name: 'l', type: '2', linkName: join(victim, 'hello') }, { name: 'h', type: '1', linkName: 'l', mode: 0o777 }, { name: 'h/x', data: 'pwned' }] },
  { name: 'a directory entry over a symlink, then below it a climbing link', entries: () => [{ name: 'l', type: '2', linkName: victim }, { name: 'l', type: '5', mode: 0o777 }, { name: 'l/up', type: '2', linkName: '../../victim' }, { name: 'l/up/hello', data: 'pwned' }] },
  { name: 'a whiteout of the parent', entries: () => [{ name: 'a/.wh..', data: '' }] },
  { name: 'a whiteout below a symlink', entries: () => [{ name: 'l', type: '2', linkName: victim }, { name: 'l/.wh.hello' }] },
  { name: 'an opaque mark below a symlink', entries: () => [{ name: 'l', type: '2', linkName: victim }, { name: 'l/.wh..wh..opq' }] },
  { name: 'the root as a symlink', entries: () => [{ name: '.', type: '2', linkName: victim }, { name: 'hello', data: 'pwned' }] },
  { name: 'the root as a file', entries: () => [{ name: './', data: 'x', raw: { 0: '.\0' } }] },
  { name: 'the root as a hard link', entries: () => [{ name: '/', type: '1', linkName: 'x', raw: { 0: '/\0' } }] },
  { name: 'a hard link to the root', entries: () => [{ name: 'h', type: '1', linkName: '.' }] },
  { name: 'a hard link to nothing', entries: () => [{ name: 'h', type: '1', linkName: 'absent' }] },
  { name: 'a hard link to itself', entries: () => [{ name: 'h', data: 'x' }, { name: 'h', type: '1', linkName: './h' }] },
  { name: 'a hard link to a whiteout', entries: () => [{ name: '.wh.w' }, { name: 'h', type: '1', linkName: 'w' }] },
  { name: 'a whiteout device in disguise', entries: () => [{ name: 'w', type: '3', devMajor: 0, devMinor: 0 }] },
  { name: 'a device number out of range', entries: () => [{ name: 'w', type: '3', devMajor: 4096, devMinor: 0 }] },
  { name: 'an owner out of range', entries: () => [{ name: 'f', pax: { uid: '4294967295' } }] },
  { name: 'a file below a file', entries: () => [{ name: 'f' }, { name: 'f/x' }] },
  { name: 'an attribute that is too long', entries: () => [{ name: 'f', pax: { 'SCHILY.xattr.user.a': 'x'.repeat(65537) } }] },
];
for (const { name, entries } of attacks) test(`Unpacker refuses ${name}`, () => { assert.throws(() => unpack(...entries()), DataLossError); });

test('Unpacker: a directory entry over a symlink replaces the symlink, and what follows goes inside', () => {
  unpack({ name: 'l', type: '2', linkName: victim }, { name: 'l', type: '5', mode: 0o700 }, { name: 'l/hello', data: 'inside' });
  assert.equal(readFileSync(at('l/hello'), 'utf8'), 'inside');
});

test('Unpacker: a hard link to a symlink is a second name of the symlink', () => {
  unpack({ name: 'l', type: '2', linkName: join(victim, 'hello') }, { name: 'h', type: '1', linkName: 'l', mode: 0o777 });
  assert.equal(readlinkSync(at('h')), join(victim, 'hello'));
});

test('Unpacker stays inside for 1000 random orders of directories, links and swaps', () => {
  let seed = 42;
  const random = (n: number): number => { seed = (seed * 1103515245 + 12345) % 2 ** 31; return Math.floor(seed / 65536) % n; };
  const names = ['a', 'a/b', 'a/b/hello', 'a/hello', 'b', 'b/hello', 'hello'];
  const pick = (): string => names[random(names.length)] ?? 'a';
  for (let round = 0; round < 1000; round++) {
    const entries = Array.from({ length: 12 }, (): EntryFixture => {
      switch (random(6)) {
        case 0: return { name: pick(), type: '2', linkName: [victim, '../victim', '/', '.', '..', pick()][random(6)] ?? '.' };
        case 1: return { name: pick(), type: '1', linkName: random(2) === 0 ? pick() : `${pick()}/hello` };
        case 2: return { name: pick().replace(/([^/]*)$/, '.wh.$1') };
        case 3: return { name: pick(), type: '5', mode: 0o777 };
        default: return { name: pick(), data: 'pwned' };
      }
    });
    try {
      unpack(...entries);
    } catch (error) {
      if (!(error instanceof DataLossError)) throw error;
    }
    assert.equal(readFileSync(join(victim, 'hello'), 'utf8'), 'untouched', JSON.stringify(entries));
    assert.deepEqual(readdirSync(victim), ['hello']);
    rmSync(root, { recursive: true });
    mkdirSync(root);
  }
});
