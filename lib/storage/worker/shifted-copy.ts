import { chmodSync, closeSync, constants, copyFileSync, lchownSync, linkSync, lstatSync, lutimesSync, mkdirSync, readdirSync, readlinkSync, symlinkSync, type Stats } from 'node:fs';
import { deviceNumber, lgetxattr, llistxattr, lsetxattr, mknod } from '#linux';
import type { IdMapping } from '../api.ts';
import { atPath, type AtPath, openDirectory, selfPath } from '../at-path.ts';
import { hostIdOf } from '../id-map.ts';

/** What the kernel shows for an id without a mapping: nobody's, in every namespace (docs/adr/0033). */
const OVERFLOW_ID = 65534;
const S_IFMT = 0o170000;
const CAPABILITIES_XATTR = 'security.capability';
/** struct vfs_cap_data: the revision is in the highest byte of the first word; revision 3 has the owner's root id after the sets. */
const VFS_CAP = { revisionMask: 0xff000000, revision2: 0x02000000, revision3: 0x03000000, setsBytes: 20, rev3Bytes: 24 } as const;

interface Shift { readonly uids: readonly IdMapping[]; readonly gids: readonly IdMapping[]; /** Files with several names, by device and inode: where the first copy is. */ readonly copied: Map<string, string> }

/** Copies the tree `from` to the new directory `to`; every file belongs to the ids that the mappings give its owner. File capabilities count in the namespace only. */
export function copyShifted(from: string, to: string, mappings: { uids: readonly IdMapping[]; gids: readonly IdMapping[] }): void {
  mkdirSync(to, { mode: 0o700 });
  const [source, target] = [openDirectory(from), openDirectory(to)];
  try {
    copyDirectory(source, target, to, { ...mappings, copied: new Map() });
  } finally {
    closeSync(source);
    closeSync(target);
  }
}

function copyDirectory(source: number, target: number, path: string, shift: Shift): void {
  for (const name of readdirSync(selfPath(source), { encoding: 'latin1' })) copyEntry(source, target, name, `${path}/${name}`, shift);
  copyAttributes(selfPath(source), selfPath(target), lstatSync(selfPath(source)), shift);
}

function copyEntry(sourceParent: number, targetParent: number, name: string, path: string, shift: Shift): void {
  const [from, to] = [atPath(sourceParent, name), atPath(targetParent, name)];
  const stat = lstatSync(from);
  if (stat.isDirectory()) {
    mkdirSync(to, { mode: 0o700 });
    const [source, target] = [openDirectory(from), openDirectory(to)];
    try {
      copyDirectory(source, target, path, shift);
    } finally {
      closeSync(source);
      closeSync(target);
    }
    return;
  }
  const key = `${stat.dev}:${stat.ino}`;
  const first = stat.nlink > 1 ? shift.copied.get(key) : undefined;
  if (first !== undefined) { linkSync(Buffer.from(first, 'latin1'), to); return; }
  if (stat.nlink > 1) shift.copied.set(key, path);
  if (stat.isFile()) copyFileSync(from, to, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
  else if (stat.isSymbolicLink()) symlinkSync(readlinkSync(from, { encoding: 'buffer' }), to);
  else mknod(to, stat.mode & S_IFMT, deviceNumber(stat.rdev));
  copyAttributes(from, to, stat, shift);
}

function copyAttributes(from: AtPath, to: AtPath, stat: Stats, { uids, gids }: Shift): void {
  lchownSync(to, hostIdOf(uids, stat.uid) ?? OVERFLOW_ID, hostIdOf(gids, stat.gid) ?? OVERFLOW_ID);
  if (!stat.isSymbolicLink()) chmodSync(to, stat.mode & 0o7777);
  for (const name of llistxattr(from)) {
    const value = lgetxattr(from, name);
    if (value) lsetxattr(to, name, name === CAPABILITIES_XATTR ? ownedCapabilities(value, hostIdOf(uids, 0) ?? OVERFLOW_ID) : value);
  }
  lutimesSync(to, stat.atime, stat.mtime);
}

/** Capabilities of revision 2 mean every namespace above the file system's; revision 3 names the root id for whose namespace they are. */
function ownedCapabilities(value: Buffer, rootId: number): Buffer {
  const head = value.length >= VFS_CAP.setsBytes ? value.readUInt32LE(0) : 0;
  if ((head & VFS_CAP.revisionMask) !== VFS_CAP.revision2) return value;
  const owned = Buffer.alloc(VFS_CAP.rev3Bytes);
  value.copy(owned, 0, 0, VFS_CAP.setsBytes);
  owned.writeUInt32LE((head & ~VFS_CAP.revisionMask | VFS_CAP.revision3) >>> 0, 0);
  owned.writeUInt32LE(rootId, VFS_CAP.setsBytes);
  return owned;
}
