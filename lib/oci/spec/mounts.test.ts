import assert from 'node:assert/strict';
import test from 'node:test';
import { parseMountInfo } from '#linux';
import type { Mount } from '../config.ts';
import { mountConfig } from '../config-for-test.ts';
import { defaultMounts } from './default-mounts.ts';
import { checkPropagation, resolveMountSources, type MountSourceOptions, type ResolvedMount } from './mount-sources.ts';
import { rootfsPropagation, specMounts } from './mounts.ts';

const files = { resolvConf: '/pod/resolv.conf', hostname: '/pod/hostname', shm: '/pod/shm' };
const plain = { privileged: false, readonlyRootfs: false, userNamespaceOfNodeNetwork: false, ownIpc: false, shmSizeBytes: 1024 };
const features = { recursiveReadOnlyMounts: true, handler: 'h' };
const MAPPING = { hostId: 1, containerId: 0, length: 1 };
const built = (mounts: Mount[], f = features): string[] => specMounts(defaultMounts(files, plain), mounts.map((mount) => ({ mount, source: mount.hostPath })), f).map((m) => `${m.destination} ${m.source} ${m.options.join(',')}`);
const own = (mount: Partial<Mount>): Mount => mountConfig({ containerPath: '/data', hostPath: '/src', ...mount });

test('defaultMounts() have parents before children', () => {
  const destinations = defaultMounts({ ...files, hosts: '/pod/hosts' }, plain).map((m) => m.destination);
  assert.deepEqual(destinations, ['/proc', '/dev', '/dev/pts', '/dev/mqueue', '/dev/shm', '/sys', '/sys/fs/cgroup', '/etc/resolv.conf', '/etc/hostname', '/etc/hosts']);
});

test('defaultMounts() are writable in /sys for privileged only, and read-only in /etc with the rootfs', () => {
  const modes = (o: typeof plain): string => defaultMounts(files, o).filter((m) => ['/sys', '/sys/fs/cgroup', '/etc/hostname'].includes(m.destination)).map((m) => m.options.at(-1)).join();
  assert.deepEqual([modes(plain), modes({ ...plain, privileged: true }), modes({ ...plain, readonlyRootfs: true })], ['ro,ro,rw', 'rw,rw,rw', 'ro,ro,ro']);
  assert.equal(defaultMounts(files, { ...plain, userNamespaceOfNodeNetwork: true }).find((m) => m.destination === '/sys')?.type, 'bind');
});

test('defaultMounts() give a container with IPC of its own a /dev/shm of its own', () => {
  const shm = (ownIpc: boolean): string | undefined => defaultMounts(files, { ...plain, ownIpc }).find((m) => m.destination === '/dev/shm')?.source;
  assert.deepEqual([shm(false), shm(true)], ['/pod/shm', 'shm']);
});

const options: [name: string, mount: Partial<Mount>, expected: string][] = [
  ['nothing', {}, 'rbind,rprivate,rw'],
  ['read-only', { readonly: true }, 'rbind,rprivate,ro'],
  ['recursive read-only', { readonly: true, recursiveReadOnly: true }, 'rbind,rprivate,rro'],
  ['host to container', { propagation: 'hostToContainer' }, 'rbind,rslave,rw'],
  ['bidirectional', { propagation: 'bidirectional', readonly: true }, 'rbind,rshared,ro'],
  ['mount options', { mountOptions: ['noexec', 'nosuid'] }, 'rbind,rprivate,rw,noexec,nosuid'],
];
for (const [name, mount, expected] of options) test(`specMounts() of ${name}`, () => assert.equal(built([own(mount)]).at(-1), `/data /src ${expected}`));

const refused: [name: string, mount: Partial<Mount>, code: string, message: RegExp, f?: typeof features][] = [
  ['recursive read-only that is writable', { recursiveReadOnly: true }, 'InvalidArgument', /needs readonly/],
  ['recursive read-only with propagation', { recursiveReadOnly: true, readonly: true, propagation: 'bidirectional' }, 'InvalidArgument', /private propagation, not bidirectional/],
  ['recursive read-only with slave propagation', { recursiveReadOnly: true, readonly: true, propagation: 'hostToContainer' }, 'InvalidArgument', /private propagation/],
  ['recursive read-only on a runtime without', { recursiveReadOnly: true, readonly: true }, 'Unknown', /^RROUnsupported: .*'h'/, { ...features, recursiveReadOnlyMounts: false }],
  ['an unknown mount option', { mountOptions: ['suid'] }, 'InvalidArgument', /'suid'/],
];
for (const [name, mount, code, message, f] of refused) test(`specMounts() refuses ${name}`, () => assert.throws(() => built([own(mount)], f), { code, message }));

test('specMounts() leaves out what the client mounts itself, and all of /dev when it brings its own', () => {
  const destinations = (...paths: string[]): string[] => built(paths.map((containerPath) => own({ containerPath }))).map((m) => m.split(' ')[0] ?? '');
  assert.equal(destinations('/etc/resolv.conf/').filter((d) => d.startsWith('/etc/resolv.conf')).length, 1);
  assert.deepEqual(destinations('/dev').filter((d) => d.startsWith('/dev')), ['/dev']);
  assert.deepEqual(destinations('/a/b/c', '/a', '/a/b').slice(-3), ['/a', '/a/b', '/a/b/c']);
});

test('rootfsPropagation() follows the widest mount', () => {
  assert.equal(rootfsPropagation([own({})]), undefined);
  assert.equal(rootfsPropagation([own({ propagation: 'hostToContainer' })]), 'rslave');
  assert.equal(rootfsPropagation([own({ propagation: 'hostToContainer' }), own({ propagation: 'bidirectional' })]), 'rshared');
});

const table = parseMountInfo('1 0 0:1 / / rw - ext4 a rw\n2 1 0:2 / /shared rw shared:5 - tmpfs b rw\n3 1 0:3 / /slave rw master:5 - tmpfs c rw\n4 2 0:4 / /shared/below rw - tmpfs d rw\n');
const propagation: [path: string, mode: Mount['propagation'], refused: RegExp | undefined][] = [
  ['/x', 'private', undefined], ['/x', 'hostToContainer', /on '\/', which is not a shared or slave mount/], ['/shared', 'bidirectional', undefined], ['/shared/x', 'hostToContainer', undefined],
  ['/slave/x', 'hostToContainer', undefined], ['/slave/x', 'bidirectional', /not a shared mount/], ['/shared/below/x', 'bidirectional', /on '\/shared\/below'/], ['/sharedx', 'bidirectional', /on '\/'/],
];
for (const [path, mode, refusal] of propagation) {
  test(`checkPropagation() of ${mode} at ${path}`, () => {
    const check = (): void => checkPropagation(own({ hostPath: path, propagation: mode }), path, table);
    if (refusal) assert.throws(check, { code: 'FailedPrecondition', message: refusal }); else check();
  });
}

const maker = { image: async (mount: Mount) => `/tree/of/${mount.image?.image ?? ''}`, idMapped: async (_: Mount, source: string) => `/mapped${source}` };
const sources = (mount: Partial<Mount>, more: Partial<MountSourceOptions> = {}): Promise<ResolvedMount[]> => resolveMountSources([own(mount)], { absentSourcesToReject: [], maker, idMappedMounts: false, ...more });

test('resolveMountSources() has images mounted, and ids mapped where the runtime cannot', async () => {
  const image = { image: 'i', annotations: {}, userSpecifiedImage: '', runtimeHandler: '', imageRef: '' };
  const where = async (mount: Partial<Mount>, idMappedMounts = false): Promise<string> => (await sources(mount, { idMappedMounts })).map((m) => `${m.source} ${String(m.isIdMapped ?? false)}`).join();
  assert.equal(await where({ hostPath: '', image }), '/tree/of/i true');
  assert.equal(await where({ hostPath: '/usr', uidMappings: [MAPPING] }), '/mapped/usr true');
  assert.equal(await where({ hostPath: '/usr', gidMappings: [MAPPING] }, true), '/usr false');
  assert.equal(await where({ hostPath: '/usr' }), '/usr false');
});

test('resolveMountSources() that fails has ended all that it began', async () => {
  const gate = Promise.withResolvers<void>();
  let ended = false;
  const slow = { ...maker, idMapped: async (): Promise<string> => { await gate.promise; ended = true; return '/x'; } };
  const resolving = resolveMountSources([own({ hostPath: 'relative' }), own({ hostPath: '/usr', uidMappings: [MAPPING] })], { absentSourcesToReject: [], maker: slow, idMappedMounts: false });
  setImmediate(() => gate.resolve());
  await assert.rejects(resolving, { code: 'InvalidArgument' });
  assert.ok(ended);
});

test('specMounts() tell the runtime mappings of ids that are not made yet', () => {
  const mount = own({ uidMappings: [MAPPING], gidMappings: [{ ...MAPPING, hostId: 2 }] });
  const mapped = (isIdMapped: boolean): unknown[] => specMounts([], [{ mount, source: '/s', isIdMapped }], features).flatMap(({ uidMappings, gidMappings }) => [uidMappings, gidMappings]);
  assert.deepEqual(mapped(false), [[{ hostID: 1, containerID: 0, size: 1 }], [{ hostID: 2, containerID: 0, size: 1 }]]);
  assert.deepEqual(mapped(true), [undefined, undefined]);
});

test('resolveMountSources() refuses relative paths, and absent sources that must not be made', async () => {
  await assert.rejects(sources({ hostPath: 'x' }), { code: 'InvalidArgument' });
  await assert.rejects(sources({ containerPath: 'x' }), { code: 'InvalidArgument' });
  // Where nothing can be made, should the code be broken: a directory left on the host makes other tests fail.
  await assert.rejects(sources({ hostPath: '/proc/no-such' }, { absentSourcesToReject: ['/proc/no-such'] }), { code: 'InvalidArgument', message: /absent_mount_sources_to_reject/ });
});
