import { MNT_DETACH, mount, MS, readMountInfo, umount, type MountEntry } from '#linux';

/**
 * Makes `root` a private mount if it lies in a shared one, as every directory does on a node with systemd: containers' file systems that are mounted
 * below must not appear in other mount namespaces, where they would be held long after we unmounted them. Once done it is found done.
 */
export function makePrivate(root: string): void {
  const mounts = readMountInfo();
  if (!isShared(containing(mounts, root))) return;
  if (!mounts.some(({ mountPoint }) => mountPoint === root)) mount(root, root, '', MS.BIND);
  mount('', root, '', MS.PRIVATE);
}

/** Takes back what makePrivate() did, if nothing is mounted below any more. A mount that another made is left alone. */
export function releasePrivate(root: string): void {
  const mounts = readMountInfo();
  const own = mounts.findLast(({ mountPoint }) => mountPoint === root);
  const parent = mounts.find(({ id }) => id === own?.parentId);
  const isBind = own !== undefined && parent !== undefined && own.device === parent.device && isShared(parent) && !isShared(own);
  if (isBind && !mounts.some(({ mountPoint }) => mountPoint.startsWith(`${root}/`))) umount(root, MNT_DETACH);
}

/** The mount that a path is in: the last one of the longest mount point above it. */
function containing(mounts: readonly MountEntry[], path: string): MountEntry | undefined {
  let best: MountEntry | undefined;
  for (const entry of mounts) {
    const above = entry.mountPoint === '/' || entry.mountPoint === path || path.startsWith(`${entry.mountPoint}/`);
    if (above && entry.mountPoint.length >= (best?.mountPoint.length ?? 0)) best = entry;
  }
  return best;
}

function isShared(entry: MountEntry | undefined): boolean {
  return entry?.propagation.some((tag) => tag.startsWith('shared:')) ?? false;
}
