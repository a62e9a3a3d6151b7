/** Which extended attributes of an archive reach the disk, and under which name. */

/** Makes a directory hide what lower layers have in it. */
export const OPAQUE_XATTR = 'trusted.overlay.opaque';

const ESCAPED_PREFIXES = ['trusted.overlay.', 'user.overlay.'];
const KEPT_NAMES: ReadonlySet<string> = new Set(['security.capability', 'system.posix_acl_access', 'system.posix_acl_default']);
const KEPT_PREFIXES = ['user.', 'trusted.'];

/**
 * The name to set, or undefined when the attribute is left out: labels of the machine that made the image (security.selinux, security.ima, …) mean nothing here.
 * Overlayfs' own names would let a layer redirect or hide what lies below it: they are escaped as overlayfs itself does (Linux 6.7), so that they are data again in the container.
 */
export function storedXattrName(name: string): string | undefined {
  for (const prefix of ESCAPED_PREFIXES) {
    if (name.startsWith(prefix)) return `${prefix}overlay.${name.slice(prefix.length)}`;
  }
  if (KEPT_NAMES.has(name) || KEPT_PREFIXES.some((prefix) => name.startsWith(prefix) && name.length > prefix.length)) return name;
  return undefined;
}
