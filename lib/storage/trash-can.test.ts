import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mock, test } from 'node:test';
import { InternalError } from '#errors';
import type { JobWorker } from './job-worker.ts';
import { storageLayout, type Layout } from './layout.ts';
import { TrashCan, TRASH_RETRY_MS } from './trash-can.ts';

/** Many: they are made by several threads. */
const LOOKS = 50;

/** A trash directory of its own, which is empty. */
function temporaryTrash(): Disposable & { readonly layout: Layout } {
  const root = mkdtempSync(join(tmpdir(), 'davit-trash-'));
  const layout = storageLayout(root);
  mkdirSync(layout.trash, { recursive: true });
  return { layout, [Symbol.dispose]: () => rmSync(root, { recursive: true }) };
}

/** What has been begun by now has looked at the directory, as this does, and done what it would. */
async function settled({ trash }: Layout): Promise<void> {
  for (let look = 0; look < LOOKS; look++) await readdir(trash);
}

function walkerOf(run: () => Promise<undefined>): JobWorker {
  return { run } as unknown as JobWorker;
}

test('no process is wanted for a trash that is empty', async () => {
  using place = temporaryTrash();
  let runs = 0;
  using trash = new TrashCan(place.layout, walkerOf(() => { runs++; return Promise.resolve(undefined); }), assert.ifError);
  trash.empty();
  await trash.put(join(place.layout.root, 'absent'));
  await settled(place.layout);
  assert.equal(runs, 0);
  mkdirSync(join(place.layout.trash, 'x'));
  trash.empty();
  await settled(place.layout);
  assert.equal(runs, 1);
});

test('what cannot be removed is tried again after a while, until the storage closes', async () => {
  using place = temporaryTrash();
  mkdirSync(join(place.layout.trash, 'x'));
  mock.timers.enable({ apis: ['setTimeout'] });
  try {
    const told: unknown[] = [];
    let runs = 0;
    const walker = walkerOf(() => { runs++; return runs === 2 ? Promise.resolve(undefined) : Promise.reject(new InternalError('an error of the disk')); });
    using trash = new TrashCan(place.layout, walker, (error) => told.push(error));
    const later = async (): Promise<void> => { mock.timers.tick(TRASH_RETRY_MS); await settled(place.layout); };
    trash.empty();
    await settled(place.layout);
    assert.deepEqual([runs, told.length], [1, 1]);
    await later();
    assert.deepEqual([runs, told.length], [2, 1], 'the second try succeeds');
    await later();
    assert.equal(runs, 2, 'and is the last');
    trash.empty();
    await settled(place.layout);
    trash[Symbol.dispose]();
    await later();
    assert.equal(runs, 3, 'nothing is tried once the storage is closed');
  } finally {
    mock.timers.reset();
  }
});

test('a process that is ended with the storage is no failure', async () => {
  using place = temporaryTrash();
  mkdirSync(join(place.layout.trash, 'x'));
  const told: unknown[] = [];
  const begun = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<undefined>();
  const trash = new TrashCan(place.layout, walkerOf(() => { begun.resolve(); return ended.promise; }), (error) => told.push(error));
  trash.empty();
  await begun.promise;
  trash[Symbol.dispose]();
  ended.reject(new InternalError('ended by SIGKILL'));
  await settled(place.layout);
  assert.deepEqual(told, []);
});
