import { createHash } from 'node:crypto';
import { mkdir, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { errnoOf, InvalidArgumentError, NotFoundError } from '#errors';
import type { ImageView } from '#image';
import type { ImageRecord } from '#storage';
import type { StorageParts } from './command.ts';
import { writeWholeDirectory } from './whole-directory.ts';

const LAYER_TYPE = 'application/vnd.oci.image.layer.v1.tar';
const CONFIG_TYPE = 'application/vnd.oci.image.config.v1+json';
const MANIFEST_TYPE = 'application/vnd.oci.image.manifest.v1+json';
const INDEX_TYPE = 'application/vnd.oci.image.index.v1+json';
const BLOBS = 'blobs';
/** Of layers, as the config names them; davit's own documents are of the first. */
const ALGORITHMS = ['sha256', 'sha512'];
/** A layer on its way; the storage adds `.half` while it writes. */
const HALF_LAYER = 'layer';
const REF_NAME = 'org.opencontainers.image.ref.name';

interface Descriptor { readonly mediaType: string; readonly digest: string; readonly size: number; readonly annotations?: Readonly<Record<string, string>> }

/**
 * An OCI image layout (https://github.com/opencontainers/image-spec/blob/main/image-layout.md) that has docker's manifest.json besides: packed by tar it is an oci-archive and a docker-archive.
 * Layers are uncompressed, with the diffIDs of the image; so the config, and with it the image's id, is the same. The layout is there whole or not at all, also after a kill or a power cut.
 */
export async function saveImage(view: ImageView, directory: unknown, { storage }: StorageParts, signal: AbortSignal): Promise<{ readonly saved: string; readonly layers: number }> {
  if (typeof directory !== 'string' || !isAbsolute(directory)) throw new InvalidArgumentError('davit image save: the directory is missing or not absolute');
  const record = storage.images.get(view.id);
  if (!record) throw new NotFoundError(`image ${view.id} has gone`);
  return writeWholeDirectory(directory, { write: (half) => writeLayout({ view, record, directory: half }, storage, signal), empty: removeLayout });
}

async function writeLayout({ view, record, directory }: { view: ImageView; record: ImageRecord; directory: string }, storage: StorageParts['storage'], signal: AbortSignal): Promise<{ readonly saved: string; readonly layers: number }> {
  for (const algorithm of new Set([...ALGORITHMS.slice(0, 1), ...view.config.diffIDs.map((diffID) => diffID.slice(0, diffID.indexOf(':')))])) await mkdir(join(directory, BLOBS, algorithm), { recursive: true });
  const layers: Descriptor[] = [];
  const half = join(directory, HALF_LAYER);
  for await (const { diffID, sizeBytes } of storage.layers.export(record.chainIDs, half, { signal })) {
    await rename(half, blobPath(directory, diffID));
    layers.push({ mediaType: LAYER_TYPE, digest: diffID, size: sizeBytes });
  }
  const config = await writeBlob(directory, CONFIG_TYPE, record.config);
  const manifest = await writeBlob(directory, MANIFEST_TYPE, json({ schemaVersion: 2, mediaType: MANIFEST_TYPE, config, layers }));
  const names = view.repoTags.length > 0 ? view.repoTags : [undefined];
  const manifests = names.map((name): Descriptor => ({ ...manifest, ...(name !== undefined && { annotations: { [REF_NAME]: name } }) }));
  await writeFile(join(directory, 'index.json'), json({ schemaVersion: 2, mediaType: INDEX_TYPE, manifests }));
  await writeFile(join(directory, 'manifest.json'), json([{ Config: relativePath(config.digest), RepoTags: view.repoTags, Layers: layers.map(({ digest }) => relativePath(digest)) }]));
  await writeFile(join(directory, 'oci-layout'), json({ imageLayoutVersion: '1.0.0' }));
  return { saved: view.id, layers: layers.length };
}

/** What writeLayout() may have made, by name: whatever else is there is not ours. */
async function removeLayout(directory: string): Promise<void> {
  const blobs = ALGORITHMS.map((algorithm) => join(directory, BLOBS, algorithm));
  for (const path of blobs) for (const name of await readdir(path).catch(() => [])) await rm(join(path, name));
  for (const name of [HALF_LAYER, `${HALF_LAYER}.half`, 'index.json', 'manifest.json', 'oci-layout']) await rm(join(directory, name), { force: true });
  for (const made of [...blobs, join(directory, BLOBS)]) await rmdir(made).catch((error: unknown) => { if (errnoOf(error) !== 'ENOENT') throw error; });
}

async function writeBlob(directory: string, mediaType: string, data: Uint8Array): Promise<Descriptor> {
  const digest = `sha256:${createHash('sha256').update(data).digest('hex')}`;
  await writeFile(blobPath(directory, digest), data);
  return { mediaType, digest, size: data.length };
}

function relativePath(digest: string): string {
  return `${BLOBS}/${digest.replace(':', '/')}`;
}

function blobPath(directory: string, digest: string): string {
  return join(directory, relativePath(digest));
}

function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}
