import { createHash, type Hash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { ResourceExhaustedError } from '#errors';
import { ArchiveRecorder } from './archive-record.ts';
import type { DigestAlgorithm } from '../digest.ts';
import { createDecompressor, detectCompression, MAGIC_BYTES, type Decompressor } from './decompress.ts';
import type { ExtractRequest, ExtractResult } from './messages.ts';
import { TarReader } from './tar-reader.ts';
import { Unpacker } from './unpacker.ts';

/** How the bytes reach the archive's reader. */
type Pipeline = { readonly kind: 'plain' } | { readonly kind: 'compressed'; readonly decompressor: Decompressor };

export interface ExtractionListener {
  readonly onProgress: (progress: { uncompressedBytes: number; entries: number }) => void;
  /** Called at once with what is wrong, though neither write() nor finish() is under way. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * One layer on its way to the disk: digest of what comes in, decompression, digest of the archive, unpacking, in one pass.
 * Decompression runs ahead in a thread while this one unpacks. Memory is a few buffers.
 */
export class Extraction implements AsyncDisposable {
  readonly #request: ExtractRequest;
  readonly #unpacker: Unpacker;
  readonly #reader: TarReader;
  readonly #recorder: ArchiveRecorder;
  readonly #digest: Hash;
  readonly #listener: ExtractionListener;
  #head = Buffer.alloc(0);
  readonly #diffID: Hash;
  #pipeline: Pipeline | undefined;
  #compressedBytes = 0;
  #uncompressedBytes = 0;

  constructor(request: ExtractRequest, listener: ExtractionListener) {
    this.#request = request;
    this.#digest = createHash(request.digestAlgorithm);
    this.#diffID = createHash(request.diffIDAlgorithm);
    this.#listener = listener;
    this.#unpacker = new Unpacker(request.directory, request.limits);
    this.#recorder = new ArchiveRecorder(request.recordFile);
    const [unpacker, recorder] = [this.#unpacker, this.#recorder];
    this.#reader = new TarReader({
      entry: (entry) => unpacker.entry(entry), data: (bytes) => unpacker.data(bytes), end: () => unpacker.end(), raw: (bytes) => recorder.write(bytes),
    }, request.limits.maxEntries);
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
    if (this.#pipeline?.kind === 'compressed') await this.#pipeline.decompressor.end();
    this.#reader.finish();
    const implied = this.#unpacker.finish();
    this.#recorder.finish({ replaced: this.#unpacker.replaced });
    writeFileSync(this.#request.impliedFile, implied.map((path) => `${JSON.stringify(path)}\n`).join(''), 'latin1');
    const { digestAlgorithm, diffIDAlgorithm } = this.#request;
    const digest = `${digestAlgorithm}:${this.#digest.digest('hex')}`;
    return {
      digest, diffID: this.#pipeline?.kind === 'plain' && digestAlgorithm === diffIDAlgorithm ? digest : `${diffIDAlgorithm}:${this.#diffID.digest('hex')}`,
      compressedBytes: this.#compressedBytes, uncompressedBytes: this.#uncompressedBytes, entries: this.#reader.entries, ...this.#unpacker.usage,
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#pipeline?.kind === 'compressed') await this.#pipeline.decompressor[Symbol.asyncDispose]();
    this.#unpacker[Symbol.dispose]();
    this.#recorder[Symbol.dispose]();
  }

  #start(): Pipeline {
    const compression = detectCompression(this.#head);
    if (compression === 'plain') return this.#pipeline = { kind: 'plain' };
    const decompressor = createDecompressor(compression, (bytes) => this.#onArchive(bytes, undefined));
    decompressor.done.catch(this.#listener.onFailure);
    return this.#pipeline = { kind: 'compressed', decompressor };
  }

  async #feed(pipeline: Pipeline, bytes: Buffer): Promise<void> {
    if (pipeline.kind === 'plain') this.#onArchive(bytes, this.#request.digestAlgorithm);
    else await pipeline.decompressor.write(bytes);
  }

  /** @param hashed the algorithm by which these very bytes are hashed already */
  #onArchive(bytes: Buffer, hashed: DigestAlgorithm | undefined): void {
    if (hashed !== this.#request.diffIDAlgorithm) this.#diffID.update(bytes);
    this.#unpack(bytes);
  }

  #unpack(chunk: Buffer): void {
    this.#uncompressedBytes += chunk.length;
    this.#checkSize();
    this.#reader.push(chunk);
    this.#listener.onProgress({ uncompressedBytes: this.#uncompressedBytes, entries: this.#reader.entries });
  }

  #checkSize(): void {
    const { maxUncompressedBytes, maxRatio, ratioGraceBytes } = this.#request.limits;
    if (this.#uncompressedBytes > maxUncompressedBytes) throw new ResourceExhaustedError(`unpack layer: more than ${maxUncompressedBytes} bytes uncompressed`);
    const ratio = this.#uncompressedBytes / this.#compressedBytes;
    if (this.#uncompressedBytes > ratioGraceBytes && ratio > maxRatio) throw new ResourceExhaustedError(`unpack layer: ${this.#compressedBytes} bytes became ${this.#uncompressedBytes}, more than ${maxRatio} times as many`);
  }
}
