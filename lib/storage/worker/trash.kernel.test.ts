import assert from 'node:assert/strict';
import { closeSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { InternalError } from '#errors';
import { MNT_DETACH, mount, umount } from '#linux';
import { atPath, openDirectory } from '../at-path.ts';
import { storageLayout } from '../layout.ts';
import { temporaryRoot } from '../storage-fixture.ts';
import { measureTree } from './measure.ts';
import { emptyTrash } from './trash.ts';

/** Deeper than a process may have files open in one of its threads, or calls within calls. */
const DEPTH = 6000;

/** Directories in directories; a file in the last. */
function nest(top: string, depth: number): void {
  let fd = openDirectory(top);
  for (let n = 0; n < depth; n++) {
    mkdirSync(atPath(fd, 'd'));
    const next = openDirectory(atPath(fd, 'd'));
    closeSync(fd);
    fd = next;
  }
  writeFileSync(atPath(fd, 'f'), Buffer.alloc(100_000));
  closeSync(fd);
}

test('emptyTrash() removes trees of any depth, files and links, and everything beside what cannot go', () => {
  using root = temporaryRoot();
  const layout = storageLayout(root.path);
  mkdirSync(layout.trash);
  for (const name of ['busy', 'deep', 'wide']) mkdirSync(join(layout.trash, name));
  writeFileSync(join(layout.trash, 'file'), '');
  symlinkSync('/', join(layout.trash, 'link'));
  for (const name of ['before', 'mounted', 'then']) mkdirSync(join(layout.trash, 'busy', name));
  mkdirSync(join(layout.trash, 'busy/then/more'));
  nest(join(layout.trash, 'deep'), DEPTH);
  mount('tmpfs', join(layout.trash, 'busy/mounted'), 'tmpfs', 0);
  writeFileSync(join(layout.trash, 'busy/mounted/kept'), '');
  assert.throws(() => emptyTrash(layout), (error) => error instanceof InternalError && /1 entry stays; busy: .*something is mounted there/.test(error.message));
  assert.deepEqual([readdirSync(layout.trash), readdirSync(join(layout.trash, 'busy')), readdirSync(join(layout.trash, 'busy/mounted'))], [['busy'], ['mounted'], ['kept']]);
  umount(join(layout.trash, 'busy/mounted'), MNT_DETACH);
  emptyTrash(layout);
  assert.deepEqual(readdirSync(layout.trash), []);
});

test('measureTree() counts what lies deep, and looks at no more than it may', () => {
  using root = temporaryRoot();
  mkdirSync(join(root.path, 'deep'));
  nest(join(root.path, 'deep'), DEPTH);
  const { bytes = 0, inodes } = measureTree(join(root.path, 'deep')) ?? {};
  assert.equal(inodes, DEPTH + 1);
  assert.ok(bytes >= 100_000);
  writeFileSync(Buffer.concat([Buffer.from(join(root.path, 'deep/')), Buffer.from([0xff, 0xc3])]), '');
  assert.equal(measureTree(join(root.path, 'deep'))?.inodes, DEPTH + 2, 'a name that is not UTF-8');
  assert.equal(measureTree(join(root.path, 'deep'), DEPTH + 1), undefined);
  assert.ok(measureTree(join(root.path, 'deep'), DEPTH + 2));
});
