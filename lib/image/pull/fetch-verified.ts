import { DataLossError, InvalidArgumentError } from '#errors';
import type { PullLimits } from '../limits.ts';
import type { BlockMemory } from '../registry/block-pool.ts';
import { contentFailure, EndpointsFailed } from '../registry/failure.ts';
import type { EndpointFailure } from '../registry/failure.ts';
import type { BlobSource } from '../registry/registry-client.ts';
import type { EndpointOrder } from '../registry/try-endpoints.ts';
import { copyBlob } from './copy-blob.ts';
import type { ParallelRanges } from './parallel-ranges.ts';
import type { PartialBlob } from './partial-blobs.ts';

/** Takes the bytes of one blob and knows in the end whether they were the right ones. Disposing before `finish` throws them away. */
export interface BlobReceiver<T> extends AsyncDisposable {
  /** `chunk` is gone when it resolves. */
  write(chunk: Buffer): Promise<void>;
  /** @throws DataLossError when the digest is another */
  finish(): Promise<T>;
}

export interface BlobFetch {
  /** What an earlier fetch left of the blob, and where this one keeps what comes. */
  readonly partial?: PartialBlob | undefined;
  readonly digest: string;
  readonly sizeBytes: number;
  readonly order: EndpointOrder<BlobSource>;
  readonly foreign: readonly BlobSource[];
  readonly limits: PullLimits;
  readonly signal: AbortSignal;
  /** For what comes, until the receiver is disposed; absent where that is little. */
  readonly memory?: BlockMemory | undefined;
  /** Absent: each source is read over one connection. */
  readonly ranges?: ParallelRanges | undefined;
  readonly onSource: (source: BlobSource) => void;
  /** Called after each piece; what it returns is waited for before more is asked for. */
  readonly onReceived?: (bytes: number) => Promise<void> | undefined;
  /** The count so far; goes back to 0 when the bytes turned out wrong and another source is asked. */
  readonly onBytes: (bytes: number) => void;
}

/**
 * Fetches a blob into a fresh receiver. When the bytes are wrong, the source that they came from is left out and the rest is tried with
 * another receiver: a mirror that lies does not keep an image from being pulled. What an earlier fetch left on the disk is the first to be doubted, then that
 * ranges fetched beside each other were what they said.
 * @throws EndpointsFailed, or what opening and writing throw.
 */
export async function fetchVerified<T>(blob: BlobFetch, open: () => Promise<BlobReceiver<T>>): Promise<T> {
  const liars = new Map<BlobSource, EndpointFailure>();
  let { ranges } = blob;
  for (;;) {
    const contributors: BlobSource[] = [];
    const kept = blob.partial?.bytes ?? 0;
    let bytes = 0;
    let byRanges = false;
    await using receiver = await open();
    const receive = async (chunk: Buffer): Promise<void> => { await receiver.write(chunk); bytes += chunk.length; blob.onBytes(bytes); };
    try {
      if (blob.partial && kept > 0) for await (const chunk of blob.partial.read()) await receive(chunk);
      await copyBlob({
        ...blob, ranges, onRange: () => { byRanges = true; }, offset: bytes, except: new Set(liars.keys()),
        onSource: (source) => { contributors.push(source); blob.onSource(source); },
        write: (chunk) => allDone([receive(chunk), blob.partial?.append(chunk) ?? Promise.resolve()]),
      });
      const result = await receiver.finish();
      await blob.partial?.remove();
      return result;
    } catch (error) {
      // What came is worth keeping when the rest did not come; whatever else went wrong, it may be the cause.
      const interrupted = error instanceof EndpointsFailed || blob.signal.aborted;
      if (!interrupted) await blob.partial?.reset();
      if (error instanceof EndpointsFailed) throw new EndpointsFailed(error.what, [...liars.values(), ...error.failures]);
      if (interrupted || !isAboutContent(error)) throw error;
      if (kept === 0 && byRanges) ranges = undefined;
      else if (kept === 0) {
        const liar = contributors.find((c) => !liars.has(c));
        if (!liar) throw error;
        liars.set(liar, contentFailure(liar.name, error));
      }
      blob.onBytes(0);
    }
  }
}

/** Waits for all, also where one fails: then the others have still to do with what they were given. */
async function allDone(work: readonly Promise<void>[]): Promise<void> {
  await Promise.allSettled(work);
  await Promise.all(work);
}

/** Wrong bytes show as a wrong digest, or earlier as an archive that cannot be unpacked. */
function isAboutContent(error: unknown): boolean {
  return error instanceof DataLossError || error instanceof InvalidArgumentError;
}
