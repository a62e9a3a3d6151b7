import assert from 'node:assert/strict';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { deviceSpec, hostDevices, resolveDevices } from './devices.ts';

const device = (hostPath: string, containerPath = '', permissions = 'rw'): { hostPath: string; containerPath: string; permissions: string } => ({ hostPath, containerPath, permissions });

test('resolveDevices() reads type and numbers, through symbolic links, under the container\'s name', async (t) => {
  const directory = await mkdtemp(join(tmpdir(), 'davit-dev-'));
  t.after(() => rm(directory, { recursive: true }));
  await symlink('/dev/null', join(directory, 'link'));
  const [found] = await resolveDevices([device(join(directory, 'link'), '/dev/mine', 'r')]);
  assert.deepEqual({ ...found?.device, uid: 0, gid: 0, fileMode: 0 }, { path: '/dev/mine', type: 'c', major: 1, minor: 3, fileMode: 0, uid: 0, gid: 0 });
  assert.equal(found?.access, 'r');
});

test('resolveDevices() takes a directory for all devices in it, each under the container\'s name for it', async () => {
  const found = await resolveDevices([device('/dev', '/dev/of/node', 'm')]);
  const names = new Map(found.map((one) => [one.device.path, one]));
  assert.deepEqual([names.get('/dev/of/node/null')?.device.minor, names.get('/dev/of/node/zero')?.device.minor, names.get('/dev/of/node/zero')?.access], [3, 5, 'm']);
});

test('resolveDevices() refuses what is no device and wrong permissions', async () => {
  for (const bad of [device('/etc/passwd'), device('/no/such'), device('/dev/null', '', 'x'), device('dev/null')]) await assert.rejects(resolveDevices([bad]), { code: 'InvalidArgument' });
});

test('hostDevices() are those of the node without terminals', async () => {
  const paths = (await hostDevices()).map((d) => d.path);
  assert.ok(paths.includes('/dev/null'));
  assert.equal(paths.some((p) => p.startsWith('/dev/pts/') || p === '/dev/console'), false);
});

test('deviceSpec() denies all and allows what was asked for; privileged has no rule but allow', () => {
  const resolved = [{ device: { path: '/dev/fuse', type: 'c', major: 10, minor: 229, fileMode: 0o666, uid: 0, gid: 0 } as const, access: 'rw' }];
  assert.deepEqual(deviceSpec(resolved, false).rules, [{ allow: false, access: 'rwm' }, { allow: true, type: 'c', major: 10, minor: 229, access: 'rw' }]);
  assert.deepEqual(deviceSpec(resolved, true).rules, [{ allow: true, access: 'rwm' }]);
});
