/** Directories of layers that were replaced: overlays that were mounted before have them below, and keep them as long as they live. */
export class RetiredLayers {
  readonly #discard: (directory: string) => void;
  readonly #users = new Map<string, Set<string>>();

  constructor(discard: (directory: string) => void) {
    this.#discard = discard;
  }

  /** @param users who may have it mounted; none: it goes now. */
  add(directory: string, users: readonly string[]): void {
    if (users.length === 0) this.#discard(directory);
    else this.#users.set(directory, new Set(users));
  }

  /** `user` has nothing mounted any more. */
  released(user: string): void {
    for (const [directory, users] of this.#users) {
      if (!users.delete(user) || users.size > 0) continue;
      this.#users.delete(directory);
      this.#discard(directory);
    }
  }
}
