import { closeSync } from 'node:fs';
import { atPath, openDirectory } from '../at-path.ts';

/** Asked when `name` in the directory `parent` cannot be opened as a directory. True: it is one now. False: give up. */
export type MakeDirectory = (error: unknown, parent: number, name: string, path: string) => boolean;

/**
 * The open directories on the way from a layer's root to where the archive is at work. Each is opened by one name in its parent and never
 * through a symlink. Whoever changes a name stands in its parent, so everything below that name is closed by then: no descriptor is ever stale.
 */
export class DirectoryStack implements Disposable {
  readonly #descriptors: number[];
  readonly #names: string[] = [];

  /** @param root is a path of our own; the stack closes what it opens. */
  constructor(root: string) {
    this.#descriptors = [openDirectory(root)];
  }

  /** The directory reached last. */
  get top(): number {
    return this.#descriptors.at(-1) ?? -1;
  }

  /** Goes to the directory that the first `depth` of `components` name. False when `make` gave up; the stack is then somewhere on the way. */
  enter(components: readonly string[], depth: number, make: MakeDirectory): boolean {
    let common = 0;
    while (common < depth && common < this.#names.length && this.#names[common] === components[common]) common++;
    this.#leave(common);
    for (let i = common; i < depth; i++) {
      const name = components[i] ?? '';
      const fd = this.#open(name, () => components.slice(0, i + 1).join('/'), make);
      if (fd === undefined) return false;
      this.#descriptors.push(fd);
      this.#names.push(name);
    }
    return true;
  }

  [Symbol.dispose](): void {
    this.#leave(0);
    closeSync(this.top);
  }

  #open(name: string, path: () => string, make: MakeDirectory): number | undefined {
    try {
      return openDirectory(atPath(this.top, name));
    } catch (error) {
      if (!make(error, this.top, name, path())) return undefined;
      return openDirectory(atPath(this.top, name));
    }
  }

  #leave(depth: number): void {
    while (this.#names.length > depth) {
      closeSync(this.top);
      this.#descriptors.pop();
      this.#names.pop();
    }
  }
}
