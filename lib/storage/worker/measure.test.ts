import assert from 'node:assert/strict';
import { linkSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { smallTreeMeasurer, type MeasureSmallTree } from '#linux';
import { temporaryRoot } from '../storage-fixture.ts';
import { measureTree, SMALL_TREE_ENTRIES } from './measure.ts';

const native = smallTreeMeasurer();
const MEASURERS: readonly [how: string, measure: MeasureSmallTree][] = [['in JavaScript', measureTree], ...(native ? [['in C', native] as [string, MeasureSmallTree]] : [])];
const KIB = 1024;
/** What the file systems of tests and nodes take for a file's beginning. */
const BLOCK_BYTES = 4 * KIB;

test('small trees are measured in C where it was built', () => {
  assert.ok(native);
  assert.equal(smallTreeMeasurer('/no/library'), undefined);
});

for (const [how, measure] of MEASURERS) {
  test(`blocks and inodes of a small tree: files, holes, links, other directories (${how})`, () => {
    using root = temporaryRoot();
    const of = (name: string): string => join(root.path, name);
    assert.deepEqual(measure(root.path, SMALL_TREE_ENTRIES), { bytes: 0, inodes: 0 });
    writeFileSync(of('file'), Buffer.alloc(100 * KIB, 1));
    assert.deepEqual(measure(root.path, SMALL_TREE_ENTRIES), { bytes: 100 * KIB, inodes: 1 });
    for (const name of ['second', 'third']) linkSync(of('file'), of(name));
    assert.deepEqual(measure(root.path, SMALL_TREE_ENTRIES), { bytes: 100 * KIB, inodes: 1 }, 'a file with three names');
    writeFileSync(of('hole'), '');
    truncateSync(of('hole'), 1024 * KIB);
    symlinkSync(process.execPath, of('link'));
    writeFileSync(Buffer.concat([Buffer.from(`${root.path}/`), Buffer.from([0xff, 0xc3])]), Buffer.alloc(BLOCK_BYTES, 1));
    const { bytes = 0, inodes } = measure(root.path, SMALL_TREE_ENTRIES) ?? {};
    assert.equal(inodes, 4);
    assert.ok(bytes >= 104 * KIB && bytes < 200 * KIB, `${bytes}: a symlink is not followed, a hole takes nothing`);
    mkdirSync(of('a/b'), { recursive: true });
    writeFileSync(of('a/b/c'), Buffer.alloc(BLOCK_BYTES, 1));
    linkSync(of('a/b/c'), of('d'));
    const below = measure(root.path, SMALL_TREE_ENTRIES);
    assert.equal(below?.inodes, 7);
    assert.ok(below.bytes >= bytes + BLOCK_BYTES);
  });

  test(`a tree with one entry more than may be looked at (${how})`, () => {
    using root = temporaryRoot();
    for (const directory of ['a', 'b']) {
      mkdirSync(join(root.path, directory));
      for (let n = 0; n < 9; n++) writeFileSync(join(root.path, directory, String(n)), '');
    }
    assert.equal(measure(root.path, 20)?.inodes, 20);
    assert.equal(measure(root.path, 19), undefined);
  });

  test(`what is no directory is an error that names it (${how})`, () => {
    using root = temporaryRoot();
    writeFileSync(join(root.path, 'file'), '');
    symlinkSync('/', join(root.path, 'link'));
    for (const [name, code] of [['none', 'ENOENT'], ['file', 'ENOTDIR'], ['link', 'ENOTDIR']] as const) {
      assert.throws(() => measure(join(root.path, name), 9), (error) => error instanceof Error && 'code' in error && error.code === code && error.message.includes(join(root.path, name)));
    }
  });
}

test('in C a tree is not small either that has many files with several names, or is deep', () => {
  using root = temporaryRoot();
  const [linked, deep] = [join(root.path, 'linked'), join(root.path, 'deep')];
  const link = (n: number): void => {
    writeFileSync(join(linked, `${n}`), '');
    linkSync(join(linked, `${n}`), join(linked, `${n}-again`));
  };
  mkdirSync(linked);
  for (let n = 0; n < 64; n++) link(n);
  assert.equal(native?.(linked, SMALL_TREE_ENTRIES)?.inodes, 64);
  link(64);
  assert.equal(native(linked, SMALL_TREE_ENTRIES), undefined);
  mkdirSync(`${deep}${'/d'.repeat(64)}`, { recursive: true });
  assert.equal(native(deep, SMALL_TREE_ENTRIES)?.inodes, 64);
  mkdirSync(`${deep}${'/d'.repeat(65)}`, { recursive: true });
  assert.equal(native(deep, SMALL_TREE_ENTRIES), undefined);
  assert.equal(measureTree(deep, SMALL_TREE_ENTRIES)?.inodes, 65);
});
