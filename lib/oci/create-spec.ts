import { hostname } from 'node:os';
import type { ContainerConfig } from './config.ts';
import { wantedBlockIo } from './blockio/wanted-class.ts';
import { withCdiDevices } from './cdi/apply-edits.ts';
import { makeRootfsDirectory } from './rootfs/make-directory.ts';
import type { Runtime } from './runtimes/runtime.ts';
import type { SpecAdjustment } from './spec/adjustment.ts';
import { buildContainerSpec, containerCapabilities } from './spec/container-spec.ts';
import { hostDevices, resolveDevices, type ResolvedDevice } from './spec/devices.ts';
import { checkMapped, rootOwner } from './spec/id-mappings.ts';
import type { ContainerDefaults, ContainerSpecInput } from './spec/input.ts';
import { resolveMountSources, type MountMaker } from './spec/mount-sources.ts';
import type { Spec } from './spec/types.ts';
import { resolveUser, type ResolvedUser } from './user/resolve-user.ts';

/** What the caller of createContainerSpec() knows; the rest is read from the node. */
export interface ContainerSpecRequest extends Omit<ContainerSpecInput, 'user' | 'nodeHostname' | 'mounts' | 'devices' | 'seccomp' | 'handler' | 'defaults' | 'blockIo'> {
  readonly runtime: Runtime;
  readonly defaults?: Partial<ContainerDefaults>;
  /** Host paths that must exist instead of being made. */
  readonly absentSourcesToReject?: readonly string[];
  readonly mountMaker: MountMaker;
  /** Directories of CDI specifications; a later one's win. Default none. */
  readonly cdiSpecDirs?: readonly string[];
  /** Classes of block IO; '', the default, for none. */
  readonly blockIoConfigFile?: string;
}

/**
 * A container's config.json from CRI's configuration: reads users from the rootfs (mounted by now), host paths, devices and the
 * seccomp profile, makes the image's volumes and the working directory, then builds. Adjustments are reported through the runtime, too.
 * @throws InvalidArgumentError, FailedPreconditionError, UnimplementedError naming what cannot be granted.
 */
export async function createContainerSpec(request: ContainerSpecRequest, options: { signal: AbortSignal }): Promise<{ spec: Spec; user: ResolvedUser; adjustments: readonly SpecAdjustment[] }> {
  const { config, host, runtime, image, rootfsPath, defaults, absentSourcesToReject = [], mountMaker: maker } = request;
  const { capabilities } = containerCapabilities(config, host, defaults);
  const { privileged, seccomp: profile } = config.linux.securityContext;
  const [user, devices, seccomp, blockIo] = await Promise.all([
    resolveUser(rootfsPath, userRequest(config, image.user)),
    containerDevices(config, runtime),
    runtime.seccomp({ profile, privileged, capabilities: capabilities.bounding }, options),
    wantedBlockIo(request, request.blockIoConfigFile ?? ''),
  ]);
  checkMapped(request.idMappings, user);
  // Last: it mounts, and whoever takes that back must not come before it has ended.
  const mounts = await resolveMountSources(config.mounts, { absentSourcesToReject, maker, idMappedMounts: runtime.handler.features.idMappedMounts });
  for (const directory of [...image.volumes, config.workingDir || image.workingDir]) if (directory !== '') await makeRootfsDirectory(rootfsPath, directory, rootOwner(request.idMappings));
  const { spec, adjustments } = buildContainerSpec({ ...request, nodeHostname: hostname(), handler: runtime.handler, user, mounts, devices, ...(seccomp && { seccomp }), ...(blockIo && { blockIo }) });
  runtime.report(adjustments);
  return { spec: await withCdiDevices(spec, config, request.cdiSpecDirs ?? []), user, adjustments };
}

/** What resolveUser() needs, from a container's configuration and its image's USER. */
export function userRequest(config: { readonly linux: Pick<ContainerConfig['linux'], 'securityContext'> }, imageUser: string): Parameters<typeof resolveUser>[1] {
  const { runAsUser, runAsGroup, runAsUsername, supplementalGroups, supplementalGroupsPolicy } = config.linux.securityContext;
  return { ...(runAsUser !== undefined && { runAsUser }), ...(runAsGroup !== undefined && { runAsGroup }), runAsUsername, imageUser, supplementalGroups, supplementalGroupsPolicy };
}

async function containerDevices(config: ContainerConfig, { handler }: Runtime): Promise<ResolvedDevice[]> {
  if (!config.linux.securityContext.privileged || handler.privilegedWithoutHostDevices) return resolveDevices(config.devices);
  const [named, all] = await Promise.all([resolveDevices(config.devices), hostDevices()]);
  const paths = new Set(named.map(({ device }) => device.path));
  return [...named, ...all.filter((device) => !paths.has(device.path)).map((device) => ({ device, access: 'rwm' }))];
}
