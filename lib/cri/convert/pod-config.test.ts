import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { InvalidArgumentError } from '#errors';
import { runtime } from '../generated/cri.js';
import type { Input, NamespaceOption, PodSandboxConfig } from '../generated/cri.js';
import { fromNamespaceOptions, toNamespaceOptions } from './namespaces.ts';
import { toPodSandboxConfig } from './pod-config.ts';

const METADATA = { name: 'web', namespace: 'default', uid: 'u1' };
/** As it comes from the wire: what is left out holds its default. */
function decoded(config: Input<PodSandboxConfig>): PodSandboxConfig {
  return runtime.v1.PodSandboxConfig.decode(runtime.v1.PodSandboxConfig.encode(config).finish());
}
function convert(config: Input<PodSandboxConfig>): ReturnType<typeof toPodSandboxConfig> {
  return toPodSandboxConfig(decoded({ metadata: METADATA, ...config }), 'config');
}
const securityContext = (context: NonNullable<NonNullable<Input<PodSandboxConfig>['linux']>['securityContext']>): Input<PodSandboxConfig> => ({ linux: { securityContext: context } });
const userns = (usernsOptions: NonNullable<Input<NamespaceOption>['usernsOptions']>): Input<PodSandboxConfig> => securityContext({ namespaceOptions: { usernsOptions } });
const ROOT = { hostId: 100_000, containerId: 0, length: 65_536 };

describe('toPodSandboxConfig()', () => {
  test('gives defaults to a pod that says nothing but its name', () => {
    assert.deepEqual(convert({}), {
      metadata: { ...METADATA, attempt: 0 }, hostname: '', logDirectory: '', portMappings: [], labels: {}, annotations: {},
      linux: {
        cgroupParent: '', sysctls: {},
        securityContext: { namespaceOptions: { network: 'pod', pid: 'pod', ipc: 'pod', targetId: '' }, readonlyRootfs: false, supplementalGroups: [], supplementalGroupsPolicy: 'merge', privileged: false },
      },
    });
  });
  test('takes every field over', () => {
    assert.deepEqual(convert({
      metadata: { ...METADATA, attempt: 7 }, hostname: 'h', logDirectory: '/log', dnsConfig: { servers: ['1.1.1.1'], searches: ['a'], options: ['ndots:5'] },
      portMappings: [{ protocol: 1, containerPort: 53, hostPort: 5353, hostIp: '127.0.0.1' }], labels: { a: 'b' }, annotations: { c: 'd' },
      linux: {
        cgroupParent: '/kubepods/pod1', sysctls: { 'net.ipv4.ip_forward': '1' }, overhead: { memoryLimitInBytes: 5n }, resources: { cpuShares: 2n },
        securityContext: {
          namespaceOptions: { network: 2, pid: 1, ipc: 1, usernsOptions: { mode: 0, uids: [ROOT], gids: [ROOT] } }, selinuxOptions: { user: 'u', role: 'r', type: 't', level: 'l' },
          runAsUser: { value: 0n }, runAsGroup: { value: 5n }, readonlyRootfs: true, supplementalGroups: [1n, 4_294_967_294n], supplementalGroupsPolicy: 1, privileged: true,
          seccomp: { profileType: 2, localhostRef: '/p.json' }, apparmor: { profileType: 2, localhostRef: 'prof' },
        },
      },
    }), {
      metadata: { ...METADATA, attempt: 7 }, hostname: 'h', logDirectory: '/log', dnsConfig: { servers: ['1.1.1.1'], searches: ['a'], options: ['ndots:5'] },
      portMappings: [{ protocol: 'udp', containerPort: 53, hostPort: 5353, hostIp: '127.0.0.1' }], labels: { a: 'b' }, annotations: { c: 'd' },
      linux: {
        cgroupParent: '/kubepods/pod1', sysctls: { 'net.ipv4.ip_forward': '1' },
        overhead: { cpuPeriod: 0, cpuQuota: 0, cpuShares: 0, memoryLimitInBytes: 5, oomScoreAdj: 0, cpusetCpus: '', cpusetMems: '', hugepageLimits: [], unified: {}, memorySwapLimitInBytes: 0 },
        resources: { cpuPeriod: 0, cpuQuota: 0, cpuShares: 2, memoryLimitInBytes: 0, oomScoreAdj: 0, cpusetCpus: '', cpusetMems: '', hugepageLimits: [], unified: {}, memorySwapLimitInBytes: 0 },
        securityContext: {
          namespaceOptions: { network: 'node', pid: 'container', ipc: 'container', targetId: '', usernsOptions: { mode: 'pod', uids: [ROOT], gids: [ROOT] } },
          selinuxOptions: { user: 'u', role: 'r', type: 't', level: 'l' }, runAsUser: 0, runAsGroup: 5, readonlyRootfs: true, supplementalGroups: [1, 4_294_967_294], supplementalGroupsPolicy: 'strict',
          privileged: true, seccomp: { profileType: 'localhost', localhostRef: '/p.json' }, apparmor: { profileType: 'localhost', localhostRef: 'prof' },
        },
      },
    });
  });
  test('reads the old form of a seccomp profile, and the new one first', () => {
    const seccomp = (config: Input<PodSandboxConfig>): unknown => convert(config).linux.securityContext.seccomp;
    assert.deepEqual(seccomp(securityContext({ seccompProfilePath: 'runtime/default' })), { profileType: 'runtimeDefault', localhostRef: '' });
    assert.deepEqual(seccomp(securityContext({ seccompProfilePath: 'localhost//a/b' })), { profileType: 'localhost', localhostRef: '/a/b' });
    assert.deepEqual(seccomp(securityContext({ seccompProfilePath: 'runtime/default', seccomp: { profileType: 1 } })), { profileType: 'unconfined', localhostRef: '' });
    assert.deepEqual(seccomp(securityContext({ seccomp: {} })), { profileType: 'runtimeDefault', localhostRef: '' });
  });

  const at = 'config.linux.security_context';
  const rejected: readonly (readonly [string, Input<PodSandboxConfig>, string])[] = [
    ['no name', { metadata: { namespace: 'a', uid: 'b' } }, 'config.metadata.name is missing'],
    ['no namespace', { metadata: { name: 'a', uid: 'b' } }, 'config.metadata.namespace is missing'],
    ['no uid', { metadata: { name: 'a', namespace: 'b' } }, 'config.metadata.uid is missing'],
    ['a protocol of the future', { portMappings: [{ protocol: 3 }] }, 'config.port_mappings[0].protocol: 3 is not known, expected 0 (tcp), 1 (udp), 2 (sctp)'],
    ['a port beyond all', { portMappings: [{}, { hostPort: 65_536 }] }, 'config.port_mappings[1].host_port: 65536 is out of range, expected 0 to 65535'],
    ['a group without a user', securityContext({ runAsGroup: { value: 5n } }), `${at}.run_as_group: 5 without run_as_user, expected both or none`],
    ['a negative user', securityContext({ runAsUser: { value: -1n } }), `${at}.run_as_user: -1 is out of range, expected 0 to 4294967294`],
    ['a group that means none', securityContext({ supplementalGroups: [0n, 4_294_967_295n] }), `${at}.supplemental_groups[1]: 4294967295 is out of range, expected 0 to 4294967294`],
    ['a network of its own for a container', securityContext({ namespaceOptions: { network: 1 } }), `${at}.namespace_options.network: mode CONTAINER is not possible, expected POD or NODE`],
    ['processes of another container', securityContext({ namespaceOptions: { pid: 3, targetId: 'c' } }), `${at}.namespace_options.pid: mode TARGET is not possible for a pod, expected POD, CONTAINER or NODE`],
    ['the node\'s processes with a user namespace', securityContext({ namespaceOptions: { pid: 2, usernsOptions: { uids: [ROOT], gids: [ROOT] } } }), 'namespace_options.pid NODE: not possible in a pod with a user namespace'],
    ['ids beyond all', userns({ uids: [{ ...ROOT, hostId: 4_294_960_000 }], gids: [ROOT] }), `${at}.namespace_options.userns_options.uids[0]: 65536 ids from host_id 4294960000 on go beyond 4294967294`],
    ['the node\'s ids with mappings', userns({ mode: 2, uids: [ROOT], gids: [ROOT] }), `${at}.namespace_options.userns_options: mode NODE with 2 mappings, expected none`],
    ['a pid namespace of nobody', securityContext({ namespaceOptions: { pid: 3 } }), `${at}.namespace_options.target_id is missing`],
    ['a namespace mode of the future', securityContext({ namespaceOptions: { ipc: 4 } }), `${at}.namespace_options.ipc: 4 is not known, expected 0 (pod), 1 (container), 2 (node), 3 (target)`],
    ['two user mappings', userns({ uids: [ROOT, ROOT], gids: [ROOT] }), `${at}.namespace_options.userns_options.uids: 2 mappings, expected exactly 1 for a user namespace of the pod`],
    ['two group mappings', userns({ uids: [ROOT], gids: [ROOT, ROOT] }), `${at}.namespace_options.userns_options.gids: 2 mappings, expected exactly 1 for a user namespace of the pod`],
    ['no mapping', userns({ mode: 0 }), `${at}.namespace_options.userns_options.uids: 0 mappings, expected exactly 1 for a user namespace of the pod`],
    ['root not mapped', userns({ uids: [{ ...ROOT, containerId: 1 }], gids: [ROOT] }), `${at}.namespace_options.userns_options.uids[0].container_id: 1, expected 0: the container's root must be mapped`],
    ['an empty mapping', userns({ uids: [{ ...ROOT, length: 0 }], gids: [ROOT] }), `${at}.namespace_options.userns_options.uids[0].length: 0 ids are mapped, expected at least 1`],
    ['a user namespace of a container', userns({ mode: 1, uids: [ROOT], gids: [ROOT] }), `${at}.namespace_options.userns_options.mode: mode CONTAINER is not possible, expected POD or NODE`],
    ['a user namespace of a target', userns({ mode: 3, uids: [ROOT], gids: [ROOT] }), `${at}.namespace_options.userns_options.mode: mode TARGET is not possible, expected POD or NODE`],
    ['a seccomp profile without a path', securityContext({ seccomp: { profileType: 2 } }), `${at}.seccomp.localhost_ref is missing`],
    ['a seccomp profile with a relative path', securityContext({ seccomp: { profileType: 2, localhostRef: 'p.json' } }), `${at}.seccomp.localhost_ref: "p.json" is no absolute path`],
    ['an old profile that is none', securityContext({ seccompProfilePath: 'strict' }), `${at}.seccomp_profile_path: "strict" is no profile, expected "runtime/default", "unconfined" or "localhost/NAME"`],
    ['a negative limit', { linux: { resources: { memoryLimitInBytes: -2n } } }, 'config.linux.resources.memory_limit_in_bytes: -2 is out of range, expected -1 to 9007199254740991'],
    ['a target without the mode', securityContext({ namespaceOptions: { targetId: 'c' } }), `${at}.namespace_options.target_id: "c" with pid POD, expected it with TARGET only`],
    ['settings of Windows', { windows: { securityContext: { runAsUsername: 'me' } } }, 'config.windows: this node runs Linux'],
    ['a name server that brings a line of its own', { dnsConfig: { servers: ['1.1.1.1', '1.0.0.1\noptions x'] } }, 'config.dns_config.servers[1]: "1.0.0.1\\noptions x" holds white space or a NUL character'],
    ['a search domain with a space', { dnsConfig: { searches: ['a b'] } }, 'config.dns_config.searches[0]: "a b" holds white space or a NUL character'],
    ['a host name with a line break', { hostname: 'a\n' }, 'config.hostname: "a\\n" holds white space or a NUL character'],
    ['a host name that the kernel would not take', { hostname: 'h'.repeat(65) }, `config.hostname: "${'h'.repeat(65)}" is longer than 64 bytes`],
    ['a relative log directory', { logDirectory: 'logs' }, 'config.log_directory: "logs" is no absolute path'],
    ['a path with a name that is too long', { logDirectory: `/${'n'.repeat(256)}` }, `config.log_directory: "${'n'.repeat(40)}"… is longer than a path (4095 bytes) or a name in it (255) can be`],
    ['a host address that is none', { portMappings: [{ hostIp: 'localhost' }] }, 'config.port_mappings[0].host_ip: "localhost" is no IP address'],
    ['a size of pages that leaves its directory', { linux: { resources: { hugepageLimits: [{ pageSize: '/../../x' }] } } }, 'config.linux.resources.hugepage_limits[0].page_size: "/../../x", expected something as "2MB"'],
    ['a cgroup file that leaves its directory', { linux: { resources: { unified: { '../memory.max': '1' } } } }, 'config.linux.resources.unified: "../memory.max", expected something as "memory.high"'],
    ['a cgroup file below its directory', { linux: { resources: { unified: { 'memory.low/../x': '1' } } } }, 'config.linux.resources.unified: "memory.low/../x", expected something as "memory.high"'],
    ['processors that are no list', { linux: { overhead: { cpusetCpus: 'all' } } }, 'config.linux.overhead.cpuset_cpus: "all", expected something as "0-3,7"'],
    ['a NUL in a path', { logDirectory: '/a\0b' }, 'config.log_directory: "/a\\u0000b" holds a NUL character'],
  ];
  for (const [what, config, message] of rejected) {
    test(`rejects ${what}`, () => {
      assert.throws(() => convert(config), (error: Error) => error instanceof InvalidArgumentError && error.message === message);
    });
  }
  test('takes a user namespace of the node', () => {
    assert.equal(convert(userns({ mode: 2 })).linux.securityContext.namespaceOptions.usernsOptions?.mode, 'node');
  });
});

test('fromNamespaceOptions() is the way back', () => {
  for (const message of [{}, { network: 2, pid: 3, ipc: 1, targetId: 'c1', usernsOptions: { mode: 0, uids: [ROOT], gids: [ROOT] } }]) {
    const { NamespaceOption } = runtime.v1;
    const options = toNamespaceOptions(NamespaceOption.decode(NamespaceOption.encode(message).finish()), 'at');
    assert.deepEqual(toNamespaceOptions(NamespaceOption.decode(NamespaceOption.encode(fromNamespaceOptions(options)).finish()), 'at'), options);
  }
});
