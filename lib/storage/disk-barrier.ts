import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { Semaphore } from '#async';
import { errnoOf, errorText, InternalError, ResourceExhaustedError, UnavailableError } from '#errors';
import { syncOpen } from '#linux';
import type { LayerProgress, StagedLayer } from './api.ts';

/** When the disk is given what there is of layers before an image is complete (ADR 40). */
export interface EarlySyncs {
  /** After so many new entries. */
  readonly entries: number;
  /** If they have no more of the archive each: else what the disk waits for is data, and nothing is gained. */
  readonly entryBytes: number;
  /** The same where the layers at work leave a processor free now and then. Default: entryBytes. */
  readonly freeEntryBytes?: number;
}

/** What the kernel does for each small file, some 15 µs, is done while further ones are unpacked. Its threads for that give way to nobody: CreateContainer waits for a processor behind them (ADR 36), so it is not done for files that gain less,
 * but where the last sync is what leaves a processor idle. */
const EARLY_SYNCS: EarlySyncs = { entries: 6000, entryBytes: 8 * 1024, freeEntryBytes: 64 * 1024 };

/** Who starts a pod calls once more when a call is answered, and again: within this time a further call is on its way. */
export const NO_SYNCS_AFTER_MS = 1000;

const NEVER = new AbortController().signal;

export interface DiskBarrierOptions {
  readonly earlySyncs?: EarlySyncs | undefined;
  /** Instead of syncOpen(), for tests. */
  readonly sync?: (fd: number, path: string) => Promise<void>;
}

/** A layer on its way to the barrier. */
export interface LayerBeforeBarrier {
  /** So much of it has been made by now. @param isFree whether the layers at work leave a processor free now and then */
  made(progress: Pick<LayerProgress, 'entries' | 'uncompressedBytes'>, isFree?: boolean): void;
  /** It is complete. @throws UnavailableError when the disk has failed since it was begun, ResourceExhaustedError when that was full */
  staged(layer: StagedLayer): void;
}

/**
 * What stands between staged layers and their record: everything is on the disk. When the kernel could not write something it says so once, drops it and knows no more
 * whose it was: then every layer that is staged, or being staged, may lack it and is refused.
 */
export class DiskBarrier implements AsyncDisposable {
  readonly #directory: FileHandle;
  readonly #path: string;
  readonly #earlySyncs: EarlySyncs;
  readonly #syncOpen: (fd: number, path: string) => Promise<void>;
  /** One sync at a time: an error is told to the first that asks, and whoever else it concerns looks at what is whole only after that one. */
  readonly #turn = new Semaphore(1);
  #failure: Error | undefined;
  #whole = new WeakSet<StagedLayer>();
  /** Made since a sync began, or since so many of them were large. */
  #entries = 0;
  #bytes = 0;
  /** Calls that early syncs would hold up, and those that ended a moment ago. */
  #delays = 0;

  private constructor(directory: FileHandle, path: string, options: DiskBarrierOptions) {
    this.#directory = directory;
    this.#path = path;
    this.#earlySyncs = options.earlySyncs ?? EARLY_SYNCS;
    this.#syncOpen = options.sync ?? syncOpen;
  }

  /** @param path a directory of the file system. Open before anything is staged: errors are told to files that were open. */
  static async open(path: string, options: DiskBarrierOptions = {}): Promise<DiskBarrier> {
    return new DiskBarrier(await open(path, constants.O_RDONLY | constants.O_DIRECTORY), path, options);
  }

  /** Begins a layer. */
  begin(): LayerBeforeBarrier {
    const failure = this.#failure;
    let counted = { entries: 0, uncompressedBytes: 0 };
    const made: LayerBeforeBarrier['made'] = ({ entries, uncompressedBytes }, isFree = false) => {
      this.#count(entries - counted.entries, uncompressedBytes - counted.uncompressedBytes, isFree);
      counted = { entries, uncompressedBytes };
    };
    return {
      made,
      staged: (layer) => {
        if (failure !== this.#failure) throw this.#suspect(layer);
        this.#whole.add(layer);
        made(layer);
      },
    };
  }

  /** Until disposal, and NO_SYNCS_AFTER_MS longer, no early sync begins. What they would have written waits for the one that completes an image, which nothing delays. */
  delayEarlySyncs(): Disposable {
    this.#delays++;
    const once = new DisposableStack();
    once.defer(() => { setTimeout(() => { this.#delays--; }, NO_SYNCS_AFTER_MS).unref(); });
    return once;
  }

  /** @throws UnavailableError for a layer that was staged before the disk failed, ResourceExhaustedError when that was full */
  check(layer: StagedLayer): void {
    if (!this.#whole.has(layer)) throw this.#suspect(layer);
  }

  /** Writes everything to the disk. @throws InternalError, or ResourceExhaustedError when it was full; what check() does for one of `layers` */
  async sync(layers: readonly StagedLayer[]): Promise<void> {
    using held = new DisposableStack();
    held.use(await this.#turn.acquire(NEVER, 'write layers to the disk'));
    await this.#sync();
    for (const layer of layers) this.check(layer);
  }

  /** Waits for a sync that is under way. */
  async [Symbol.asyncDispose](): Promise<void> {
    using held = new DisposableStack();
    held.use(await this.#turn.acquire(NEVER, 'close the disk barrier'));
    await this.#directory.close();
  }

  #count(newEntries: number, newBytes: number, isFree: boolean): void {
    const { entries, entryBytes, freeEntryBytes = entryBytes } = this.#earlySyncs;
    this.#entries += newEntries;
    this.#bytes += newBytes;
    if (this.#entries < entries) return;
    if (this.#bytes > this.#entries * (isFree ? freeEntryBytes : entryBytes)) {
      this.#entries = this.#bytes = 0;
      return;
    }
    if (this.#delays > 0) return;
    const turn = this.#turn.tryAcquire();
    // A failure is kept for those whom it concerns.
    if (turn) void this.#sync().catch(() => undefined).finally(() => turn[Symbol.dispose]());
  }

  async #sync(): Promise<void> {
    this.#entries = this.#bytes = 0;
    try {
      await this.#syncOpen(this.#directory.fd, this.#path);
    } catch (error) {
      const errno = errnoOf(error);
      const message = `write layers to the disk: ${errorText(error)}`;
      this.#failure = errno === 'ENOSPC' || errno === 'EDQUOT' ? new ResourceExhaustedError(message, { cause: error }) : new InternalError(message, { cause: error });
      this.#whole = new WeakSet();
      throw this.#failure;
    }
  }

  #suspect(layer: StagedLayer): Error {
    const message = `layer ${layer.digest} was unpacked before the disk failed to write something, which may be a part of it; pull it again`;
    return this.#failure instanceof ResourceExhaustedError ? new ResourceExhaustedError(message, { cause: this.#failure }) : new UnavailableError(message, { cause: this.#failure });
  }
}
