import assert from 'node:assert/strict';
import { mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { makeDirectories } from './directories.ts';

let directory: string;
before(async () => { directory = await mkdtemp(join(tmpdir(), 'davit-fs-')); });
after(() => rm(directory, { recursive: true }));

test('makeDirectories() makes what is missing, with its mode, several callers at once, and again', async () => {
  const path = join(directory, 'a/b/c');
  await Promise.all([1, 2, 3].map(() => makeDirectories(path, 0o700)));
  await makeDirectories(path, 0o755);
  for (const made of ['a', 'a/b', 'a/b/c']) assert.equal((await stat(join(directory, made))).mode & 0o777, 0o700, made);
  await makeDirectories('/', 0o700);
});

test('makeDirectories() goes through links, and fails where something else is', async () => {
  await writeFile(join(directory, 'file'), '');
  await makeDirectories(join(directory, 'there'), 0o700);
  await symlink('there', join(directory, 'link'));
  await symlink('nowhere', join(directory, 'dangling'));
  await makeDirectories(join(directory, 'link/below'), 0o700);
  assert.ok((await stat(join(directory, 'there/below'))).isDirectory());
  for (const [path, code] of [['file', 'EEXIST'], ['file/below', 'ENOTDIR'], ['dangling', 'ENOENT'], ['dangling/below', 'ENOENT']] as const) await assert.rejects(makeDirectories(join(directory, path), 0o700), { code }, path);
});

test('makeDirectories() ends where the kernel makes no directories', { timeout: 20_000 }, async () => {
  for (const path of ['/proc/self/nothing/here', '/proc/nothing']) await assert.rejects(makeDirectories(path, 0o700), { code: 'ENOENT' });
});
