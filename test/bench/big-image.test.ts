import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { writeTar } from '../fixtures/images/index.ts';
import { IMAGE_BYTES_MIN, IMAGE_FILES_MIN, layerEntries, LAYERS } from './big-image.ts';

test('the pull bench\'s image is as large as the figure says', () => {
  assert.ok(LAYERS.reduce((sum, { bytes }) => sum + bytes, 0) >= IMAGE_BYTES_MIN);
  assert.ok(LAYERS.reduce((sum, { files }) => sum + files, 0) >= IMAGE_FILES_MIN);
});

test('layerEntries() makes the bytes that were asked for, the same each time, and gzip finds about half of them', async () => {
  const make = async (layer: number): Promise<Buffer> => Buffer.concat(await Array.fromAsync(writeTar(layerEntries(layer, 300, 4e6))));
  const [tar, again, other] = await Promise.all([make(5), make(5), make(4)]);
  assert.ok(Math.abs(tar.length - 4e6) < 1e6, `${tar.length} bytes`);
  const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
  assert.equal(digest(tar), digest(again));
  assert.notEqual(digest(tar), digest(other));
  const share = gzipSync(tar).length / tar.length;
  assert.ok(share > 0.3 && share < 0.6, `gzip leaves ${share}`);
});
