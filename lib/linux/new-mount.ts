/** The mount interface of Linux 5.2: mounts that are objects before they have a place. Numbers are the same on every architecture. */
import { closeSync, openSync } from 'node:fs';
import { check, cString, native } from './libc.ts';

const NR = { openTree: 428, moveMount: 429, mountSetattr: 442 } as const;
const AT_FDCWD = -100;
const AT_EMPTY_PATH = 0x1000;
const AT_RECURSIVE = 0x8000;
const OPEN_TREE_CLONE = 1;
const OPEN_TREE_CLOEXEC = 0o2000000;
const MOVE_MOUNT_F_EMPTY_PATH = 4;
const MOUNT_ATTR_IDMAP = 0x00100000n;
/** struct mount_attr: attr_set, attr_clr, propagation, userns_fd, each of 64 bits. */
const MOUNT_ATTR_BYTES = 32;
const USERNS_FD_OFFSET = 24;

const openTree = native('syscall', 'int64_t', ['long', 'int', 'const uint8_t *', 'uint']);
const moveMountCall = native('syscall', 'int64_t', ['long', 'int', 'const uint8_t *', 'int', 'const uint8_t *', 'uint']);
const mountSetattr = native('syscall', 'int64_t', ['long', 'int', 'const uint8_t *', 'uint', 'const uint8_t *', 'size_t']);

/** Gives the mount that is open as `mounted` its place. @throws Error with `.code`. */
export function moveMount(mounted: number, target: string): void {
  check(moveMountCall()(NR.moveMount, mounted, cString(''), AT_FDCWD, cString(target), MOVE_MOUNT_F_EMPTY_PATH), 'move_mount', target);
}

/**
 * Binds the file or directory `source` on `target` so that the ids of its files are taken for ids of `userNamespace` (a path like /proc/<pid>/ns/user): what belongs to 0 on
 * the disk belongs to that namespace's root here. With `recursive` what is mounted below comes along, as it is. @throws Error with `.code`: EINVAL when the file system cannot (or the namespace is the first one), ENOSYS before Linux 5.12.
 */
export function idMappedBind(source: string, target: string, userNamespace: string, options: { readonly recursive?: boolean } = {}): void {
  const flags = OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | (options.recursive === true ? AT_RECURSIVE : 0);
  const tree = check(openTree()(NR.openTree, AT_FDCWD, cString(source), flags), 'open_tree', source);
  try {
    const namespace = openSync(userNamespace, 'r');
    try {
      const attributes = Buffer.alloc(MOUNT_ATTR_BYTES);
      attributes.writeBigUInt64LE(MOUNT_ATTR_IDMAP, 0);
      attributes.writeBigUInt64LE(BigInt(namespace), USERNS_FD_OFFSET);
      check(mountSetattr()(NR.mountSetattr, tree, cString(''), AT_EMPTY_PATH, attributes, MOUNT_ATTR_BYTES), 'mount_setattr', source, 'idmap');
    } finally {
      closeSync(namespace);
    }
    moveMount(tree, target);
  } finally {
    closeSync(tree);
  }
}
