import assert from 'node:assert/strict';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { ResourceExhaustedError } from '#errors';
import { readArchiveIndex } from './archive-index.ts';
import { gnuLong, tarEntry } from './extractor/archive-fixture.ts';

test('an archive of a few entries with names of a megabyte is refused before they fill the memory', async () => {
  await using undo = new AsyncDisposableStack();
  const directory = await mkdtemp(join(tmpdir(), 'davit-archive-index-'));
  undo.defer(() => rm(directory, { recursive: true }));
  const file = undo.use(await open(join(directory, 'names.tar'), 'w+'));
  const [named, long] = [tarEntry({ name: 'a', data: 'content' }), tarEntry(gnuLong('L', 'n'.repeat(1_000_000)))];
  const [few, many] = [30, 40];
  for (let n = 0; n < few; n++) await file.appendFile(Buffer.concat([long, named]));
  const signal = new AbortController().signal;
  assert.equal((await readArchiveIndex(file, { maxEntries: 100, signal })).length, few);
  for (let n = few; n < many; n++) await file.appendFile(Buffer.concat([long, named]));
  await assert.rejects(readArchiveIndex(file, { maxEntries: 100, signal }), (error) => error instanceof ResourceExhaustedError && /names of its entries have more than 33554432 bytes/.test(error.message));
});
