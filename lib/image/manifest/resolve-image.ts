import { DataLossError, InvalidArgumentError, NotFoundError, UnimplementedError } from '#errors';
import { MAX_INDEX_DEPTH } from '../limits.ts';
import type { Platform } from '../platform.ts';
import { listPlatforms, matchingManifests } from './choose-manifest.ts';
import type { Descriptor, ManifestDocument } from './manifest.ts';
import { CONFIG_TYPES, isEncryptedType, isLayerType } from './media-types.ts';

/** A manifest or an index whose digest has been verified. */
export interface FetchedManifest { readonly digest: string; readonly bytes: Uint8Array; readonly document: ManifestDocument }

export type ImageManifest = Extract<ManifestDocument, { kind: 'manifest' }>;

export interface ResolvedManifest {
  /** Of what the reference points to: the index where there is one. */
  readonly topDigest: string;
  /** Of the image's own manifest. */
  readonly manifestDigest: string;
  readonly manifest: ImageManifest;
  /** The image's own manifest as it came. */
  readonly bytes: Uint8Array;
}

/**
 * The manifest for `platform` that `top` is or, through indexes, leads to; undefined when no image is for it.
 * @param fetch reads what an index names. @throws what `fetch` throws
 */
export async function resolveImage(top: FetchedManifest, platform: Platform, fetch: (entry: Descriptor) => Promise<FetchedManifest>): Promise<ResolvedManifest | undefined> {
  const chosen = await choose(top, platform, fetch, 0);
  return chosen && { topDigest: top.digest, manifestDigest: chosen.digest, manifest: chosen.document, bytes: chosen.bytes };
}

/** @param offered entries of which none is for `platform` */
export function noImageFor({ os, architecture }: Platform, where: string, offered: readonly Descriptor[]): NotFoundError {
  return new NotFoundError(`no image for ${os}/${architecture} in ${where}; it has ${listPlatforms(offered)}`);
}

/** @throws UnimplementedError, InvalidArgumentError for images of a kind that cannot run here */
export function checkTypes({ config, layers }: ImageManifest): void {
  if (!CONFIG_TYPES.has(config.mediaType)) throw new InvalidArgumentError(`the manifest's config is of type ${JSON.stringify(config.mediaType)}; expected a container image`);
  for (const layer of layers) checkLayerType(layer);
}

function checkLayerType({ mediaType, digest }: Descriptor): void {
  if (isEncryptedType(mediaType)) throw new UnimplementedError(`layer ${digest} is encrypted (${JSON.stringify(mediaType)}); expected a plain one`);
  if (!isLayerType(mediaType)) throw new InvalidArgumentError(`layer ${digest} is of type ${JSON.stringify(mediaType)}; expected a tar archive, plain, gzip or zstd`);
}

async function choose({ digest, bytes, document }: FetchedManifest, platform: Platform, fetch: (entry: Descriptor) => Promise<FetchedManifest>, depth: number): Promise<FetchedManifest & { document: ImageManifest } | undefined> {
  if (document.kind === 'manifest') return { digest, bytes, document };
  if (depth >= MAX_INDEX_DEPTH) throw new DataLossError(`index ${digest}: more than ${MAX_INDEX_DEPTH} indexes, one in the other`);
  for (const entry of matchingManifests(document.manifests, platform)) {
    const chosen = await choose(await fetch(entry), platform, fetch, depth + 1);
    if (chosen) return chosen;
  }
  return undefined;
}
