import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { prepareStateDirectories } from './state-directories.ts';

let directory = '';
beforeEach(async () => { directory = await mkdtemp(join(tmpdir(), 'davit-state-')); });
afterEach(() => rm(directory, { recursive: true }));

test('prepareStateDirectories() makes both, the root for nobody else', async () => {
  const [root, runroot] = [join(directory, 'a/b'), join(directory, 'c/d')];
  await prepareStateDirectories(root, runroot);
  assert.equal((await stat(root)).mode & 0o777, 0o700);
  assert.equal((await stat(runroot)).mode & 0o777, 0o711);
  await prepareStateDirectories(root, runroot);
});

test('prepareStateDirectories() leaves the mode of what is there', async () => {
  await chmod(directory, 0o755);
  await prepareStateDirectories(directory, directory);
  assert.equal((await stat(directory)).mode & 0o777, 0o755);
});

test('prepareStateDirectories() refuses what others may write to, and what is no directory', async () => {
  await chmod(directory, 0o1777);
  await assert.rejects(prepareStateDirectories(directory, join(directory, 'x')), /use root directory ".*": others may write to it \(mode 1777\)/);
  await chmod(directory, 0o700);
  await writeFile(join(directory, 'file'), '');
  await assert.rejects(prepareStateDirectories(join(directory, 'x'), join(directory, 'file')), /use runroot directory ".*file": EEXIST/);
});
