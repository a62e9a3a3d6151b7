import assert from 'node:assert/strict';
import test from 'node:test';
import { crioWishes } from './crio-annotations.ts';

const ALL = ['umask.crio.io', 'shm-size.crio.io', 'io.kubernetes.cri-o.'];

test('crioWishes() takes umask and size of /dev/shm in both spellings, the present one first', () => {
  assert.deepEqual(crioWishes({ 'umask.crio.io': '0027', 'shm-size.crio.io': '128Mi' }, ALL), { umask: 0o27, shmSizeBytes: 128 * 2 ** 20 });
  assert.deepEqual(crioWishes({ 'io.kubernetes.cri-o.umask': '2', 'io.kubernetes.cri-o.ShmSize': '1G' }, ALL), { umask: 2, shmSizeBytes: 1e9 });
  assert.deepEqual(crioWishes({ 'io.kubernetes.cri-o.umask': '2', 'umask.crio.io': '077' }, ALL), { umask: 0o77 });
});

test('crioWishes() looks at nothing that the handler does not allow', () => {
  const annotations = { 'umask.crio.io': 'nonsense', 'shm-size.crio.io': '1Gi', 'userns-mode.crio.io': 'auto', other: 'x' };
  assert.deepEqual(crioWishes(annotations, []), {});
  assert.deepEqual(crioWishes(annotations, ['shm-size.crio.io']), { shmSizeBytes: 2 ** 30 });
});

for (const value of ['', '8', '00222', '-1', '0x12', '22 ']) {
  test(`crioWishes() refuses the umask ${JSON.stringify(value)}`, () => assert.throws(() => crioWishes({ 'umask.crio.io': value }, ALL), { code: 'InvalidArgument', message: /umask\.crio\.io.*octal/ }));
}
for (const value of ['', '0', '-1', '1.5Gi', '1Xi', '1 Gi', '99999999999Ti']) {
  test(`crioWishes() refuses the size ${JSON.stringify(value)}`, () => assert.throws(() => crioWishes({ 'shm-size.crio.io': value }, ALL), { code: 'InvalidArgument', message: /shm-size\.crio\.io.*128Mi/ }));
}
for (const name of ['userns-mode.crio.io', 'unified-cgroup.crio.io/web', 'io.kubernetes.cri-o.Devices', 'io.kubernetes.cri-o.UnifiedCgroup.web']) {
  test(`crioWishes() says of ${name}, where it is allowed, that davit does not do it`, () => {
    assert.throws(() => crioWishes({ [name]: 'x' }, ['io.kubernetes.cri-o.', 'userns-mode.crio.io', 'unified-cgroup.crio.io']), (error: Error) => error.name === 'UnimplementedError' && error.message.includes(name));
  });
}
