import { chmodSync, chownSync, lstatSync, mkdirSync, unlinkSync, utimesSync } from 'node:fs';
import { DataLossError, errnoOf, ResourceExhaustedError } from '#errors';
import { lsetxattr, mknod } from '#linux';
import { atPath, selfPath } from '../at-path.ts';
import { removeTreeAt } from '../remove-tree.ts';
import { DirectoryStack, type MakeDirectory } from './directory-stack.ts';
import { quote, type TarEntry } from './tar-reader.ts';
import { storedXattrName } from './xattr-policy.ts';

/** Mode of a directory that no entry describes, and of every directory until the layer is complete. */
export const PLAIN_DIRECTORY_MODE = 0o755;
const S_IFCHR = 0o020000;
export const OPAQUE_XATTR = 'trusted.overlay.opaque';
export const OPAQUE_VALUE = Buffer.from('y');

type DirectoryAttributes = Pick<TarEntry, 'mode' | 'uid' | 'gid' | 'mtime' | 'xattrs'>;

/**
 * The directories and whiteouts of a layer while it is unpacked: what was made on the way, what the archive describes, what is hidden.
 * Whiteouts hide what lies in lower layers only, wherever they stand in the archive; a directory that is also whited out becomes opaque.
 */
export class LayerDirectories implements Disposable {
  readonly #stack: DirectoryStack;
  /** Applied at the end: a set-group-id bit or an old time would not survive what is made inside. */
  readonly #described = new Map<string, DirectoryAttributes>();
  /** Made on the way; to look like the lower layers' directory of that path. */
  readonly #implied = new Set<string>(['']);
  readonly #opaque = new Set<string>();
  readonly #whiteouts = new Set<string>();
  /** Made on the way to a whiteout, nothing else inside. */
  readonly #hollow = new Set<string>();
  readonly #maxMade: number;
  #made = 0;
  #replaced = false;

  /** @param maxMade directories that may be made on the way: one long name asks for hundreds. */
  constructor(root: string, maxMade: number) {
    this.#maxMade = maxMade;
    this.#stack = new DirectoryStack(root);
  }

  /** Directories and whiteouts made so far. */
  get made(): number {
    return this.#made;
  }

  /** Whether something that the archive brought had to go for another entry of it. */
  get replaced(): boolean {
    return this.#replaced;
  }

  /** Opens the directory of an entry, made where it is missing. The descriptor is good until the next call. @throws DataLossError when something else is in the way. */
  parentOf(components: readonly string[]): number {
    const depth = Math.max(components.length - 1, 0);
    this.#stack.enter(components, depth, this.#makeForContent);
    const { names, top } = this.#stack;
    if (this.#hollow.size > 0) for (let i = 1; i <= names.length; i++) this.#hollow.delete(names.slice(0, i).join('/'));
    return top;
  }

  /** The real path of `name` in the directory opened last: the entry's own path, its symlinks followed. */
  pathOf(name: string): string {
    return this.#stack.pathOf(name);
  }

  /** Opens the directory of a path of this layer, makes nothing. The descriptor is good until the next call. @throws DataLossError when it is not there. */
  existingParentOf(components: readonly string[]): number {
    const found = this.#stack.enter(components, components.length - 1, () => false);
    if (!found) throw new DataLossError(`unpack layer: the hard link's target ${quote(components.join('/'))} is not in this layer`);
    return this.#stack.top;
  }

  /** An entry of the archive describes a directory; [] is the layer's root. A symlink of that name is replaced. */
  describe(components: readonly string[], entry: TarEntry): void {
    const name = components.at(-1);
    let path = '';
    if (name !== undefined) {
      const parent = this.parentOf(components);
      path = this.pathOf(name);
      if (!this.#tryMake(parent, name)) this.#takeOver(parent, name, path);
      this.#hollow.delete(path);
    }
    this.#implied.delete(path);
    this.#described.set(path, { mode: entry.mode, uid: entry.uid, gid: entry.gid, mtime: entry.mtime, xattrs: entry.xattrs });
  }

  /** Removes whatever has this name in the directory opened last, for an entry that takes its place. */
  clear(name: string): void {
    this.#replaced = true;
    this.#whiteouts.delete(this.pathOf(name));
    removeTreeAt(this.#stack.top, name, (gone) => this.#forget(this.pathOf(gone)));
  }

  isWhiteout(path: string): boolean {
    return this.#whiteouts.has(path);
  }

  /** Hides `name` of the lower layers in the directory of `components`. */
  whiteout(components: readonly string[], name: string): void {
    // Below a directory that is itself hidden there is nothing to hide.
    if (!this.#stack.enter(components, components.length - 1, this.#makeForWhiteout)) return;
    const parent = this.#stack.top;
    const path = this.pathOf(name);
    if (this.#hollow.has(path)) this.clear(name);
    try {
      mknod(atPath(parent, name), S_IFCHR, { major: 0, minor: 0 });
      this.#whiteouts.add(path);
      this.#made++;
    } catch (error) {
      if (errnoOf(error) !== 'EEXIST') throw error;
      if (lstatSync(atPath(parent, name)).isDirectory()) this.#hideLower(parent, name, path);
    }
  }

  /** Hides everything that the lower layers have in the directory of `components`. */
  opaque(components: readonly string[]): void {
    if (!this.#stack.enter(components, components.length - 1, this.#makeForWhiteout)) return;
    const path = this.#stack.names.join('/');
    if (path === '') throw new DataLossError('unpack layer: an opaque whiteout of the root directory is not supported');
    lsetxattr(selfPath(this.#stack.top), OPAQUE_XATTR, OPAQUE_VALUE);
    this.#opaque.add(path);
    this.#hollow.delete(path);
  }

  /** Gives every described directory its attributes; returns the paths of those that nothing described. */
  finish(): string[] {
    this.#dropGhosts();
    for (const [path, attributes] of this.#described) {
      if (this.#stack.reach(path === '' ? [] : path.split('/'))) applyAttributes(this.#stack.top, attributes, path === '' ? undefined : PLAIN_DIRECTORY_MODE);
    }
    return [...this.#implied].filter((path) => !this.#isBelowOpaque(path));
  }

  [Symbol.dispose](): void {
    this.#stack[Symbol.dispose]();
  }

  /** A whiteout inside an opaque directory hides nothing, and listing the directory would show it. */
  #dropGhosts(): void {
    if (this.#opaque.size === 0) return;
    for (const path of this.#whiteouts) {
      const names = path.split('/');
      const name = names.pop() ?? '';
      if (this.#isBelowOpaque(path) && this.#stack.reach(names)) unlinkSync(atPath(this.#stack.top, name));
    }
  }

  #isBelowOpaque(path: string): boolean {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) if (this.#opaque.has(path.slice(0, end))) return true;
    return false;
  }

  readonly #makeForContent: MakeDirectory = (error, parent, name, path) => {
    if (errnoOf(error) === 'ENOENT' && this.#tryMake(parent, name)) { this.#implied.add(path); return true; }
    if (!this.#whiteouts.has(path)) throw inTheWay(error, path);
    this.#takeOver(parent, name, path);
    return true;
  };

  readonly #makeForWhiteout: MakeDirectory = (error, parent, name, path) => {
    if (errnoOf(error) === 'ENOENT' && this.#tryMake(parent, name)) { this.#implied.add(path); this.#hollow.add(path); return true; }
    if (this.#whiteouts.has(path)) return false;
    throw inTheWay(error, path);
  };

  #tryMake(parent: number, name: string): boolean {
    if (this.#made >= this.#maxMade) throw new ResourceExhaustedError(`unpack layer: more than ${this.#maxMade} directories that no entry describes`);
    try {
      mkdirSync(atPath(parent, name), PLAIN_DIRECTORY_MODE);
      this.#made++;
      return true;
    } catch (error) {
      if (errnoOf(error) === 'EEXIST') return false;
      throw error;
    }
  }

  /** Makes a directory in the place of what is there; a directory stays, and one that was whited out hides the lower one. */
  #takeOver(parent: number, name: string, path: string): void {
    if (lstatSync(atPath(parent, name)).isDirectory()) return;
    const hidesLower = this.#whiteouts.delete(path);
    this.#replaced ||= !hidesLower;
    unlinkSync(atPath(parent, name));
    mkdirSync(atPath(parent, name), PLAIN_DIRECTORY_MODE);
    if (hidesLower) this.#hideLower(parent, name, path);
  }

  #hideLower(parent: number, name: string, path: string): void {
    lsetxattr(atPath(parent, name), OPAQUE_XATTR, OPAQUE_VALUE);
    this.#opaque.add(path);
    // What it looked like in the lower layers is hidden too.
    this.#implied.delete(path);
  }

  #forget(path: string): void {
    for (const notes of [this.#described, this.#implied, this.#opaque, this.#whiteouts, this.#hollow]) notes.delete(path);
  }
}

/** @param mode that it has for certain; the root was made by somebody else */
function applyAttributes(fd: number, attributes: DirectoryAttributes, mode: number | undefined): void {
  const path = selfPath(fd);
  if (attributes.uid !== 0 || attributes.gid !== 0) chownSync(path, attributes.uid, attributes.gid);
  if (attributes.mode !== mode) chmodSync(path, attributes.mode);
  for (const [name, value] of attributes.xattrs ?? []) {
    const stored = storedXattrName(name);
    if (stored !== undefined) lsetxattr(path, stored, value);
  }
  utimesSync(path, attributes.mtime, attributes.mtime);
}

function inTheWay(error: unknown, path: string): Error {
  const errno = errnoOf(error);
  if (errno !== 'ENOTDIR' && errno !== 'ELOOP') return error instanceof Error ? error : new Error(String(error));
  return new DataLossError(`unpack layer: an entry lies below ${quote(path)}, which is no directory in this layer`, { cause: error });
}
