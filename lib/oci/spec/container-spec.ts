import { InternalError } from '#errors';
import type { ContainerConfig } from '../config.ts';
import type { HostFacts } from '../host.ts';
import type { SpecAdjustment } from './adjustment.ts';
import { specAnnotations } from './annotations.ts';
import { processArgs, processCwd } from './args.ts';
import { DEFAULT_CAPABILITIES, processCapabilities } from './capabilities.ts';
import { crioWishes } from './crio-annotations.ts';
import { defaultMounts, SHM_SIZE_BYTES } from './default-mounts.ts';
import { deviceSpec } from './devices.ts';
import { processEnv } from './env.ts';
import { podHostname } from './hostname.ts';
import type { ContainerDefaults, ContainerSpecInput } from './input.ts';
import { protectedPaths } from './masked-paths.ts';
import { idMapping, rootfsPropagation, specMounts } from './mounts.ts';
import { namespaces } from './namespaces.ts';
import { oomScoreAdj } from './oom-score.ts';
import { linuxResources } from './resources.ts';
import { apparmorProfile, relabelAdjustments, selinuxLabels } from './security-modules.ts';
import { OCI_VERSION, type Linux, type Process, type Spec } from './types.ts';

export interface ContainerSpec {
  readonly spec: Spec;
  /** Wishes that this node cannot grant; to be logged once each. */
  readonly adjustments: readonly SpecAdjustment[];
}

/**
 * A container's config.json. Pure: reads nothing but its input.
 * @throws InvalidArgumentError for a request that no node could run, FailedPreconditionError for one that this node cannot.
 */
export function buildContainerSpec(input: ContainerSpecInput): ContainerSpec {
  const adjustments: SpecAdjustment[] = relabelAdjustments(input.config.mounts, input.host);
  const noting = <T extends { readonly adjustments: readonly SpecAdjustment[] }>(result: T): T => { adjustments.push(...result.adjustments); return result; };
  const security = input.config.linux.securityContext;
  const readonlyRootfs = security.readonlyRootfs || (input.defaults?.readOnly ?? false);
  const annotations = { ...specAnnotations({ ...input, allowed: input.handler.allowedAnnotations, defaults: input.handler.defaultAnnotations }), ...input.seccomp?.annotations };
  const spec: Spec = {
    ociVersion: OCI_VERSION,
    process: processPart(input, noting),
    root: { path: input.rootfsPath, ...(readonlyRootfs && { readonly: true }) },
    mounts: mountsPart(input, readonlyRootfs),
    annotations,
    linux: linuxPart(input, noting),
  };
  return { spec, adjustments };
}

/** The capabilities that the container will have; also what a seccomp profile depends on. */
export function containerCapabilities(config: ContainerConfig, host: Pick<HostFacts, 'capabilities'>, defaults?: Partial<ContainerDefaults>): ReturnType<typeof processCapabilities> {
  const { capabilities, privileged } = config.linux.securityContext;
  return processCapabilities({ capabilities, privileged, defaults: defaults?.capabilities ?? DEFAULT_CAPABILITIES, available: host.capabilities });
}

type Noting = <T extends { readonly adjustments: readonly SpecAdjustment[] }>(result: T) => T;

function processPart({ config, sandbox, sandboxId, nodeHostname, namespaces: paths, image, user, host, defaults, handler }: ContainerSpecInput, noting: Noting): Process {
  const security = config.linux.securityContext;
  const profile = noting(apparmorProfile(security.apparmor, security.privileged, host)).profile;
  const { labels } = noting(selinuxLabels(security.selinuxOptions, security.privileged, selinuxOf({ host, defaults })));
  const { umask } = crioWishes(sandbox.annotations, handler.allowedAnnotations);
  return {
    terminal: config.tty,
    user: { uid: user.uid, gid: user.gid, additionalGids: user.additionalGids, ...(umask !== undefined && { umask }) },
    args: processArgs(config, image),
    env: processEnv({ envs: config.envs, imageEnv: image.env, defaultEnv: defaults?.env ?? [], hostname: paths.uts === undefined ? nodeHostname : podHostname(sandbox, sandboxId), tty: config.tty }),
    cwd: processCwd(config.workingDir, image.workingDir),
    capabilities: noting(containerCapabilities(config, host, defaults)).capabilities,
    ...(defaults?.ulimits && defaults.ulimits.length > 0 && { rlimits: defaults.ulimits }),
    noNewPrivileges: security.noNewPrivs,
    oomScoreAdj: noting(oomScoreAdj(config.linux.resources.oomScoreAdj, host)).value,
    ...(profile !== undefined && { apparmorProfile: profile }),
    ...(labels && { selinuxLabel: labels.process }),
  };
}

function selinuxOf({ host, defaults }: { readonly host: HostFacts; readonly defaults: Partial<ContainerDefaults> | undefined }): Parameters<typeof selinuxLabels>[2] {
  return { selinux: host.selinux, refused: defaults?.selinuxUnavailable === 'refuse' };
}

function mountsPart({ config, sandbox, files, mounts, namespaceOptions, namespaces: paths, handler }: ContainerSpecInput, readonlyRootfs: boolean): Spec['mounts'] {
  const { privileged } = config.linux.securityContext;
  const { shmSizeBytes } = crioWishes(sandbox.annotations, handler.allowedAnnotations);
  const defaults = defaultMounts(files, { privileged, readonlyRootfs, userNamespaceOfNodeNetwork: paths.user !== undefined && namespaceOptions.network === 'node', ownIpc: namespaceOptions.ipc === 'container', shmSizeBytes: shmSizeBytes ?? SHM_SIZE_BYTES });
  return specMounts(defaults, mounts, { ...handler.features, handler: handler.name });
}

function linuxPart({ config, namespaceOptions, namespaces: paths, idMappings, cgroupsPath, devices, host, handler, seccomp, blockIo, defaults }: ContainerSpecInput, noting: Noting): Linux {
  const security = config.linux.securityContext;
  if (paths.user !== undefined && !idMappings) throw new InternalError('build container: a user namespace without its id mappings');
  const { devices: nodes, rules } = deviceSpec([...(defaults?.devices ?? []), ...devices], security.privileged);
  const limits = { ...(defaults?.pidsLimit !== undefined && { pidsLimit: defaults.pidsLimit }), minMemoryBytes: handler.minMemoryBytes };
  const propagation = rootfsPropagation(config.mounts);
  const { labels } = selinuxLabels(security.selinuxOptions, security.privileged, selinuxOf({ host, defaults }));
  return {
    namespaces: namespaces(namespaceOptions, paths, { cgroupKind: host.cgroupKind, privileged: security.privileged }),
    ...(idMappings && { uidMappings: idMappings.uids.map(idMapping), gidMappings: idMappings.gids.map(idMapping) }),
    ...(nodes.length > 0 && { devices: nodes }),
    cgroupsPath,
    // A new cgroup has no quota of CPU time; crun fails where it is told so.
    resources: { devices: rules, ...noting(linuxResources({ ...config.linux.resources, cpuQuota: Math.max(config.linux.resources.cpuQuota, 0) }, host, limits)).resources, ...(blockIo && { blockIO: blockIo }) },
    ...(propagation && { rootfsPropagation: propagation }),
    ...protectedPaths(security),
    ...(labels && { mountLabel: labels.files }),
    ...(seccomp?.linux && { seccomp: seccomp.linux }),
  };
}
