import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { getEventListeners } from 'node:events';
import { chmodSync, chownSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { FailedPreconditionError } from '#errors';
import { lsetxattr, mount } from '#linux';
import { createLogger } from '#log';
import type { CheckReport } from './api.ts';
import { archive, type EntryFixture, gnuLong } from './extractor/archive-fixture.ts';
import { createScene, eventually, imageOf, never, openStorage, type Scene, stage } from './storage-fixture.ts';

let scene: Scene;
beforeEach(async () => { scene = await createScene(); });
afterEach(() => scene[Symbol.asyncDispose]());

const LAYER: EntryFixture[] = [
  { name: 'dir/', type: '5', mode: 0o750, uid: 3 }, { name: 'dir/file', data: 'x'.repeat(1000), mode: 0o640, mtime: 1_600_000_000, pax: { 'SCHILY.xattr.user.a': 'b' } },
  { name: 'hard', type: '1', linkName: 'dir/file' }, { name: 'link', type: '2', linkName: 'dir' }, { name: 'link/through', data: 'y' }, { name: 'null', type: '3', devMajor: 1, devMinor: 3 },
  { name: 'empty' }, gnuLong('L', `long/${'n'.repeat(150)}`), { name: 'cut', data: 'z' }, { name: '.wh.gone' }, { name: 'opq/.wh..wh..opq' }, { name: 'caf\u00e9', data: 'utf8', pax: { 'SCHILY.xattr.user.caf\u00e9': 'c' } },
];

async function check(full = true): Promise<CheckReport[]> {
  return Array.fromAsync(scene.storage.check({ full, signal: never }));
}

const namedOf = (reports: readonly CheckReport[]): string[] => reports.flatMap(({ named }) => named);

test('check() proves layers of every kind of archive by their diffID, and says what it read', async () => {
  const files = join(scene.root, 'files');
  mkdirSync(join(files, 'deep', 'd'.repeat(120), 'e'.repeat(120)), { recursive: true });
  writeFileSync(join(files, 'deep', 'd'.repeat(120), 'e'.repeat(120), 'f'), 'deep');
  writeFileSync(join(files, 'big'), Buffer.alloc(3_000_001, 'big'));
  const made = ['gnu', 'pax', 'ustar'].map((format) => execFileSync('tar', ['-C', files, `--format=${format}`, ...(format === 'ustar' ? ['--exclude=./deep'] : []), '-c', '.'], { maxBuffer: 1 << 26 }));
  const odd = Buffer.concat([archive(...LAYER), Buffer.alloc(10_240), Buffer.from('after the end')]);
  const tars = [archive(...LAYER), odd, ...made];
  const staged = [];
  for (const tar of tars) staged.push(await stage(scene.storage, tar));
  const image = await scene.storage.images.commit(imageOf('a', staged), { signal: never });
  const reports = await check();
  assert.deepEqual(namedOf(reports), []);
  const layers = reports.filter((report) => report.kind === 'layer');
  assert.deepEqual(layers.map(({ bytes }) => bytes), tars.map((tar) => tar.length));
  assert.deepEqual(layers.map(({ images, unproved }) => [images, unproved]), tars.map(() => [[image.id], undefined]));
});

test('check() leaves nothing with its signal: a scrub has the same one as long as the daemon lives', async () => {
  const leaves = new AbortController();
  await scene.commit('a', [{ name: 'f' }]);
  for (const full of [true, false]) await Array.fromAsync(scene.storage.check({ full, signal: leaves.signal }));
  assert.deepEqual(getEventListeners(leaves.signal, 'abort'), []);
});

const DAMAGE: Readonly<Record<string, readonly [(file: string) => void, string, RegExp]>> = {
  'a file of zero bytes': [(file) => truncateSync(file, 0), 'dir/file', /"dir\/file": it has 0 bytes, want 1000/],
  'another byte': [(file) => { const { mtime } = lstatSync(file); writeFileSync(file, 'X', { flag: 'r+' }); utimesSync(file, mtime, mtime); }, 'dir/file', /the data of a file is not what it was/],
  'a missing file': [(file) => rmSync(file), 'empty', /"empty": it is missing/],
  'another mode': [(file) => chmodSync(file, 0o4755), 'dir/file', /its mode is 4755, want 640/],
  'another owner': [(file) => chownSync(file, 0, 0), 'dir', /"dir": it belongs to 0:0, want 3:0/],
  'another time': [(file) => utimesSync(file, 1, 1), 'dir/file', /its time is another/],
  'another target': [(file) => { rmSync(file); symlinkSync('/', file); }, 'link', /"link": it leads elsewhere/],
  'another attribute': [(file) => lsetxattr(file, 'user.a', Buffer.from('c')), 'dir/file', /its attribute "user.a" is another/],
  'a device that became a file': [(file) => { rmSync(file); writeFileSync(file, ''); }, 'null', /"null": it is no char any more/],
  'a lost whiteout': [(file) => rmSync(file), 'gone', /"gone": its whiteout is missing/],
  'a directory that is not opaque any more': [(file) => { rmSync(file, { recursive: true }); mkdirSync(file, 0o755); }, 'opq', /"opq": it is not opaque any more/],
  'a lost directory': [(file) => rmSync(file, { recursive: true }), 'dir', /"dir\/file": its directory is not there/],
  'a cut record': [(file) => truncateSync(file, 20), '../archive', /ends too early|damaged frame/],
};

for (const [what, [damage, name, message]] of Object.entries(DAMAGE)) {
  test(`check() finds ${what}`, async () => {
    const plain = LAYER.filter(({ name: entry }) => what !== 'a lost whiteout' || !entry.startsWith('opq'));
    const image = await scene.commit('a', plain);
    const layer = scene.inStore(`layers/${image.chainIDs[0]?.slice(7)}`);
    damage(join(layer, 'diff', name));
    assert.match(namedOf(await check()).join('\n'), message);
  });
}

/** system.posix_acl_*: tag, permissions and id of each entry. */
function acl(...entries: readonly (readonly [number, number, number])[]): Buffer {
  return Buffer.concat([Buffer.from('02000000', 'hex'), ...entries.map(([tag, perm, id]) => { const entry = Buffer.alloc(8); entry.writeUInt16LE(tag, 0); entry.writeUInt16LE(perm, 2); entry.writeUInt32LE(id, 4); return entry; })]);
}

const [OWNER, USER, OWNING_GROUP, GROUP, MASK, OTHER, NO_ID] = [1, 2, 4, 8, 16, 32, 0xffffffff];
const ACCESS_ACL = 'system.posix_acl_access';
const DEFAULT_ACL = 'system.posix_acl_default';
/** Of revision 2, and the same of revision 3 for a root id. */
const CAPABILITY = Buffer.from('0100000201000000000000000000000000000000', 'hex');
const capabilityFor = (rootId: number): Buffer => { const value = Buffer.concat([CAPABILITY, Buffer.alloc(4)]); value[3] = 3; value.writeUInt32LE(rootId, 20); return value; };
const withAttribute = (name: string, value: Uint8Array): Record<string, Uint8Array> => ({ [`SCHILY.xattr.${name}`]: value });

/** What the kernel gives back as it was not written, and what it is after somebody changed it. */
const KERNEL_FORMS: Readonly<Record<string, readonly [EntryFixture, string, Uint8Array]>> = {
  'an ACL with ids where there are none': [{ name: 'f', mode: 0o670, pax: withAttribute(ACCESS_ACL, acl([OWNER, 6, 0], [USER, 7, 1000], [USER, 4, 5], [OWNING_GROUP, 0, 0], [GROUP, 5, 50], [MASK, 7, 0], [OTHER, 0, 0])) }, ACCESS_ACL,
    acl([OWNER, 6, NO_ID], [USER, 6, 1000], [USER, 4, 5], [OWNING_GROUP, 0, NO_ID], [GROUP, 5, 50], [MASK, 7, NO_ID], [OTHER, 0, NO_ID])],
  'an ACL of another mode': [{ name: 'f', mode: 0o4777, pax: withAttribute(ACCESS_ACL, acl([OWNER, 6, NO_ID], [OWNING_GROUP, 7, NO_ID], [MASK, 4, NO_ID], [OTHER, 0, NO_ID])) }, ACCESS_ACL, acl([OWNER, 6, NO_ID], [OWNING_GROUP, 6, NO_ID], [MASK, 4, NO_ID], [OTHER, 0, NO_ID])],
  'an ACL that is the mode': [{ name: 'f', mode: 0o640, pax: withAttribute(ACCESS_ACL, acl([OWNER, 6, NO_ID], [OWNING_GROUP, 4, NO_ID], [OTHER, 0, NO_ID])) }, ACCESS_ACL, acl([OWNER, 6, NO_ID], [USER, 7, 5], [OWNING_GROUP, 4, NO_ID], [MASK, 4, NO_ID], [OTHER, 0, NO_ID])],
  'an ACL that is a mode, but not its own': [{ name: 'f', mode: 0o777, pax: withAttribute(ACCESS_ACL, acl([OWNER, 6, NO_ID], [OWNING_GROUP, 4, NO_ID], [OTHER, 0, NO_ID])) }, ACCESS_ACL, acl([OWNER, 7, NO_ID], [OWNING_GROUP, 7, NO_ID], [OTHER, 7, NO_ID])],
  'an ACL without entries': [{ name: 'd', type: '5', mode: 0o750, pax: withAttribute(ACCESS_ACL, acl()) }, ACCESS_ACL, acl([OWNER, 7, NO_ID], [OWNING_GROUP, 7, NO_ID], [OTHER, 0, NO_ID])],
  'a default ACL with ids where there are none': [{ name: 'd', type: '5', pax: withAttribute(DEFAULT_ACL, acl([OWNER, 7, 0], [OWNING_GROUP, 5, 1], [OTHER, 5, 2])) }, DEFAULT_ACL, acl([OWNER, 7, NO_ID], [OWNING_GROUP, 7, NO_ID], [OTHER, 5, NO_ID])],
  'a default ACL without entries': [{ name: 'd', type: '5', pax: withAttribute(DEFAULT_ACL, acl()) }, DEFAULT_ACL, acl([OWNER, 7, NO_ID], [OWNING_GROUP, 7, NO_ID], [OTHER, 5, NO_ID])],
  'a capability of revision 3 for root': [{ name: 'f', pax: withAttribute('security.capability', capabilityFor(0)) }, 'security.capability', capabilityFor(7)],
  'a capability of revision 3 for somebody': [{ name: 'f', pax: withAttribute('security.capability', capabilityFor(7)) }, 'security.capability', CAPABILITY],
};

for (const [what, [entry, attribute, other]] of Object.entries(KERNEL_FORMS)) {
  test(`check() proves ${what}, and finds another one`, async () => {
    const image = await scene.commit('a', [entry]);
    assert.deepEqual(namedOf(await check()), []);
    lsetxattr(scene.inStore(`layers/${image.chainIDs[0]?.slice(7)}/diff/${entry.name}`), attribute, other);
    assert.match(namedOf(await check()).join('\n'), /its attribute "(system|security)\.\w+" is another|its mode is/);
  });
}

test('a quick check finds a layer that is gone, and one that is not proved says why', async () => {
  const image = await scene.commit('a', [{ name: 'f', data: '1' }, { name: 'f', data: '22' }]);
  assert.deepEqual((await check()).map((report) => report.kind === 'layer' && report.unproved), [false, 'its archive replaces entries of its own']);
  assert.deepEqual(namedOf(await check(false)), []);
  rmSync(scene.inStore(`layers/${image.chainIDs[0]?.slice(7)}/archive`));
  assert.match(JSON.stringify(await check()), /it has no record of its archive/);
  rmSync(scene.inStore(`layers/${image.chainIDs[0]?.slice(7)}/diff`), { recursive: true });
  for (const full of [true, false]) assert.deepEqual(namedOf(await check(full)), ['its directory is missing']);
});

const UNKEPT: Readonly<Record<string, readonly [EntryFixture[], string]>> = {
  'a file that comes twice as ./f': [[{ name: './f', data: '1' }, { name: './f', data: '22' }], 'its archive replaces entries of its own'],
  'a file that comes twice through a symlink': [[{ name: 'd/', type: '5' }, { name: 'l', type: '2', linkName: 'd' }, { name: 'l/f', data: '1' }, { name: 'd/f', data: '22' }], 'its archive replaces entries of its own'],
  'a whiteout with data': [[{ name: '.wh.gone', data: 'x' }], 'its archive has whiteouts with data'],
  'an opaque whiteout with data': [[{ name: 'd/.wh..wh..opq', data: 'x' }], 'its archive has whiteouts with data'],
  'a name of aufs with data': [[{ name: '.wh..wh.aufs', data: 'x' }], 'its archive has whiteouts with data'],
};

for (const [what, [entries, unproved]] of Object.entries(UNKEPT)) {
  test(`a layer with ${what} is whole, not proved and not exported`, async () => {
    const image = await scene.commit('a', entries);
    const reports = await check();
    assert.deepEqual([namedOf(reports), reports.map((report) => report.kind === 'layer' && report.unproved)], [[], [false, unproved]]);
    const refused = Array.fromAsync(scene.storage.layers.export(image.chainIDs, join(scene.root, 'out'), { signal: never }));
    await assert.rejects(refused, (error: Error) => error instanceof FailedPreconditionError && error.message.includes(unproved));
  });
}

const LOST = 'its archive replaces entries of its own';
const LONG = Array.from({ length: 700 }, (_, i) => `${i}-${'n'.repeat(90)}`);
/** Archives that replace entries of their own; undefined: nothing of them is lost, and they can be made again. */
const REPLACING: Readonly<Record<string, readonly [EntryFixture[], string | undefined]>> = {
  'a directory with an empty file, then a file': [[{ name: 'd/', type: '5' }, { name: 'd/f' }, { name: 'd', data: 'x' }], undefined],
  'a directory with a file, then a file': [[{ name: 'd/f', data: 'y' }, { name: 'd', data: 'x' }], LOST],
  'a directory with a file, then a symlink to one with the same name inside': [[{ name: 'e/f', data: '22' }, { name: 'd/', type: '5', mode: 0o700 }, { name: 'd/f', data: '1', uid: 5 }, { name: 'd/.wh.g' }, { name: 'd', type: '2', linkName: 'e' }], LOST],
  'a directory with a file, then a symlink to itself': [[{ name: 'd/f', uid: 5 }, { name: 'd', type: '2', linkName: 'd' }], undefined],
  'a directory, a file, and a directory again': [[{ name: 'd/', type: '5', mode: 0o700 }, { name: 'd/a' }, { name: 'd' }, { name: 'd/', type: '5', mode: 0o750 }, { name: 'd/b', data: 'x' }], undefined],
  'a file below a symlink, then another symlink': [[{ name: 'd/f', data: '1' }, { name: 'e/', type: '5' }, { name: 'l', type: '2', linkName: 'd' }, { name: 'l/g', data: '2' }, { name: 'l', type: '2', linkName: 'e' }], LOST],
  'a symlink, then a directory': [[{ name: 'l', type: '2', linkName: 'nowhere' }, { name: 'l/', type: '5' }, { name: 'l/f', data: 'x' }], undefined],
  'a whiteout, then a file': [[{ name: '.wh.f' }, { name: 'f', data: 'x' }], undefined],
  'an empty file, then a file': [[{ name: 'f', uid: 5 }, { name: 'f', data: 'x' }], undefined],
  'whiteouts in a directory, then one of it': [[{ name: 'd/.wh.a' }, { name: '.wh.d' }], undefined],
  'a file, then a hard link': [[{ name: 'f', data: '1' }, { name: 'g', data: '2' }, { name: 'f', type: '1', linkName: 'g' }], LOST],
  'more than can be noted': [[...LONG, ...LONG].map((name, i) => ({ name: 'f', pax: { path: `${name}/${name}` }, uid: i })), LOST],
};

for (const [what, [entries, unproved]] of Object.entries(REPLACING)) {
  test(`a layer with ${what} is whole, and ${unproved === undefined ? 'exported as it came' : 'said not to be proved'}`, async () => {
    const image = await scene.commit('a', entries);
    const reports = await check();
    assert.deepEqual([namedOf(reports), reports.map((report) => report.kind === 'layer' && report.unproved)], [[], [false, unproved]]);
    const file = join(scene.root, 'out');
    const exported = Array.fromAsync(scene.storage.layers.export(image.chainIDs, file, { signal: never }));
    if (unproved !== undefined) await assert.rejects(exported, FailedPreconditionError);
    else assert.equal((await exported)[0]?.sizeBytes, archive(...entries).length);
  });
}

for (const [what, entries, path, damage] of [
  ['a child that is gone from where a directory came back', [{ name: 'd/a' }, { name: 'd' }, { name: 'd/', type: '5' }, { name: 'd/b' }], 'd/b', /"d\/b": it is missing/],
  ['a child that is gone beside a replaced directory', [{ name: 'd/a', data: 'x' }, { name: 'e/a', data: 'y' }, { name: 'd', type: '2', linkName: 'e' }], 'e/a', /"e\/a": it is missing/],
  ['a file that is gone and had replaced one', [{ name: 'f', data: '1' }, { name: 'f', data: '2' }], 'f', /"f": it is missing/],
  ['a directory whose name below another was replaced', [{ name: 'd/x/f' }, { name: 'd/f' }, { name: 'd/f', type: '2', linkName: 'x' }], 'd/x', /"d\/x\/f": its directory is not there/],
] as const) {
  test(`check() finds ${what}`, async () => {
    const image = await scene.commit('a', [...entries]);
    rmSync(scene.inStore(`layers/${image.chainIDs[0]?.slice(7)}/diff/${path}`), { recursive: true });
    assert.match(namedOf(await check()).join('\n'), damage);
  });
}

test('what check() finds of the root directory is not forgotten for an entry that stands for nothing', async () => {
  const image = await scene.commit('a', [{ name: './', type: '5', mode: 0o711 }, { name: '.wh..wh.aufs' }]);
  chmodSync(scene.inStore(`layers/${image.chainIDs[0]?.slice(7)}/diff`), 0o777);
  assert.match(namedOf(await check()).join('\n'), /its mode is 777, want 711/);
});

test('a layer whose attributes of users the file system has no place for is told when it is unpacked, and whole', async () => {
  const root = join(scene.root, 'plain');
  mkdirSync(root);
  mount('ramfs', root, 'ramfs', 0, 'mode=700');
  const lines: string[] = [];
  const storage = await openStorage(root, { log: createLogger({ level: 'warn', format: 'text', write: (line) => lines.push(line) }), extractorLimits: { reservedFreeBytes: 0 } });
  const tar = archive({ name: 'f', data: 'x', pax: withAttribute('user.a', Buffer.from('b')) });
  await storage.images.commit(imageOf('a', [await stage(storage, tar)]), { signal: never });
  assert.match(lines.join(''), /attributes of users are left out of a layer: the file system has none.*attributes=1/);
  assert.deepEqual(namedOf(await Array.fromAsync(storage.check({ full: true, signal: never }))), []);
  await storage[Symbol.asyncDispose]();
});

test('a condemned layer is replaced by the next commit that brings it, under the feet of nobody', async () => {
  const base = [{ name: 'tool', data: 'good' }];
  const image = await scene.commit('a', base, [{ name: 'other' }]);
  const [chainID = ''] = image.chainIDs;
  const tool = scene.inStore(`layers/${chainID.slice(7)}/diff/tool`);
  writeFileSync(tool, 'dead');
  const running = await scene.storage.rootfs.create('running', image.chainIDs, { signal: never });
  assert.equal(readFileSync(join(running.path, 'tool'), 'utf8'), 'dead');
  {
    using condemned = new DisposableStack();
    condemned.use(scene.storage.layers.condemn([chainID]));
    assert.equal(scene.storage.layers.has(chainID), false);
    assert.equal(scene.storage.layers.hold([chainID]), undefined);
    await scene.storage.images.commit(imageOf('a', [await stage(scene.storage, archive(...base)), image.chainIDs[1] ?? '']), { signal: never });
    assert.ok(scene.storage.layers.has(chainID));
  }
  assert.deepEqual(namedOf(await check()), []);
  assert.equal(readFileSync(tool, 'utf8'), 'good');
  const fresh = await scene.storage.rootfs.create('fresh', image.chainIDs, { signal: never });
  assert.equal(readFileSync(join(fresh.path, 'tool'), 'utf8'), 'good');
  await scene.reopen();
  assert.equal(readFileSync(join(running.path, 'tool'), 'utf8'), 'dead');
  assert.equal(readdirSync(scene.inStore('retired')).length, 1);
  await scene.storage.rootfs.remove('running');
  await scene.storage.rootfs.remove('fresh');
  await eventually('the replaced layer goes', () => readdirSync(scene.inStore('retired')).length === 0);
});

test('a layer that was condemned and not brought is as before', async () => {
  const image = await scene.commit('a', [{ name: 'f' }]);
  scene.storage.layers.condemn(image.chainIDs)[Symbol.dispose]();
  assert.ok(scene.storage.layers.has(image.chainIDs[0] ?? ''));
});
