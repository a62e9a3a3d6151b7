import { closeSync, readlinkSync } from 'node:fs';
import { DataLossError, errnoOf } from '#errors';
import { atPath, openDirectory, type AtPath } from '../at-path.ts';
import { WHITEOUT_PREFIX } from './entry-path.ts';
import { MAX_NAME_BYTES, MAX_PATH_DEPTH, MAX_SYMLINKS } from './limits.ts';
import { quote } from './tar-reader.ts';

/** Asked when `name` in the directory `parent` cannot be opened as a directory. True: it is one now. False: give up. */
export type MakeDirectory = (error: unknown, parent: number, name: string, path: string) => boolean;

/**
 * The open directories on the way from a layer's root to where the archive is at work. Each is opened by one name in its parent with O_NOFOLLOW:
 * the kernel never follows a symlink here. Where the archive's path goes through one, its text is read and walked in the same way, as in a container
 * whose root is the layer's: '/' is that root, and '..' ends there. Whoever changes a name stands in its parent, so everything below that name is
 * closed by then: no descriptor is ever stale.
 */
export class DirectoryStack implements Disposable {
  readonly #descriptors: number[];
  readonly #names: string[] = [];
  readonly #onLookUp: ((path: string) => void) | undefined;

  /** @param root is a path of our own; the stack closes what it opens. @param onLookUp is told the real path of each name that is looked up on a way. */
  constructor(root: string, onLookUp?: (path: string) => void) {
    this.#onLookUp = onLookUp;
    this.#descriptors = [openDirectory(root)];
  }

  /** The directory reached last. */
  get top(): number {
    return this.#descriptors.at(-1) ?? -1;
  }

  /** The real names from the root to `top`: what the path of an entry names once its symlinks are followed. */
  get names(): readonly string[] {
    return this.#names;
  }

  /** The real path of `name` in `top`. */
  pathOf(name: string): string {
    return this.#names.length === 0 ? name : `${this.#names.join('/')}/${name}`;
  }

  /**
   * Goes to the directory that the first `depth` of `components` name, through symlinks of the layer. `make` is asked for what is missing once all symlinks are followed.
   * False when it gave up; the stack is then somewhere on the way. @throws DataLossError for a path that turns in a circle or gets too deep.
   */
  enter(components: readonly string[], depth: number, make: MakeDirectory): boolean {
    for (let at = this.#leaveTo(components, depth); at < depth; at++) {
      if (this.#open(components[at] ?? '') !== undefined) return this.#follow(components.slice(at, depth), make);
    }
    return true;
  }

  /** Goes to the directory with these real names: follows nothing, makes nothing. False when it is not there. */
  reach(names: readonly string[]): boolean {
    for (let at = this.#leaveTo(names, names.length); at < names.length; at++) {
      if (this.#open(names[at] ?? '') !== undefined) return false;
    }
    return true;
  }

  [Symbol.dispose](): void {
    this.#leave(0);
    closeSync(this.top);
  }

  /** Follows all links before anything is made: a '..' may lead back from a directory that is not there. */
  #follow(path: readonly string[], make: MakeDirectory): boolean {
    const pending = path.toReversed();
    const absent: string[] = [];
    let links = 0;
    for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
      if (name === '..') {
        if (absent.pop() === undefined) this.#leave(Math.max(this.#names.length - 1, 0));
        continue;
      }
      const error = absent.length === 0 ? this.#open(name) : undefined;
      if (absent.length === 0 && error === undefined) continue;
      const target = error === undefined ? undefined : linkTarget(error, atPath(this.top, name));
      if (target === undefined) { absent.push(name); continue; }
      if (++links > MAX_SYMLINKS) throw new DataLossError(`unpack layer: the way to ${quote(path.join('/'))} goes through more than ${MAX_SYMLINKS} symlinks`);
      if (target.startsWith('/')) this.#leave(0);
      pending.push(...targetComponents(target).reverse());
      checkDepth(pending.length);
    }
    return absent.every((name) => this.#openOrMake(name, make));
  }

  #openOrMake(name: string, make: MakeDirectory): boolean {
    const error = this.#open(name);
    if (error === undefined) return true;
    if (!make(error, this.top, name, this.pathOf(name))) return false;
    this.#push(name, openDirectory(atPath(this.top, name)));
    return true;
  }

  /** Goes one directory down; returns why it cannot. */
  #open(name: string): unknown {
    checkDepth(this.#names.length);
    this.#onLookUp?.(this.pathOf(name));
    try {
      this.#push(name, openDirectory(atPath(this.top, name)));
      return undefined;
    } catch (error) {
      return error;
    }
  }

  #push(name: string, fd: number): void {
    this.#descriptors.push(fd);
    this.#names.push(name);
  }

  /** Goes up to what the stack has in common with the first `depth` of `components`. */
  #leaveTo(components: readonly string[], depth: number): number {
    let common = 0;
    while (common < depth && common < this.#names.length && this.#names[common] === components[common]) common++;
    this.#leave(common);
    return common;
  }

  #leave(depth: number): void {
    while (this.#names.length > depth) {
      closeSync(this.top);
      this.#descriptors.pop();
      this.#names.pop();
    }
  }
}

/** The text of the symlink that could not be opened as a directory; undefined when it is something else, or not there. */
function linkTarget(openError: unknown, path: AtPath): string | undefined {
  const errno = errnoOf(openError);
  if (errno !== 'ENOTDIR' && errno !== 'ELOOP') return undefined;
  try {
    return readlinkSync(path, 'latin1');
  } catch (error) {
    if (errnoOf(error) === 'EINVAL') return undefined;
    throw error;
  }
}

function targetComponents(target: string): string[] {
  const components = target.split('/').filter((component) => component !== '' && component !== '.');
  for (const component of components) {
    if (component.length > MAX_NAME_BYTES || component.startsWith(WHITEOUT_PREFIX)) throw new DataLossError(`unpack layer: an entry lies below a symlink to ${quote(target)}, which cannot be a directory`);
  }
  return components;
}

function checkDepth(depth: number): void {
  if (depth >= MAX_PATH_DEPTH) throw new DataLossError(`unpack layer: symlinks lead an entry ${depth} directories deep, at most ${MAX_PATH_DEPTH} are allowed`);
}
