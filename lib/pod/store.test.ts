import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import Database from 'better-sqlite3';
import type { ContainerRecord, PodRecord } from './record.ts';
import { PodStore } from './store.ts';

const pod = (id: string): PodRecord => ({ id, phase: 'ready', createdAt: 12345678901234567890n, ips: ['10.1.0.2'] }) as unknown as PodRecord;
const container = (id: string, podId: string): ContainerRecord => ({ id, podId, phase: 'created', startedAt: 0n, config: { envs: [{ key: 'K', value: Uint8Array.of(255) }] } }) as unknown as ContainerRecord;

async function withFile(work: (file: string) => void): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'davit-store-'));
  try {
    work(join(directory, 'pods.db'));
  } finally {
    await rm(directory, { recursive: true });
  }
}

test('records are there again, exactly, for the next daemon', () => withFile((file) => {
  const first = new PodStore(file, join(dirname(file), 'reserve'));
  first.putPod(pod('aa11'));
  first.putContainer(container('c1', 'aa11'));
  first.putContainer(container('c2', 'aa11'));
  first.patchContainer('c2', { startedAt: 99n });
  first.deleteContainer('c1');
  first[Symbol.dispose]();
  using second = new PodStore(file, join(dirname(file), 'reserve'));
  assert.equal(second.getPod('aa11')?.createdAt, 12345678901234567890n);
  assert.deepEqual(second.containersOf('aa11').map((c) => [c.id, c.startedAt]), [['c2', 99n]]);
  assert.deepEqual(second.getContainer('c2')?.config.envs[0]?.value, Uint8Array.of(255));
}));

test('the version is another one after each change, and no other after a look', () => withFile((file) => {
  using store = new PodStore(file, join(dirname(file), 'reserve'));
  const changes: (() => unknown)[] = [
    () => store.putPod(pod('aa11')), () => store.putPod(pod('aa11')), () => store.patchPod('aa11', { ips: [] }),
    () => store.putContainer(container('c1', 'aa11')), () => store.patchContainer('c1', { startedAt: 99n }), () => store.deleteContainer('c1'), () => store.deletePod('aa11'),
  ];
  const seen = changes.map((change) => { change(); return store.version; });
  assert.equal(new Set([0, ...seen]).size, changes.length + 1);
  store.findPod('aa');
  store.patchPod('aa11', { ips: [] });
  assert.equal(store.version, seen.at(-1));
}));

test('findPod() takes a unique prefix, refuses an ambiguous one, and never takes an empty one', () => withFile((file) => {
  using store = new PodStore(file, join(dirname(file), 'reserve'));
  store.putPod(pod('aa11'));
  store.putPod(pod('ab22'));
  assert.equal(store.findPod('aa')?.id, 'aa11');
  assert.throws(() => store.findPod('a'), /2 ids start with it/);
  assert.equal(store.findPod('zz'), undefined);
  assert.equal(store.findPod(''), undefined);
  assert.throws(() => store.requirePod('zz'), /no pod has this id/);
}));

test('a file of another version is refused, not rewritten', () => withFile((file) => {
  const db = new Database(file);
  db.pragma('user_version = 999');
  db.close();
  assert.throws(() => new PodStore(file, join(dirname(file), 'reserve')), /schema version 999/);
}));
