/** An extractor may have so much memory for itself; what it writes does not count, wherever that lies. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryRoot } from './storage-fixture.ts';

const MONITOR = join(import.meta.dirname, '../../build/davit-monitor');
const SEEN = ['/usr', '/lib', '/lib64', '/bin'].flatMap((path) => ['--see', path]);
const MIB = 1024 ** 2;
const LIMIT_MIB = 32;
const FILE_MIB = 100;

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
  assert.equal(copy(FILE_MIB).status, 0, 'without a limit');
});

test('a limit that is no number is refused', () => {
  for (const size of ['', '0', '12x', '-']) assert.match(spawnSync(MONITOR, ['cage', '--memory', size, '--write', '/tmp', '/bin/true'], { encoding: 'utf8' }).stderr, /usage: davit-monitor cage/, size);
});
