/** Names of pods' and containers' cgroups, for both of the runtimes' cgroup drivers. Pure. */
import { posix } from 'node:path';
import { InvalidArgumentError } from '#errors';

export type CgroupManager = 'cgroupfs' | 'systemd';

/** Parent of pods that name none; with systemd it is the slice of the same name. */
export const DEFAULT_CGROUP_PARENT = '/davit';
/** In a systemd unit's name: davit-<id>.scope. */
const SCOPE_PREFIX = 'davit';

/**
 * The absolute cgroup path of a pod. A parent that the client names is the pod's cgroup itself (kubelet makes one for
 * each pod; a level of ours below it would lose the memory protection that kubelet writes there); without one the pod gets its own.
 * @throws InvalidArgumentError when the parent is not of the manager's form.
 */
export function podCgroupPath(manager: CgroupManager, cgroupParent: string, podId: string): string {
  if (manager === 'cgroupfs') return ownsPodCgroup(cgroupParent) ? `${DEFAULT_CGROUP_PARENT}/${podId}` : plainPath(cgroupParent);
  return slicePath(ownsPodCgroup(cgroupParent) ? `davit-${podId}.slice` : cgroupParent);
}

/** Whether the pod's cgroup is davit's, and so is to be removed with the pod. */
export function ownsPodCgroup(cgroupParent: string): boolean {
  return cgroupParent === '';
}

/**
 * `cgroupsPath` is linux.cgroupsPath of the spec, `path` where the runtime will make the cgroup.
 * @param podCgroup from podCgroupPath().
 */
export function containerCgroupsPath(manager: CgroupManager, podCgroup: string, containerId: string): { cgroupsPath: string; path: string } {
  if (manager === 'cgroupfs') {
    const path = posix.join(podCgroup, containerId);
    return { cgroupsPath: path, path };
  }
  return { cgroupsPath: `${posix.basename(podCgroup)}:${SCOPE_PREFIX}:${containerId}`, path: posix.join(podCgroup, `${SCOPE_PREFIX}-${containerId}.scope`) };
}

function plainPath(parent: string): string {
  if (parent.split('/').some((n) => n === '..' || n === '.') || parent.includes('\0')) throw new InvalidArgumentError(`cgroup parent '${parent}': must not hold '.' or '..'`);
  if (parent.endsWith('.slice')) throw new InvalidArgumentError(`cgroup parent '${parent}' is a systemd slice, but the cgroup manager is cgroupfs`);
  return posix.join('/', parent).replace(/(.)\/$/, '$1');
}

/** 'a-b.slice' lies in 'a.slice' (systemd.slice(5)). A leading '/' or the whole path is taken too. */
function slicePath(parent: string): string {
  const name = posix.basename(parent);
  const stem = name.slice(0, -'.slice'.length);
  if (!name.endsWith('.slice') || !/^[A-Za-z0-9:_.\\]+(-[A-Za-z0-9:_.\\]+)*$/.test(stem)) {
    throw new InvalidArgumentError(`cgroup parent '${parent}': must be the name of a systemd slice, as 'kubepods-pod1.slice', because the cgroup manager is systemd`);
  }
  const parts = stem.split('-');
  return `/${parts.map((_, i) => `${parts.slice(0, i + 1).join('-')}.slice`).join('/')}`;
}
