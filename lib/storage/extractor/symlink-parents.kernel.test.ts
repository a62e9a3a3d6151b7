/** Entries whose way goes through symlinks of their own layer, as in images where `lib` is `usr/lib`. */
import assert from 'node:assert/strict';
import { lstatSync, readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { afterEach, beforeEach, test } from 'node:test';
import { lgetxattr } from '#linux';
import type { EntryFixture } from './archive-fixture.ts';
import { createScene, type Scene } from './unpack-fixture.ts';

let scene: Scene;
beforeEach(() => { scene = createScene(); });
afterEach(() => { scene[Symbol.dispose](); });
// Absolute targets are names that no host has: who breaks the code keeps his machine.
const symlink = (name: string, linkName: string): EntryFixture => ({ name, type: '2', linkName });
const read = (path: string): string => readFileSync(scene.at(path), 'utf8');

const ways: { name: string; entries: EntryFixture[]; at: string; implied: string[] }[] = [
  { name: 'a relative target', entries: [{ name: 'usr/lib/', type: '5' }, symlink('lib', 'usr/lib'), { name: 'lib/f', data: 'x' }], at: 'usr/lib/f', implied: ['', 'usr'] },
  { name: 'an absolute target', entries: [{ name: 'davit-usr/lib/', type: '5' }, symlink('lib', '/davit-usr//./lib/'), { name: 'lib/f', data: 'x' }], at: 'davit-usr/lib/f', implied: ['', 'davit-usr'] },
  { name: 'a target that is not there', entries: [symlink('lib', 'usr/lib'), { name: 'lib/a/f', data: 'x' }], at: 'usr/lib/a/f', implied: ['', 'usr', 'usr/lib', 'usr/lib/a'] },
  { name: "a '..' from the link's directory", entries: [symlink('a/b/l', '../c'), { name: 'a/b/l/f', data: 'x' }], at: 'a/c/f', implied: ['', 'a', 'a/b', 'a/c'] },
  { name: "a '..' above the root", entries: [symlink('l', '../../../davit-etc'), { name: 'l/f', data: 'x' }], at: 'davit-etc/f', implied: ['', 'davit-etc'] },
  { name: "a '..' back from what is not there", entries: [symlink('l', 'absent/../davit-etc'), { name: 'l/f', data: 'x' }], at: 'davit-etc/f', implied: ['', 'davit-etc'] },
  { name: "a '..' after another link, from where that leads", entries: [{ name: 'x/y/', type: '5' }, symlink('l', 'x/y'), symlink('m', 'l/../z'), { name: 'm/f', data: 'x' }], at: 'x/z/f', implied: ['', 'x', 'x/z'] },
  { name: 'links in the middle of targets', entries: [symlink('a', 'b'), symlink('b/c', '/davit-d'), symlink('e', 'a/c/g'), { name: 'e/f', data: 'x' }], at: 'davit-d/g/f', implied: ['', 'b', 'davit-d', 'davit-d/g'] },
  { name: 'as many links as Linux follows', entries: [...Array.from({ length: 40 }, (_, i) => symlink(`l${i}`, `l${i + 1}`)), { name: 'l0/f', data: 'x' }], at: 'l40/f', implied: ['', 'l40'] },
  { name: 'a link to the root', entries: [symlink('l', '/'), { name: 'l/davit-f', data: 'x' }], at: 'davit-f', implied: [''] },
  { name: 'a name that is not UTF-8', entries: [symlink('l', '\xff'), { name: 'l/f', data: 'x' }, { name: 'g', type: '1', linkName: 'l/f' }], at: 'g', implied: ['', '\xff'] },
];
for (const { name, entries, at, implied } of ways) {
  test(`Unpacker follows ${name}`, () => {
    assert.deepEqual(scene.unpack(...entries).sort(), implied);
    assert.equal(read(at), 'x');
  });
}

test('Unpacker: two ways to a directory are one directory, whose attributes and whiteouts count', () => {
  assert.deepEqual(scene.unpack(
    { name: 'usr/lib/', type: '5', mode: 0o711 }, symlink('lib', 'usr/lib'), { name: 'lib/f', data: 'old' }, { name: 'usr/lib/f', data: 'new' },
    { name: 'lib/d/', type: '5', mode: 0o700, mtime: 1_500_000_000 }, { name: 'usr/lib/d/x' }, { name: 'lib/.wh.d' },
    { name: 'lib/.wh.gone' }, { name: 'usr/lib/.wh..wh..opq' },
  ), ['', 'usr']);
  assert.deepEqual(readdirSync(scene.at('usr/lib')).sort(), ['d', 'f'], 'no whiteout in an opaque directory');
  assert.equal(read('usr/lib/f'), 'new');
  assert.equal(readlinkSync(scene.at('lib')), 'usr/lib');
  assert.deepEqual([statSync(scene.at('usr/lib')).mode & 0o777, statSync(scene.at('usr/lib/d')).mode & 0o777, statSync(scene.at('usr/lib/d')).mtimeMs], [0o711, 0o700, 1_500_000_000_000]);
  for (const path of ['usr/lib', 'usr/lib/d']) assert.equal(lgetxattr(scene.at(path), 'trusted.overlay.opaque')?.toString(), 'y', path);
});

test('Unpacker: a hard link goes through symlinks to its target, and does not follow the last name', () => {
  scene.unpack(symlink('lib', 'usr/lib'), { name: 'lib/f', data: 'x' }, symlink('lib/s', 'f'), { name: 'h', type: '1', linkName: '/lib/f' }, { name: 'lib/hs', type: '1', linkName: 'lib/s' });
  assert.equal(lstatSync(scene.at('h')).ino, lstatSync(scene.at('usr/lib/f')).ino);
  assert.equal(lstatSync(scene.at('usr/lib/hs')).ino, lstatSync(scene.at('usr/lib/s')).ino);
});

test('Unpacker: a hard link to itself by another way is refused, and the file stays', () => {
  assert.throws(() => scene.unpack(symlink('l', 'd'), { name: 'd/f', data: 'x' }, { name: 'l/f', type: '1', linkName: 'd/f' }), /not in this layer/);
  assert.equal(read('d/f'), 'x');
});

test('Unpacker: a directory that becomes a link is forgotten with all below, and what follows goes where the link leads', () => {
  assert.deepEqual(scene.unpack({ name: 'a/b/', type: '5', mode: 0o700 }, { name: 'a/b/f', data: 'old' }, { name: 'a/.wh.w' }, symlink('a', 'c'), { name: 'a/b/f', data: 'new' }), ['', 'c', 'c/b']);
  assert.equal(read('c/b/f'), 'new');
  assert.equal(statSync(scene.at('c/b')).mode & 0o777, 0o755);
});

test('Unpacker: a directory entry over a symlink replaces it, one below it is made where it leads', () => {
  scene.unpack(symlink('l', 'd'), { name: 'l/in/', type: '5', mode: 0o700 }, { name: 'l/', type: '5', mode: 0o711 }, { name: 'l/f', data: 'x' });
  assert.deepEqual([statSync(scene.at('d/in')).mode & 0o777, lstatSync(scene.at('l')).mode & 0o777], [0o700, 0o711]);
  assert.deepEqual(readdirSync(scene.at('l')), ['f']);
});
