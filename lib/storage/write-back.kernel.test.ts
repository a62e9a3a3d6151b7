/** The disk is given large files while they are unpacked: an image that is there is complete once the disk has all of it. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { RecordingDisk } from '../../test/fixtures/disk/index.ts';
import { archive } from './extractor/archive-fixture.ts';
import { never, openStorage, sourceOf } from './storage-fixture.ts';

const MIB = 1024 ** 2;
const DISK_BYTES = 48 * MIB;
/** Of the file, and of it what comes before anybody looks at the disk. */
const [FILE_BYTES, FIRST_BYTES] = [12 * MIB, 8 * MIB];
/** A page of each of the first pieces. */
const PAGE_BYTES = 4096;
const PIECES = [0, 1, 2, 3, 4, 5, 6].map((piece) => piece * MIB);
/** Sooner than the kernel gives the disk a file's data by itself: it leaves them in memory for half a minute (vm.dirty_expire_centisecs). */
const DEADLINE_MS = 20_000;
const POLL_MS = 50;

test('the disk has the first pieces of a large file before the rest of it has come', async () => {
  await using disk = await RecordingDisk.create({ sizeBytes: DISK_BYTES, fileSystem: 'ext4' });
  await using storage = await openStorage(disk.path);
  const data = randomBytes(FILE_BYTES);
  const tar = archive({ name: 'large', data });
  await using writer = await storage.layers.stage(sourceOf(tar, tar), { signal: never });
  await writer.write(tar.subarray(0, FIRST_BYTES));
  const deadline = Date.now() + DEADLINE_MS;
  for (const at of PIECES) {
    while (!await disk.ask({ kind: 'holds', data: data.subarray(at, at + PAGE_BYTES) })) {
      assert.ok(Date.now() < deadline, `the bytes at ${at} are not on the disk ${DEADLINE_MS} ms later`);
      await delay(POLL_MS);
    }
  }
  await writer.write(tar.subarray(FIRST_BYTES));
  await using layer = await writer.finish();
  assert.equal(layer.entries, 1);
});
