import { ByteCollector } from '#bytes';
import { DataLossError } from '#errors';
import { digestOf, isDigest } from '../digest.ts';
import { DOCUMENT_LIMIT_BYTES } from '../limits.ts';
import type { PullLimits } from '../limits.ts';
import { parseManifest } from '../manifest/manifest.ts';
import type { Descriptor } from '../manifest/manifest.ts';
import { noImageFor, resolveImage } from '../manifest/resolve-image.ts';
import type { FetchedManifest, ResolvedManifest } from '../manifest/resolve-image.ts';
import type { Platform } from '../platform.ts';
import { contentFailure } from '../registry/failure.ts';
import type { RegistryClient } from '../registry/registry-client.ts';
import { tryEndpoints } from '../registry/try-endpoints.ts';
import type { EndpointOrder } from '../registry/try-endpoints.ts';
import { fetchVerified } from './fetch-verified.ts';
import type { BlobReceiver } from './fetch-verified.ts';

export interface FetchContext {
  readonly order: EndpointOrder<RegistryClient>;
  readonly platform: Platform;
  readonly limits: PullLimits;
  readonly signal: AbortSignal;
}

/**
 * Reads what a tag or digest points to and, through indexes, the manifest for the platform.
 * @throws EndpointsFailed, NotFoundError when no image is for the platform
 */
export async function resolveManifest(reference: string, context: FetchContext): Promise<ResolvedManifest> {
  const top = await fetchManifest(reference, undefined, context);
  const resolved = await resolveImage(top, context.platform, (entry) => fetchManifest(entry.digest, entry, context));
  if (resolved) return resolved;
  throw noImageFor(context.platform, `index ${top.digest}`, top.document.kind === 'index' ? top.document.manifests : []);
}

/** The bytes of the image config, in memory. @throws EndpointsFailed, DataLossError */
export async function fetchConfig(config: Descriptor, context: FetchContext): Promise<Uint8Array> {
  return fetchDocument(config, { name: 'image config', limitBytes: DOCUMENT_LIMIT_BYTES }, context);
}

/** A small blob, in memory. @param kind what messages call it, and the size beyond which it is refused. @throws EndpointsFailed, DataLossError */
export async function fetchDocument({ digest, size }: Descriptor, kind: { readonly name: string; readonly limitBytes: number }, { order, limits, signal }: FetchContext): Promise<Uint8Array> {
  if (size > kind.limitBytes) throw new DataLossError(`${kind.name} ${digest} has ${size} bytes; expected at most ${kind.limitBytes}`);
  return fetchVerified({ digest, sizeBytes: size, order, foreign: [], limits, signal, onSource: () => undefined, onBytes: () => undefined }, async () => new DocumentReceiver(digest, kind.name));
}

/** Keeps a small blob in memory until its digest is known. */
class DocumentReceiver implements BlobReceiver<Uint8Array> {
  readonly #digest: string;
  readonly #name: string;
  readonly #received = new ByteCollector();

  constructor(digest: string, name: string) {
    this.#digest = digest;
    this.#name = name;
  }

  async write(chunk: Buffer): Promise<void> {
    this.#received.add(chunk);
  }

  async finish(): Promise<Uint8Array> {
    const bytes = this.#received.take();
    const got = digestOf(bytes, this.#digest);
    if (got !== this.#digest) throw new DataLossError(`${this.#name} has digest ${got}; expected ${this.#digest}`);
    return bytes;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#received.clear();
  }
}

/** @param descriptor what the index says of it; undefined for what the reference names */
async function fetchManifest(reference: string, descriptor: Descriptor | undefined, context: FetchContext): Promise<FetchedManifest> {
  return tryEndpoints(`manifest ${reference}`, context.order, context, async (client) => {
    const { bytes, contentType } = await client.manifest(reference, context.signal);
    const byDigest = isDigest(reference);
    const digest = digestOf(bytes, byDigest ? reference : undefined);
    if (byDigest && digest !== reference) throw contentFailure(client.name, new DataLossError(`manifest has digest ${digest}; expected ${reference}`));
    if (descriptor && bytes.length !== descriptor.size) throw contentFailure(client.name, new DataLossError(`manifest ${digest} has ${bytes.length} bytes; the index says ${descriptor.size}`));
    try {
      return { digest, bytes, document: parseManifest(bytes, contentType, descriptor?.mediaType) };
    } catch (error) {
      throw contentFailure(client.name, error);
    }
  });
}
