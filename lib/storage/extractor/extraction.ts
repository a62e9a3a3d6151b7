import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import type { Duplex } from 'node:stream';
import { ResourceExhaustedError } from '#errors';
import { releaseBytes } from '../release-bytes.ts';
import { createDecompressor, detectCompression, MAGIC_BYTES, type Decompressor } from './decompress.ts';
import type { ExtractRequest, ExtractResult } from './frames.ts';
import { TarReader } from './tar-reader.ts';
import { Unpacker } from './unpacker.ts';

/** How the bytes reach the archive's reader: as they are, or through a decompressor that runs ahead in a thread. */
type Pipeline = { readonly kind: 'plain' } | { readonly kind: 'compressed'; readonly decompressor: Decompressor; readonly consumed: Promise<void>; readonly writes: PendingWrites };

/**
 * One layer on its way to the disk: sha256 of what comes in, decompression, sha256 of the archive, unpacking, in one pass.
 * Decompression runs ahead in a thread while this one unpacks. Memory is a few chunks.
 */
export class Extraction implements AsyncDisposable {
  readonly #request: ExtractRequest;
  readonly #unpacker: Unpacker;
  readonly #reader: TarReader;
  readonly #digest = createHash('sha256');
  readonly #onProgress: (progress: { uncompressedBytes: number; entries: number }) => void;
  #head = Buffer.alloc(0);
  readonly #diffID = createHash('sha256');
  #pipeline: Pipeline | undefined;
  #compressedBytes = 0;
  #uncompressedBytes = 0;

  constructor(request: ExtractRequest, onProgress: (progress: { uncompressedBytes: number; entries: number }) => void) {
    this.#request = request;
    this.#onProgress = onProgress;
    this.#unpacker = new Unpacker(request.directory, request.limits);
    this.#reader = new TarReader(this.#unpacker, request.limits.maxEntries);
  }

  /** Takes the next bytes; several calls may be under way. Resolves when it has done with `bytes`. @throws what is wrong with the layer so far. */
  async write(bytes: Buffer): Promise<void> {
    this.#digest.update(bytes);
    this.#compressedBytes += bytes.length;
    if (this.#pipeline) { await this.#feed(this.#pipeline, bytes); return; }
    this.#head = Buffer.concat([this.#head, bytes]);
    if (this.#head.length >= MAGIC_BYTES) await this.#feed(this.#start(), this.#head);
  }

  /** The layer is complete. @throws DataLossError when the archive or its compression is not. */
  async finish(): Promise<ExtractResult> {
    if (!this.#pipeline) await this.#feed(this.#start(), this.#head);
    if (this.#pipeline?.kind === 'compressed') {
      this.#pipeline.decompressor.stream.end();
      await this.#pipeline.consumed;
    }
    this.#reader.finish();
    const implied = this.#unpacker.finish();
    writeFileSync(this.#request.impliedFile, implied.map((path) => `${JSON.stringify(path)}\n`).join(''), 'latin1');
    const digest = `sha256:${this.#digest.digest('hex')}`;
    return {
      digest, diffID: this.#pipeline?.kind === 'plain' ? digest : `sha256:${this.#diffID.digest('hex')}`,
      compressedBytes: this.#compressedBytes, uncompressedBytes: this.#uncompressedBytes, entries: this.#reader.entries, ...this.#unpacker.usage,
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#pipeline?.kind === 'compressed') {
      this.#pipeline.decompressor.stream.destroy();
      await this.#pipeline.consumed.catch(() => undefined);
    }
    this.#unpacker[Symbol.dispose]();
  }

  #start(): Pipeline {
    const compression = detectCompression(this.#head);
    if (compression === 'plain') return this.#pipeline = { kind: 'plain' };
    const decompressor = createDecompressor(compression);
    const consumed = this.#consume(decompressor.stream);
    consumed.catch(() => undefined);
    return this.#pipeline = { kind: 'compressed', decompressor, consumed, writes: new PendingWrites(decompressor.stream) };
  }

  async #feed(pipeline: Pipeline, bytes: Buffer): Promise<void> {
    if (pipeline.kind === 'plain') { this.#unpack(bytes); return; }
    const { decompressor: { stream, parts }, consumed, writes } = pipeline;
    // All at once: what comes with the next call must not get between the parts.
    await Promise.all(parts(bytes).map((part) => writes.write(part)));
    if (stream.destroyed) await consumed;
  }

  async #consume(output: Duplex): Promise<void> {
    for await (const chunk of output as AsyncIterable<Buffer>) {
      this.#diffID.update(chunk);
      this.#unpack(chunk);
      releaseBytes(chunk);
    }
  }

  #unpack(chunk: Buffer): void {
    this.#uncompressedBytes += chunk.length;
    this.#checkSize();
    this.#reader.push(chunk);
    this.#onProgress({ uncompressedBytes: this.#uncompressedBytes, entries: this.#reader.entries });
  }

  #checkSize(): void {
    const { maxUncompressedBytes, maxRatio, ratioGraceBytes } = this.#request.limits;
    if (this.#uncompressedBytes > maxUncompressedBytes) throw new ResourceExhaustedError(`unpack layer: more than ${maxUncompressedBytes} bytes uncompressed`);
    const ratio = this.#uncompressedBytes / this.#compressedBytes;
    if (this.#uncompressedBytes > ratioGraceBytes && ratio > maxRatio) throw new ResourceExhaustedError(`unpack layer: ${this.#compressedBytes} bytes became ${this.#uncompressedBytes}, more than ${maxRatio} times as many`);
  }
}

/** Writes to a stream that also end when the stream does: zlib forgets the write in which it fails. */
class PendingWrites {
  readonly #stream: Duplex;
  readonly #pending = new Set<() => void>();

  constructor(stream: Duplex) {
    this.#stream = stream;
    stream.once('close', () => { for (const resolve of this.#pending) resolve(); });
  }

  /** Resolves when the stream has done with `bytes`, or is destroyed. */
  write(bytes: Buffer): Promise<void> {
    if (this.#stream.destroyed) return Promise.resolve();
    return new Promise((resolve) => {
      this.#pending.add(resolve);
      this.#stream.write(bytes, () => { this.#pending.delete(resolve); resolve(); });
    });
  }
}
