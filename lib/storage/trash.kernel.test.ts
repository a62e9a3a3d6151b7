import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { getPriority } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createScene, eventually, never } from './storage-fixture.ts';

/** Of whoever empties the trash. */
const NICENESS = 10;
/** More than are counted without another process. */
const FILES = 300;

function removers(): number[] {
  return readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').split(' ').filter((pid) => pid !== '').map(Number).filter((pid) => nicenessOf(pid) === NICENESS);
}

function nicenessOf(pid: number): number | undefined {
  try {
    return getPriority(pid);
  } catch {
    // It has ended.
    return undefined;
  }
}

test('layers that nobody uses are removed by a process that gives way to others, and nobody waits for it', { timeout: 120_000 }, async () => {
  await using scene = await createScene();
  const image = await scene.commit('used', [{ name: 'f' }]);
  const { upper } = await scene.storage.rootfs.create('c', image.chainIDs, { signal: never });
  for (let file = 0; file < FILES; file++) writeFileSync(join(upper, `${file}`), '');
  const unused = await scene.commit('unused', [{ name: 'g' }]);
  mkdirSync(scene.inStore('trash/left'));
  await scene.reopen();
  await eventually('there is one that empties the trash', () => removers().length > 0);
  const stopped = removers();
  for (const pid of stopped) process.kill(pid, 'SIGSTOP');
  try {
    await scene.storage.images.remove(unused.id);
    assert.ok((await scene.storage.rootfs.usage('c')).inodes >= FILES);
  } finally {
    for (const pid of stopped) process.kill(pid, 'SIGCONT');
  }
  await eventually('the trash is emptied', () => readdirSync(scene.inStore('trash')).length === 0);
});
