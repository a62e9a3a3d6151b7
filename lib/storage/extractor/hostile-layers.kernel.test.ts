/** Layers that want out: each is refused, or what it makes stays inside. afterEach proves that nothing beside the layer has changed. */
import assert from 'node:assert/strict';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { DataLossError, errnoOf } from '#errors';
import type { EntryFixture } from './archive-fixture.ts';
import { createScene, MAX_TEST_ENTRIES, type Scene } from './unpack-fixture.ts';

let scene: Scene;
beforeEach(() => { scene = createScene(); });
afterEach(() => { scene[Symbol.dispose](); });
const unpack = (...entries: EntryFixture[]): string[] => scene.unpack(...entries);

const up = '../'.repeat(40);
const symlink = (name: string, linkName: string): EntryFixture => ({ name, type: '2', linkName });
/** l0 → l1 → … */
const chain = (links: number): EntryFixture[] => Array.from({ length: links }, (_, i) => symlink(`l${i}`, `l${i + 1}`));
/** Each tries to reach `victim/hello` (CVE-2014-6407, CVE-2014-9356, CVE-2021-32760, CVE-2025-47290, the tar CVEs of 2021 to 2026). afterEach proves that it did not. */
const attacks: { name: string; entries: () => EntryFixture[] }[] = [
  { name: 'a name that climbs', entries: () => [{ name: '../victim/hello', data: 'pwned' }] },
  { name: 'a name that climbs from within', entries: () => [{ name: 'a/', type: '5' }, { name: 'a/../../victim/hello', data: 'pwned' }] },
  { name: 'a hard link to the outside', entries: () => [{ name: 'h', type: '1', linkName: join(scene.victim, 'hello') }, { name: 'h', data: 'pwned' }] },
  { name: 'a hard link that climbs', entries: () => [{ name: 'h', type: '1', linkName: `${up}${scene.victim.slice(1)}/hello` }] },
  { name: 'a hard link through a symlink', entries: () => [symlink('l', scene.victim), { name: 'h', type: '1', linkName: 'l/hello' }] },
  { name: 'a whiteout of the parent', entries: () => [{ name: 'a/.wh..', data: '' }] },
  { name: 'the root as a symlink', entries: () => [{ name: '.', type: '2', linkName: scene.victim }, { name: 'hello', data: 'pwned' }] },
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
  { name: 'a file below a fifo', entries: () => [{ name: 'f', type: '6' }, { name: 'f/x' }] },
  { name: 'a file below a device', entries: () => [{ name: 'f', type: '3', devMajor: 1, devMinor: 3 }, { name: 'f/x' }] },
  { name: 'a file below a symlink to a file', entries: () => [{ name: 'f' }, symlink('l', 'f'), { name: 'l/x' }] },
  { name: 'a file below a symlink to itself', entries: () => [symlink('l', 'l'), { name: 'l/x' }] },
  { name: 'a whiteout in a circle of symlinks', entries: () => [symlink('a', '/b'), symlink('b', 'c/..//a'), symlink('c', '.'), { name: 'a/.wh.x' }] },
  { name: 'a hard link through a circle of symlinks', entries: () => [symlink('a', 'b'), symlink('b', 'a'), { name: 'h', type: '1', linkName: 'a/x' }] },
  { name: 'a chain of too many symlinks', entries: () => [...chain(41), { name: 'l0/x' }] },
  { name: 'symlinks that double each time', entries: () => [...Array.from({ length: 30 }, (_, i) => symlink(`l${i}`, `l${i + 1}/../l${i + 1}`)), { name: 'l0/x' }] },
  { name: 'symlinks that lead too deep', entries: () => [{ name: 's', type: '2', pax: { linkpath: 'd/'.repeat(511) } }, symlink('t', 's/d/d'), { name: 't/x' }] },
  { name: 'a directory below as many as may be open', entries: () => [{ name: 's', type: '2', pax: { linkpath: 'd/'.repeat(400) } }, { name: 's/m', type: '2', pax: { linkpath: 'e/'.repeat(112) } }, { name: 's/m/f' }, { name: 's/m/x', type: '5' }] },
  { name: 'symlinks that lead to a path that is too long', entries: () => [{ name: 's', type: '2', pax: { linkpath: `${'n'.repeat(250)}/`.repeat(16) } }, { name: 'x', pax: { path: `s/${'x'.repeat(200)}/f` } }] },
  { name: 'a symlink to a name that is too long', entries: () => [{ name: 's', type: '2', pax: { linkpath: 'd'.repeat(256) } }, { name: 's/x' }] },
  { name: 'a symlink to a directory named like a whiteout', entries: () => [symlink('l', 'd/.wh.x'), { name: 'l/x' }] },
  { name: 'an opaque root by a symlink', entries: () => [symlink('l', '..'), { name: 'l/.wh..wh..opq' }] },
  { name: 'more attributes than a file can list', entries: () => [{ name: 'f', pax: Object.fromEntries(Array.from({ length: 1025 }, (_, i) => [`SCHILY.xattr.x${i}`, ''])) }] },
  { name: 'an attribute that is too long', entries: () => [{ name: 'f', pax: { 'SCHILY.xattr.user.a': 'x'.repeat(65537) } }] },
];
for (const { name, entries } of attacks) test(`Unpacker refuses ${name}`, () => { assert.throws(() => unpack(...entries()), DataLossError); });

/** Where each of them leads in a container whose root is the layer. */
const contained: { name: string; entries: () => EntryFixture[]; made: () => string }[] = [
  { name: 'a file below a symlink', entries: () => [symlink('l', scene.victim), { name: 'l/hello', data: 'pwned' }], made: () => `${scene.victim}/hello` },
  { name: 'a file below a relative symlink', entries: () => [symlink('l', '../victim'), { name: 'l/hello', data: 'pwned' }], made: () => 'victim/hello' },
  { name: 'a file below a symlink to many directories up', entries: () => [symlink('l', up), { name: `l/${scene.victim}/hello`, data: 'pwned' }], made: () => `${scene.victim}/hello` },
  { name: 'a file below a symlink to /', entries: () => [symlink('l', '/'), { name: `l/${scene.victim}/hello`, data: 'pwned' }], made: () => `${scene.victim}/hello` },
  // Not passwd: who breaks the code keeps his machine.
  { name: "a file below a symlink to the host's /etc", entries: () => [symlink('a', '/etc'), { name: 'a/davit-canary', data: 'pwned' }], made: () => 'etc/davit-canary' },
  { name: 'a file below /proc/self/root', entries: () => [symlink('l', '/proc/self/root'), { name: `l${scene.victim}/hello`, data: 'pwned' }], made: () => `proc/self/root${scene.victim}/hello` },
  { name: 'a file below a chain of symlinks', entries: () => [{ name: 'a/b/c/', type: '5' }, symlink('a/b/c/up', '../..'), symlink('a/b/c/up/x', '../../victim'), { name: 'a/x/hello', data: 'pwned' }], made: () => 'victim/hello' },
  { name: 'a directory swapped for a symlink between entries', entries: () => [{ name: 'a/', type: '5' }, { name: 'a/x' }, symlink('a', scene.victim), { name: 'a/hello', data: 'pwned' }], made: () => `${scene.victim}/hello` },
  { name: 'a directory swapped deep below the current one', entries: () => [{ name: 'a/b/c/x' }, symlink('a/b', scene.victim), { name: 'a/b/hello', data: 'pwned' }], made: () => `${scene.victim}/hello` },
  { name: 'a directory swapped through a symlink to its parent', entries: () => [{ name: 'a/b/x' }, symlink('l', 'a'), symlink('l/b', '../../victim'), { name: 'a/b/hello', data: 'pwned' }], made: () => 'victim/hello' },
  { name: 'a mode set through a hard link to a symlink', entries: () => [symlink('l', scene.victim), { name: 'h', type: '1', linkName: 'l', mode: 0o777 }, { name: 'h/hello', data: 'pwned' }], made: () => `${scene.victim}/hello` },
  { name: 'a directory entry over a symlink, then below it a climbing link', entries: () => [symlink('l', scene.victim), { name: 'l', type: '5', mode: 0o777 }, symlink('l/up', '../../victim'), { name: 'l/up/hello', data: 'pwned' }], made: () => 'victim/hello' },
  { name: 'a hard link made below a symlink', entries: () => [{ name: 'f', data: 'pwned' }, symlink('l', scene.victim), { name: 'l/hello', type: '1', linkName: 'f' }], made: () => `${scene.victim}/hello` },
  { name: 'a directory below a symlink', entries: () => [symlink('l', scene.base), { name: 'l/victim', type: '5', mode: 0o777 }], made: () => scene.victim },
  { name: 'a whiteout below a symlink', entries: () => [symlink('l', scene.victim), { name: 'l/.wh.hello' }], made: () => `${scene.victim}/hello` },
  { name: 'an opaque mark below a symlink', entries: () => [symlink('l', scene.victim), { name: 'l/.wh..wh..opq' }], made: () => scene.victim },
];
for (const { name, entries, made } of contained) {
  test(`Unpacker keeps inside ${name}`, () => {
    unpack(...entries());
    assert.ok(isReallyAt(made()), made());
    assert.throws(() => lstatSync('/etc/davit-canary'), (error) => errnoOf(error) === 'ENOENT');
  });
}

/** There, and no symlink on the way to it. */
function isReallyAt(path: string): boolean {
  const names = path.split('/').filter((name) => name !== '');
  return names.every((_, i) => !lstatSync(join(scene.root, ...names.slice(0, i + 1))).isSymbolicLink());
}

test('Unpacker stays inside for 1000 random orders of directories, links and swaps', () => {
  let seed = 42;
  const random = (n: number): number => { seed = (seed * 1103515245 + 12345) % 2 ** 31; return Math.floor(seed / 65536) % n; };
  const names = ['a', 'a/b', 'a/b/hello', 'a/hello', 'b', 'b/hello', 'hello'];
  const pick = (): string => names[random(names.length)] ?? 'a';
  let led = 0;
  for (let round = 0; round < 1000; round++) {
    const entries = Array.from({ length: 12 }, (): EntryFixture => {
      switch (random(6)) {
        case 0: return { name: pick(), type: '2', linkName: [scene.victim, '../victim', '/', '.', '..', '../../..', pick(), `../${pick()}`][random(8)] ?? '.' };
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
    assert.equal(readFileSync(join(scene.victim, 'hello'), 'utf8'), 'untouched', JSON.stringify(entries));
    scene.assertNothingEscaped();
    if (readdirSync(scene.root).some((name) => name === 'victim' || name === 'tmp')) led++;
    scene.clear();
  }
  assert.ok(led > 20, `${led} archives wrote through a symlink that leads out`);
});

test('Unpacker bounds the directories that names ask for without an entry', () => {
  const depth = 400;
  const entries = Array.from({ length: MAX_TEST_ENTRIES / depth + 1 }, (_, i) => ({ name: 'long', pax: { path: `${i}/${'d/'.repeat(depth)}f` } }));
  assert.throws(() => unpack(...entries), { code: 'ResourceExhausted', message: /directories that no entry describes/ });
});
