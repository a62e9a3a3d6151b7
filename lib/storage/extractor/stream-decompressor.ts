import type { Duplex } from 'node:stream';
import { releaseBytes } from '../release-bytes.ts';

/** Takes the archive piece by piece, each borrowed for the call. What it throws ends the decompression. */
export type OnOutput = (bytes: Buffer) => void;

/** From compressed bytes to the archive, in a thread that runs ahead of what is done with the output. Disposal waits for that thread. */
export interface Decompressor extends AsyncDisposable {
  /** Takes the next bytes, which must not change until it resolves; several calls may be under way. @throws what is wrong so far */
  write(bytes: Buffer): Promise<void>;
  /** No more bytes; resolves as `done`. */
  end(): Promise<void>;
  /** Resolves when all output was handed on. @throws DataLossError, or an error of zlib, for the bytes; what `onOutput` throws */
  readonly done: Promise<void>;
}

/** A decompressing stream of node:zlib. */
export type ZlibStream = Duplex & { readonly bytesWritten: number };

/** A stream of node:zlib as a decompressor: its thread runs ahead by as much as it buffers. */
export class StreamDecompressor implements Decompressor {
  readonly done: Promise<void>;
  readonly #stream: ZlibStream;
  readonly #parts: (bytes: Buffer) => Buffer[];
  readonly #closed: Promise<void>;
  #lastWrite: Promise<void> = Promise.resolve();
  #givenBytes = 0;
  #over = false;

  /** @param parts prepares bytes for `stream`: each part is a write of its own. */
  constructor(stream: ZlibStream, parts: (bytes: Buffer) => Buffer[], onOutput: OnOutput) {
    this.#stream = stream;
    this.#parts = parts;
    this.#closed = new Promise((resolve) => { stream.once('close', () => resolve()); });
    this.done = consume(stream, onOutput);
    this.done.catch(() => undefined);
  }

  write(bytes: Buffer): Promise<void> {
    const parts = this.#parts(bytes);
    return this.#lastWrite = this.#lastWrite.then(() => this.#writeParts(parts));
  }

  async end(): Promise<void> {
    this.#stream.end();
    await this.done;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stream.destroy();
    await this.done.catch(() => undefined);
  }

  async #writeParts(parts: readonly Buffer[]): Promise<void> {
    for (const part of parts) {
      if (this.#over) return;
      // zlib forgets the write in which it fails.
      await Promise.race([new Promise<void>((resolve) => { this.#stream.write(part, () => resolve()); }), this.#closed]);
      if (this.#stream.destroyed) { await this.done; return; }
      this.#givenBytes += part.length;
      // It left some: the data is over for it, but it would begin again with the next write.
      this.#over = this.#stream.bytesWritten < this.#givenBytes;
    }
  }
}

async function consume(stream: Duplex, onOutput: OnOutput): Promise<void> {
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    onOutput(chunk);
    releaseBytes(chunk);
  }
}
