import { DataLossError } from '#errors';
import type { GzipInflater } from '#linux';
import type { Decompressor, OnOutput } from './decompress.ts';

/** One is filled while the other is worked on. */
const OUTPUT_BYTES = 512 * 1024;
/** Of a member's header: magic, method, flags. */
const FLAGS_OFFSET = 3;
/** https://www.rfc-editor.org/rfc/rfc1952#section-2.3.1.2: "must give an error indication if any reserved bit is non-zero". */
const RESERVED_FLAGS = 0xe0;

interface Piece { readonly bytes: Buffer; readonly resolve: () => void; readonly reject: (error: Error) => void; at: number }

/** gzip by an inflater that works in a thread, from the bytes as they come into two buffers that are used again and again. Behaves as Node's gunzip stream. */
export class GzipDecompressor implements Decompressor {
  readonly #inflater: GzipInflater;
  readonly #onOutput: OnOutput;
  readonly #pieces: Piece[] = [];
  readonly done: Promise<void>;
  #wake: (() => void) | undefined;
  #noMore = false;
  #failure: Error | undefined;
  /** Bytes of the current member's header that were looked at; undefined between members. */
  #headerBytes: number | undefined;
  #members = 0;
  #full = false;
  #padding = false;

  constructor(inflater: GzipInflater, onOutput: OnOutput) {
    this.#inflater = inflater;
    this.#onOutput = onOutput;
    this.done = this.#run().catch((error: unknown) => { throw this.#fail(error); });
    this.done.catch(() => undefined);
  }

  write(bytes: Buffer): Promise<void> {
    if (this.#failure) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      this.#pieces.push({ bytes, resolve, reject, at: 0 });
      this.#wake?.();
    });
  }

  end(): Promise<void> {
    this.#noMore = true;
    this.#wake?.();
    return this.done;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#fail(new DataLossError('inflate gzip: given up'));
    this.#wake?.();
    await this.done.catch(() => undefined);
  }

  async #run(): Promise<void> {
    const buffers = [Buffer.allocUnsafeSlow(OUTPUT_BYTES), Buffer.allocUnsafeSlow(OUTPUT_BYTES)] as const;
    let output = await this.#fill(buffers[0]);
    for (let next = 1; output.length > 0; next = 1 - next) {
      const filling = this.#fill(buffers[next === 0 ? 0 : 1]);
      try {
        this.#onOutput(output);
      } catch (error) {
        await filling.catch(() => undefined); // the thread writes until then
        throw error;
      }
      output = await filling;
    }
    if (!this.#padding && this.#headerBytes !== undefined) throw new DataLossError('inflate gzip: the data ends too early');
    if (this.#members === 0) throw new DataLossError('inflate gzip: there is no data');
  }

  /** Output of what is there, at least one byte of it; nothing at the end. */
  async #fill(buffer: Buffer): Promise<Buffer> {
    let filled = 0;
    while (filled < buffer.length) {
      if (this.#failure) throw this.#failure;
      const piece = this.#pieces[0];
      if (!piece && !this.#full) {
        if (filled > 0 || this.#noMore) break;
        await new Promise<void>((resolve) => { this.#wake = resolve; });
        this.#wake = undefined;
        continue;
      }
      filled += await this.#step(piece, buffer.subarray(filled));
      if (piece && piece.at === piece.bytes.length) { this.#pieces.shift(); piece.resolve(); }
    }
    return buffer.subarray(0, filled);
  }

  async #step(piece: Piece | undefined, output: Buffer): Promise<number> {
    const input = piece ? piece.bytes.subarray(piece.at) : Buffer.alloc(0);
    if (this.#headerBytes === undefined) this.#padding ||= this.#members > 0 && input[0] === 0;
    if (this.#padding) {
      if (piece) piece.at = piece.bytes.length;
      return 0;
    }
    this.#checkHeader(input);
    const { consumed, produced, ended } = await this.#inflater.inflate(input, output);
    if (piece) piece.at += consumed;
    this.#full = !ended && produced === output.length;
    if (ended) { this.#headerBytes = undefined; this.#members++; }
    return produced;
  }

  /** The library does not look at the reserved flags. */
  #checkHeader(input: Buffer): void {
    if (this.#headerBytes === undefined) { this.#inflater.begin(); this.#headerBytes = 0; }
    if (this.#headerBytes > FLAGS_OFFSET) return;
    const flags = input[FLAGS_OFFSET - this.#headerBytes];
    if (flags !== undefined && (flags & RESERVED_FLAGS) !== 0) throw new DataLossError(`inflate gzip: a header has the unknown flags 0x${flags.toString(16)}`);
    this.#headerBytes += input.length;
  }

  /** The first failure counts. */
  #fail(error: unknown): Error {
    this.#failure ??= error instanceof Error ? error : new Error(String(error));
    for (const piece of this.#pieces.splice(0)) piece.reject(this.#failure);
    return this.#failure;
  }
}
