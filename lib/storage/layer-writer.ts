import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { raceSignal, throwIfAborted } from '#async';
import { DataLossError } from '#errors';
import type { Logger } from '#log';
import type { LayerProgress, LayerSource, LayerWriter, StagedLayer } from './api.ts';
import type { DiskBarrier, LayerBeforeBarrier } from './disk-barrier.ts';
import { algorithmOf } from './digest.ts';
import type { ExtractorLease } from './extractor-pool.ts';
import type { ExtractResult } from './extractor/messages.ts';
import type { ExtractorLimits } from './extractor/limits.ts';
import { archiveRecordFile, diffDirectory, impliedFile, type Layout } from './layout.ts';

export interface WriterContext {
  readonly layout: Layout;
  readonly log: Logger;
  readonly limits: ExtractorLimits;
  readonly barrier: DiskBarrier;
  /** Removes a staging directory, in the background. */
  readonly discard: (directory: string) => Promise<void>;
}

/** Begins to unpack a layer into a new staging directory. The writer owns `lease`. */
export async function openLayerWriter(context: WriterContext, lease: ExtractorLease, source: LayerSource, signal: AbortSignal): Promise<LayerWriter> {
  const directory = join(context.layout.staging, randomBytes(8).toString('hex'));
  try {
    await mkdir(directory, { mode: 0o700 });
    await mkdir(diffDirectory(directory), { mode: 0o755 });
  } catch (error) {
    await lease.discard();
    await context.discard(directory);
    throw error;
  }
  return new ExtractingWriter(context, lease, source, directory, signal);
}

class ExtractingWriter implements LayerWriter {
  readonly #context: WriterContext;
  readonly #source: LayerSource;
  readonly #directory: string;
  readonly #signal: AbortSignal;
  readonly #result: Promise<ExtractResult>;
  readonly #barrier: LayerBeforeBarrier;
  #lease: ExtractorLease | undefined;
  #progress: LayerProgress = { compressedBytes: 0, uncompressedBytes: 0, entries: 0 };

  constructor(context: WriterContext, lease: ExtractorLease, source: LayerSource, directory: string, signal: AbortSignal) {
    this.#context = context;
    this.#lease = lease;
    this.#source = source;
    this.#directory = directory;
    this.#signal = signal;
    this.#barrier = context.barrier.begin();
    this.#result = lease.process.begin(
      { directory: diffDirectory(directory), impliedFile: impliedFile(directory), recordFile: archiveRecordFile(directory), digestAlgorithm: algorithmOf(nameOf(source)), diffIDAlgorithm: algorithmOf(source.diffID), limits: context.limits },
      ({ uncompressedBytes, entries }) => {
        this.#progress = { compressedBytes: this.#progress.compressedBytes, uncompressedBytes, entries };
        this.#barrier.made({ entries, uncompressedBytes }, lease.process.hashesApart);
      },
    );
  }

  get progress(): LayerProgress {
    return this.#progress;
  }

  async write(chunk: Uint8Array): Promise<void> {
    const lease = this.#open('write');
    const compressedBytes = this.#progress.compressedBytes + chunk.length;
    if (this.#source.sizeBytes >= 0 && compressedBytes > this.#source.sizeBytes) throw this.#wrong('size', `more than ${this.#source.sizeBytes} bytes`, `${this.#source.sizeBytes} bytes`);
    await raceSignal(lease.process.write(chunk), this.#signal, `unpack layer ${nameOf(this.#source)}`);
    if (lease.process.failed) await this.#result;
    this.#progress = { ...this.#progress, compressedBytes };
  }

  async finish(): Promise<StagedLayer> {
    const lease = this.#open('finish');
    if (this.#source.sizeBytes >= 0 && this.#progress.compressedBytes < this.#source.sizeBytes) throw this.#wrong('size', `${this.#progress.compressedBytes} bytes`, `${this.#source.sizeBytes} bytes`);
    lease.process.end();
    const { unkeptAttributes, ...result } = await raceSignal(this.#result, this.#signal, `unpack layer ${nameOf(this.#source)}`);
    if (this.#source.digest !== undefined && result.digest !== this.#source.digest) throw this.#wrong('digest', result.digest, this.#source.digest);
    if (result.diffID !== this.#source.diffID) throw this.#wrong('diffID', result.diffID, this.#source.diffID);
    if (unkeptAttributes > 0) this.#context.log.warn('attributes of users are left out of a layer: the file system has none', { layer: nameOf(this.#source), attributes: unkeptAttributes });
    const directory = this.#directory;
    const layer: StagedLayer = { ...result, directory, [Symbol.asyncDispose]: () => this.#context.discard(directory) };
    this.#barrier.staged(layer);
    lease.release();
    this.#lease = undefined;
    const { compressedBytes, uncompressedBytes, entries } = result;
    this.#progress = { compressedBytes, uncompressedBytes, entries };
    return layer;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const lease = this.#lease;
    this.#lease = undefined;
    if (!lease) return;
    await lease.discard();
    await this.#context.discard(this.#directory);
  }

  #open(action: string): ExtractorLease {
    throwIfAborted(this.#signal, `${action} layer ${nameOf(this.#source)}`);
    if (!this.#lease) throw new DataLossError(`${action} layer ${nameOf(this.#source)}: the writer is closed`);
    return this.#lease;
  }

  #wrong(what: string, got: string, expected: string): Error {
    return new DataLossError(`unpack layer ${nameOf(this.#source)}: its ${what} is ${got}, expected ${expected}`);
  }
}

/** What messages call a layer. */
export function nameOf({ digest, diffID }: LayerSource): string {
  return digest ?? diffID;
}
