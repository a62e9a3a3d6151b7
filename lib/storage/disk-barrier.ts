import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { errnoOf, errorText, InternalError, ResourceExhaustedError, UnavailableError } from '#errors';
import { syncOpen } from '#linux';
import type { StagedLayer } from './api.ts';

/**
 * What stands between staged layers and their record: everything is on the disk. When the kernel could not write something it says so once, drops it and knows no more
 * whose it was: then every layer that is staged, or being staged, may lack it and is refused.
 */
export class DiskBarrier implements AsyncDisposable {
  readonly #directory: FileHandle;
  readonly #path: string;
  #failures = 0;
  #whole = new WeakSet<StagedLayer>();

  private constructor(directory: FileHandle, path: string) {
    this.#directory = directory;
    this.#path = path;
  }

  /** @param path a directory of the file system. Open before anything is staged: errors are told to files that were open. */
  static async open(path: string): Promise<DiskBarrier> {
    return new DiskBarrier(await open(path, constants.O_RDONLY | constants.O_DIRECTORY), path);
  }

  /** Begins a layer. @returns a function to call with the layer once it is staged; it throws UnavailableError when the disk failed meanwhile. */
  begin(): (layer: StagedLayer) => void {
    const failures = this.#failures;
    return (layer) => {
      if (failures !== this.#failures) throw suspect(layer.digest);
      this.#whole.add(layer);
    };
  }

  /** @throws UnavailableError for a layer that was staged before the disk failed. */
  check(layer: StagedLayer): void {
    if (!this.#whole.has(layer)) throw suspect(layer.digest);
  }

  /** Writes everything to the disk. @throws InternalError, or ResourceExhaustedError when it was full. */
  async sync(): Promise<void> {
    try {
      await syncOpen(this.#directory.fd, this.#path);
    } catch (error) {
      this.#failures++;
      this.#whole = new WeakSet();
      const errno = errnoOf(error);
      const message = `write layers to the disk: ${errorText(error)}`;
      throw errno === 'ENOSPC' || errno === 'EDQUOT' ? new ResourceExhaustedError(message, { cause: error }) : new InternalError(message, { cause: error });
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#directory.close();
  }
}

function suspect(digest: string): Error {
  return new UnavailableError(`layer ${digest} was unpacked before the disk failed to write something, which may be a part of it; pull it again`);
}
