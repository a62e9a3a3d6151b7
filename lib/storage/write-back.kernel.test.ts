/** The disk is given files while a layer is unpacked: an image that is there is complete once the disk has all of it. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { RecordingDisk } from '../../test/fixtures/disk/index.ts';
import { archive, tarEntry } from './extractor/archive-fixture.ts';
import { never, openStorage, sourceOf } from './storage-fixture.ts';

const MIB = 1024 ** 2;
const DISK_BYTES = 48 * MIB;
/** Of the file, and of it what comes before anybody looks at the disk. */
const [FILE_BYTES, FIRST_BYTES] = [12 * MIB, 8 * MIB];
/** A page of each of the first pieces. */
const PAGE_BYTES = 4096;
const PIECES = [0, 1, 2, 3, 4, 5, 6].map((piece) => piece * MIB);
/** Of the small files, and how many of them are looked for. */
const [SMALL_BYTES, LOOKED_AT] = [600, 4];
/** Fewer than usual: the disk is small. */
const ENTRIES = 1000;
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
  for (const at of PIECES) await holds(disk, data.subarray(at, at + PAGE_BYTES), `the bytes at ${at}`);
  await writer.write(tar.subarray(FIRST_BYTES));
  await using layer = await writer.finish();
  assert.equal(layer.entries, 1);
});

const SYNCED = {
  'many small files': { entryBytes: 4 * SMALL_BYTES },
  'many files of a layer that leaves a processor free': { entryBytes: 0, freeEntryBytes: 4 * SMALL_BYTES },
} as const;
for (const [what, bytes] of Object.entries(SYNCED)) test(`the disk has ${what} before the rest of their layer has come`, async () => {
  await using disk = await RecordingDisk.create({ sizeBytes: DISK_BYTES, fileSystem: 'ext4' });
  await using storage = await openStorage(disk.path, { earlySyncs: { entries: ENTRIES, ...bytes } });
  const files = Array.from({ length: ENTRIES + 1 }, (_, n) => ({ name: `small-${n}`, data: randomBytes(SMALL_BYTES) }));
  const tar = archive(...files);
  await using writer = await storage.layers.stage(sourceOf(tar, tar), { signal: never });
  let at = files.slice(0, -1).reduce((sum, file) => sum + tarEntry(file).length, 0);
  await writer.write(tar.subarray(0, at));
  // How far it is is told now and then, when further bytes come.
  for (const deadline = Date.now() + DEADLINE_MS; writer.progress.entries < ENTRIES; at++) {
    assert.ok(Date.now() < deadline, `${writer.progress.entries} entries are there ${DEADLINE_MS} ms later`);
    await writer.write(tar.subarray(at, at + 1));
    await delay(POLL_MS);
  }
  for (const { name, data } of files.slice(0, LOOKED_AT)) await holds(disk, data, name);
});

async function holds(disk: RecordingDisk, data: Buffer, what: string): Promise<void> {
  const deadline = Date.now() + DEADLINE_MS;
  while (!await disk.ask({ kind: 'holds', data })) {
    assert.ok(Date.now() < deadline, `${what} is not on the disk ${DEADLINE_MS} ms later`);
    await delay(POLL_MS);
  }
}
