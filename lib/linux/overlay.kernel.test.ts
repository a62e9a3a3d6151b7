import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { release, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { MNT_DETACH, mount, MS, umount } from './mount.ts';
import { readMountInfo } from './mountinfo.ts';
import { deviceNumber, mknod } from './node.ts';
import { mountByOptionText, mountLayerByLayer, overlayMount } from './overlay.ts';
import { syncfs } from './syncfs.ts';
import { lgetxattr, llistxattr, lsetxattr } from './xattr.ts';

/** Where overlayfs takes layers one by one, and where it looks at each option by itself. */
const TAKES_LAYERS = kernelIsAtLeast(6, 8);
const NAMES_OPTIONS = kernelIsAtLeast(6, 5);

function kernelIsAtLeast(major: number, minor: number): boolean {
  const [own = 0, ownMinor = 0] = release().split('.').map(Number);
  return own > major || (own === major && ownMinor >= minor);
}

let base = '';
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'davit-linux-'));
  mount('tmpfs', base, 'tmpfs', 0, 'mode=700');
});
afterEach(() => {
  umount(base, MNT_DETACH);
  rmSync(base, { recursive: true });
});

function directories(...names: string[]): string[] {
  return names.map((name) => { const path = join(base, name); mkdirSync(path, { recursive: true }); return path; });
}

for (const [name, mountWith] of [['mountLayerByLayer', mountLayerByLayer], ['mountByOptionText', mountByOptionText], ['overlayMount', overlayMount]] as const) {
  test(`${name}() stacks 128 layers with long and odd names, top first, with an upper`, () => {
    const [target = '', upper = '', work = ''] = directories('merged', 'up,per', 'wo:rk');
    const lower = directories(...Array.from({ length: 128 }, (_, i) => `${i}-${'x'.repeat(i % 2 ? 200 : 10)},:\\`));
    lower.forEach((path, i) => { writeFileSync(join(path, 'same'), String(i)); writeFileSync(join(path, `own-${i}`), ''); });
    if (mountWith === mountLayerByLayer && !TAKES_LAYERS) {
      assert.throws(() => mountWith(target, { lower, upper, work }), { code: 'EINVAL', message: /lowerdir\+/ });
      return;
    }
    mountWith(target, { lower, upper, work, options: ['volatile', 'redirect_dir=nofollow'] });
    try {
      assert.equal(readFileSync(join(target, 'same'), 'utf8'), '0');
      for (const i of [0, 1, 126, 127]) statSync(join(target, `own-${i}`));
      writeFileSync(join(target, 'new'), 'n');
      assert.equal(readFileSync(join(upper, 'new'), 'utf8'), 'n');
      const entry = readMountInfo().find((m) => m.mountPoint === target);
      assert.equal(entry?.fstype, 'overlay');
      assert.ok(entry.superOptions.some((option) => option.endsWith('volatile')) && entry.superOptions.includes('redirect_dir=nofollow'));
    } finally {
      umount(target, 0);
    }
  });
}

test('overlayMount() says what the kernel did not like', () => {
  const [target = '', lower = ''] = directories('merged', 'lower');
  assert.throws(() => overlayMount(target, { lower: [lower, join(base, 'missing')] }), { code: 'ENOENT' });
  assert.throws(() => overlayMount(target, { lower: [lower], options: ['no_such_option=1'] }), (error: NodeJS.ErrnoException) => error.code === 'EINVAL' && (!NAMES_OPTIONS || error.message.includes('no_such_option')));
  assert.equal(readMountInfo().some((m) => m.mountPoint === target), false);
});

test('umount() and mount() throw errno and path', () => {
  const [directory = ''] = directories('plain');
  assert.throws(() => umount(directory, 0), { code: 'EINVAL', syscall: 'umount', path: directory });
  assert.throws(() => mount('x', join(base, 'absent'), 'tmpfs', MS.NODEV), { code: 'ENOENT' });
  assert.throws(() => mount('x', `${directory}\0/etc`, 'tmpfs', 0), { code: 'EINVAL' });
});

test('mknod() makes devices of any number, and a whiteout', () => {
  for (const device of [{ major: 0, minor: 0 }, { major: 1, minor: 3 }, { major: 259, minor: 70000 }, { major: 4095, minor: 1048575 }]) {
    const path = join(base, `dev-${device.major}-${device.minor}`);
    mknod(path, 0o020600, device);
    const stat = statSync(path);
    assert.ok(stat.isCharacterDevice());
    assert.deepEqual(deviceNumber(stat.rdev), device);
    assert.throws(() => mknod(path, 0o020600, device), { code: 'EEXIST' });
  }
});

test('xattr calls keep binary values and names that are not UTF-8', () => {
  const path = Buffer.concat([Buffer.from(`${base}/`), Buffer.from([0xff, 0xfe])]);
  writeFileSync(path, '');
  const value = Buffer.from([0, 1, 2, 0, 255]);
  lsetxattr(base, 'trusted.long', Buffer.alloc(60_000, 'x'));
  assert.equal(lgetxattr(base, 'trusted.long')?.length, 60_000);
  lsetxattr(path, 'trusted.test', value);
  assert.deepEqual(lgetxattr(path, 'trusted.test'), value);
  assert.deepEqual(llistxattr(path), ['trusted.test']);
  assert.equal(lgetxattr(path, 'trusted.none'), undefined);
  assert.throws(() => lgetxattr(join(base, 'absent'), 'trusted.test'), { code: 'ENOENT' });
});

test('syncfs() settles, and rejects for a missing directory', async () => {
  await syncfs(base);
  await assert.rejects(syncfs(join(base, 'absent')), { code: 'ENOENT' });
});
