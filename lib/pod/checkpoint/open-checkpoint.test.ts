/** Archives that are no checkpoints, or mean harm. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { InvalidArgumentError, NotFoundError } from '#errors';
import { openCheckpoint, openCheckpointTree } from './open-checkpoint.ts';
import { MAX_JSON_BYTES } from './parts.ts';

const directory = mkdtempSync(join(tmpdir(), 'davit-checkpoint-'));
after(() => rmSync(directory, { recursive: true }));

const DESCRIPTION = { format: 1, name: 'c', id: 'i', rootfsImage: 'sha256:1', rootfsImageRef: 'r', rootfsImageName: 'n', runtime: 'runc 1', criu: '4.1.1', architecture: 'x64', cpuFlags: ['sse'], terminal: false, stdin: false };
let count = 0;

/** A checkpoint's parts, changed by `change`, as an archive of GNU tar. */
function archive(change: (parts: string) => void, tarArgs: readonly string[] = [], members = ['config.dump', 'spec.dump', 'checkpoint', 'rootfs-diff.tar']): string {
  const parts = tree(change);
  const file = `${parts}.tar`;
  execFileSync('tar', ['--create', '--file', file, '--directory', parts, ...tarArgs, ...members]);
  return file;
}

/** The same parts in a directory. */
function tree(change: (parts: string) => void): string {
  const parts = join(directory, `parts-${++count}`);
  mkdirSync(join(parts, 'checkpoint'), { recursive: true });
  writeFileSync(join(parts, 'config.dump'), JSON.stringify(DESCRIPTION));
  writeFileSync(join(parts, 'spec.dump'), '{"mounts":[]}');
  writeFileSync(join(parts, 'rootfs-diff.tar'), Buffer.alloc(1024));
  writeFileSync(join(parts, 'checkpoint/inventory.img'), 'inventory');
  writeFileSync(join(parts, 'checkpoint/empty.img'), '');
  change(parts);
  return parts;
}

const nothing = (): void => undefined;

test('openCheckpoint() gives description and specification, and copies the images for root only', async () => {
  const checkpoint = await openCheckpoint(archive(nothing));
  assert.equal(checkpoint.description.name, 'c');
  assert.deepEqual(checkpoint.spec, { mounts: [] });
  const target = join(directory, 'images');
  await checkpoint.copyImages(target);
  assert.deepEqual(readdirSync(target).sort(), ['empty.img', 'inventory.img']);
  assert.equal(readFileSync(join(target, 'inventory.img'), 'utf8'), 'inventory');
  assert.deepEqual([statSync(target).mode & 0o777, statSync(join(target, 'inventory.img')).mode & 0o777], [0o700, 0o600]);
});

test('names with a leading "./", as other tools write them, are the same', async () => {
  assert.equal((await openCheckpoint(archive(nothing, [], ['.']))).description.name, 'c');
});

describe('openCheckpoint() refuses', () => {
  const overwritten = (name: string, data: string | Buffer) => (parts: string): void => writeFileSync(join(parts, name), data);
  const table: readonly (readonly [string, () => string, RegExp])[] = [
    ['a directory', () => directory, /it is no regular file/],
    ['a symlink to an archive', () => { const link = join(directory, 'link.tar'); symlinkSync(archive(nothing), link); return link; }, /it is no regular file/],
    ['noise', () => { const file = join(directory, 'noise.tar'); writeFileSync(file, Buffer.alloc(2048, 7)); return file; }, /no uncompressed tar archive/],
    ['an empty file', () => { const file = join(directory, 'empty.tar'); writeFileSync(file, ''); return file; }, /inventory\.img" of CRIU is not in it/],
    ['a compressed archive', () => archive(nothing, ['--gzip']), /no uncompressed tar archive/],
    ['an archive that is cut', () => { const file = archive(overwritten('checkpoint/pages-1.img', Buffer.alloc(100_000))); truncateSync(file, 50_000); return file; }, /no uncompressed tar archive.*has 100000 bytes/],
    ['no description', () => archive(nothing, [], ['spec.dump', 'checkpoint', 'rootfs-diff.tar']), /"config\.dump" is not in it/],
    ['no specification', () => archive(nothing, [], ['config.dump', 'checkpoint', 'rootfs-diff.tar']), /"spec\.dump" is not in it/],
    ['no images', () => archive(nothing, [], ['config.dump', 'spec.dump', 'rootfs-diff.tar']), /inventory\.img" of CRIU is not in it/],
    ['a description that is no JSON', () => archive(overwritten('config.dump', '{')), /config\.dump is no JSON/],
    ['a description that is a list', () => archive(overwritten('config.dump', '[]')), /config\.dump is no JSON object/],
    ['another format', () => archive(overwritten('config.dump', JSON.stringify({ ...DESCRIPTION, format: 2 }))), /format is 2, expected 1/],
    ['a description without an image', () => archive(overwritten('config.dump', JSON.stringify({ ...DESCRIPTION, rootfsImage: '' }))), /"rootfsImage" must be text/],
    ['a flag that is no word', () => archive(overwritten('config.dump', JSON.stringify({ ...DESCRIPTION, cpuFlags: [1] }))), /"cpuFlags" must be a list of words/],
    ['a specification that is no JSON', () => archive(overwritten('spec.dump', 'x')), /spec\.dump is no JSON/],
    ['a description that is huge', () => archive(overwritten('config.dump', Buffer.alloc(MAX_JSON_BYTES + 1, ' '))), /at most 4194304 are allowed/],
    ['a path that leads up', () => archive(nothing, ['--absolute-names', '--transform=s#^checkpoint/inventory.img#../../evil#']), /leads out of it/],
    ['an absolute path', () => archive(nothing, ['--absolute-names', '--transform=s#^checkpoint/inventory.img#/evil#']), /leads out of it/],
    ['a directory among the images', () => archive((parts) => mkdirSync(join(parts, 'checkpoint/d'))), /"checkpoint\/d" is no image of CRIU/],
    ['an image with a strange name', () => archive(overwritten('checkpoint/-rf', '')), /is no image of CRIU/],
    ['a symlink', () => archive((parts) => symlinkSync('/etc/shadow', join(parts, 'checkpoint/x.img'))), /is a symlink/],
    ['a symlink in the place of the description', () => archive((parts) => { rmSync(join(parts, 'config.dump')); symlinkSync('/etc/hostname', join(parts, 'config.dump')); }), /is a symlink/],
    ['a member that is in it twice', () => archive(nothing, ['--hard-dereference'], ['config.dump', 'spec.dump', 'checkpoint', 'rootfs-diff.tar', './config.dump']), /"config\.dump" is in it twice/],
  ];
  for (const [what, make, message] of table) {
    test(what, async () => {
      await assert.rejects(openCheckpoint(make()), (error) => error instanceof InvalidArgumentError && message.test(error.message));
    });
  }
  test('what is not there', async () => {
    await assert.rejects(openCheckpoint(join(directory, 'none.tar')), NotFoundError);
  });
});

test('openCheckpointTree() gives the same, and copies the images for root only whatever their modes are', async () => {
  const checkpoint = await openCheckpointTree('image', tree((parts) => chmodSync(join(parts, 'checkpoint/inventory.img'), 0o4777)));
  assert.deepEqual([checkpoint.path, checkpoint.description.name, checkpoint.spec], ['image', 'c', { mounts: [] }]);
  const target = join(directory, 'images-of-tree');
  await checkpoint.copyImages(target);
  assert.deepEqual(readdirSync(target).sort(), ['empty.img', 'inventory.img']);
  assert.equal(readFileSync(join(target, 'inventory.img'), 'utf8'), 'inventory');
  assert.equal(statSync(join(target, 'inventory.img')).mode & 0o7777, 0o600);
});

describe('openCheckpointTree() refuses', () => {
  const replaced = (name: string, target: string) => (parts: string): void => { rmSync(join(parts, name), { recursive: true }); symlinkSync(target, join(parts, name)); };
  const table: readonly (readonly [string, (parts: string) => void, RegExp])[] = [
    ['a symlink in the place of the description', replaced('config.dump', '/etc/hostname'), /"config\.dump" is a symlink/],
    ['a symlink in the place of the images', replaced('checkpoint', '/etc'), /"checkpoint" is a symlink/],
    ['a symlink among the images', (parts) => symlinkSync('/etc/shadow', join(parts, 'checkpoint/x.img')), /"checkpoint\/x\.img" is a symlink/],
    ['a pipe in the place of the specification', (parts) => { rmSync(join(parts, 'spec.dump')); execFileSync('mkfifo', [join(parts, 'spec.dump')]); }, /"spec\.dump" is a device, pipe or socket/],
    ['a directory among the images', (parts) => mkdirSync(join(parts, 'checkpoint/d')), /"checkpoint\/d" is no image of CRIU/],
    ['no images', (parts) => rmSync(join(parts, 'checkpoint'), { recursive: true }), /inventory\.img" of CRIU is not in it/],
    ['a description that is huge', (parts) => writeFileSync(join(parts, 'config.dump'), Buffer.alloc(MAX_JSON_BYTES + 1, ' ')), /at most 4194304 are allowed/],
  ];
  for (const [what, change, message] of table) {
    test(what, async () => {
      await assert.rejects(openCheckpointTree('image', tree(change)), (error) => error instanceof InvalidArgumentError && message.test(error.message));
    });
  }
});
