/** What `davit image save` writes, over power cuts; kills are in test/integration/image-load-kill.test.ts. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { RecordingDisk } from '../../../test/fixtures/disk/index.ts';
import { writeWholeDirectory } from './whole-directory.ts';

const DISK_BYTES = 24 * 1024 ** 2;
const FILE_BYTES = 300_000;
const FILES = ['index', 'blobs/one', 'blobs/two'];
const MAX_CUTS = 25;

test('after a power cut at any point a directory is there with all that is in it, or not at all, and there once it was said to be', async () => {
  await using disk = await RecordingDisk.create({ sizeBytes: DISK_BYTES, fileSystem: 'ext4' });
  const data = randomBytes(FILE_BYTES);
  await disk.ask({ kind: 'record' });
  await writeWholeDirectory(join(disk.path, 'saved'), {
    write: async (half) => {
      await mkdir(join(half, 'blobs'));
      for (const name of FILES) await writeFile(join(half, name), data);
    },
    empty: (half) => rm(join(half, 'blobs'), { recursive: true, force: true }),
  });
  await disk.ask({ kind: 'mark', name: 'said' });
  const length = await disk.ask({ kind: 'length' }) as number;
  const step = Math.ceil(length / MAX_CUTS);
  for (let end = length; end > 0; end -= step) {
    using after = await disk.afterCut(end, end);
    const saved = join(after.path, 'saved');
    const said = (await disk.ask({ kind: 'marksBefore', end }) as string[]).length > 0;
    assert.ok(existsSync(saved) || !said, `cut before entry ${end} of ${length}: it has gone`);
    if (existsSync(saved)) for (const name of FILES) assert.ok(existsSync(join(saved, name)) && data.equals(readFileSync(join(saved, name))), `cut before entry ${end} of ${length}: ${name}`);
  }
});
