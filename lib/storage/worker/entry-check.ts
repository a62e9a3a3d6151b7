import { lstatSync, readlinkSync, type Stats } from 'node:fs';
import { errnoOf } from '#errors';
import { deviceId, keepsXattr, lgetxattr } from '#linux';
import { atPath, systemText } from '../at-path.ts';
import type { DirectoryStack } from '../extractor/directory-stack.ts';
import { entryMeaning, splitEntryPath } from '../extractor/entry-path.ts';
import type { TarEntry } from '../extractor/tar-reader.ts';
import { OPAQUE_XATTR, storedXattrName } from '../extractor/xattr-policy.ts';
import { isKept, modeOf } from './kept-xattrs.ts';

const TYPE_TEST: Record<Exclude<TarEntry['type'], 'link'>, (stat: Stats) => boolean> = {
  file: (stat) => stat.isFile(), directory: (stat) => stat.isDirectory(), symlink: (stat) => stat.isSymbolicLink(),
  char: (stat) => stat.isCharacterDevice(), block: (stat) => stat.isBlockDevice(), fifo: (stat) => stat.isFIFO(),
};
/** File systems keep fractions, and times before 1970 or after 2242 are not kept as they are. */
const TIME_TOLERANCE_SECONDS = 1;
const MAX_TIME_SECONDS = 2 ** 33;

/** What the check has found about one name, by its real path; undefined: nothing wrong. */
export interface EntryVerdict { readonly path: string; readonly problem: string | undefined; /** It may be missing for being below an opaque directory. */ readonly whiteout?: true }

/** Compares an entry of the archive with what stands for it on the disk: kind, owner, mode, time, target, device, attributes; not its data. */
export function checkEntry(entry: TarEntry, stack: DirectoryStack): EntryVerdict | undefined {
  const components = splitEntryPath(entry.path);
  const meaning = entryMeaning(components);
  if (meaning.kind === 'ignored') return undefined;
  if (components.length === 0) return { path: '', problem: attributesProblem(entry, atPath(stack.reach([]) ? stack.top : -1, '.'), undefined) };
  const name = meaning.kind === 'whiteout' ? meaning.name : components.at(-1) ?? '';
  if (!stack.enter(components, components.length - 1, () => false)) return meaning.kind === 'content' ? { path: components.join('/'), problem: 'its directory is not there' } : undefined;
  const path = stack.pathOf(name);
  if (meaning.kind === 'opaque') return { path: stack.names.join('/'), problem: lgetxattr(atPath(stack.top, '.'), OPAQUE_XATTR) ? undefined : 'it is not opaque any more' };
  const target = atPath(stack.top, name);
  try {
    const stat = lstatSync(target);
    // Something of the layer itself may have taken the whiteout's place: it has an entry of its own.
    if (meaning.kind === 'whiteout') return undefined;
    return { path, problem: attributesProblem(entry, target, stat) };
  } catch (error) {
    const errno = errnoOf(error);
    if (errno !== 'ENOENT' && errno !== 'ENOTDIR') throw error;
    return meaning.kind === 'whiteout' ? { path, problem: 'its whiteout is missing', whiteout: true } : { path, problem: 'it is missing' };
  }
}

function attributesProblem(entry: TarEntry, path: string | Buffer, known: Stats | undefined): string | undefined {
  if (entry.type === 'link') return undefined; // it shares its target's inode, which has an entry of its own
  const stat = known ?? lstatSync(path);
  if (!TYPE_TEST[entry.type](stat)) return `it is no ${entry.type} any more`;
  if (stat.uid !== entry.uid || stat.gid !== entry.gid) return `it belongs to ${stat.uid}:${stat.gid}, want ${entry.uid}:${entry.gid}`;
  if (entry.type === 'file' && stat.size !== entry.size) return `it has ${stat.size} bytes, want ${entry.size}`;
  if (entry.type === 'symlink') return readlinkSync(path, { encoding: 'latin1' }) === entry.linkPath ? xattrProblem(entry, path) : 'it leads elsewhere';
  const [mode, want] = [stat.mode & 0o7777, modeOf(entry)];
  if (mode !== want) return `its mode is ${mode.toString(8)}, want ${want.toString(8)}`;
  if ((entry.type === 'char' || entry.type === 'block') && stat.rdev !== deviceId({ major: entry.devMajor, minor: entry.devMinor })) return 'it is another device';
  const time = Math.min(Math.max(entry.mtime, 0), MAX_TIME_SECONDS);
  if (entry.type === 'file' && Math.abs(stat.mtimeMs / 1000 - time) > TIME_TOLERANCE_SECONDS) return 'its time is another';
  return xattrProblem(entry, path);
}

function xattrProblem(entry: TarEntry, path: string | Buffer): string | undefined {
  const target = typeof path === 'string' ? systemText(path) : path;
  for (const [name, value] of entry.xattrs ?? []) {
    const stored = storedXattrName(name);
    if (stored === undefined || isKept(stored, value, lgetxattr(target, systemText(stored)))) continue;
    // Left out when the layer was unpacked.
    if (stored.startsWith('user.') && !keepsXattr(target, systemText(stored))) continue;
    return `its attribute ${JSON.stringify(stored)} is another`;
  }
  return undefined;
}
