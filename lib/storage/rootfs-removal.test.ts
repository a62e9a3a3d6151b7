import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InternalError } from '#errors';
import type { LayerMounter } from './layer-mount.ts';
import { LayerTable } from './layer-table.ts';
import { storageLayout } from './layout.ts';
import { OverlayRootfsStore, type RootfsContext } from './rootfs-store.ts';
import type { WritableQuota } from './writable-quota.ts';

const LAYER = `sha256:${'a'.repeat(64)}`;

test('a root file system whose quota cannot be given back is gone all the same, and so are its layers', async () => {
  const nothing = (): undefined => undefined;
  const layers = new LayerTable(storageLayout('/none'), [{ chainID: LAYER, diffID: LAYER, digest: LAYER, diskBytes: 1, inodes: 1 }], { emptyTrash: nothing, onReleased: nothing, discard: nothing });
  let collected = 0;
  const quota = { adopt: nothing, release: () => Promise.reject(new InternalError('quota is off')) } as unknown as WritableQuota;
  const mounter = { unmount: () => Promise.resolve() } as unknown as LayerMounter;
  const context = { layout: storageLayout('/none'), layers, mounter, quota, releaseVolumes: () => Promise.resolve(), collectLayers: () => { collected++; return Promise.resolve(); } } as unknown as RootfsContext;
  const store = new OverlayRootfsStore(context, [{ id: 'c', record: { chainIDs: [LAYER] } }]);
  assert.deepEqual(layers.unused(), []);
  await assert.rejects(store.remove('c'), /quota is off/);
  assert.deepEqual([store.list(), layers.unused(), collected], [[], [LAYER], 1]);
});
