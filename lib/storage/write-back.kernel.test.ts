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
/** What the file's first pieces are at least, in as large writes as a disk takes; the file system's own are fewer. */
const WRITES_MIN = 6;
/** Sooner than the kernel would begin by itself. */
const DEADLINE_MS = 8_000;
const POLL_MS = 20;

test('the disk has the first pieces of a large file before the rest of it has come', async () => {
  await using disk = await RecordingDisk.create({ sizeBytes: DISK_BYTES, fileSystem: 'ext4' });
  await using storage = await openStorage(disk.path);
  const tar = archive({ name: 'large', data: randomBytes(FILE_BYTES) });
  await using writer = await storage.layers.stage(sourceOf(tar, tar), { signal: never });
  await disk.ask({ kind: 'record' });
  await writer.write(tar.subarray(0, FIRST_BYTES));
  const deadline = Date.now() + DEADLINE_MS;
  for (let writes = 0; writes < WRITES_MIN; writes = await disk.ask({ kind: 'writes' }) as number) {
    assert.ok(Date.now() < deadline, `${writes} writes until ${DEADLINE_MS} ms later`);
    await delay(POLL_MS);
  }
  await writer.write(tar.subarray(FIRST_BYTES));
  await using layer = await writer.finish();
  assert.equal(layer.entries, 1);
});
