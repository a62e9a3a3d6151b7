/** Where a processor is free, or becomes free while a layer comes in, another thread hashes the rest of it, unless the kernel gives none: the digest is that of all of it. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { DataLossError } from '#errors';
import { detectCgroups } from '#linux';
import type { LayerSource, StagedLayer, Storage } from './api.ts';
import { archive } from './extractor/archive-fixture.ts';
import { never, openStorage, sourceOf, stage, temporaryRoot } from './storage-fixture.ts';

/** Each half of it is more than a socket to an extractor holds. */
const DATA_BYTES = 12 * 1024 ** 2;
const PIECE_BYTES = 1024 ** 2;
/** An extractor's two: who reads and inflates, who unpacks. */
const THREADS = 2;

test('a layer that others were unpacked beside at first is taken when all of it has the digest, and refused when a byte of either half has not', async (t) => {
  const directory = await mkdtemp(join(tmpdir(), 'davit-apart-'));
  t.after(() => rm(directory, { recursive: true }));
  await using storage = await openStorage(directory);
  const tar = archive({ name: 'file', data: randomBytes(DATA_BYTES) });
  const source = sourceOf(tar, tar);
  {
    await using layer = await stageBesideAnother(storage, tar, source);
    assert.equal(layer.entries, 1);
  }
  for (const at of [1024, DATA_BYTES]) {
    const changed = Buffer.from(tar);
    changed[at] = 255 - (changed[at] ?? 0);
    await assert.rejects(stageBesideAnother(storage, changed, { ...source, diffID: sourceOf(changed, changed).diffID }), (error) => error instanceof DataLossError && /digest/.test(error.message));
  }
});

test('a layer whose extractor may start no thread for it is taken, or refused, by its digest as well', { timeout: 60_000 }, async (t) => {
  const [cgroups, group] = [detectCgroups(), `/davit-apart-test-${process.pid}`];
  await cgroups.create(group);
  t.after(() => cgroups.remove(group, { signal: AbortSignal.timeout(5000) }));
  const cgroupDirs = cgroups.directories(group);
  const pids = cgroupDirs.find((path) => existsSync(join(path, 'pids.max'))) ?? assert.fail('no cgroup limits threads');
  writeFileSync(join(pids, 'pids.max'), String(THREADS));
  using root = temporaryRoot();
  await using storage = await openStorage(root.path, { cage: { program: join(import.meta.dirname, '../../build/davit-monitor'), cgroupDirs } });
  const tar = archive({ name: 'file', data: randomBytes(DATA_BYTES) });
  {
    await using layer = await stage(storage, tar, tar);
    assert.equal(layer.entries, 1);
  }
  assert.match(readFileSync(join(pids, 'pids.events'), 'utf8'), /^max [1-9]/m, 'a thread was refused');
  const changed = Buffer.from(tar);
  changed[DATA_BYTES] = 255 - (changed[DATA_BYTES] ?? 0);
  const source = { ...sourceOf(tar, tar), diffID: sourceOf(changed, changed).diffID };
  await assert.rejects(stage(storage, changed, changed, source), (error) => error instanceof DataLossError && /digest/.test(error.message));
});

/** Stages an archive; another layer is being unpacked until half of it has come. */
async function stageBesideAnother(storage: Storage, tar: Buffer, source: LayerSource): Promise<StagedLayer> {
  await using another = await storage.layers.stage(source, { signal: never });
  await using writer = await storage.layers.stage(source, { signal: never });
  const half = tar.length / 2;
  for (let at = 0; at < tar.length; at += PIECE_BYTES) {
    if (at >= half) await another[Symbol.asyncDispose]();
    await writer.write(tar.subarray(at, at + PIECE_BYTES));
  }
  return await writer.finish();
}
