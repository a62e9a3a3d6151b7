/** An extractor may have so much memory for itself; what it writes does not count, wherever that lies. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { test } from 'node:test';
import { constants, createZstdCompress } from 'node:zlib';
import { archive } from './extractor/archive-fixture.ts';
import { openStorage, stage, temporaryRoot } from './storage-fixture.ts';

const MONITOR = join(import.meta.dirname, '../../build/davit-monitor');
const SEEN = ['/usr', '/lib', '/lib64', '/bin'].flatMap((path) => ['--see', path]);
const MIB = 1024 ** 2;
const LIMIT_MIB = 32;
const FILE_MIB = 100;
/** Of an extractor that cannot have a window of 128 MiB. */
const SMALL_MIB = 64;
const WINDOW_LOG = 27;

test('a cage limits the memory of its program, and not what that writes to a tmpfs', () => {
  using root = temporaryRoot();
  const [staging, source] = [join(root.path, 'staging'), join(root.path, 'source')];
  mkdirSync(staging);
  writeFileSync(source, Buffer.alloc(FILE_MIB * MIB, 'x'));
  /** dd copies the file with one buffer of `bufferMib`. */
  const copy = (bufferMib: number, ...limit: string[]): { status: number | null; stderr: string } => spawnSync(MONITOR, [
    'cage', ...SEEN, '--see', source, ...limit, '--write', staging, '/usr/bin/dd', `if=${source}`, `of=${join(staging, 'file')}`, `bs=${bufferMib}M`, 'status=none',
  ], { encoding: 'utf8' });
  const limit = ['--memory', String(LIMIT_MIB * MIB)];
  const copied = copy(1, ...limit);
  assert.equal(copied.status, 0, copied.stderr);
  assert.equal(statSync(join(staging, 'file')).size, FILE_MIB * MIB);
  const refused = copy(FILE_MIB, ...limit);
  assert.notEqual(refused.status, 0, `a buffer of ${FILE_MIB} MiB was had`);
  assert.match(refused.stderr, /memory exhausted/);
  assert.equal(copy(FILE_MIB).status, 0, 'within the usual limit');
});

test('there is a limit without being asked for', () => {
  const { stdout } = spawnSync(MONITOR, ['cage', ...SEEN, '--write', '/tmp', '/usr/bin/cat', '/proc/self/limits'], { encoding: 'utf8' });
  assert.match(stdout, /^Max data size +1073741824 +1073741824/m);
});

test('a layer that makes the extractor want more memory than it may have is refused, and the next one is unpacked', async () => {
  using root = temporaryRoot();
  const [tar, miser] = [archive({ name: 'f', data: 'x' }), join(root.path, 'miser')];
  writeFileSync(miser, `#!/bin/sh\nshift\nexec ${MONITOR} cage --memory ${SMALL_MIB * MIB} "$@"\n`, { mode: 0o755 });
  const greedy = await withWindow(tar, WINDOW_LOG);
  {
    await using storage = await openStorage(root.path, { cage: { program: miser, cgroupDirs: [] } });
    await assert.rejects(stage(storage, tar, greedy), /memory|the extractor ended by/);
    assert.deepEqual(readdirSync(join(root.path, 'store/staging')), []);
  }
  await using storage = await openStorage(root.path, { cage: { program: MONITOR, cgroupDirs: [] } });
  for (const compressed of [greedy, tar]) {
    await using layer = await stage(storage, tar, compressed);
    assert.equal(layer.entries, 1);
  }
});

/** zstd that says it looks back over 2^`log` bytes: who reads it provides for that at once. */
async function withWindow(bytes: Buffer, log: number): Promise<Buffer> {
  const stream = createZstdCompress({ params: { [constants.ZSTD_c_windowLog]: log } });
  // In two writes: of a single one the size would be known, and the window be cut to it.
  stream.write(bytes.subarray(0, 512));
  stream.end(bytes.subarray(512));
  return buffer(stream);
}

test('a limit that is no number is refused', () => {
  for (const size of ['', '0', '12x', '-']) assert.match(spawnSync(MONITOR, ['cage', '--memory', size, '--write', '/tmp', '/bin/true'], { encoding: 'utf8' }).stderr, /usage: davit-monitor cage/, size);
});
