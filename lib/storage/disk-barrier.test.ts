import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { InternalError, UnavailableError } from '#errors';
import type { StagedLayer } from './api.ts';
import { digestOf } from './digest.ts';
import { DiskBarrier } from './disk-barrier.ts';
import { MemoryImageIndex } from './image-index.ts';
import type { JobWorker } from './job-worker.ts';
import { LayerTable } from './layer-table.ts';
import { storageLayout } from './layout.ts';

const signal = new AbortController().signal;
const staged = (name: string): StagedLayer => ({ diffID: digestOf(name), digest: digestOf(name), directory: `/nowhere/${name}`, diskBytes: 1, inodes: 1, compressedBytes: 1, uncompressedBytes: 1, entries: 1, [Symbol.asyncDispose]: async () => undefined });
const image = (layer: StagedLayer) => ({ id: digestOf('image'), names: [], digests: [], sizeBytes: 1, config: Buffer.from('{}'), manifestDigest: digestOf('manifest'), pinned: false, layers: [layer] });

/** A directory that can be synced until the barrier is closed. */
async function withIndex(work: (barrier: DiskBarrier, index: MemoryImageIndex, jobs: string[]) => Promise<void>): Promise<void> {
  const path = await mkdtemp(join(tmpdir(), 'davit-barrier-'));
  const jobs: string[] = [];
  const barrier = await DiskBarrier.open(path);
  try {
    const layout = storageLayout(path);
    const layers = new LayerTable(layout, [], { emptyTrash: () => undefined, onReleased: () => undefined, discard: () => undefined });
    const worker = { run: async (name: string) => { jobs.push(name); } } as unknown as JobWorker;
    await work(barrier, new MemoryImageIndex({ layout, worker, layers, barrier }, []), jobs);
  } finally {
    await barrier[Symbol.asyncDispose]();
    await rm(path, { recursive: true });
  }
}

test('commit() takes a layer that was staged on a disk that works, and records it after the disk has it', () => withIndex(async (barrier, index, jobs) => {
  const layer = staged('a');
  barrier.begin()(layer);
  await index.commit(image(layer), { signal });
  assert.deepEqual(jobs, ['complete', 'commit']);
}));

test('commit() refuses each layer that was staged before the disk failed to write, with nothing done; one that is being staged meanwhile is refused too', () => withIndex(async (barrier, index, jobs) => {
  const layer = staged('a');
  barrier.begin()(layer);
  const half = barrier.begin();
  // Of a closed directory the kernel syncs nothing.
  await barrier[Symbol.asyncDispose]();
  await assert.rejects(barrier.sync(), InternalError);
  await assert.rejects(index.commit(image(layer), { signal }), (error) => error instanceof UnavailableError && error.message.includes(layer.digest) && /pull it again/.test(error.message));
  assert.throws(() => half(staged('b')), UnavailableError);
  assert.deepEqual([jobs, index.list()], [[], []]);
  barrier.begin()(layer);
  assert.doesNotThrow(() => barrier.check(layer));
}));

test('commit() records nothing when the disk fails to write the layers', () => withIndex(async (barrier, index, jobs) => {
  const layer = staged('a');
  barrier.begin()(layer);
  await barrier[Symbol.asyncDispose]();
  await assert.rejects(index.commit(image(layer), { signal }), InternalError);
  assert.deepEqual([jobs, index.list()], [['complete'], []]);
}));
