/** Project quota of real file systems, for kernels that have it. Where they have not, the tests are skipped by name (test/allowed-skips.txt). */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readdirSync, statfsSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { errnoOf } from '#errors';
import { mount, MNT_DETACH, nextProject, projectOf, umount } from '#linux';
import { archive } from './extractor/archive-fixture.ts';
import { eventually, imageOf, never, openStorage, stage, temporaryRoot } from './storage-fixture.ts';

const DISK_BYTES = 400 * 1024 ** 2;
const LIMIT_BYTES = 8 * 1024 ** 2;
const PIECE = Buffer.alloc(64 * 1024, 'x');
const MKFS = { ext4: ['mkfs.ext4', '-q', '-F', '-O', 'quota,project', '-E', 'quotatype=prjquota'], xfs: ['mkfs.xfs', '-q', '-f'] } as const;
const FIRST_PROJECT = 0x4000_0000;
const EDQUOT = 122;

/** A file system with project quota; undefined where the kernel refuses to mount it. */
function quotaDisk(fileSystem: keyof typeof MKFS, options = 'prjquota'): (Disposable & { readonly path: string }) | undefined {
  using stack = new DisposableStack();
  const root = stack.use(temporaryRoot());
  const [program, ...args] = MKFS[fileSystem];
  const [image, path] = [join(root.path, 'image'), join(root.path, 'disk')];
  writeFileSync(image, '');
  truncateSync(image, DISK_BYTES);
  execFileSync(program, [...args, image]);
  const device = execFileSync('losetup', ['--find', '--show', image], { encoding: 'utf8' }).trim();
  stack.defer(() => { execFileSync('losetup', ['--detach', device]); });
  mkdirSync(path);
  try {
    mount(device, path, fileSystem, 0, options);
  } catch (error) {
    if (errnoOf(error) === 'EINVAL' || errnoOf(error) === 'ESRCH' || errnoOf(error) === 'ENODEV') return undefined;
    throw error;
  }
  stack.defer(() => umount(path, MNT_DETACH));
  const kept = stack.move();
  return { path, [Symbol.dispose]: () => kept.dispose() };
}

/** Whether it says that the quota is used up: EDQUOT of ext4, for which Node has no name, or ENOSPC of xfs. */
function isFull(error: unknown): boolean {
  return error instanceof Error && 'errno' in error && (error.errno === -EDQUOT || error.errno === -constants.errno.ENOSPC);
}

/** A file system may go on naming a project that was used. */
function takesNothing(project: ReturnType<typeof nextProject>): boolean {
  return project === undefined || project.bytes + project.inodes + project.maxBytes + project.maxInodes === 0;
}

/** Writes until the quota is used up. @returns how much went in */
function fill(path: string): number {
  let [fd, bytes] = [-1, 0];
  try {
    fd = openSync(path, 'w');
    for (;;) bytes += writeSync(fd, PIECE);
  } catch (error) {
    if (!isFull(error)) throw error;
    return bytes;
  } finally {
    if (fd !== -1) closeSync(fd);
  }
}

for (const fileSystem of ['ext4', 'xfs'] as const) {
  test(`a container writes as much as its quota allows, and nobody else notices, on ${fileSystem}`, async (t) => {
    using disk = quotaDisk(fileSystem);
    if (!disk) { t.skip(`this kernel has no project quota of ${fileSystem}`); return; }
    const open = (): ReturnType<typeof openStorage> => openStorage(disk.path, { writableLimits: { bytes: LIMIT_BYTES, inodes: 200 } });
    let storage = await open();
    assert.deepEqual(storage.writableQuota, { counted: true, limits: true, reason: '' });
    const image = await storage.images.commit(imageOf('a', [await stage(storage, archive({ name: 'big', data: Buffer.alloc(3 * 1024 ** 2, 1) }))]), { signal: never });
    const one = await storage.rootfs.create('one', image.chainIDs, { signal: never });
    const two = await storage.rootfs.create('two', image.chainIDs, { signal: never });
    assert.notEqual(projectOf(one.upper), projectOf(two.upper));
    assert.equal(projectOf(join(one.upper, '../work')), projectOf(one.upper));

    const filled = fill(join(one.path, 'file'));
    assert.ok(filled > LIMIT_BYTES * 0.9 && filled <= LIMIT_BYTES, String(filled));
    assert.equal(statfsSync(one.path).blocks * statfsSync(one.path).bsize, LIMIT_BYTES, 'df in the container shows the limit');
    const usage = await storage.rootfs.usage('one');
    assert.ok(usage.bytes >= filled && usage.bytes <= LIMIT_BYTES, `${usage.bytes} counted, ${filled} written`);
    // Copied up by the kernel: what comes from the image counts when it is changed.
    writeFileSync(join(two.path, 'big'), 'changed', { flag: 'a' });
    assert.ok((await storage.rootfs.usage('two')).bytes >= 3 * 1024 ** 2);
    const inodes = (): void => { for (let n = 0; n < 300; n++) writeFileSync(join(two.path, `f${n}`), ''); };
    assert.throws(inodes, isFull);
    writeFileSync(join(disk.path, 'of the node'), Buffer.alloc(20 * 1024 ** 2, 2));

    await storage[Symbol.asyncDispose]();
    storage = await open();
    assert.ok((await storage.rootfs.usage('one')).bytes >= filled, 'the next daemon counts on');
    assert.ok(fill(join(one.path, 'more')) < PIECE.length, 'and limits on');
    await storage.rootfs.remove('one');
    const three = await storage.rootfs.create('three', image.chainIDs, { signal: never });
    assert.ok(fill(join(three.path, 'file')) > LIMIT_BYTES * 0.9, 'a new container has all of its quota');
    for (const id of ['two', 'three']) await storage.rootfs.remove(id);
    await eventually('the files of removed containers go', () => readdirSync(join(disk.path, 'store/trash')).length === 0);
    await eventually('no project is left behind', () => takesNothing(nextProject(disk.path, FIRST_PROJECT)));
    await storage[Symbol.asyncDispose]();
  });
}

test('where the file system has no project quota, writable layers are not limited and the state says why', async () => {
  using root = temporaryRoot();
  await using storage = await openStorage(root.path, { writableLimits: { bytes: LIMIT_BYTES } });
  assert.deepEqual([storage.writableQuota.counted, storage.writableQuota.limits], [false, false]);
  assert.match(storage.writableQuota.reason, /prjquota/);
  const { path } = await storage.rootfs.create('one', [], { signal: never });
  writeFileSync(join(path, 'file'), Buffer.alloc(LIMIT_BYTES + 4096, 1));
  assert.ok((await storage.rootfs.usage('one')).bytes >= 0);
});
