/** What comes in of a large layer is hashed by another thread than of a small one: the digest is that of all of it. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { DataLossError } from '#errors';
import { archive } from './extractor/archive-fixture.ts';
import { openStorage, sourceOf, stage } from './storage-fixture.ts';

/** More than the 64 MiB from which on a layer counts as large. */
const LARGE_BYTES = 70 * 1024 ** 2;
const PIECE_BYTES = 1024 ** 2;

test('a large layer is taken when all of it has the digest, and refused when a byte before or after it became large has not', async (t) => {
  const directory = await mkdtemp(join(tmpdir(), 'davit-large-'));
  t.after(() => rm(directory, { recursive: true }));
  await using storage = await openStorage(directory);
  const tar = archive({ name: 'large', data: randomBytes(LARGE_BYTES) });
  const source = sourceOf(tar, tar);
  {
    await using layer = await stage(storage, tar, tar, source, PIECE_BYTES);
    assert.equal(layer.entries, 1);
  }
  for (const at of [1024, LARGE_BYTES]) {
    const changed = Buffer.from(tar);
    changed[at] = 255 - (changed[at] ?? 0);
    await assert.rejects(stage(storage, changed, changed, { ...source, diffID: sourceOf(changed, changed).diffID }, PIECE_BYTES), (error) => error instanceof DataLossError && /digest/.test(error.message));
  }
});
