import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { InternalError } from '#errors';
import type { JobWorker } from './job-worker.ts';
import { storageLayout } from './layout.ts';
import { TrashCan, TRASH_RETRY_MS } from './trash-can.ts';

test('what cannot be removed is tried again after a while, until the storage closes', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  try {
    const told: unknown[] = [];
    let runs = 0;
    const walker = { run: () => { runs++; return runs === 2 ? Promise.resolve(undefined) : Promise.reject(new InternalError('an error of the disk')); } } as unknown as JobWorker;
    using trash = new TrashCan(storageLayout('/none'), walker, (error) => told.push(error));
    const later = async (): Promise<void> => { mock.timers.tick(TRASH_RETRY_MS); await setImmediate(); };
    trash.empty();
    await setImmediate();
    assert.deepEqual([runs, told.length], [1, 1]);
    await later();
    assert.deepEqual([runs, told.length], [2, 1], 'the second try succeeds');
    await later();
    assert.equal(runs, 2, 'and is the last');
    trash.empty();
    await setImmediate();
    trash[Symbol.dispose]();
    await later();
    assert.equal(runs, 3, 'nothing is tried once the storage is closed');
  } finally {
    mock.timers.reset();
  }
});
