import { watch, type FSWatcher } from 'node:fs';
import { stat } from 'node:fs/promises';

/**
 * Calls `onChange` after something in a directory has changed. The directory may be absent or be
 * replaced: `rearm`, called by a poll, looks whether the watched one is still the one of that name.
 */
export class DirectoryWatch implements Disposable {
  readonly #directory: string;
  readonly #onChange: () => void;
  #armed: { readonly identity: string; readonly watcher: FSWatcher } | undefined;
  #disposed = false;

  constructor(directory: string, onChange: () => void) {
    this.#directory = directory;
    this.#onChange = onChange;
  }

  /** Never throws: what cannot be watched is seen by the poll. */
  async rearm(): Promise<void> {
    const found = await stat(this.#directory, { bigint: true }).catch(() => undefined);
    const identity = found && `${found.dev}:${found.ino}`;
    if (this.#disposed || identity === this.#armed?.identity) return;
    this.#disarm();
    if (identity === undefined) return;
    try {
      const watcher = watch(this.#directory, { persistent: false }, () => this.#onChange());
      watcher.on('error', () => { this.#disarm(); this.#onChange(); });
      this.#armed = { identity, watcher };
    } catch {
      // no inotify instance left, or the directory is gone again
    }
  }

  [Symbol.dispose](): void {
    this.#disposed = true;
    this.#disarm();
  }

  #disarm(): void {
    this.#armed?.watcher.close();
    this.#armed = undefined;
  }
}
