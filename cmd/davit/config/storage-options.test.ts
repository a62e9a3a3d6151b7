import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isStorageOption, storageOptions } from './storage-options.ts';

test('storageOptions() reads the limits of writable layers as containers/storage does, and names what it does not know', () => {
  assert.deepEqual(storageOptions(['overlay.size=10G', 'overlay.inodes=500k', 'overlay.mountopt=nodev,metacopy=on']), { limits: { bytes: 10 * 1024 ** 3, inodes: 512_000 }, ignored: ['overlay.mountopt=nodev,metacopy=on'] });
  assert.deepEqual(storageOptions(['size=1', 'overlay2.size=20MiB']), { limits: { bytes: 20 * 1024 ** 2 }, ignored: [] });
  assert.deepEqual(storageOptions([]), { limits: {}, ignored: [] });
});

test('isStorageOption() refuses what is no option, and sizes that are none', () => {
  for (const option of ['overlay.size=10G', 'overlay.size=0', 'size=5kb', 'overlay.mountopt=nodev', 'overlay.inodes=9']) assert.ok(isStorageOption(option), option);
  for (const option of ['', 'overlay.size', '=5', 'overlay.size=', 'overlay.size=-1', 'overlay.size=ten', 'overlay.size=1e3', 'overlay.inodes=99999999999999999999']) assert.ok(!isStorageOption(option), option);
});
