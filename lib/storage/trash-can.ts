import { randomBytes } from 'node:crypto';
import { readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf } from '#errors';
import type { JobWorker } from './job-worker.ts';
import type { Layout } from './layout.ts';

/** What could not be removed is tried again after this: an error of the disk may pass, somebody's mount may go. */
export const TRASH_RETRY_MS = 10 * 60_000;

/** Directories that nobody uses any more; emptied by a process, one run at a time. */
export class TrashCan implements Disposable {
  readonly #layout: Layout;
  readonly #walker: Pick<JobWorker, 'run'>;
  readonly #onError: (error: unknown) => void;
  #again = false;
  #running = false;
  #closed = false;
  #retry: NodeJS.Timeout | undefined;

  constructor(layout: Layout, walker: Pick<JobWorker, 'run'>, onError: (error: unknown) => void) {
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

  /** Removes the files, in the background. What cannot go stays for a later try; what is left when the daemon ends goes after its next start. */
  empty(): void {
    clearTimeout(this.#retry);
    this.#again = true;
    if (this.#running) return;
    this.#running = true;
    void this.#run();
  }

  /** No further try. */
  [Symbol.dispose](): void {
    this.#closed = true;
    clearTimeout(this.#retry);
  }

  async #run(): Promise<void> {
    try {
      while (this.#again) {
        this.#again = false;
        // A process takes 40 MB and a tenth of a second, for as good as nothing after most starts.
        if ((await readdir(this.#layout.trash)).length > 0) await this.#walker.run('emptyTrash', { layout: this.#layout });
      }
    } catch (error) {
      // The process is ended with the storage: its next start goes on.
      if (this.#closed) return;
      this.#onError(error);
      this.#retry = setTimeout(() => { this.empty(); }, TRASH_RETRY_MS).unref();
    } finally {
      this.#running = false;
    }
  }
}
