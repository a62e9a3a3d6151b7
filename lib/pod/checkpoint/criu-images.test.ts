import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { InvalidArgumentError } from '#errors';
import { forgetIpcObjects, rewriteHostname } from './criu-images.ts';

const MAGIC = Buffer.from([0x54, 0x04, 0x56, 0x14, 0x43, 0x54, 0x56, 0x54]);
/** More than node reads at once. */
const HUGE_BYTES = 3 * 1024 ** 3;

async function directory(): Promise<AsyncDisposable & { readonly path: string; readonly file: (name: string) => string }> {
  const path = await mkdtemp(join(tmpdir(), 'davit-criu-images-'));
  return { path, file: (name) => join(path, name), [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}

test('an image as large as the disk costs no memory: its magic numbers are all that is read', async () => {
  await using images = await directory();
  for (const name of ['utsns-9.img', 'ipcns-shm-9.img']) {
    await writeFile(images.file(name), MAGIC);
    await truncate(images.file(name), HUGE_BYTES);
  }
  await rewriteHostname(images.path, 'pod');
  const uts = await readFile(images.file('utsns-9.img'));
  assert.deepEqual([uts.subarray(0, 8), uts.readUInt32LE(8), uts.length], [MAGIC, 13, 25]);
  assert.equal(uts.subarray(12).toString('latin1'), '\n\x03pod\x12\x06(none)');
  await forgetIpcObjects(images.path);
  assert.deepEqual(await readFile(images.file('ipcns-shm-9.img')), MAGIC);
});

test('an image that ends within its magic numbers is refused by name', async () => {
  await using images = await directory();
  await writeFile(images.file('utsns-9.img'), MAGIC.subarray(0, 5));
  await assert.rejects(rewriteHostname(images.path, 'pod'), (error) => error instanceof InvalidArgumentError && /utsns-9\.img" of CRIU has 5 bytes, expected at least 8/.test(error.message));
});
