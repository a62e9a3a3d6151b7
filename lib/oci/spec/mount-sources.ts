/** The part of CRI's mounts that has to look at the node: where a host path really is and how its mount propagates. */
import { realpath } from 'node:fs/promises';
import { errnoOf, FailedPreconditionError, InvalidArgumentError } from '#errors';
import { makeDirectories } from '#fs';
import { readMountInfo, type MountEntry } from '#linux';
import type { Mount } from '../config.ts';

/** A CRI mount with its source resolved: `source` has no symbolic link in it. */
export interface ResolvedMount {
  readonly mount: Mount;
  readonly source: string;
  /** The ids of `source` are mapped as the mount asks; else that is left to the runtime. */
  readonly isIdMapped?: boolean;
}

/** Mounts that somebody has to make before a runtime can bind them. */
export interface MountMaker {
  /** The tree of a mount's image, or its sub path. */
  image(mount: Mount): Promise<string>;
  /** `source` with the mount's mapping of ids, for a runtime that cannot do that. */
  idMapped(mount: Mount, source: string): Promise<string>;
}

export interface MountSourceOptions {
  /** Host paths that must exist. */
  readonly absentSourcesToReject: readonly string[];
  readonly maker: MountMaker;
  /** Whether the runtime maps ids of mounts. */
  readonly idMappedMounts: boolean;
}

/**
 * Follows symbolic links of host paths (CRI: they should be followed). A host path that does not exist is made as a directory,
 * root's and mode 0755: CRI would have an error, but Kubernetes' hostPath volumes of no type have relied on the
 * directory since Docker, and CRI-O and containerd make it. `absentSourcesToReject` names those that must fail instead
 * (CRI-O's absent_mount_sources_to_reject).
 * When it fails, no mount is being made any more.
 * @throws InvalidArgumentError, FailedPreconditionError for propagation that the path's mount cannot give, and what `maker` throws.
 */
export async function resolveMountSources(mounts: readonly Mount[], options: MountSourceOptions): Promise<ResolvedMount[]> {
  const settled = await Promise.allSettled(mounts.map((mount) => resolveMount(mount, options)));
  const failed = settled.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
  const resolved = settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  if (resolved.some(({ mount }) => mount.propagation !== 'private')) {
    const table = readMountInfo();
    for (const { mount, source } of resolved) checkPropagation(mount, source, table);
  }
  return resolved;
}

async function resolveMount(mount: Mount, { absentSourcesToReject, maker, idMappedMounts }: MountSourceOptions): Promise<ResolvedMount> {
  if (!mount.containerPath.startsWith('/')) throw new InvalidArgumentError(`mount at '${mount.containerPath}': the container path must be absolute`);
  // The image's tree has the pod's ids already.
  if (mount.image) return { mount, source: await maker.image(mount), isIdMapped: true };
  const source = await resolveSource(mount, absentSourcesToReject);
  if (idMappedMounts || mount.uidMappings.length + mount.gidMappings.length === 0) return { mount, source };
  return { mount, source: await maker.idMapped(mount, source), isIdMapped: true };
}

async function resolveSource(mount: Mount, reject: readonly string[]): Promise<string> {
  const { hostPath, containerPath } = mount;
  if (!hostPath.startsWith('/')) throw new InvalidArgumentError(`mount '${hostPath}' at '${containerPath}': the host path must be absolute`);
  try {
    return await realpath(hostPath);
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw new InvalidArgumentError(`mount '${hostPath}' at '${containerPath}': cannot resolve the host path`, { cause: error });
  }
  if (reject.includes(hostPath)) throw new InvalidArgumentError(`mount '${hostPath}' at '${containerPath}': the host path does not exist, and absent_mount_sources_to_reject forbids making it`);
  try {
    await makeDirectories(hostPath, 0o755);
    return await realpath(hostPath);
  } catch (error) {
    throw new InvalidArgumentError(`mount '${hostPath}' at '${containerPath}': the host path does not exist and cannot be made`, { cause: error });
  }
}

/** Exported for its test. */
export function checkPropagation(mount: Mount, source: string, table: readonly MountEntry[]): void {
  if (mount.propagation === 'private') return;
  const on = mountOf(source, table);
  const has = (tag: string): boolean => on?.propagation.some((p) => p.startsWith(tag)) ?? false;
  const fits = has('shared:') || (mount.propagation === 'hostToContainer' && has('master:'));
  if (fits) return;
  const wanted = mount.propagation === 'bidirectional' ? 'a shared mount' : 'a shared or slave mount';
  throw new FailedPreconditionError(`mount '${mount.hostPath}' at '${mount.containerPath}' with propagation ${mount.propagation}: the path is on '${on?.mountPoint ?? '?'}', which is not ${wanted}`);
}

function mountOf(path: string, table: readonly MountEntry[]): MountEntry | undefined {
  let best: MountEntry | undefined;
  for (const entry of table) {
    const covers = entry.mountPoint === '/' || path === entry.mountPoint || path.startsWith(`${entry.mountPoint}/`);
    // The longest point is the nearest; of mounts on one point the last is on top.
    if (covers && entry.mountPoint.length >= (best?.mountPoint.length ?? 0)) best = entry;
  }
  return best;
}
