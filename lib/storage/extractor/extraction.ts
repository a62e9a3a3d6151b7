import { createHash, type Hash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import type { Duplex } from 'node:stream';
import { ResourceExhaustedError } from '#errors';
import { createDecompressor, detectCompression, MAGIC_BYTES, type Decompressor } from './decompress.ts';
import type { ExtractRequest, ExtractResult } from './frames.ts';
import { TarReader } from './tar-reader.ts';
import { Unpacker } from './unpacker.ts';

interface Pipeline { readonly decompressor: Decompressor; readonly input: Duplex; readonly diffID: Hash; readonly consumed: Promise<void> }

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
  #stream: Pipeline | undefined;
  #compressedBytes = 0;
  #uncompressedBytes = 0;

  constructor(request: ExtractRequest, onProgress: (progress: { uncompressedBytes: number; entries: number }) => void) {
    this.#request = request;
    this.#onProgress = onProgress;
    this.#unpacker = new Unpacker(request.directory, request.limits.reservedFreeBytes);
    this.#reader = new TarReader(this.#unpacker, request.limits.maxEntries);
  }

  /** Takes the next bytes; `bytes` belongs to the extraction from then on. Resolves when more may come. @throws what is wrong with the layer so far. */
  async write(bytes: Buffer): Promise<void> {
    this.#digest.update(bytes);
    this.#compressedBytes += bytes.length;
    if (!this.#stream) {
      this.#head = Buffer.concat([this.#head, bytes]);
      if (this.#head.length < MAGIC_BYTES) return;
      await this.#feed(this.#start(), this.#head);
      return;
    }
    await this.#feed(this.#stream, bytes);
  }

  /** The layer is complete. @throws DataLossError when the archive or its compression is not. */
  async finish(): Promise<ExtractResult> {
    let stream = this.#stream;
    if (!stream) { stream = this.#start(); await this.#feed(stream, this.#head); }
    stream.input.end();
    await stream.consumed;
    this.#reader.finish();
    const implied = this.#unpacker.finish();
    writeFileSync(this.#request.impliedFile, implied.map((path) => `${JSON.stringify(path)}\n`).join(''), 'latin1');
    return {
      digest: `sha256:${this.#digest.digest('hex')}`, diffID: `sha256:${stream.diffID.digest('hex')}`,
      compressedBytes: this.#compressedBytes, uncompressedBytes: this.#uncompressedBytes, entries: this.#reader.entries, ...this.#unpacker.usage,
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stream?.input.destroy();
    await this.#stream?.consumed.catch(() => undefined);
    this.#unpacker[Symbol.dispose]();
  }

  #start(): Pipeline {
    const decompressor = createDecompressor(detectCompression(this.#head));
    const input = decompressor.stream;
    const diffID = createHash('sha256');
    const consumed = this.#consume(input, diffID);
    consumed.catch(() => undefined);
    return this.#stream = { decompressor, input, diffID, consumed };
  }

  async #feed({ decompressor, input, consumed }: Pipeline, bytes: Buffer): Promise<void> {
    for (const part of decompressor.parts(bytes)) {
      if (input.destroyed) await consumed;
      if (!input.write(part)) await drained(input);
    }
    if (input.destroyed) await consumed;
  }

  async #consume(output: Duplex, diffID: Hash): Promise<void> {
    for await (const chunk of output as AsyncIterable<Buffer>) {
      this.#uncompressedBytes += chunk.length;
      this.#checkSize();
      diffID.update(chunk);
      this.#reader.push(chunk);
      this.#onProgress({ uncompressedBytes: this.#uncompressedBytes, entries: this.#reader.entries });
    }
  }

  #checkSize(): void {
    const { maxUncompressedBytes, maxRatio, ratioGraceBytes } = this.#request.limits;
    if (this.#uncompressedBytes > maxUncompressedBytes) throw new ResourceExhaustedError(`unpack layer: more than ${maxUncompressedBytes} bytes uncompressed`);
    const ratio = this.#uncompressedBytes / this.#compressedBytes;
    if (this.#uncompressedBytes > ratioGraceBytes && ratio > maxRatio) throw new ResourceExhaustedError(`unpack layer: ${this.#compressedBytes} bytes became ${this.#uncompressedBytes}, more than ${maxRatio} times as many`);
  }
}

/** Room for more, or the stream's end; whoever waits for the consumer learns why it ended. */
function drained(input: Duplex): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => { input.off('drain', done); input.off('close', done); resolve(); };
    input.once('drain', done);
    input.once('close', done);
  });
}
