import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { mount, readMountInfo, umount, type MountEntry } from '#linux';
import { newDisk } from './new-disk.ts';

const MIB = 1024 ** 2;
/** sun_path of unix(7), without the NUL. */
const MAX_SOCKET_PATH_BYTES = 107;

test('newDisk() mounts an ext4 with a journal on a loop device; disposing leaves neither mount nor device nor file', (t) => {
  const directory = emptyDirectory(t);
  const disk = newDisk(directory, 64 * MIB);
  const mounted = mountAt(disk.path);
  const device = mounted?.source ?? '';
  try {
    assert.equal(mounted?.fstype, 'ext4');
    assert.match(execFileSync('dumpe2fs', ['-h', device], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }), /^Filesystem features:.* has_journal /m);
    writeFileSync(join(disk.path, 'file'), 'data');
    assert.match(backingFile(device) ?? '', new RegExp(`^${directory}/`));
    assert.deepEqual(readdirSync(directory), [], 'the file has no name any more');
  } finally {
    disk[Symbol.dispose]();
  }
  assert.equal(mountAt(disk.path), undefined);
  assert.equal(existsSync(disk.path), false);
  assert.equal(backingFile(device), undefined);
  assert.deepEqual(readdirSync(directory), []);
});

test('newDisk() has a path below which a davit of the bench can have sockets of monitors', (t) => {
  using disk = newDisk(emptyDirectory(t), 64 * MIB);
  const socket = join(disk.path, 'dv-123456/run/monitors', '0'.repeat(64), 'sock');
  assert.ok(socket.length <= MAX_SOCKET_PATH_BYTES, socket);
});

test('newDisk() leaves nothing where the disk has no room', (t) => {
  const directory = emptyDirectory(t);
  mount('tmpfs', directory, 'tmpfs', 0, 'size=16m');
  try {
    assert.throws(() => newDisk(directory, 64 * MIB), /fallocate/);
    assert.deepEqual(readdirSync(directory), []);
  } finally {
    umount(directory, 0);
  }
});

/** It goes with the test, which fails if anything is in it then. */
function emptyDirectory(t: TestContext): string {
  const directory = mkdtempSync(join(tmpdir(), 'davit-new-disk-'));
  t.after(() => rmdirSync(directory));
  return directory;
}

function mountAt(path: string): MountEntry | undefined {
  return readMountInfo().find(({ mountPoint }) => mountPoint === path);
}

/** Of a loop device that is in use. */
function backingFile(device: string): string | undefined {
  const file = join('/sys/block', basename(device), 'loop/backing_file');
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
}
