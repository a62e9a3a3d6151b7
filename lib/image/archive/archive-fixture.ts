/** Archives and layouts for tests, made by hand so that they can lie. */
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeTar } from '../../../test/fixtures/images/tar-writer.ts';
import type { TarEntry } from '../../../test/fixtures/images/tar-writer.ts';

export type Files = Map<string, Buffer>;

export const sha256 = (data: Uint8Array): string => `sha256:${createHash('sha256').update(data).digest('hex')}`;
export const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
const hex = (data: Uint8Array): string => sha256(data).slice('sha256:'.length);

/** The tar of one layer with one file. */
export async function layerOf(text: string): Promise<Buffer> {
  return tarOf([{ path: 'file', type: 'file', data: text }]);
}

export async function tarOf(entries: readonly TarEntry[]): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of writeTar(entries)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export function configOf(layers: readonly Buffer[], more: Record<string, unknown> = {}): Buffer {
  return json({ os: 'linux', architecture: 'amd64', rootfs: { type: 'layers', diff_ids: layers.map(sha256) }, ...more });
}

/** What docker save writes. @param stored what stands for each layer in the archive, if not itself */
export function dockerFiles(layers: readonly Buffer[], { names = ['example.com/app:1'], stored = layers }: { names?: readonly string[]; stored?: readonly Buffer[] } = {}): Files {
  const config = configOf(layers);
  const files: Files = new Map(stored.map((layer, i) => [`${i}/layer.tar`, layer]));
  files.set(`${hex(config)}.json`, config);
  return files.set('manifest.json', json([{ Config: `${hex(config)}.json`, RepoTags: names, Layers: layers.map((_, i) => `${i}/layer.tar`) }]));
}

export interface LayoutImage { readonly layers: readonly Buffer[]; readonly annotations?: Readonly<Record<string, string>>; readonly platform?: Readonly<Record<string, string>>; readonly config?: Record<string, unknown> }

/** An OCI layout. @param nested whether index.json leads to the images through an index of their own */
export function layoutFiles(images: readonly LayoutImage[], { nested = false } = {}): Files {
  const files: Files = new Map([['oci-layout', json({ imageLayoutVersion: '1.0.0' })]]);
  const put = (mediaType: string, data: Buffer): { mediaType: string; digest: string; size: number } => {
    files.set(`blobs/sha256/${hex(data)}`, data);
    return { mediaType: `application/vnd.oci.image.${mediaType}`, digest: sha256(data), size: data.length };
  };
  const manifests = images.map(({ layers, annotations, platform, config }) => {
    const manifest = json({ schemaVersion: 2, config: put('config.v1+json', configOf(layers, config)), layers: layers.map((layer) => put('layer.v1.tar', layer)) });
    return { ...put('manifest.v1+json', manifest), ...(annotations && { annotations }), ...(platform && { platform }) };
  });
  const [first] = manifests;
  const top = nested ? [{ ...put('index.v1+json', json({ schemaVersion: 2, manifests })), annotations: first?.annotations }] : manifests;
  return files.set('index.json', json({ schemaVersion: 2, manifests: top }));
}

export function entriesOf(files: Files): TarEntry[] {
  return [...files].map(([path, data]) => ({ path, type: 'file', data }));
}

export async function writeDirectory(directory: string, files: Files): Promise<string> {
  for (const [path, data] of files) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), data);
  }
  return directory;
}
