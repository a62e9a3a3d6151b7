import { DataLossError } from '#errors';
import { MAX_NAME_BYTES, MAX_PATH_BYTES, MAX_PATH_DEPTH } from './limits.ts';
import { quote } from './tar-reader.ts';

/** Begins the name of a whiteout, https://github.com/opencontainers/image-spec/blob/main/layer.md#whiteouts. */
export const WHITEOUT_PREFIX = '.wh.';
/** Begins names that are aufs' own; one of them makes a directory opaque, the others mean nothing here. */
export const WHITEOUT_META_PREFIX = '.wh..wh.';
export const OPAQUE_NAME = '.wh..wh..opq';

/**
 * The components of an entry's name or a hard link's target below the layer's root, which is the empty list.
 * A leading '/' and '.' components are dropped; nothing is cleaned by '..', which is refused.
 * @throws DataLossError for '..', NUL, an empty name, and for what no file system takes.
 */
export function splitEntryPath(path: string): string[] {
  if (path === '') throw new DataLossError('read tar: an entry without a name');
  if (path.length > MAX_PATH_BYTES) throw new DataLossError(`read tar: the name ${quote(path.slice(0, 80))}… has ${path.length} bytes, at most ${MAX_PATH_BYTES} are allowed`);
  if (path.includes('\0')) throw new DataLossError(`read tar: the name ${quote(path)} holds a NUL byte`);
  const components = path.split('/').filter((component) => component !== '' && component !== '.');
  if (components.length > MAX_PATH_DEPTH) throw new DataLossError(`read tar: the name ${quote(path.slice(0, 80))}… is ${components.length} directories deep, at most ${MAX_PATH_DEPTH} are allowed`);
  for (const component of components) {
    if (component === '..') throw new DataLossError(`read tar: the name ${quote(path)} leads out of the layer by '..'`);
    if (component.length > MAX_NAME_BYTES) throw new DataLossError(`read tar: a part of the name ${quote(path)} has ${component.length} bytes, at most ${MAX_NAME_BYTES} are allowed`);
  }
  return components;
}

/** What the last component of a name means in a layer. */
export type EntryMeaning = { kind: 'content' } | { kind: 'opaque' } | { kind: 'ignored' } | { kind: 'whiteout'; name: string };

const CONTENT: EntryMeaning = { kind: 'content' };

/** @throws DataLossError for a whiteout of nothing, of '.', or of '..', and for a directory on the way that is named like a whiteout. */
export function entryMeaning(components: readonly string[]): EntryMeaning {
  for (let i = 0; i < components.length - 1; i++) {
    if (components[i]?.startsWith(WHITEOUT_PREFIX)) throw new DataLossError(`read tar: the directory of ${quote(components.join('/'))} is named like a whiteout`);
  }
  const last = components.at(-1);
  if (!last?.startsWith(WHITEOUT_PREFIX)) return CONTENT;
  if (last === OPAQUE_NAME) return { kind: 'opaque' };
  if (last.startsWith(WHITEOUT_META_PREFIX)) return { kind: 'ignored' };
  const name = last.slice(WHITEOUT_PREFIX.length);
  if (name === '' || name === '.' || name === '..') throw new DataLossError(`read tar: ${quote(components.join('/'))} is a whiteout of ${quote(name)}`);
  return { kind: 'whiteout', name };
}
