import type { IncomingMessage } from 'node:http';
import { throwIfAborted } from '#async';
import { PROGRESS_BYTES } from '../limits.ts';
import type { PullLimits } from '../limits.ts';
import { transportFailure } from '../registry/answer-failure.ts';
import type { BlockMemory } from '../registry/block-pool.ts';
import { readBody } from '../registry/body.ts';
import { EndpointFailure } from '../registry/failure.ts';
import type { BlobSource } from '../registry/registry-client.ts';
import { tryEndpoints } from '../registry/try-endpoints.ts';
import type { EndpointOrder } from '../registry/try-endpoints.ts';
import { bytesToSkip, takesRanges } from './blob-answer.ts';
import type { ParallelRanges } from './parallel-ranges.ts';
import { RangePace } from './range-pace.ts';
import { readByRanges } from './read-by-ranges.ts';

export interface BlobCopy {
  readonly digest: string;
  readonly sizeBytes: number;
  /** Bytes that are here already; default 0. */
  readonly offset?: number;
  readonly order: EndpointOrder<BlobSource>;
  /** Sources for this blob alone, after the others. */
  readonly foreign: readonly BlobSource[];
  readonly except: ReadonlySet<BlobSource>;
  readonly limits: PullLimits;
  readonly signal: AbortSignal;
  /** For what comes; absent: as little as one answer. Ranges need it. */
  readonly memory?: BlockMemory | undefined;
  /** Absent: each source is read over one connection. */
  readonly ranges?: ParallelRanges | undefined;
  /** Called when bytes of a range that was fetched beside others are about to be written. */
  readonly onRange?: () => void;
  /** Called when a source begins to send. */
  readonly onSource: (source: BlobSource) => void;
  /** Called after each piece; what it returns is waited for before more is asked for. */
  readonly onReceived?: (bytes: number) => Promise<void> | undefined;
  /** Takes the bytes in order, each once, and has done with them when it resolves; its errors end the copy as they are. */
  readonly write: (chunk: Buffer) => Promise<void>;
}

/**
 * Copies a blob from the first source that can, and goes on at the same byte with the next one (or the same again) when a body breaks.
 * Checks the size, not the digest.
 * @throws EndpointsFailed, or what `write` throws.
 */
export async function copyBlob(copy: BlobCopy): Promise<void> {
  let offset = copy.offset ?? 0;
  /** Those that answered a Range with something else: they are asked for the whole, and its beginning is dropped. */
  const withoutRanges = new Set<BlobSource>();
  /** Those that are read over one connection: ranges beside each other failed there, or have no room. */
  const single = new Set<BlobSource>();
  const pace = new RangePace(copy.limits.rangeBytes);
  let isRestMissing = false;
  const bodyFrom = (response: IncomingMessage, source: BlobSource): AsyncGenerator<Buffer> => {
    const { ranges, digest, sizeBytes, limits, signal, memory, onReceived } = copy;
    if (!ranges || !memory || single.has(source) || sizeBytes < limits.rangesFromBytes || !takesRanges(response)) return readBody(response, copy);
    const entityTag = response.headers.etag ?? '';
    return readByRanges(response, { ranges, source, digest, sizeBytes, limits, signal, memory, onReceived, entityTag, pace, start: offset, onRange: () => copy.onRange?.(), onGivenUp: () => single.add(source), onRest: () => { isRestMissing = true; } });
  };
  const copyFrom = async (source: BlobSource): Promise<void> => {
    const start = offset;
    if (start > 0 && start === copy.sizeBytes) return;
    const response = await source.openBlob(copy.digest, { start: withoutRanges.has(source) ? 0 : start }, copy.signal);
    let skip = bytesToSkip(response, source, start, copy.sizeBytes, () => withoutRanges.add(source));
    if (skip > 0) single.add(source);
    isRestMissing = false;
    copy.onSource(source);
    const failed = (kind: 'server' | 'content', message: string): EndpointFailure => new EndpointFailure(source.name, kind, message, { progressed: offset - start >= PROGRESS_BYTES });
    try {
      for await (const chunk of bodyFrom(response, source)) {
        const part = chunk.subarray(Math.min(skip, chunk.length));
        skip -= chunk.length - part.length;
        if (offset + part.length > copy.sizeBytes) throw failed('content', `blob ${copy.digest} is longer than the ${copy.sizeBytes} bytes that the manifest says`);
        if (part.length > 0) await copy.write(part).catch((error: unknown) => { throw new WriteFailed(error); });
        offset += part.length;
      }
    } catch (error) {
      if (error instanceof WriteFailed) throw error;
      throwIfAborted(copy.signal, `copy of blob ${copy.digest}`);
      throw transportFailure(source.name, error, offset - start >= PROGRESS_BYTES);
    }
    if (isRestMissing) return copyFrom(source);
    if (offset < copy.sizeBytes) throw failed('server', `the body ended at ${offset} of ${copy.sizeBytes} bytes`);
  };
  try {
    await tryEndpoints(`blob ${copy.digest}`, copy.order, { signal: copy.signal, limits: copy.limits, also: copy.foreign, except: copy.except, patient: true }, copyFrom);
  } catch (error) {
    throw error instanceof WriteFailed ? error.cause : error;
  }
}

/** Keeps what the receiver throws apart from what the network does. */
class WriteFailed extends Error {
  constructor(cause: unknown) {
    super('write', { cause });
  }
}
