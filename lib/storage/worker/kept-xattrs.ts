/**
 * What the kernel keeps of an archive's attributes: of some not the bytes that were written. POSIX ACLs (linux/posix_acl_xattr.h): the access ACL is the mode's bits as well, and nothing is kept
 * that says no more than they do. Capabilities (linux/capability.h): those of revision 3 for root id 0 are told as revision 2.
 */
import type { TarEntry } from '../extractor/tar-reader.ts';

const CAPABILITY = 'security.capability';
const ACCESS_ACL = 'system.posix_acl_access';
const DEFAULT_ACL = 'system.posix_acl_default';
const ACL = { headerBytes: 4, entryBytes: 8, permOffset: 2, idOffset: 4, noId: 0xffffffff } as const;
const TAG = { userObject: 1, user: 2, groupObject: 4, group: 8, mask: 16, other: 32 } as const;
const PERMISSION_BITS = 0o777;
/** The revision is in the highest byte of the first word; the owner's root id of revision 3 is behind the sets. */
const CAP = { revisionMask: 0xff000000, revision2: 0x02000000, revision3: 0x03000000, setsBytes: 20, revision3Bytes: 24 } as const;

/** Whether `found` is what the kernel keeps of the attribute `written`; undefined: there is none. */
export function isKept(name: string, written: Buffer, found: Buffer | undefined): boolean {
  const [want, got] = [keptForm(name, written), found && keptForm(name, found)];
  return want === undefined || got === undefined ? want === got : want.equals(got);
}

/** The mode that an entry's file has: an access ACL brings its own bits. */
export function modeOf({ mode, xattrs }: TarEntry): number {
  const acl = xattrs?.get(ACCESS_ACL);
  const permissions = acl && permissionsOf(aclEntries(acl));
  return permissions === undefined ? mode : mode & ~PERMISSION_BITS | permissions;
}

function keptForm(name: string, value: Buffer): Buffer | undefined {
  switch (name) {
    case CAPABILITY: return keptCapability(value);
    case ACCESS_ACL: return saysMoreThanMode(aclEntries(value)) ? keptAcl(value) : undefined;
    case DEFAULT_ACL: return aclEntries(value).length > 0 ? keptAcl(value) : undefined;
    default: return value;
  }
}

interface AclEntry { readonly tag: number; readonly perm: number }

function aclEntries(acl: Buffer): AclEntry[] {
  const entries: AclEntry[] = [];
  for (let at = ACL.headerBytes; at + ACL.entryBytes <= acl.length; at += ACL.entryBytes) entries.push({ tag: acl.readUInt16LE(at), perm: acl.readUInt16LE(at + ACL.permOffset) });
  return entries;
}

function saysMoreThanMode(entries: readonly AclEntry[]): boolean {
  return entries.some(({ tag }) => tag === TAG.user || tag === TAG.group || tag === TAG.mask);
}

function permissionsOf(entries: readonly AclEntry[]): number | undefined {
  const permOf = (tag: number): number | undefined => entries.find((entry) => entry.tag === tag)?.perm;
  if (entries.length === 0) return undefined;
  return (permOf(TAG.userObject) ?? 0) << 6 | (permOf(TAG.mask) ?? permOf(TAG.groupObject) ?? 0) << 3 | (permOf(TAG.other) ?? 0);
}

/** Only entries for a user or a group have an id. */
function keptAcl(acl: Buffer): Buffer {
  const kept = Buffer.from(acl);
  aclEntries(acl).forEach(({ tag }, i) => { if (tag !== TAG.user && tag !== TAG.group) kept.writeUInt32LE(ACL.noId, ACL.headerBytes + i * ACL.entryBytes + ACL.idOffset); });
  return kept;
}

function keptCapability(value: Buffer): Buffer {
  const head = value.length === CAP.revision3Bytes ? value.readUInt32LE(0) : 0;
  if ((head & CAP.revisionMask) !== CAP.revision3 || value.readUInt32LE(CAP.setsBytes) !== 0) return value;
  const kept = Buffer.from(value.subarray(0, CAP.setsBytes));
  kept.writeUInt32LE((head & ~CAP.revisionMask | CAP.revision2) >>> 0, 0);
  return kept;
}
