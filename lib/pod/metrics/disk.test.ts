import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MountEntry } from '#linux';
import { deviceName, fileSystemOf, sourceOf } from './disk.ts';

const mount = (mountPoint: string, source: string): MountEntry => ({
  id: 1, parentId: 1, device: '8:0', root: '/', mountPoint, options: [], propagation: [], fstype: 'ext4', source, superOptions: [],
});
const MOUNTS = [mount('/', '/dev/root'), mount('/var', '/dev/covered'), mount('/var/lib', '/dev/lib'), mount('/var', '/dev/var')];

for (const [path, source] of [['/srv', '/dev/root'], ['/var', '/dev/var'], ['/var/lib', '/dev/lib'], ['/var/lib/davit', '/dev/lib'], ['/var/library', '/dev/var']] as const) {
  test(`sourceOf() ${path} is ${source}`, () => assert.equal(sourceOf(path, MOUNTS), source));
}

test('sourceOf() is empty when nothing is mounted above', () => assert.equal(sourceOf('/srv', []), ''));

test('deviceName() of a device that is not there is its numbers', async () => assert.equal(await deviceName(4095, 1048575), '4095:1048575'));

test('fileSystemOf() reads sizes, and no inodes where they have no fixed number', async () => {
  const { device, totalBytes } = await fileSystemOf('/', '/dev/root');
  assert.equal(device, '/dev/root');
  assert.ok(totalBytes > 0n);
  assert.equal((await fileSystemOf('/proc', 'proc')).inodes, undefined);
});
