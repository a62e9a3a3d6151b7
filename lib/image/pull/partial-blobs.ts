/**
 * What has come of large layers, on the disk while they are fetched: a pull that is cancelled, or whose daemon is killed, goes on there the next time.
 * Nothing here is trusted: whoever reads it checks the digest of the whole. Nothing is synced: after a power cut the digest is wrong, and the layer is fetched anew.
 */
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { errorText } from '#errors';
import type { Logger } from '#log';

export interface PartialBlobsOptions {
  /** Made when first needed; nobody else's files are there. */
  readonly directory: string;
  /** Bytes that all of them may take; 0: nothing is kept. */
  readonly maxTotalBytes: number;
  /** Blobs below this are fetched again. Default DEFAULT_MIN_BYTES. */
  readonly minBytes?: number;
  /** A fetch that at its pace will have taken less than this when it is complete is not kept: twice the writing would cost more than it may save. */
  readonly minFetchMs: number;
  readonly log: Logger;
}

const DEFAULT_MIN_BYTES = 64 * 1024 * 1024;
/** After this much of a blob it is known how long the rest will take. */
const PROBATION_BYTES = 8 * 1024 * 1024;
/** A write is of this size: what a killed daemon loses. */
const BLOCK_BYTES = 1024 * 1024;
/** Who comes back after this time does not come back. */
const MAX_AGE_MS = 24 * 3600 * 1000;

interface Leftover { readonly path: string; readonly bytes: number; readonly mtimeMs: number }

/** The partial blobs of one daemon. */
export class PartialBlobs {
  readonly #options: PartialBlobsOptions;
  readonly #inUse = new Map<string, PartialBlob>();
  /** Bytes of those that wait for somebody to come back. */
  readonly #kept = new Map<string, number>();

  constructor(options: PartialBlobsOptions) {
    this.#options = options;
  }

  /** The blob's file for one fetch, with what an earlier one left; undefined when the blob is small, or another fetch has the file. Dispose it in any case. */
  async open(digest: string, sizeBytes: number): Promise<PartialBlob | undefined> {
    const { directory, maxTotalBytes, minBytes = DEFAULT_MIN_BYTES, minFetchMs, log } = this.#options;
    const path = join(directory, digest.replace(':', '-'));
    if (maxTotalBytes === 0 || sizeBytes < minBytes || this.#inUse.has(path)) return undefined;
    const claim = new PartialBlob({ path, minFetchMs, log }, () => {
      this.#inUse.delete(path);
      if (claim.bytes > 0) this.#kept.set(path, claim.bytes);
    });
    this.#inUse.set(path, claim);
    this.#kept.delete(path);
    try {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      await this.sweep(sizeBytes);
      if (await claim.begin(sizeBytes) && this.#usedBytes() <= maxTotalBytes) return claim;
    } catch (error) {
      log.warn('partial layers cannot be kept', { directory, error: errorText(error) });
    }
    await claim.remove();
    await claim[Symbol.asyncDispose]();
    return undefined;
  }

  /** Removes what is too old, and the oldest when `moreBytes` would not fit. */
  async sweep(moreBytes = 0): Promise<void> {
    const { directory, maxTotalBytes } = this.#options;
    let free = maxTotalBytes - moreBytes - this.#usedBytes();
    for (const { path, bytes, mtimeMs } of (await this.#leftovers(directory)).sort((a, b) => b.mtimeMs - a.mtimeMs)) {
      if (this.#inUse.has(path)) continue;
      free -= bytes;
      this.#kept.set(path, bytes);
      if (free >= 0 && Date.now() - mtimeMs <= MAX_AGE_MS) continue;
      await rm(path, { force: true });
      this.#kept.delete(path);
    }
  }

  /** What they take on the disk now, from memory. */
  usage(): { bytes: number; inodes: number } {
    const sizes = [...this.#kept.values(), ...[...this.#inUse.values()].map(({ bytes }) => bytes)];
    return { bytes: sizes.reduce((sum, bytes) => sum + bytes, 0), inodes: sizes.length };
  }

  #usedBytes(): number {
    return [...this.#inUse.values()].reduce((sum, blob) => sum + blob.expectedBytes, 0);
  }

  async #leftovers(directory: string): Promise<Leftover[]> {
    const names = await readdir(directory).catch(() => []);
    const found = await Promise.all(names.map(async (name) => {
      const path = join(directory, name);
      const info = await stat(path).catch(() => undefined);
      return info && { path, bytes: info.size, mtimeMs: info.mtimeMs };
    }));
    return found.filter((f) => f !== undefined);
  }
}

/** The file of one blob. Trouble with the disk costs the file, never the pull. */
export class PartialBlob implements AsyncDisposable {
  readonly #path: string;
  readonly #log: Logger;
  readonly #released: () => void;
  readonly #minFetchMs: number;
  readonly #beganAtMs = performance.now();
  #onProbation = false;
  #file: FileHandle | undefined;
  #expectedBytes = 0;
  #bytes = 0;
  /** One is filled while the other is written. */
  #blocks: [filling: Buffer, writing: Buffer] | undefined;
  #filled = 0;
  #writing: Promise<void> = Promise.resolve();

  constructor({ path, minFetchMs, log }: { path: string; minFetchMs: number; log: Logger }, released: () => void) {
    this.#path = path;
    this.#minFetchMs = minFetchMs;
    this.#log = log;
    this.#released = released;
  }

  /** What the whole blob will take. */
  get expectedBytes(): number {
    return this.#expectedBytes;
  }

  /** Bytes from an earlier fetch, and appended since. */
  get bytes(): number {
    return this.#bytes + this.#filled;
  }

  /** Opens the file. @returns false when it is not one that can be gone on with */
  async begin(sizeBytes: number): Promise<boolean> {
    this.#expectedBytes = sizeBytes;
    this.#file = await open(this.#path, 'a+', 0o600);
    this.#bytes = (await this.#file.stat()).size;
    if (this.#bytes > sizeBytes) await this.reset();
    this.#onProbation = this.#bytes === 0;
    return this.#file !== undefined;
  }

  /** What is there, from its beginning. A chunk is good until the next one is asked for. */
  async* read(): AsyncGenerator<Buffer> {
    const end = this.#bytes;
    const block = Buffer.allocUnsafeSlow(BLOCK_BYTES);
    for (let at = 0; at < end;) {
      const { bytesRead } = await (this.#file?.read(block, 0, Math.min(BLOCK_BYTES, end - at), at) ?? { bytesRead: 0 });
      if (bytesRead === 0) return;
      at += bytesRead;
      yield block.subarray(0, bytesRead);
    }
  }

  /** Takes a copy of `chunk`; resolves when there is room for more. */
  async append(chunk: Uint8Array): Promise<void> {
    for (let at = 0; at < chunk.length && this.#file;) {
      const [block] = this.#blocks ??= [Buffer.allocUnsafeSlow(BLOCK_BYTES), Buffer.allocUnsafeSlow(BLOCK_BYTES)];
      const part = chunk.subarray(at, at + block.length - this.#filled);
      block.set(part, this.#filled);
      this.#filled += part.length;
      at += part.length;
      if (this.#filled === block.length) await this.#flush();
    }
    if (this.#onProbation && this.bytes >= PROBATION_BYTES) await this.#decide();
  }

  /** Keeps what takes long. */
  async #decide(): Promise<void> {
    this.#onProbation = false;
    const wholeMs = (performance.now() - this.#beganAtMs) * this.#expectedBytes / this.bytes;
    if (wholeMs >= this.#minFetchMs) return;
    await this.remove();
    this.#blocks = undefined;
  }

  /** Forgets everything that came so far. */
  async reset(): Promise<void> {
    await this.#writing;
    this.#filled = 0;
    this.#bytes = 0;
    await this.#file?.truncate(0).catch((error: unknown) => this.#giveUp(error));
  }

  /** The blob is complete elsewhere, or of no use. */
  async remove(): Promise<void> {
    this.#filled = 0;
    this.#bytes = 0;
    await this.#close();
    await rm(this.#path, { force: true }).catch((error: unknown) => this.#log.warn('partial layer cannot be removed', { path: this.#path, error: errorText(error) }));
  }

  /** Writes what is left and closes the file; it stays, unless it is empty. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#file && this.#filled > 0) await this.#flush();
    if (this.#bytes === 0) await this.remove();
    await this.#close();
    this.#released();
  }

  /** Waits for the write before this one, so that two blocks at most are in memory. */
  async #flush(): Promise<void> {
    await this.#writing;
    // The one before it may have failed.
    if (!this.#blocks || !this.#file) return;
    const [filled, free] = this.#blocks;
    const block = filled.subarray(0, this.#filled);
    this.#blocks = [free, filled];
    this.#bytes += block.length;
    this.#filled = 0;
    this.#writing = this.#file.appendFile(block).catch((error: unknown) => this.#giveUp(error));
  }

  async #giveUp(error: unknown): Promise<void> {
    this.#log.warn('partial layer cannot be kept', { path: this.#path, error: errorText(error) });
    const file = this.#file;
    this.#file = undefined;
    this.#bytes = 0;
    await file?.close();
    await rm(this.#path, { force: true });
  }

  async #close(): Promise<void> {
    await this.#writing;
    const file = this.#file;
    this.#file = undefined;
    await file?.close();
  }
}
