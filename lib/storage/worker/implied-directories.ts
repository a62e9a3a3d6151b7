import { chmodSync, chownSync, closeSync, readFileSync, statSync, utimesSync, type Stats } from 'node:fs';
import { errnoOf } from '#errors';
import { lgetxattr, llistxattr, lsetxattr } from '#linux';
import { atPath, openDirectory, selfPath } from '../at-path.ts';
import { OPAQUE_XATTR } from '../extractor/xattr-policy.ts';
import { diffDirectory, impliedFile } from '../layout.ts';

const OVERLAY_PREFIX = 'trusted.overlay.';

/**
 * Gives the directories that a layer has without describing them the mode, owner, attributes and time of the same directory in the layers below,
 * so that a layer with only `tmp/x` does not make /tmp 0755 for everybody above. A directory that is new keeps 0755 root.
 * @param layer the layer's directory. @param lower directories of the layers below, nearest first.
 */
export function adoptImpliedDirectories(layer: string, lower: readonly string[]): void {
  if (lower.length === 0) return;
  const lines = readFileSync(impliedFile(layer), 'latin1').split('\n').filter((line) => line !== '');
  for (const line of lines) {
    const path = JSON.parse(line) as string;
    const components = path === '' ? [] : path.split('/');
    const target = findDirectory(diffDirectory(layer), components);
    if (target.kind !== 'directory') continue;
    try {
      adopt(target.fd, components, lower);
    } finally {
      closeSync(target.fd);
    }
  }
}

function adopt(target: number, components: readonly string[], lower: readonly string[]): void {
  for (const layer of lower) {
    const found = findDirectory(diffDirectory(layer), components);
    if (found.kind === 'hidden') return;
    if (found.kind === 'absent') continue;
    try {
      copyDirectoryAttributes(selfPath(found.fd), selfPath(target));
    } finally {
      closeSync(found.fd);
    }
    return;
  }
}

type Found = { kind: 'directory'; fd: number } | { kind: 'absent' } | { kind: 'hidden' };

/** Looks into one layer, by single names and through no symlink. Hidden: a whiteout, a file or an opaque directory ends the search in lower layers. The caller closes `fd`. */
function findDirectory(diff: string, components: readonly string[]): Found {
  let fd = openDirectory(diff);
  let opaque = false;
  for (const name of components) {
    try {
      const next = openDirectory(atPath(fd, name));
      closeSync(fd);
      fd = next;
      opaque ||= lgetxattr(selfPath(fd), OPAQUE_XATTR) !== undefined;
    } catch (error) {
      closeSync(fd);
      const errno = errnoOf(error);
      if (errno === 'ENOENT') return { kind: opaque ? 'hidden' : 'absent' };
      if (errno === 'ENOTDIR' || errno === 'ELOOP') return { kind: 'hidden' };
      throw error;
    }
  }
  return { kind: 'directory', fd };
}

/** Mode, owner, extended attributes except overlayfs' own, and time. */
export function copyDirectoryAttributes(from: string, to: string): void {
  const stat: Stats = statSync(from);
  chownSync(to, stat.uid, stat.gid);
  chmodSync(to, stat.mode & 0o7777);
  for (const name of llistxattr(from)) {
    if (name.startsWith(OVERLAY_PREFIX)) continue;
    const value = lgetxattr(from, name);
    if (value) lsetxattr(to, name, value);
  }
  utimesSync(to, stat.atime, stat.mtime);
}
