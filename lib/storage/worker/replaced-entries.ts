import { DataLossError } from '#errors';
import { DirectoryStack } from '../extractor/directory-stack.ts';

/** Where entries lie; `prefix`: its real path with a '/' behind, undefined when it is not there. `newest`: the last entry for which something on the way to it had to go. */
interface Directory { readonly name: string; readonly prefix: string | undefined; readonly newest: number }

/**
 * Tells the entries of an archive that are not what stands in its layer: what was there, or a directory or symlink on the way to it, had to go for a later entry.
 * The way of all others is the same now as when they were unpacked.
 */
export class ReplacedEntries implements Disposable {
  readonly #replaced: ReadonlyMap<string, number>;
  readonly #stack: DirectoryStack;
  /** Of the directory of the entry before: what its entries have in common. */
  #directory: Directory | undefined;
  #newest = 0;

  constructor(diff: string, replaced: ReadonlyMap<string, number>) {
    this.#replaced = replaced;
    this.#stack = new DirectoryStack(diff, (path) => { this.#newest = Math.max(this.#newest, this.#lastAt(path)); });
  }

  /** @param number of the entry, the first is 1. @param components of its name. */
  has(number: number, components: readonly string[]): boolean {
    const name = components.at(-1);
    if (this.#replaced.size === 0 || name === undefined) return false;
    const directory = this.#goTo(components.slice(0, -1));
    return Math.max(directory.newest, directory.prefix === undefined ? 0 : this.#lastAt(`${directory.prefix}${name}`)) > number;
  }

  [Symbol.dispose](): void {
    this.#stack[Symbol.dispose]();
  }

  #lastAt(path: string): number {
    return this.#replaced.get(path) ?? 0;
  }

  #goTo(components: readonly string[]): Directory {
    const name = components.join('/');
    if (this.#directory?.name === name) return this.#directory;
    this.#newest = 0;
    this.#stack.reach([]);
    const isThere = this.#enter(components);
    return this.#directory = { name, prefix: isThere ? this.#stack.pathOf('') : undefined, newest: this.#newest };
  }

  #enter(components: readonly string[]): boolean {
    try {
      return this.#stack.enter(components, components.length, () => false);
    } catch (error) {
      // It turns in a circle; that is told of the entry, if it should not.
      if (error instanceof DataLossError) return false;
      throw error;
    }
  }
}
