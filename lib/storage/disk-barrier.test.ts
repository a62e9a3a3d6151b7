import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setImmediate as delay } from 'node:timers/promises';
import { InternalError, ResourceExhaustedError, UnavailableError } from '#errors';
import type { StagedLayer } from './api.ts';
import { digestOf } from './digest.ts';
import { DiskBarrier, NO_SYNCS_AFTER_MS, type DiskBarrierOptions } from './disk-barrier.ts';
import { MemoryImageIndex } from './image-index.ts';
import type { JobWorker } from './job-worker.ts';
import { LayerTable } from './layer-table.ts';
import { storageLayout } from './layout.ts';

const ENTRY_BYTES = 1000;
const signal = new AbortController().signal;
const staged = (name: string): StagedLayer => ({ diffID: digestOf(name), digest: digestOf(name), directory: `/nowhere/${name}`, diskBytes: 1, inodes: 1, compressedBytes: 1, uncompressedBytes: 1, entries: 1, [Symbol.asyncDispose]: async () => undefined });
const image = (layer: StagedLayer) => ({ id: digestOf('image'), names: [], digests: [], sizeBytes: 1, config: Buffer.from('{}'), manifest: Buffer.from('manifest'), manifestDigest: digestOf('manifest'), pinned: false, layers: [layer] });

/** The index over a barrier of a directory that can be synced until that is closed. */
async function withIndex(work: (barrier: DiskBarrier, index: MemoryImageIndex, jobs: string[]) => Promise<void>, options: DiskBarrierOptions = {}): Promise<void> {
  const path = await mkdtemp(join(tmpdir(), 'davit-barrier-'));
  const jobs: string[] = [];
  const barrier = await DiskBarrier.open(path, options);
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
  barrier.begin().staged(layer);
  await index.commit(image(layer), { signal });
  assert.deepEqual(jobs, ['complete', 'commit']);
}));

test('commit() refuses each layer that was staged before the disk failed to write, with nothing done; one that is being staged meanwhile is refused too', () => withIndex(async (barrier, index, jobs) => {
  const layer = staged('a');
  barrier.begin().staged(layer);
  const half = barrier.begin();
  // Of a closed directory the kernel syncs nothing.
  await barrier[Symbol.asyncDispose]();
  await assert.rejects(barrier.sync([]), InternalError);
  await assert.rejects(index.commit(image(layer), { signal }), (error) => error instanceof UnavailableError && error.message.includes(layer.digest) && /pull it again/.test(error.message));
  assert.throws(() => half.staged(staged('b')), UnavailableError);
  assert.deepEqual([jobs, index.list()], [[], []]);
  barrier.begin().staged(layer);
  assert.doesNotThrow(() => barrier.check(layer));
}));

test('commit() records nothing when the disk fails to write the layers', () => withIndex(async (barrier, index, jobs) => {
  const layer = staged('a');
  barrier.begin().staged(layer);
  await barrier[Symbol.asyncDispose]();
  await assert.rejects(index.commit(image(layer), { signal }), InternalError);
  assert.deepEqual([jobs, index.list()], [['complete'], []]);
}));

/** Syncs that end when and as the test says, and how many have begun. */
function syncsByHand(): { readonly sync: () => Promise<void>; readonly begun: () => number; readonly end: (error?: Error) => Promise<void> } {
  const pending: PromiseWithResolvers<void>[] = [];
  let begun = 0;
  const sync = (): Promise<void> => {
    begun++;
    const one = Promise.withResolvers<void>();
    pending.push(one);
    return one.promise;
  };
  const end = async (error?: Error): Promise<void> => {
    const one = pending.shift();
    assert.ok(one, 'no sync is under way');
    if (error) one.reject(error);
    else one.resolve();
    await delay();
  };
  return { sync, begun: () => begun, end };
}

/** A layer's progress. */
const small = (entries: number) => ({ entries, uncompressedBytes: entries * ENTRY_BYTES });

/** An error of the kernel's. */
const failure = (code: string): Error => Object.assign(new Error(`${code}: syncfs`), { code });

test('made() begins a sync for each so many entries of all layers together, one at a time', async () => {
  const { sync, begun, end } = syncsByHand();
  await withIndex(async (barrier) => {
    const [one, other] = [barrier.begin(), barrier.begin()];
    one.made(small(6));
    one.made(small(6));
    other.made(small(3));
    assert.equal(begun(), 0, 'nine have been made');
    other.made(small(4));
    assert.equal(begun(), 1);
    one.made(small(30));
    assert.equal(begun(), 1, 'one is under way');
    await end();
    one.made(small(30));
    assert.equal(begun(), 2, 'those made meanwhile count');
    await end();
    one.staged({ ...staged('a'), entries: 39 });
    assert.equal(begun(), 2, 'nine have been made since');
    other.staged({ ...staged('b'), entries: 5 });
    assert.equal(begun(), 3, 'the last ones of a layer count');
    await end();
  }, { earlySyncs: { entries: 10, entryBytes: ENTRY_BYTES }, sync });
});

test('made() begins no sync for entries that are large, and one for small ones after them', async () => {
  const { sync, begun, end } = syncsByHand();
  await withIndex(async (barrier) => {
    const layer = barrier.begin();
    layer.made({ entries: 10, uncompressedBytes: 10 * ENTRY_BYTES + 1 });
    assert.equal(begun(), 0);
    layer.made({ entries: 20, uncompressedBytes: 20 * ENTRY_BYTES + 1 });
    assert.equal(begun(), 1);
    await end();
  }, { earlySyncs: { entries: 10, entryBytes: ENTRY_BYTES }, sync });
});

test('made() begins one for larger entries where a processor is free, and for none that are larger still', async () => {
  const { sync, begun, end } = syncsByHand();
  await withIndex(async (barrier) => {
    const layer = barrier.begin();
    layer.made({ entries: 10, uncompressedBytes: 20 * ENTRY_BYTES });
    assert.equal(begun(), 0, 'none is free');
    layer.made({ entries: 20, uncompressedBytes: 40 * ENTRY_BYTES + 1 }, true);
    assert.equal(begun(), 0, 'a byte too many');
    layer.made({ entries: 30, uncompressedBytes: 60 * ENTRY_BYTES + 1 }, true);
    assert.equal(begun(), 1);
    await end();
  }, { earlySyncs: { entries: 10, entryBytes: ENTRY_BYTES, freeEntryBytes: 2 * ENTRY_BYTES }, sync });
});

test('made() begins no sync while somebody delays it and for a moment after, and then one for all that has come; a commit waits for nobody', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let begun = 0;
  await withIndex(async (barrier) => {
    const layer = barrier.begin();
    const [one, other] = [barrier.delayEarlySyncs(), barrier.delayEarlySyncs()];
    layer.made(small(10));
    one[Symbol.dispose]();
    one[Symbol.dispose]();
    t.mock.timers.tick(NO_SYNCS_AFTER_MS);
    layer.made(small(20));
    assert.equal(begun, 0, 'the other goes on');
    other[Symbol.dispose]();
    t.mock.timers.tick(NO_SYNCS_AFTER_MS - 1);
    layer.made(small(21));
    assert.equal(begun, 0, 'it ended a moment ago');
    await barrier.sync([]);
    assert.equal(begun, 1);
    layer.made(small(30));
    t.mock.timers.tick(1);
    layer.made(small(31));
    assert.equal(begun, 2);
  }, { earlySyncs: { entries: 10, entryBytes: ENTRY_BYTES }, sync: async () => { begun++; } });
});

test('commit() waits for a sync that made() has begun, and writes what came since; so does disposal', async () => {
  const { sync, begun, end } = syncsByHand();
  await withIndex(async (barrier, index, jobs) => {
    const layer = staged('a');
    barrier.begin().staged(layer);
    const committed = index.commit(image(layer), { signal });
    await delay();
    assert.deepEqual([begun(), jobs], [1, ['complete']]);
    await end();
    assert.deepEqual([begun(), jobs], [2, ['complete']]);
    await end();
    await committed;
    assert.deepEqual(jobs, ['complete', 'commit']);
    barrier.begin().made(small(1));
    let isClosed = false;
    const closed = barrier[Symbol.asyncDispose]().then(() => { isClosed = true; });
    await delay();
    assert.equal(isClosed, false);
    await end();
    await closed;
  }, { earlySyncs: { entries: 1, entryBytes: ENTRY_BYTES }, sync });
});

for (const [code, refusal] of [['EIO', UnavailableError], ['ENOSPC', ResourceExhaustedError]] as const) {
  test(`commit() refuses what was staged before a sync that made() had begun and that failed with ${code}, when it failed after commit() was called too`, async () => {
    const { sync, begun, end } = syncsByHand();
    await withIndex(async (barrier, index, jobs) => {
      const [layer, later, half] = [staged('a'), staged('b'), barrier.begin()];
      barrier.begin().staged(layer);
      await end(failure(code));
      await assert.rejects(index.commit(image(layer), { signal }), refusal);
      assert.throws(() => half.staged(staged('c')), refusal);
      barrier.begin().staged(later);
      assert.equal(begun(), 2);
      const committed = assert.rejects(index.commit(image(later), { signal }), refusal);
      await delay();
      // The kernel has told it to that sync, and says nothing to the next.
      await end(failure(code));
      await end();
      await committed;
      assert.deepEqual([jobs, index.list()], [['complete'], []]);
    }, { earlySyncs: { entries: 1, entryBytes: ENTRY_BYTES }, sync });
  });
}
