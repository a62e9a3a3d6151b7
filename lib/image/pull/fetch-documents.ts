import { ByteCollector } from '#bytes';
import { DataLossError } from '#errors';
import type { ImageRecord } from '#storage';
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
 * @param known the image that is here and that this digest means: then that is the answer, and no manifest is fetched. Absent: there is none of that name.
 * @throws EndpointsFailed, NotFoundError when no image is for the platform
 */
export async function resolveManifest(reference: string, context: FetchContext, known?: (digest: string) => ImageRecord | undefined): Promise<ResolvedManifest | ImageRecord> {
  const top = await tryEndpoints(`manifest ${reference}`, context.order, context, async (client) => {
    // Registries count who fetches a manifest as a pull, and not who asks for its digest.
    const digest = known && await client.manifestDigest(reference, context.signal);
    return (digest === undefined ? undefined : known?.(digest)) ?? manifestFrom(client, reference, undefined, context);
  });
  if ('id' in top) return top;
  const resolved = await resolveImage(top, context.platform, (entry) => fetchManifest(entry, context));
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

async function fetchManifest(entry: Descriptor, context: FetchContext): Promise<FetchedManifest> {
  return tryEndpoints(`manifest ${entry.digest}`, context.order, context, (client) => manifestFrom(client, entry.digest, entry, context));
}

/** @param descriptor what the index says of it; undefined for what the reference names */
async function manifestFrom(client: RegistryClient, reference: string, descriptor: Descriptor | undefined, { signal }: FetchContext): Promise<FetchedManifest> {
  const { bytes, contentType } = await client.manifest(reference, signal);
  const byDigest = isDigest(reference);
  const digest = digestOf(bytes, byDigest ? reference : undefined);
  if (byDigest && digest !== reference) throw contentFailure(client.name, new DataLossError(`manifest has digest ${digest}; expected ${reference}`));
  if (descriptor && bytes.length !== descriptor.size) throw contentFailure(client.name, new DataLossError(`manifest ${digest} has ${bytes.length} bytes; the index says ${descriptor.size}`));
  try {
    return { digest, bytes, document: parseManifest(bytes, contentType, descriptor?.mediaType) };
  } catch (error) {
    throw contentFailure(client.name, error);
  }
}
