import { posix } from 'node:path';
import { InvalidArgumentError, UnknownError } from '#errors';
import type { IdMapping, Mount } from '../config.ts';
import type { ResolvedMount } from './mount-sources.ts';
import type { Linux, LinuxIdMapping, SpecMount } from './types.ts';

export interface MountFeatures {
  readonly recursiveReadOnlyMounts: boolean;
  /** For messages. */
  readonly handler: string;
}

/** CRI's mount_options, https://github.com/opencontainers/runtime-spec/blob/v1.0.2/config.md#linux-mount-options. */
const ALLOWED_OPTIONS: ReadonlySet<string> = new Set(['noexec', 'nodev', 'nosuid']);

/**
 * The default mounts without those that the client mounts itself (and without all below /dev when it brings its own /dev),
 * then the client's, fewer path components first, so that none hides another.
 */
export function specMounts(defaults: readonly SpecMount[], mounts: readonly ResolvedMount[], features: MountFeatures): SpecMount[] {
  const own = new Set(mounts.map(({ mount }) => posix.normalize(mount.containerPath).replace(/(.)\/$/, '$1')));
  const kept = defaults.filter(({ destination }) => !own.has(destination) && !(own.has('/dev') && destination.startsWith('/dev/')));
  const sorted = mounts.toSorted((a, b) => pathDepth(a.mount.containerPath) - pathDepth(b.mount.containerPath));
  return [...kept, ...sorted.map((mount) => specMount(mount, features))];
}

/** The rootfs has to pass mounts on when one of the client's mounts does. */
export function rootfsPropagation(mounts: readonly Mount[]): Linux['rootfsPropagation'] {
  if (mounts.some((m) => m.propagation === 'bidirectional')) return 'rshared';
  return mounts.some((m) => m.propagation === 'hostToContainer') ? 'rslave' : undefined;
}

function specMount({ mount, source, isIdMapped = false }: ResolvedMount, features: MountFeatures): SpecMount {
  for (const option of mount.mountOptions) if (!ALLOWED_OPTIONS.has(option)) throw invalid(mount, `mount option '${option}' is not one of ${[...ALLOWED_OPTIONS].join(', ')}`);
  return {
    destination: mount.containerPath,
    type: 'bind',
    source,
    options: ['rbind', PROPAGATION[mount.propagation], accessOption(mount, features), ...mount.mountOptions],
    ...(!isIdMapped && mount.uidMappings.length > 0 && { uidMappings: mount.uidMappings.map(idMapping) }),
    ...(!isIdMapped && mount.gidMappings.length > 0 && { gidMappings: mount.gidMappings.map(idMapping) }),
  };
}

const PROPAGATION = { private: 'rprivate', hostToContainer: 'rslave', bidirectional: 'rshared' } as const;

/** CRI: recursive read-only needs readonly and private propagation. */
function accessOption(mount: Mount, features: MountFeatures): 'rro' | 'ro' | 'rw' {
  if (!mount.recursiveReadOnly) return mount.readonly ? 'ro' : 'rw';
  if (!mount.readonly) throw invalid(mount, 'recursive_read_only needs readonly');
  if (mount.propagation !== 'private') throw invalid(mount, `recursive_read_only needs private propagation, not ${mount.propagation}`);
  // kubelet knows the text before the colon (cri-api pkg/errors).
  if (!features.recursiveReadOnlyMounts) throw new UnknownError(`RROUnsupported: mount '${mount.hostPath}' at '${mount.containerPath}': runtime handler '${features.handler}' has no recursive read-only mounts`);
  return 'rro';
}

/** CRI's mapping in the runtime-spec's words. */
export function idMapping({ hostId, containerId, length }: IdMapping): LinuxIdMapping {
  return { hostID: hostId, containerID: containerId, size: length };
}

function invalid(mount: Mount, reason: string): InvalidArgumentError {
  return new InvalidArgumentError(`mount '${mount.hostPath}' at '${mount.containerPath}': ${reason}`);
}

/** By which mounts are ordered, so that none hides another. */
export function pathDepth(path: string): number {
  return path.split('/').filter((n) => n !== '').length;
}
