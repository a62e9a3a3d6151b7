import type { IncomingMessage } from 'node:http';
import { releaseBytes } from '#storage';
import type { PullLimits } from '../limits.ts';
import { transportFailure } from '../registry/answer-failure.ts';
import { readBody } from '../registry/body.ts';
import { contentFailure, EndpointFailure } from '../registry/failure.ts';
import type { BlobSource } from '../registry/registry-client.ts';
import { holdsRange } from './blob-answer.ts';
import type { RangeShare } from './parallel-ranges.ts';

/** Of what is handed on at once. */
const MAX_CHUNK_BYTES = 1024 * 1024;

/** What the ranges of one blob have in common. */
export interface RangedBlob {
  readonly source: BlobSource;
  readonly digest: string;
  readonly sizeBytes: number;
  /** Of the answer that the ranges go on from; '' for none. */
  readonly entityTag: string;
  readonly limits: PullLimits;
  readonly signal: AbortSignal;
  /** Called after each piece; what it returns is waited for before more is asked for. */
  readonly onReceived?: ((bytes: number) => Promise<void> | undefined) | undefined;
}

/** One range of a blob, fetched into memory from the moment it is made. Disposing cancels it and gives back its share. */
export class RangeAhead implements AsyncDisposable {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  readonly #share: RangeShare;
  readonly #cancel = new AbortController();
  readonly #bytes: Buffer;
  #filled = 0;
  readonly #fetched: Promise<void>;
  #ended = false;
  #failure: EndpointFailure | undefined;
  #wake: (() => void) | undefined;

  constructor(blob: RangedBlob, { start, end }: { readonly start: number; readonly end: number }, share: RangeShare) {
    this.start = start;
    this.end = end;
    this.#share = share;
    this.#bytes = Buffer.allocUnsafeSlow(end - start);
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
      const upTo = Math.min(this.#filled, at + MAX_CHUNK_BYTES);
      if (at < upTo) {
        const chunk = this.#bytes.subarray(at, upTo);
        at = upTo;
        yield chunk;
      } else if (this.#ended) return;
      else await new Promise<void>((resolve) => { this.#wake = resolve; });
    }
    releaseBytes(this.#bytes);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#cancel.abort();
    await this.#fetched;
    this.#share[Symbol.dispose]();
  }

  async #fetch({ source, digest, sizeBytes, entityTag, limits, signal: whole, onReceived }: RangedBlob): Promise<void> {
    const signal = AbortSignal.any([whole, this.#cancel.signal]);
    const { start, end } = this;
    const response = await source.openBlob(digest, { start, end }, signal);
    const trouble = troubleWith(response, { start, end, sizeBytes, entityTag });
    if (trouble !== undefined) {
      response.destroy();
      throw contentFailure(source.name, new Error(trouble));
    }
    for await (const chunk of readBody(response, { limits, signal, onReceived })) {
      if (chunk.length > end - start - this.#filled) throw contentFailure(source.name, new Error(`the range of bytes ${start}-${end - 1} is longer than that`));
      this.#bytes.set(chunk, this.#filled);
      this.#filled += chunk.length;
      this.#wake?.();
    }
    if (this.#filled !== end - start) throw new EndpointFailure(source.name, 'server', `the range of bytes ${start}-${end - 1} ended at ${start + this.#filled}`);
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
