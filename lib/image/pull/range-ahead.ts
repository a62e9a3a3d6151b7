import type { IncomingMessage } from 'node:http';
import type { PullLimits } from '../limits.ts';
import { transportFailure } from '../registry/answer-failure.ts';
import { BLOCK_BYTES } from '../registry/block-pool.ts';
import type { BlockMemory } from '../registry/block-pool.ts';
import { readBody } from '../registry/body.ts';
import { contentFailure, EndpointFailure } from '../registry/failure.ts';
import type { BlobSource } from '../registry/registry-client.ts';
import { holdsRange } from './blob-answer.ts';
import type { RangeShare } from './parallel-ranges.ts';

/** What the ranges of one blob have in common. */
export interface RangedBlob {
  readonly source: BlobSource;
  readonly digest: string;
  readonly sizeBytes: number;
  /** Of the answer that the ranges go on from; '' for none. */
  readonly entityTag: string;
  readonly limits: PullLimits;
  readonly signal: AbortSignal;
  readonly memory: BlockMemory;
  /** Called after each piece; what it returns is waited for before more is asked for. */
  readonly onReceived?: ((bytes: number) => Promise<void> | undefined) | undefined;
}

/** One range of a blob, fetched into memory from the moment it is made. Disposing cancels it and gives back its share, and its memory but for a chunk that the reader left with. */
export class RangeAhead implements AsyncDisposable {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  readonly #share: RangeShare;
  readonly #cancel = new AbortController();
  readonly #memory: BlockMemory;
  /** What has come and was not read whole yet: each but the last is full. */
  readonly #blocks: Buffer[] = [];
  /** The reader has a chunk of it. */
  #lent: Buffer | undefined;
  #filled = 0;
  readonly #fetched: Promise<void>;
  #ended = false;
  #failure: EndpointFailure | undefined;
  #wake: (() => void) | undefined;

  constructor(blob: RangedBlob, { start, end }: { readonly start: number; readonly end: number }, share: RangeShare) {
    this.start = start;
    this.end = end;
    this.#share = share;
    this.#memory = blob.memory;
    this.#fetched = this.#fetch(blob).catch((error: unknown) => { this.#failure = transportFailure(blob.source.name, error); }).finally(() => {
      share.fetched();
      this.#ended = true;
      this.#wake?.();
    });
  }

  /** Why it will not come whole. */
  get failure(): EndpointFailure | undefined {
    return this.#failure;
  }

  /** Its bytes in order as they come, up to where it failed. Once: a chunk is good until the next is asked for. */
  async* read(): AsyncGenerator<Buffer> {
    const size = this.end - this.start;
    for (let at = 0; at < size;) {
      const inBlock = at % BLOCK_BYTES;
      const count = Math.min(this.#filled - at, BLOCK_BYTES - inBlock);
      const [block] = this.#blocks;
      if (block && count > 0) {
        this.#lent = block;
        yield block.subarray(inBlock, inBlock + count);
        this.#lent = undefined;
        at += count;
        if (at % BLOCK_BYTES === 0) this.#giveBack(1);
      } else if (this.#ended) return;
      else await new Promise<void>((resolve) => { this.#wake = resolve; });
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#cancel.abort();
    await this.#fetched;
    this.#giveBack(this.#blocks.length);
    this.#share[Symbol.dispose]();
  }

  async #fetch({ source, digest, sizeBytes, entityTag, limits, signal: whole, memory, onReceived }: RangedBlob): Promise<void> {
    const signal = AbortSignal.any([whole, this.#cancel.signal]);
    const { start, end } = this;
    const response = await source.openBlob(digest, { start, end }, signal);
    const trouble = troubleWith(response, { start, end, sizeBytes, entityTag });
    if (trouble !== undefined) {
      response.destroy();
      throw contentFailure(source.name, new Error(trouble));
    }
    for await (const chunk of readBody(response, { limits, signal, memory, onReceived })) {
      if (chunk.length > end - start - this.#filled) throw contentFailure(source.name, new Error(`the range of bytes ${start}-${end - 1} is longer than that`));
      this.#keep(chunk);
      this.#wake?.();
    }
    if (this.#filled !== end - start) throw new EndpointFailure(source.name, 'server', `the range of bytes ${start}-${end - 1} ended at ${start + this.#filled}`);
  }

  #giveBack(count: number): void {
    for (const block of this.#blocks.splice(0, count)) if (block !== this.#lent) this.#memory.give(block);
  }

  #keep(chunk: Buffer): void {
    for (let at = 0; at < chunk.length;) {
      const inBlock = this.#filled % BLOCK_BYTES;
      if (inBlock === 0) this.#blocks.push(this.#memory.take());
      const part = chunk.subarray(at, at + BLOCK_BYTES - inBlock);
      this.#blocks.at(-1)?.set(part, inBlock);
      this.#filled += part.length;
      at += part.length;
    }
  }
}

/** Why an answer is not the range asked for, of the blob that the first answer was of. */
function troubleWith(response: IncomingMessage, { start, end, sizeBytes, entityTag }: { readonly start: number; readonly end: number; readonly sizeBytes: number; readonly entityTag: string }): string | undefined {
  const { 'content-length': length, 'content-encoding': encoding = 'identity', etag = entityTag } = response.headers;
  if (!holdsRange(response, start, end, sizeBytes)) return `asked for bytes ${start}-${end - 1}, the answer holds ${JSON.stringify(response.headers['content-range'] ?? 'no range')}`;
  // As for whole blobs: some servers call a compressed blob encoded.
  if (encoding !== 'identity' && length === undefined) return `the range is encoded as ${encoding}`;
  return entityTag === '' || etag === entityTag ? undefined : `the range is of ${etag}, what came before of ${entityTag}`;
}
