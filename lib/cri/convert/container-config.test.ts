import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { InvalidArgumentError } from '#errors';
import { runtime } from '../generated/cri.js';
import type { ContainerConfig, Input, LinuxContainerSecurityContext, Mount } from '../generated/cri.js';
import { toContainerConfig } from './container-config.ts';
import { fromMount, toMount } from './mount.ts';
import { fromResources, toResources } from './resources.ts';
import { fromSignalName, toSignalName } from './signal.ts';

const { v1 } = runtime;
function decoded(config: Input<ContainerConfig>): ContainerConfig {
  return v1.ContainerConfig.decode(v1.ContainerConfig.encode({ metadata: { name: 'web' }, image: { image: 'web:1' }, ...config }).finish());
}
function convert(config: Input<ContainerConfig>): ReturnType<typeof toContainerConfig> {
  return toContainerConfig(decoded(config), 'config');
}
const security = (securityContext: Input<LinuxContainerSecurityContext>): Input<ContainerConfig> => ({ linux: { securityContext } });
const mount = (given: Input<Mount>): Input<ContainerConfig> => ({ mounts: [{ containerPath: '/c', hostPath: '/h', ...given }] });

const NO_RESOURCES = { cpuPeriod: 0, cpuQuota: 0, cpuShares: 0, memoryLimitInBytes: 0, oomScoreAdj: 0, cpusetCpus: '', cpusetMems: '', hugepageLimits: [], unified: {}, memorySwapLimitInBytes: 0 };
const PLAIN_MOUNT = {
  containerPath: '/c', hostPath: '/h', readonly: false, selinuxRelabel: false, propagation: 'private', uidMappings: [], gidMappings: [], recursiveReadOnly: false, imageSubPath: '', mountOptions: [],
};

describe('toContainerConfig()', () => {
  test('gives defaults to a container that says nothing but name and image', () => {
    assert.deepEqual(convert({}), {
      metadata: { name: 'web', attempt: 0 }, image: { image: 'web:1', annotations: {}, userSpecifiedImage: '', runtimeHandler: '', imageRef: '' },
      command: [], args: [], workingDir: '', envs: [], mounts: [], devices: [], cdiDevices: [], labels: {}, annotations: {}, logPath: '', stdin: false, stdinOnce: false, tty: false,
      linux: {
        resources: NO_RESOURCES,
        securityContext: {
          privileged: false, namespaceOptions: { network: 'pod', pid: 'pod', ipc: 'pod', targetId: '' }, runAsUsername: '', readonlyRootfs: false, supplementalGroups: [], supplementalGroupsPolicy: 'merge',
          noNewPrivs: false, maskedPaths: [], readonlyPaths: [],
        },
      },
      stopSignal: '',
    });
  });
  test('takes every field over', () => {
    const config = convert({
      metadata: { name: 'web', attempt: 4 }, image: { image: 'sha256:1', annotations: { a: 'b' }, userSpecifiedImage: 'web', runtimeHandler: 'h', imageRef: 'r' },
      command: ['sh'], args: ['-c', 'true'], workingDir: '/w', devices: [{ containerPath: '/dev/a', hostPath: '/dev/b', permissions: 'rw' }], CDIDevices: [{ name: 'v.com/c=d' }],
      labels: { l: '1' }, annotations: { n: '2' }, logPath: 'web/0.log', stdin: true, stdinOnce: true, tty: true, stopSignal: 29,
    });
    assert.deepEqual(config.image, { image: 'sha256:1', annotations: { a: 'b' }, userSpecifiedImage: 'web', runtimeHandler: 'h', imageRef: 'r' });
    assert.deepEqual([config.metadata, config.command, config.args, config.workingDir], [{ name: 'web', attempt: 4 }, ['sh'], ['-c', 'true'], '/w']);
    assert.deepEqual([config.devices, config.cdiDevices], [[{ containerPath: '/dev/a', hostPath: '/dev/b', permissions: 'rw' }], ['v.com/c=d']]);
    assert.deepEqual([config.labels, config.annotations, config.logPath, config.stdin, config.stdinOnce, config.tty, config.stopSignal], [{ l: '1' }, { n: '2' }, 'web/0.log', true, true, true, 'SIGUSR1']);
  });
  test('keeps the bytes of a variable, in memory of their own', () => {
    const bytes = Buffer.from(v1.ContainerConfig.encode({ metadata: { name: 'a' }, image: { image: 'b' }, envs: [{ key: 'K', value: Uint8Array.of(0xff, 0x41) }] }).finish());
    const { envs } = toContainerConfig(v1.ContainerConfig.decode(bytes), 'config');
    bytes.fill(0);
    assert.deepEqual(envs, [{ key: 'K', value: Uint8Array.of(0xff, 0x41) }]);
    assert.equal(envs[0]?.value.buffer.byteLength, 2);
  });
  test('takes the whole security context over', () => {
    assert.deepEqual(convert(security({
      capabilities: { addCapabilities: ['ALL'], dropCapabilities: ['NET_RAW'], addAmbientCapabilities: ['CHOWN'] }, privileged: true, namespaceOptions: { pid: 3, targetId: 'c0' },
      selinuxOptions: { type: 't' }, runAsUser: { value: 7n }, runAsGroup: { value: 8n }, readonlyRootfs: true, supplementalGroups: [9n], supplementalGroupsPolicy: 1, noNewPrivs: true,
      maskedPaths: ['/proc/kcore'], readonlyPaths: ['/proc/sys'], seccomp: { profileType: 1 }, apparmorProfile: 'localhost/p',
    })).linux.securityContext, {
      capabilities: { addCapabilities: ['ALL'], dropCapabilities: ['NET_RAW'], addAmbientCapabilities: ['CHOWN'] }, privileged: true,
      namespaceOptions: { network: 'pod', pid: 'target', ipc: 'pod', targetId: 'c0' }, selinuxOptions: { user: '', role: '', type: 't', level: '' }, runAsUser: 7, runAsGroup: 8, runAsUsername: '',
      readonlyRootfs: true, supplementalGroups: [9], supplementalGroupsPolicy: 'strict', noNewPrivs: true, maskedPaths: ['/proc/kcore'], readonlyPaths: ['/proc/sys'],
      seccomp: { profileType: 'unconfined', localhostRef: '' }, apparmor: { profileType: 'localhost', localhostRef: 'p' },
    });
  });
  test('takes a group with a user name', () => {
    assert.equal(convert(security({ runAsUsername: 'www', runAsGroup: { value: 5n } })).linux.securityContext.runAsGroup, 5);
  });

  const at = 'config.linux.security_context';
  const rejected: readonly (readonly [string, Input<ContainerConfig>, string])[] = [
    ['no name', { metadata: {} }, 'config.metadata.name is missing'],
    ['no image', { image: {} }, 'config.image.image is missing'],
    ['a group without a user', security({ runAsGroup: { value: 5n } }), `${at}.run_as_group: 5 without run_as_user or run_as_username, expected one of them too`],
    ['two users', security({ runAsUser: { value: 0n }, runAsUsername: 'www' }), `${at}: both run_as_user 0 and run_as_username "www", expected one of them`],
    ['a groups policy of the future', security({ supplementalGroupsPolicy: 2 }), `${at}.supplemental_groups_policy: 2 is not known, expected 0 (merge), 1 (strict)`],
    ['a variable without a name', { envs: [{ key: '' }] }, 'config.envs[0].key is missing'],
    ['a variable with = in its name', { envs: [{ key: 'A=B' }] }, 'config.envs[0].key: "A=B" holds "=" or NUL'],
    ['a variable with NUL in its value', { envs: [{ key: 'A', value: Uint8Array.of(1, 0) }] }, 'config.envs[0].value: that of "A" holds a NUL byte'],
    ['a NUL in the command', { command: ['a\0'] }, 'config.command[0]: "a\\u0000" holds a NUL character'],
    ['a mount without a target', { mounts: [{ hostPath: '/h' }] }, 'config.mounts[0].container_path is missing'],
    ['a mount of nothing', { mounts: [{ containerPath: '/c' }] }, 'config.mounts[0].host_path is missing'],
    ['a propagation of the future', mount({ propagation: 3 }), 'config.mounts[0].propagation: 3 is not known, expected 0 (private), 1 (hostToContainer), 2 (bidirectional)'],
    ['recursive read-only that may be written', mount({ recursiveReadOnly: true }), 'config.mounts[0].recursive_read_only: true without readonly, expected both'],
    ['recursive read-only that spreads', mount({ recursiveReadOnly: true, readonly: true, propagation: 1 }), 'config.mounts[0].recursive_read_only: true with propagation hostToContainer, expected private'],
    ['an image to be written', mount({ hostPath: '', image: { image: 'i' } }), 'config.mounts[0].readonly: false for an image, expected true: images are mounted read-only'],
    ['a mount of two things', mount({ image: { image: 'i' }, readonly: true }), 'config.mounts[0]: both host_path "/h" and image, expected one of them'],
    ['a mount option that is not allowed', mount({ mountOptions: ['nodev', 'suid'] }), 'config.mounts[0].mount_options: "suid" is not allowed, expected some of noexec, nodev, nosuid'],
    ['a device without a path', { devices: [{ containerPath: '/dev/a' }] }, 'config.devices[0].host_path is missing'],
    ['a device with odd permissions', { devices: [{ containerPath: '/a', hostPath: '/b', permissions: 'rx' }] }, 'config.devices[0].permissions: "rx", expected some of r, w, m'],
    ['a signal of the future', { stopSignal: 66 }, 'config.stop_signal: 66 is no Signal, expected 0 to 65'],
    ['a score out of range', { linux: { resources: { oomScoreAdj: -1001n } } }, 'config.linux.resources.oom_score_adj: -1001 is out of range, expected -1000 to 1000'],
    ['negative shares', { linux: { resources: { cpuShares: -1n } } }, 'config.linux.resources.cpu_shares: -1 is out of range, expected 0 to 9007199254740991'],
    ['a limit beyond what we hold exactly', { linux: { resources: { hugepageLimits: [{ pageSize: '2MB', limit: 2n ** 53n }] } } }, 'config.linux.resources.hugepage_limits[0].limit: 9007199254740992 is out of range, expected 0 to 9007199254740991'],
  ];
  for (const [what, config, message] of rejected) {
    test(`rejects ${what}`, () => {
      assert.throws(() => convert(config), (error: Error) => error instanceof InvalidArgumentError && error.message === message);
    });
  }
});

describe('mounts', () => {
  const MAPPING = { hostId: 1, containerId: 0, length: 2 };
  const table: readonly Input<Mount>[] = [
    {}, { readonly: true, recursiveReadOnly: true, selinuxRelabel: true, uidMappings: [MAPPING], gidMappings: [MAPPING], mountOptions: ['noexec', 'nodev', 'nosuid'] }, { propagation: 2 },
    { hostPath: '', readonly: true, image: { image: 'i', imageRef: 'sha256:1' }, imageSubPath: 'sub' },
  ];
  for (const given of table) {
    test(`${JSON.stringify(given)} comes back as it was`, () => {
      const { mounts: [domain] } = convert(mount(given));
      assert.ok(domain);
      assert.deepEqual(toMount(v1.Mount.decode(v1.Mount.encode(fromMount(domain)).finish()), 'at'), domain);
    });
  }
  test('an image of no name is none', () => {
    assert.deepEqual(convert(mount({ image: {} })).mounts, [PLAIN_MOUNT]);
  });
});

test('resources come back as they were', () => {
  const resources = {
    cpuPeriod: 1, cpuQuota: -1, cpuShares: 3, memoryLimitInBytes: 2 ** 52, oomScoreAdj: -1000, cpusetCpus: '0', cpusetMems: '1', hugepageLimits: [{ pageSize: '1GB', limit: 5 }],
    unified: { 'memory.low': '1' }, memorySwapLimitInBytes: -1,
  };
  assert.deepEqual(toResources(v1.LinuxContainerResources.decode(v1.LinuxContainerResources.encode(fromResources(resources)).finish()), 'at'), resources);
});

describe('stop signals', () => {
  for (const [number, name] of [[0, ''], [8, 'SIGHUP'], [23, 'SIGTERM'], [35, 'SIGRTMIN'], [50, 'SIGRTMIN+15'], [51, 'SIGRTMAX-14'], [65, 'SIGRTMAX']] as const) {
    test(`${number} is ${JSON.stringify(name)}`, () => {
      assert.equal(toSignalName(number, 'at'), name);
      assert.equal(fromSignalName(name), number);
    });
  }
  test('a name that CRI does not have is the runtime default', () => {
    assert.equal(fromSignalName('SIGSTRANGE'), 0);
  });
});
