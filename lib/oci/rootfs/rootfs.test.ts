import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { mkdir, mkdtemp, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { makeRootfsDirectory } from './make-directory.ts';
import { MAX_ROOTFS_FILE_BYTES, readRootfsFile } from './read-file.ts';

const base = await mkdtemp(join(tmpdir(), 'davit-rootfs-'));
after(() => rm(base, { recursive: true }));
const rootfs = join(base, 'rootfs');
await mkdir(join(rootfs, 'etc'), { recursive: true });
await mkdir(join(rootfs, 'real/deep'), { recursive: true });
await writeFile(join(base, 'secret'), 'outside');
await writeFile(join(rootfs, 'secret'), 'inside');
await writeFile(join(rootfs, 'real/deep/file'), 'found');
const links: Record<string, string> = {
  absolute: '/real/deep/file', relative: '../real/deep/file', climbing: '../../../../secret', outside: join(base, 'secret'), proc: '/proc/self/environ', loop: 'loop', fileAsDirectory: '/secret/x', directory: '/real',
};
for (const [name, target] of Object.entries(links)) await symlink(target, join(rootfs, 'etc', name));
await symlink('real/deep', join(rootfs, 'shortcut'));

const read = async (path: string): Promise<string | undefined> => (await readRootfsFile(rootfs, path))?.toString();

test('readRootfsFile() follows links as the container would, and never leaves the rootfs', async () => {
  assert.equal(await read('/etc/absolute'), 'found');
  assert.equal(await read('/etc/relative'), 'found');
  assert.equal(await read('/shortcut/file'), 'found');
  assert.equal(await read('/shortcut/../deep/file'), 'found');
  assert.equal(await read('/etc/climbing'), 'inside');
  assert.equal(await read('/etc/outside'), undefined);
  assert.equal(await read('/etc/proc'), undefined);
});

/** Who runs the test: nobody else can be given a file without root. */
const OURS = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };

test('readRootfsFile() has nothing for a missing path', async () => {
  for (const path of ['/no/such', '/etc/none', '/etc/fileAsDirectory']) assert.equal(await read(path), undefined);
});

test('readRootfsFile() refuses loops, directories and fifos without waiting', async () => {
  execFileSync('mkfifo', [join(rootfs, 'etc/fifo')]);
  for (const path of ['/etc/loop', '/etc/directory', '/etc/fifo']) await assert.rejects(readRootfsFile(rootfs, path), { code: 'InvalidArgument' }, path);
});

test('readRootfsFile() refuses a sparse giant', async () => {
  await writeFile(join(rootfs, 'etc/giant'), '');
  await truncate(join(rootfs, 'etc/giant'), MAX_ROOTFS_FILE_BYTES + 1);
  await assert.rejects(readRootfsFile(rootfs, '/etc/giant'), { code: 'ResourceExhausted' });
});

test('readRootfsFile() leaves no descriptor open', async () => {
  const before = readdirSync('/proc/self/fd').length;
  for (const path of ['/etc/absolute', '/etc/none', '/shortcut/../deep/file']) await read(path);
  await assert.rejects(readRootfsFile(rootfs, '/etc/loop'));
  assert.equal(readdirSync('/proc/self/fd').length, before);
});

test('makeRootfsDirectory() makes what is missing, through links as the container would, and nothing outside', async () => {
  await symlink('/made/by/link', join(rootfs, 'hanging'));
  await symlink('../../../../../above', join(rootfs, 'above-link'));
  for (const [path, there] of [['/data/deep', 'data/deep'], ['hanging/x', 'made/by/link/x'], ['/../../climbed', 'climbed'], ['/above-link/y', 'above/y'], ['/real', 'real']] as const) {
    await makeRootfsDirectory(rootfs, path, OURS);
    assert.ok((await stat(join(rootfs, there))).isDirectory(), there);
  }
  assert.deepEqual(readdirSync(base).sort(), ['rootfs', 'secret']);
});

test('makeRootfsDirectory() refuses a file in the way, below it and loops', async () => {
  for (const path of ['/secret', '/secret/below', '/etc/loop']) await assert.rejects(makeRootfsDirectory(rootfs, path, OURS), { code: 'InvalidArgument' }, path);
});
