/** Images of other shapes than the big one's: each in a registry's directory of its own, made when it is first asked for. */
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { buildImage, buildLayer, type BuiltLayer, type TarEntry } from '../../fixtures/images/index.ts';
import { RegistryStore } from '../../fixtures/registry/index.ts';
import { ROOT } from '../../harness/places.ts';
import { BIG_IMAGE_HOST, layerEntries } from '../big-image.ts';

export interface Shape {
  readonly name: string;
  /** What the table calls it. */
  readonly words: string;
  readonly compression: 'gzip' | 'zstd';
  /** zlib's; absent: its default, which is what builders of images take. */
  readonly level?: number;
  readonly layers: readonly (() => Iterable<TarEntry> | AsyncIterable<TarEntry>)[];
}

/** An image in its registry's directory. */
export interface ShapedImage {
  readonly directory: string;
  readonly reference: string;
  /** Paths of the layers' blobs, bottom first. */
  readonly blobs: readonly string[];
  readonly compressedBytes: number;
}

const alike = (count: number, files: number, bytes: number): Shape['layers'] => Array.from({ length: count }, (_, layer) => () => layerEntries(layer, files, bytes));
const MANY_FILES = alike(6, 10_000, 40e6);

export const SHAPES = {
  many_files_gzip: { name: 'many-files-gzip', words: '60,000 files in six layers, gzip', compression: 'gzip', layers: MANY_FILES },
  many_files_zstd: { name: 'many-files-zstd', words: '60,000 files in six layers, zstd', compression: 'zstd', layers: MANY_FILES },
  few_big_gzip: { name: 'few-big', words: '24 files in six layers, gzip', compression: 'gzip', layers: alike(6, 4, 60e6) },
  one_layer_gzip: { name: 'one-layer', words: '12,000 files in one layer, gzip', compression: 'gzip', layers: alike(1, 12_000, 300e6) },
  forty_layers_gzip: { name: 'forty-layers', words: '16,000 files in forty layers, gzip', compression: 'gzip', layers: alike(40, 400, 6e6) },
} satisfies Readonly<Record<string, Shape>>;

/** Makes the image unless it is there; it appears whole or not at all. */
export async function ensureShape(shape: Shape): Promise<ShapedImage> {
  const directory = join(ROOT, `.cache/bench-${shape.name}-1`);
  const repository = `${BIG_IMAGE_HOST}/${shape.name}`;
  if (!existsSync(directory)) {
    const staging = `${directory}.new`;
    await rm(staging, { recursive: true, force: true });
    const store = new RegistryStore(staging);
    const layers: BuiltLayer[] = [];
    for (const entries of shape.layers) layers.push(await buildLayer(store, entries(), { compression: shape.compression, ...(shape.level !== undefined && { level: shape.level }) }));
    await buildImage(store, repository, '1', { layers, config: { Cmd: ['sleep', '3600'] } });
    await rename(staging, directory);
  }
  const manifest = await new RegistryStore(directory).manifest(repository, '1');
  if (!manifest) throw new Error(`"${directory}" does not hold the image: remove it`);
  const { layers } = JSON.parse(manifest.bytes.toString()) as { layers: { digest: string; size: number }[] };
  const blobs = layers.map(({ digest }) => resolve(directory, 'blobs/sha256', digest.slice('sha256:'.length)));
  return { directory, reference: `${repository}:1`, blobs, compressedBytes: layers.reduce((sum, { size }) => sum + size, 0) };
}
