/** Requests that say as little as possible, and a value that says something for every field of one. */
import type { FieldDescriptor, RequestField } from './descriptors.ts';

export type Message = Record<string, unknown>;

/** What a message must hold to be accepted; most need nothing. */
const NEEDED: Readonly<Record<string, () => Message>> = {
  RunPodSandboxRequest: () => ({ config: pod() }),
  PodSandboxConfig: () => pod(),
  PodSandboxMetadata: () => ({ name: 'web', namespace: 'default', uid: 'u1', attempt: 1 }),
  ContainerMetadata: () => ({ name: 'web', attempt: 0 }),
  CreateContainerRequest: () => ({ podSandboxId: 'p1', config: container() }),
  ContainerConfig: () => container(),
  ImageSpec: () => ({ image: 'example.org/web:1' }),
  UpdateContainerResourcesRequest: () => ({ containerId: 'c1', linux: {} }),
  ExecSyncRequest: () => ({ containerId: 'c1', cmd: ['ls'] }),
  ExecRequest: () => ({ containerId: 'c1', cmd: ['ls'], stdout: true }),
  AttachRequest: () => ({ containerId: 'c1', stdout: true }),
  RestorePodRequest: () => ({ checkpointPath: '/checkpoint', config: pod(), containerConfigs: [container()] }),
  CheckpointContainerRequest: () => ({ containerId: 'c1', location: '/archive' }),
  CheckpointPodRequest: () => ({ podSandboxId: 'p1', outputPath: '/checkpoint', containerIds: ['c1'] }),
  KeyValue: () => ({ key: 'K' }),
  Mount: () => ({ containerPath: '/c', hostPath: '/h' }),
  Device: () => ({ containerPath: '/dev/c', hostPath: '/dev/h' }),
  CDIDevice: () => ({ name: 'v.com/c=d' }),
  UserNamespace: () => ({ uids: [root()], gids: [root()] }),
  IDMapping: () => root(),
  HugepageLimit: () => ({ pageSize: '2MB' }),
  AuthConfig: () => ({ username: 'me' }),
  ImageFilter: () => ({ image: { image: 'web' } }),
};

/** Values of fields that do not take any text or number. */
const VALUES: Readonly<Record<string, unknown>> = {
  'PodSandboxConfig.log_directory': '/logs', 'RunPodSandboxRequest.runtime_handler': 'runc', 'PortMapping.host_ip': '127.0.0.1', 'NamespaceOption.network': 2, 'NamespaceOption.pid': 2, 'NamespaceOption.ipc': 2,
  'UserNamespace.mode': 2, 'UserNamespace.uids': [{ hostId: 200_000, containerId: 0, length: 5 }], 'UserNamespace.gids': [{ hostId: 200_000, containerId: 0, length: 5 }],
  'LinuxContainerResources.cpuset_cpus': '0-1', 'LinuxContainerResources.cpuset_mems': '0', 'LinuxContainerResources.unified': { 'memory.high': '5' }, 'HugepageLimit.page_size': '1GB',
  'LinuxSandboxSecurityContext.seccomp_profile_path': 'unconfined', 'ContainerConfig.working_dir': '/w', 'ImageSpec.runtime_handler': 'runc',
  'LinuxContainerSecurityContext.seccomp_profile_path': 'unconfined', 'LinuxContainerSecurityContext.apparmor_profile': 'unconfined', 'Device.permissions': 'r', 'Mount.container_path': '/d', 'Mount.host_path': '/i',
  'Mount.mount_options': ['noexec'], 'IDMapping.host_id': 300_000, 'SecurityProfile.localhost_ref': '/p.json', 'Capability.add_ambient_capabilities': ['CHOWN'],
  'CreateContainerRequest.sandbox_config': { metadata: { name: 'web', namespace: 'default', uid: 'u2' } }, 'CreateContainerRequest.pod_sandbox_id': 'p2', 'AuthConfig.server_address': 'https://example.org',
  'WindowsNamespaceOption.network': 1, 'CheckpointPodRequest.output_path': '/other', 'RestorePodRequest.checkpoint_path': '/other', 'RestorePodRequest.runtime_handler': 'runc',
  'RestorePodRequest.container_configs': [{ ...container(), metadata: { name: 'other' } }], 'RestorePodRequest.config': { metadata: { name: 'other', namespace: 'default', uid: 'u2' } },
};

/** Fields that mean something only together with others: what those hold, with and without the field. */
const COMPANY: Readonly<Record<string, Message>> = {
  'LinuxSandboxSecurityContext.run_as_group': { runAsUser: { value: 7n } }, 'LinuxContainerSecurityContext.run_as_group': { runAsUser: { value: 7n } },
  'SecurityProfile.localhost_ref': { profileType: 2, localhostRef: '/q.json' }, 'Mount.recursive_read_only': { readonly: true }, 'Mount.image': { hostPath: '', readonly: true, image: { image: 'other' } },
  'ExecRequest.stdout': { stdout: false, stdin: true }, 'AttachRequest.stdout': { stdout: false, stdin: true },
  'Mount.image_sub_path': { hostPath: '', readonly: true, image: { image: 'other' } },
};

/** A request that the call accepts. */
export function plainRequest(rpc: string, request: string): Message {
  return nested(rpc, request, [], {});
}

/** The request of the field's call without the field, and with it. */
export function requestsAbout({ message, path, field, rpc }: RequestField, request: string): { readonly without: Message; readonly with: Message } {
  const name = `${message}.${field.name}`;
  const company = COMPANY[name] ?? {};
  const value = VALUES[name] ?? sample(field);
  return { without: nested(rpc, request, path, company), with: nested(rpc, request, path, { ...company, [field.key]: value }) };
}

function nested(rpc: string, request: string, path: readonly FieldDescriptor[], innermost: Message): Message {
  const [first, ...rest] = path;
  const needed = NEEDED[request]?.() ?? idOf(rpc);
  if (!first) return { ...needed, ...innermost };
  const inner = nested(rpc, first.message ?? '', rest, innermost);
  return { ...needed, [first.key]: first.repeated ? [inner] : inner };
}

/** Most requests are about one thing. What a request has no field for is left out when it is encoded. */
function idOf(rpc: string): Message {
  return { containerId: 'c1', podSandboxId: 'p1', ...rpc.endsWith('Image') || rpc === 'ImageStatus' ? { image: { image: 'example.org/web:1' } } : {} };
}

function sample({ kind, repeated, message }: FieldDescriptor): unknown {
  const one = { message: NEEDED[message ?? '']?.() ?? (message === 'Int64Value' ? { value: 5n } : {}), map: { key: 'value' }, enum: 1, bool: true, string: 'text', bytes: Buffer.from('bytes'), bigint: 5n, number: 5 }[kind];
  return repeated ? [one] : one;
}

function pod(): Message {
  return { metadata: NEEDED['PodSandboxMetadata']?.() };
}

function container(): Message {
  return { metadata: { name: 'web' }, image: { image: 'example.org/web:1' } };
}

function root(): Message {
  return { hostId: 100_000, containerId: 0, length: 65_536 };
}
