/** A disk that refuses writes, or is full. `npm run test:crashes -- faults` tries three times as many places. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { DavitError, errorText, ResourceExhaustedError } from '#errors';
import { RecordingDisk } from '../../test/fixtures/disk/index.ts';
import type { Storage } from './api.ts';
import type { StorageOptions } from './storage.ts';
import { eventually, imageOf, openStorage, temporaryRoot } from './storage-fixture.ts';
import { EARLY_SYNCS, Expectation, pull } from './workload-fixture.ts';

const ROUNDS = Number(process.env['DAVIT_TEST_ROUNDS'] ?? 1);
const PLACES = 8 * ROUNDS;
const DISK_BYTES = 48 * 1024 ** 2;
const PAGE_BYTES = 4096;
/** How it is told depends on which write it was (a file's, the index', or the file system's own, whose damage ext4 notices later: EUCLEAN 117, EBADMSG 74) and on whom the kernel tells it. */
const REFUSALS = /EIO|EROFS|I\/O|Input\/output|disk|readonly|Read-only|EUCLEAN|EBADMSG|system error -?(117|74)|unable to open database/i;

for (const [what, count] of [['one write', 1], ['every write from one on', Infinity]] as const) {
  test(`when the disk refuses ${what} a pull says so, keeps nothing half, and works when the disk does`, async () => {
    using pristine = temporaryRoot();
    const expectation = await Expectation.learn(pristine.path);
    const total = await writesOfAPull();
    for (let place = 0; place < PLACES; place++) {
      const after = Math.floor((place + 0.5) * total / PLACES);
      await using disk = await RecordingDisk.create({ sizeBytes: DISK_BYTES, fileSystem: 'ext4' });
      await failingPull(disk, after, count, place % 2 === 0 ? EARLY_SYNCS : {});
      disk.repair();
      disk.mount();
      const listed = await expectation.check(disk.path, `write ${after} of ${total} refused`);
      assert.ok(listed.includes('b'), `write ${after} of ${total} refused: what was there before is gone`);
    }
  });
}

/** Pulls b, then a while the disk refuses writes, and a again afterwards if the kernel lets anybody write then. Leaves the disk unmounted. */
async function failingPull(disk: RecordingDisk, after: number, count: number, options: Partial<StorageOptions>): Promise<void> {
  const storage = await openStorage(disk.path, options);
  await pull(storage, 'b');
  await disk.ask({ kind: 'fail', after, count });
  const error = await failure(pull(storage, 'a'));
  await disk.ask({ kind: 'fail', after: 0, count: 0 });
  if (error !== undefined) {
    assert.match(error, REFUSALS);
    assert.equal(listsA(storage), false, error);
  }
  // A pull that succeeded may have left a refused write behind, of the index' file or of a directory: it is told to the next one.
  const again = isWritable(disk.path) ? await failure(pull(storage, 'a')) : undefined;
  if (again !== undefined) await pull(storage, 'a');
  await storage[Symbol.asyncDispose]();
  disk.unmount();
}

test('when the disk is full a pull says so, leaves nothing, and works when there is room', async () => {
  using pristine = temporaryRoot();
  const expectation = await Expectation.learn(pristine.path);
  const needed = await bytesOfAPull();
  for (let place = 0; place < PLACES; place++) {
    const room = Math.floor((place + 0.5) * needed / PLACES / PAGE_BYTES) * PAGE_BYTES;
    using root = temporaryRoot();
    const storage = await openStorage(root.path);
    await pull(storage, 'b');
    await settled(root.path);
    const before = usedBytes(root.path);
    execFileSync('mount', ['-o', `remount,size=${before + room}`, root.path]);
    const error: unknown = await pull(storage, 'a').then(() => undefined, (reason: unknown) => reason);
    if (error !== undefined) {
      assert.ok(error instanceof ResourceExhaustedError, `${room} bytes of room: ${errorText(error)}`);
      assert.equal(listsA(storage), false);
      await settled(root.path);
      assert.deepEqual(readdirSync(join(root.path, 'store/staging')), []);
    }
    execFileSync('mount', ['-o', 'remount,size=64M', root.path]);
    await pull(storage, 'a');
    await storage[Symbol.asyncDispose]();
    assert.ok((await expectation.check(root.path, `${room} bytes of room`)).includes('a'));
  }
});

const listsA = (storage: Storage): boolean => storage.images.get(imageOf('a', []).id) !== undefined;

async function failure(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    assert.ok(error instanceof DavitError || (error instanceof Error && 'code' in error), String(error));
    return errorText(error);
  }
}

function isWritable(directory: string): boolean {
  try {
    writeFileSync(join(directory, 'probe'), 'x');
    rmSync(join(directory, 'probe'));
    return true;
  } catch {
    return false;
  }
}

async function writesOfAPull(): Promise<number> {
  await using disk = await RecordingDisk.create({ sizeBytes: DISK_BYTES, fileSystem: 'ext4' });
  await using storage = await openStorage(disk.path);
  await pull(storage, 'b');
  await disk.ask({ kind: 'record' });
  await pull(storage, 'a');
  return await disk.ask({ kind: 'writes' }) as number;
}

async function bytesOfAPull(): Promise<number> {
  using root = temporaryRoot();
  await using storage = await openStorage(root.path);
  await pull(storage, 'b');
  await settled(root.path);
  const before = usedBytes(root.path);
  await pull(storage, 'a');
  return usedBytes(root.path) - before;
}

/** The trash is emptied in the background. */
async function settled(root: string): Promise<void> {
  await eventually('the trash is emptied', () => readdirSync(join(root, 'store/trash')).length === 0);
}

function usedBytes(path: string): number {
  const { blocks, bfree, bsize } = statfsSync(path);
  return (blocks - bfree) * bsize;
}
