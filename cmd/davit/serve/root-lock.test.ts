import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { FailedPreconditionError } from '#errors';
import { lockDirectory } from './root-lock.ts';

let directory = '';
beforeEach(async () => { directory = await mkdtemp(join(tmpdir(), 'davit-lock-')); });
afterEach(() => rm(directory, { recursive: true }));

test('lockDirectory() refuses a second daemon and names the first, until that one has let go', async () => {
  const first = await lockDirectory('root', directory);
  await assert.rejects(lockDirectory('root', directory), (error) =>
    error instanceof FailedPreconditionError && error.message.includes(`root directory "${directory}": davit with pid ${process.pid} uses it`));
  await first[Symbol.asyncDispose]();
  await using second = await lockDirectory('root', directory);
  assert.ok(second);
});
