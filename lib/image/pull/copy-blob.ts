import type { IncomingMessage } from 'node:http';
import { throwIfAborted } from '#async';
import { releaseBytes } from '#storage';
import { PROGRESS_BYTES } from '../limits.ts';
import type { PullLimits } from '../limits.ts';
import { transportFailure } from '../registry/answer-failure.ts';
import { readBody } from '../registry/body.ts';
import { EndpointFailure } from '../registry/failure.ts';
import type { BlobSource } from '../registry/registry-client.ts';
import { tryEndpoints } from '../registry/try-endpoints.ts';
import type { EndpointOrder } from '../registry/try-endpoints.ts';

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
  const copyFrom = async (source: BlobSource): Promise<void> => {
    const start = offset;
    if (start > 0 && start === copy.sizeBytes) return;
    const response = await source.openBlob(copy.digest, withoutRanges.has(source) ? 0 : start, copy.signal);
    let skip = bytesToSkip(response, source, start, copy.sizeBytes, () => withoutRanges.add(source));
    copy.onSource(source);
    const failed = (kind: 'server' | 'content', message: string): EndpointFailure => new EndpointFailure(source.name, kind, message, { progressed: offset - start >= PROGRESS_BYTES });
    try {
      for await (const chunk of readBody(response, copy)) {
        const part = chunk.subarray(Math.min(skip, chunk.length));
        skip -= chunk.length - part.length;
        if (offset + part.length > copy.sizeBytes) throw failed('content', `blob ${copy.digest} is longer than the ${copy.sizeBytes} bytes that the manifest says`);
        if (part.length > 0) await copy.write(part).catch((error: unknown) => { throw new WriteFailed(error); });
        offset += part.length;
        await copy.onReceived?.(part.length);
        releaseBytes(chunk);
      }
    } catch (error) {
      if (error instanceof WriteFailed) throw error;
      throwIfAborted(copy.signal, `copy of blob ${copy.digest}`);
      throw transportFailure(source.name, error, offset - start >= PROGRESS_BYTES);
    }
    if (offset < copy.sizeBytes) throw failed('server', `the body ended at ${offset} of ${copy.sizeBytes} bytes`);
  };
  try {
    await tryEndpoints(`blob ${copy.digest}`, copy.order, { signal: copy.signal, limits: copy.limits, also: copy.foreign, except: copy.except }, copyFrom);
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

/**
 * Bytes to drop before the first wanted one: all before `offset` when the server ignores Range.
 * @param onWrongRange called when the answer is a range, and not the one asked for
 * @throws EndpointFailure when the answer is of another size or place
 */
function bytesToSkip(response: IncomingMessage, source: BlobSource, offset: number, sizeBytes: number, onWrongRange: () => void): number {
  const refuse = (message: string, retriable = false): EndpointFailure => { response.destroy(); return new EndpointFailure(source.name, 'content', message, { retriable }); };
  const { 'content-length': length, 'content-encoding': encoding = 'identity', 'content-range': contentRange } = response.headers;
  const expected = response.statusCode === 206 ? sizeBytes - offset : sizeBytes;
  const range = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(contentRange ?? '');
  if (response.statusCode === 206 && (!range || Number(range[1]) !== offset || Number(range[2]) !== sizeBytes - 1 || (range[3] !== '*' && Number(range[3]) !== sizeBytes))) {
    onWrongRange();
    throw refuse(`asked for bytes ${offset}-${sizeBytes - 1}, the answer holds ${JSON.stringify(contentRange ?? 'no range')}`, true);
  }
  // Some servers call a compressed blob encoded: with the right length it is the blob itself.
  if (encoding !== 'identity' && Number(length) !== expected) throw refuse(`the answer is encoded as ${encoding}, although identity was asked for`);
  if (length !== undefined && Number(length) !== expected) throw refuse(`the registry sends ${Number(length)} bytes where the manifest says ${expected}`);
  return response.statusCode === 206 ? 0 : offset;
}
