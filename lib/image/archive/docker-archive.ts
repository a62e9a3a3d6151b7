import { DataLossError } from '#errors';
import { digestOf } from '../digest.ts';
import { DOCUMENT_LIMIT_BYTES, MAX_LAYERS } from '../limits.ts';
import { parseImageConfig } from '../manifest/image-config.ts';
import type { Descriptor } from '../manifest/manifest.ts';
import type { ArchivedImage, ArchivedLayer } from './archived-image.ts';
import { readSmall } from './archive-files.ts';
import type { ArchiveFiles } from './archive-files.ts';
import { MAX_ARCHIVED_IMAGES, parseDocument } from './documents.ts';

/** Names the images of the archive: `docker save`, image-spec v1.2 of moby. */
export const DOCKER_MANIFEST = 'manifest.json';

const CONFIG_TYPE = 'application/vnd.docker.container.image.v1+json';
const LAYER_TYPE = 'application/vnd.docker.image.rootfs.diff.tar';
/** How a config's file is named by its digest, in the forms that are around. */
const DIGEST_NAME = /^(?:.*\/)?(?:sha256:)?([0-9a-f]{64})(?:\.json)?$/;

interface Entry { readonly config: string; readonly names: readonly string[]; readonly layers: readonly string[] }

/** The images of an archive in docker's form. @throws DataLossError, NotFoundError naming what is wrong or missing */
export async function dockerImages(files: ArchiveFiles, signal: AbortSignal): Promise<ArchivedImage[]> {
  const document = parseDocument(await readSmall(files, DOCKER_MANIFEST, DOCUMENT_LIMIT_BYTES, signal), DOCKER_MANIFEST);
  if (!Array.isArray(document) || document.length > MAX_ARCHIVED_IMAGES) throw new DataLossError(`${DOCKER_MANIFEST} is no list of at most ${MAX_ARCHIVED_IMAGES} images`);
  const images: ArchivedImage[] = [];
  for (const [i, value] of document.entries()) images.push(await readImage(parseEntry(value, `${DOCKER_MANIFEST}[${i}]`), files, signal));
  return images;
}

async function readImage({ config: path, names, layers: paths }: Entry, files: ArchiveFiles, signal: AbortSignal): Promise<ArchivedImage> {
  const config = await readSmall(files, path, DOCUMENT_LIMIT_BYTES, signal);
  const digest = digestOf(config);
  const named = DIGEST_NAME.exec(path)?.[1];
  if (named !== undefined && digest !== `sha256:${named}`) throw new DataLossError(`${JSON.stringify(path)} has digest ${digest}; expected the one that it is named by`);
  const { diffIDs } = parseImageConfig(config);
  if (paths.length !== diffIDs.length) throw new DataLossError(`${DOCKER_MANIFEST} has ${paths.length} layers, the image config ${diffIDs.length} diff_ids; expected the same number`);
  const layers: ArchivedLayer[] = [];
  for (const [i, layer] of paths.entries()) layers.push(await readLayer(layer, diffIDs[i] ?? '', files));
  return { names, config, manifest: manifestOf({ digest, size: config.length, mediaType: CONFIG_TYPE }, layers), layers };
}

async function readLayer(path: string, diffID: string, files: ArchiveFiles): Promise<ArchivedLayer> {
  await using file = await files.open(path, { links: true });
  // May be compressed all the same: the storage looks at the bytes.
  const descriptor: Descriptor = { mediaType: LAYER_TYPE, digest: diffID, size: file.sizeBytes, urls: [], annotations: {} };
  return { path, descriptor, digestIsOfContent: true, links: true };
}

/** What says of the image what a registry's manifest would; its layers are named as the config does. */
function manifestOf(config: { digest: string; size: number; mediaType: string }, layers: readonly ArchivedLayer[]): ArchivedImage['manifest'] {
  const document = { schemaVersion: 2, mediaType: 'application/vnd.docker.distribution.manifest.v2+json', config, layers: layers.map(({ descriptor: { mediaType, digest, size } }) => ({ mediaType, digest, size })) };
  const bytes = Buffer.from(JSON.stringify(document));
  return { digest: digestOf(bytes), bytes };
}

function parseEntry(value: unknown, where: string): Entry {
  const { Config: config, RepoTags: names, Layers: layers } = (typeof value === 'object' && value !== null ? value : {}) as Readonly<Record<string, unknown>>;
  if (typeof config !== 'string' || config === '') throw new DataLossError(`${where}.Config is no path`);
  if (!isTexts(layers) || layers.length > MAX_LAYERS) throw new DataLossError(`${where}.Layers is no list of at most ${MAX_LAYERS} paths`);
  if (names !== undefined && names !== null && !isTexts(names)) throw new DataLossError(`${where}.RepoTags is no list of names`);
  return { config, names: names ?? [], layers };
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
