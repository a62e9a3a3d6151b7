import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { JobWorker } from './job-worker.ts';
import { temporaryRoot } from './storage-fixture.ts';

const IDLE_MS = 10_000;

test('a process that ended while it idled takes its time with it: the next one works on', async (t) => {
  using root = temporaryRoot();
  const directory = join(root.path, 'tree');
  mkdirSync(directory);
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const pids: number[] = [];
  await using worker = new JobWorker(root.path, (pid) => pids.push(pid));
  worker.prepare();
  process.kill(pids[0] ?? 0, 'SIGKILL');
  for (; pids.length === 1; worker.prepare()) await setImmediate();
  const answer = worker.run('measure', { directory });
  t.mock.timers.tick(IDLE_MS);
  assert.deepEqual(await answer, { bytes: 0, inodes: 0 });
  assert.equal(pids.length, 2);
});
