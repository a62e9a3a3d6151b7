/** OCI image layouts, https://github.com/opencontainers/image-spec/blob/main/image-layout.md. */
import { DataLossError } from '#errors';
import { digestOf } from '../digest.ts';
import { DOCUMENT_LIMIT_BYTES } from '../limits.ts';
import { matchingManifests } from '../manifest/choose-manifest.ts';
import { parseManifest } from '../manifest/manifest.ts';
import type { Descriptor } from '../manifest/manifest.ts';
import { INDEX_TYPES, MANIFEST_TYPES } from '../manifest/media-types.ts';
import { checkTypes, noImageFor, resolveImage } from '../manifest/resolve-image.ts';
import type { FetchedManifest, ResolvedManifest } from '../manifest/resolve-image.ts';
import type { Platform } from '../platform.ts';
import { readSmall } from './archive-files.ts';
import type { ArchiveFiles } from './archive-files.ts';
import type { ArchivedImage } from './archived-image.ts';
import { MAX_ARCHIVED_IMAGES, parseDocument } from './documents.ts';

export const LAYOUT_FILE = 'oci-layout';
const INDEX_FILE = 'index.json';
const VERSION = '1.0.0';
/** containerd's and newer dockers' full name; the spec's own may be a tag alone. */
const NAME_ANNOTATIONS = ['io.containerd.image.name', 'org.opencontainers.image.ref.name'];

/** The images of a layout that are for `platform`. @throws DataLossError, NotFoundError naming what is wrong or missing */
export async function layoutImages(files: ArchiveFiles, platform: Platform, signal: AbortSignal): Promise<ArchivedImage[]> {
  checkVersion(parseDocument(await readSmall(files, LAYOUT_FILE, DOCUMENT_LIMIT_BYTES, signal), LAYOUT_FILE));
  const index = parseManifest(await readSmall(files, INDEX_FILE, DOCUMENT_LIMIT_BYTES, signal), '');
  if (index.kind !== 'index') throw new DataLossError(`${INDEX_FILE} is no index`);
  const entries = index.manifests.filter(({ mediaType }) => mediaType === '' || INDEX_TYPES.has(mediaType) || MANIFEST_TYPES.has(mediaType));
  const fetch = (entry: Descriptor): Promise<FetchedManifest> => fetchManifest(entry, files, signal);
  const images: ArchivedImage[] = [];
  const groups = groupByName(entries);
  if (groups.length > MAX_ARCHIVED_IMAGES) throw new DataLossError(`${INDEX_FILE} has ${groups.length} images; expected at most ${MAX_ARCHIVED_IMAGES}`);
  for (const { name, entries: group } of groups) {
    const resolved = await resolveFirst(group, platform, fetch);
    if (resolved) images.push(await readImage(resolved, name, files, signal));
  }
  if (images.length === 0) throw noImageFor(platform, INDEX_FILE, entries);
  return images;
}

async function readImage({ manifest, manifestDigest, topDigest, bytes }: ResolvedManifest, name: string | undefined, files: ArchiveFiles, signal: AbortSignal): Promise<ArchivedImage> {
  checkTypes(manifest);
  return {
    names: name === undefined ? [] : [name], config: await readBlob(manifest.config, files, signal), manifest: { digest: manifestDigest, bytes }, topDigest,
    layers: manifest.layers.map((descriptor) => ({ path: blobPath(descriptor), descriptor, digestIsOfContent: false, links: false })),
  };
}

/** Entries of one name are one image for several platforms, and so are those without a name that tell their platform. */
function groupByName(entries: readonly Descriptor[]): { name: string | undefined; entries: Descriptor[] }[] {
  const groups = new Map<string, { name: string | undefined; entries: Descriptor[] }>();
  for (const entry of entries) {
    const name = nameOf(entry);
    const key = name !== undefined ? `name ${name}` : entry.platform ? 'platforms' : entry.digest;
    const group = groups.get(key) ?? { name, entries: [] };
    group.entries.push(entry);
    groups.set(key, group);
  }
  return [...groups.values()];
}

async function resolveFirst(entries: readonly Descriptor[], platform: Platform, fetch: (entry: Descriptor) => Promise<FetchedManifest>): Promise<ResolvedManifest | undefined> {
  for (const entry of matchingManifests(entries, platform)) {
    const resolved = await resolveImage(await fetch(entry), platform, fetch);
    if (resolved) return resolved;
  }
  return undefined;
}

/** A tag alone names no image: its repository stands nowhere. */
function nameOf({ annotations }: Descriptor): string | undefined {
  const names = NAME_ANNOTATIONS.map((key) => annotations[key]);
  return names.find((name): name is string => typeof name === 'string' && /[/:]/.test(name));
}

async function fetchManifest(entry: Descriptor, files: ArchiveFiles, signal: AbortSignal): Promise<FetchedManifest> {
  const bytes = await readBlob(entry, files, signal);
  return { digest: entry.digest, bytes, document: parseManifest(bytes, '', entry.mediaType) };
}

async function readBlob(descriptor: Descriptor, files: ArchiveFiles, signal: AbortSignal): Promise<Buffer> {
  const { digest, size } = descriptor;
  const bytes = await readSmall(files, blobPath(descriptor), DOCUMENT_LIMIT_BYTES, signal);
  if (bytes.length !== size) throw new DataLossError(`blob ${digest} has ${bytes.length} bytes; what names it says ${size}`);
  const got = digestOf(bytes, digest);
  if (got !== digest) throw new DataLossError(`blob ${digest} has digest ${got}`);
  return bytes;
}

function blobPath({ digest }: Descriptor): string {
  return `blobs/${digest.replace(':', '/')}`;
}

function checkVersion(document: unknown): void {
  const version = typeof document === 'object' && document !== null && 'imageLayoutVersion' in document ? document.imageLayoutVersion : undefined;
  if (version !== VERSION) throw new DataLossError(`${LAYOUT_FILE} says version ${JSON.stringify(version)}; expected "${VERSION}"`);
}
