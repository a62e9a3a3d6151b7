import { randomBytes } from 'node:crypto';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf } from '#errors';
import type { JobWorker } from './job-worker.ts';
import type { Layout } from './layout.ts';

/** Directories that nobody uses any more; emptied by a thread, one run at a time. */
export class TrashCan {
  readonly #layout: Layout;
  readonly #walker: JobWorker;
  readonly #onError: (error: unknown) => void;
  #again = false;
  #running = false;

  constructor(layout: Layout, walker: JobWorker, onError: (error: unknown) => void) {
    this.#layout = layout;
    this.#walker = walker;
    this.#onError = onError;
  }

  /** Takes a directory out of use at once; absent is fine. One that cannot be moved is left for the next start: nobody can do better on a disk that fails. */
  async put(directory: string): Promise<void> {
    try {
      await rename(directory, join(this.#layout.trash, randomBytes(8).toString('hex')));
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT') this.#onError(error);
    }
    this.empty();
  }

  /** Removes the files, in the background. What is left when the daemon ends goes after its next start. */
  empty(): void {
    this.#again = true;
    if (this.#running) return;
    this.#running = true;
    void this.#run();
  }

  async #run(): Promise<void> {
    try {
      while (this.#again) {
        this.#again = false;
        await this.#walker.run('emptyTrash', { layout: this.#layout });
      }
    } catch (error) {
      this.#onError(error);
    } finally {
      this.#running = false;
    }
  }
}
