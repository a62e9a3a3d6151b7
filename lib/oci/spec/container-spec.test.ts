import assert from 'node:assert/strict';
import test from 'node:test';
import { CAPABILITY_NAMES } from '#linux';
import { containerConfig, mountConfig, namespaceOptions, sandboxConfig } from '../config-for-test.ts';
import { buildContainerSpec } from './container-spec.ts';
import type { ContainerSpecInput } from './input.ts';

const input: ContainerSpecInput = {
  id: 'c1', sandboxId: 's1', config: containerConfig({ args: ['-c', 'true'] }), sandbox: sandboxConfig(), nodeHostname: 'node',
  image: { env: ['PATH=/bin'], entrypoint: [], cmd: ['sh'], workingDir: '/srv', user: '', volumes: [] }, rootfsPath: '/rootfs', user: { uid: 5, gid: 6, additionalGids: [6, 7] },
  namespaceOptions, namespaces: { net: '/ns/net', ipc: '/ns/ipc', uts: '/ns/uts' }, cgroupsPath: '/pod/c1', files: { resolvConf: '/pod/resolv.conf', hostname: '/pod/hostname', shm: '/pod/shm' }, mounts: [], devices: [],
  host: { capabilities: new Set(CAPABILITY_NAMES), cgroupKind: 'v2', controllers: new Set(), swapAccounting: true, oomScoreAdj: 0, apparmor: false, selinux: false },
  handler: {
    name: 'crun', path: '/usr/bin/crun', root: '/run/crun', version: 'crun 1.8.1', features: { recursiveReadOnlyMounts: true, userNamespaces: true, idMappedMounts: true, seccompProgram: true, checkpoint: false },
    allowedAnnotations: [], defaultAnnotations: {}, minMemoryBytes: 0, privilegedWithoutHostDevices: false, seccompProfile: '', privilegedSeccompProfile: '', createTimeoutMs: 1,
  },
};
const security = (s: Parameters<typeof containerConfig>[1]): ContainerSpecInput => ({ ...input, config: containerConfig({}, s) });

test('buildContainerSpec() puts each part where the runtime-spec has it', () => {
  const { spec, adjustments } = buildContainerSpec(input);
  assert.deepEqual(adjustments, []);
  assert.equal(spec.ociVersion, '1.0.2');
  assert.deepEqual(spec.root, { path: '/rootfs' });
  const { capabilities, ...process } = spec.process;
  assert.equal(capabilities?.bounding.length, 9);
  assert.deepEqual(process, {
    terminal: false, user: { uid: 5, gid: 6, additionalGids: [6, 7] }, args: ['sh', '-c', 'true'], env: ['PATH=/bin', 'HOSTNAME=pod'], cwd: '/srv', noNewPrivileges: false, oomScoreAdj: 0,
  });
  assert.equal(spec.mounts.length, 9);
  assert.deepEqual(spec.linux, {
    namespaces: [{ type: 'mount' }, { type: 'pid' }, { type: 'network', path: '/ns/net' }, { type: 'ipc', path: '/ns/ipc' }, { type: 'uts', path: '/ns/uts' }, { type: 'cgroup' }],
    cgroupsPath: '/pod/c1', resources: { devices: [{ allow: false, access: 'rwm' }] }, maskedPaths: [], readonlyPaths: [],
  });
  assert.equal(spec.annotations?.['io.kubernetes.cri.container-id'], 'c1');
});

test('buildContainerSpec() of a privileged container has everything and hides nothing', () => {
  const { spec } = buildContainerSpec(security({ privileged: true, maskedPaths: ['/proc/kcore'], readonlyPaths: ['/proc/sys'] }));
  assert.equal(spec.process.capabilities?.effective.length, CAPABILITY_NAMES.length);
  assert.deepEqual([spec.linux.maskedPaths, spec.linux.readonlyPaths], [[], []]);
  assert.deepEqual(spec.linux.resources.devices, [{ allow: true, access: 'rwm' }]);
  assert.equal(spec.linux.namespaces.some((n) => n.type === 'cgroup'), false);
});

test('buildContainerSpec() keeps masked and read-only paths, rootfs and no_new_privs as asked', () => {
  const { spec } = buildContainerSpec(security({ maskedPaths: ['/m'], readonlyPaths: ['/r'], readonlyRootfs: true, noNewPrivs: true }));
  assert.deepEqual([spec.linux.maskedPaths, spec.linux.readonlyPaths, spec.root.readonly, spec.process.noNewPrivileges], [['/m'], ['/r'], true, true]);
});

test('buildContainerSpec() writes the mappings of a user namespace', () => {
  const uids = [{ hostId: 100_000, containerId: 0, length: 65_536 }];
  const { spec } = buildContainerSpec({ ...input, namespaces: { ...input.namespaces, user: '/ns/user' }, idMappings: { uids, gids: uids } });
  assert.deepEqual(spec.linux.uidMappings, [{ hostID: 100_000, containerID: 0, size: 65_536 }]);
  assert.ok(spec.linux.namespaces.some((n) => n.type === 'user' && n.path === '/ns/user'));
  assert.throws(() => buildContainerSpec({ ...input, namespaces: { ...input.namespaces, user: '/ns/user' } }), { code: 'Internal', message: /id mappings/ });
});

test('buildContainerSpec() tells a pod that shares the node\'s name that name', () => {
  const { uts, ...shared } = input.namespaces;
  assert.equal(uts, '/ns/uts');
  assert.ok(buildContainerSpec({ ...input, namespaces: shared }).spec.process.env.includes('HOSTNAME=node'));
});

test('buildContainerSpec() tells a pod that was given no name digits of its id', () => {
  assert.ok(buildContainerSpec({ ...input, sandboxId: '0123456789abcdef', sandbox: { ...input.sandbox, hostname: '' } }).spec.process.env.includes('HOSTNAME=0123456789ab'));
});

test('buildContainerSpec() labels process and files for SELinux where the node has it, but not of a privileged container', () => {
  const asked = { selinuxOptions: { user: '', role: '', type: 'web_t', level: 's0:c1,c2' } };
  const labels = (s: Parameters<typeof security>[0]): unknown => {
    const { spec } = buildContainerSpec({ ...security(s), host: { ...input.host, selinux: true } });
    return [spec.process.selinuxLabel, spec.linux.mountLabel];
  };
  assert.deepEqual(labels(asked), ['system_u:system_r:web_t:s0:c1,c2', 'system_u:object_r:container_file_t:s0:c1,c2']);
  for (const none of [{}, { ...asked, privileged: true }]) assert.deepEqual(labels(none), [undefined, undefined]);
});

test('buildContainerSpec() has the AppArmor profile that is asked for, or the default one', () => {
  const profile = (s: Parameters<typeof security>[0]): unknown => buildContainerSpec({ ...security(s), host: { ...input.host, apparmor: true, apparmorDefaultProfile: 'davit-default' } }).spec.process.apparmorProfile;
  assert.deepEqual([profile({}), profile({ apparmor: { profileType: 'localhost', localhostRef: 'mine' } }), profile({ privileged: true })], ['davit-default', 'mine', undefined]);
});

test('buildContainerSpec() applies the node\'s defaults', () => {
  const ulimits = [{ type: 'RLIMIT_NOFILE', soft: 1, hard: 2 }];
  const { spec } = buildContainerSpec({ ...input, defaults: { capabilities: ['CHOWN'], env: ['D=1'], ulimits, pidsLimit: 5, readOnly: true } });
  assert.deepEqual(spec.process.capabilities?.bounding, ['CAP_CHOWN']);
  assert.deepEqual([spec.process.rlimits, spec.linux.resources.pids, spec.root.readonly, spec.process.env.includes('D=1')], [ulimits, { limit: 5 }, true, true]);
});

test('buildContainerSpec() has the limits of a block IO class', () => {
  assert.deepEqual(buildContainerSpec({ ...input, blockIo: { weight: 80 } }).spec.linux.resources.blockIO, { weight: 80 });
});

test('buildContainerSpec() hands over a seccomp program and its flags', () => {
  const { spec } = buildContainerSpec({ ...input, seccomp: { annotations: { 'run.oci.seccomp_bpf_data': 'BPF' }, linux: { defaultAction: 'SCMP_ACT_ALLOW', flags: ['SECCOMP_FILTER_FLAG_LOG'] } } });
  assert.equal(spec.annotations?.['run.oci.seccomp_bpf_data'], 'BPF');
  assert.deepEqual(spec.linux.seccomp?.flags, ['SECCOMP_FILTER_FLAG_LOG']);
});

test('buildContainerSpec() gathers what the node cannot grant', () => {
  const { adjustments } = buildContainerSpec({
    ...input, host: { ...input.host, oomScoreAdj: 10, capabilities: new Set(['CAP_CHOWN']) },
    config: containerConfig({}, { capabilities: { addCapabilities: ['SYS_TIME'], dropCapabilities: ['ALL'], addAmbientCapabilities: [] }, selinuxOptions: { user: '', role: '', type: 't', level: '' } }, { oomScoreAdj: 0 }),
  });
  assert.deepEqual(adjustments.map((a) => a.key).sort(), ['capability CAP_SYS_TIME', 'oomScoreAdj', 'selinux']);
});

test('buildContainerSpec() lets a shared mount through the rootfs', () => {
  const mount = mountConfig({ containerPath: '/data', hostPath: '/src', propagation: 'bidirectional' });
  const { spec } = buildContainerSpec({ ...input, config: containerConfig({ mounts: [mount] }, { namespaceOptions }), mounts: [{ mount, source: '/real' }] });
  assert.equal(spec.linux.rootfsPropagation, 'rshared');
  assert.deepEqual(spec.mounts.at(-1), { destination: '/data', type: 'bind', source: '/real', options: ['rbind', 'rshared', 'rw'] });
});

test('buildContainerSpec() gives umask and size of /dev/shm as the pod asks for them, where its handler allows it', () => {
  const sandbox = { ...sandboxConfig(), annotations: { 'umask.crio.io': '027', 'shm-size.crio.io': '2Mi' } };
  const built = (allowedAnnotations: string[]) => {
    const { spec } = buildContainerSpec({ ...input, sandbox, namespaceOptions: { ...namespaceOptions, ipc: 'container' }, handler: { ...input.handler, allowedAnnotations } });
    return [spec.process.user.umask, spec.mounts.find((m) => m.destination === '/dev/shm')?.options.at(-1)];
  };
  assert.deepEqual(built(['umask.crio.io', 'shm-size.crio.io']), [0o27, 'size=2097152']);
  assert.deepEqual(built([]), [undefined, 'size=67108864']);
});
