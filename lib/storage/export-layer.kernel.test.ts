import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { CancelledError, NotFoundError } from '#errors';
import { digestOf } from './digest.ts';
import { archive } from './extractor/archive-fixture.ts';
import { createScene, eventually, never, type Scene } from './storage-fixture.ts';

let scene: Scene;
beforeEach(async () => { scene = await createScene(); });
afterEach(() => scene[Symbol.asyncDispose]());

const exportOf = (chainIDs: readonly string[], file: string, signal = never): Promise<{ diffID: string; sizeBytes: number }[]> => Array.fromAsync(scene.storage.layers.export(chainIDs, file, { signal }));

test('export() writes a layer as it came, and keeps it meanwhile', async () => {
  const entries = [{ name: 'f', data: 'x' }];
  const image = await scene.commit('a', entries);
  const file = join(scene.root, 'out');
  const exported = exportOf(image.chainIDs, file);
  await Promise.all([exported, scene.storage.images.remove(image.id)]);
  assert.deepEqual(await exported, [{ diffID: digestOf(archive(...entries)), sizeBytes: archive(...entries).length }]);
  assert.ok(readFileSync(file).equals(archive(...entries)));
  await eventually('the layer is gone', () => scene.layersOnDisk().length === 0);
  await assert.rejects(exportOf(image.chainIDs, file), NotFoundError);
});

test('export() writes the layers of an image one after another, by one process', async () => {
  const layers = ['1', '22', '333'].map((data) => [{ name: 'f', data }]);
  const image = await scene.commit('a', ...layers);
  const file = join(scene.root, 'out');
  let processes = 0;
  const count = (): void => { processes++; };
  subscribe('child_process', count);
  const got: Buffer[] = [];
  for await (const { diffID } of scene.storage.layers.export(image.chainIDs, file, { signal: never })) {
    got.push(readFileSync(file));
    assert.equal(digestOf(readFileSync(file)), diffID);
  }
  unsubscribe('child_process', count);
  assert.deepEqual(got, layers.map((entries) => archive(...entries)));
  assert.equal(processes, 1);
});

test('export() whose caller leaves ends at once, whatever its process waits for, and lets go of the layer', { timeout: 60_000 }, async () => {
  const image = await scene.commit('a', [{ name: 'f', data: 'x' }]);
  const file = join(scene.root, 'out');
  // Nobody reads it: the process waits for ever to open it.
  execFileSync('mkfifo', [`${file}.half`]);
  const leaves = new AbortController();
  const exported = exportOf(image.chainIDs, file, leaves.signal);
  setImmediate(() => leaves.abort());
  await assert.rejects(exported, CancelledError);
  await assert.rejects(exportOf(image.chainIDs, file, leaves.signal), CancelledError);
  await scene.storage.images.remove(image.id);
  await eventually('the layer is gone', () => scene.layersOnDisk().length === 0);
});
