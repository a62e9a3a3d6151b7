/** Where things lie below the storage's root. */
import { join } from 'node:path';
import { hexOf } from './digest.ts';

export interface Layout {
  readonly root: string;
  readonly database: string;
  readonly layers: string;
  readonly staging: string;
  readonly trash: string;
  readonly containers: string;
  /** The only lower directory of an image without layers. */
  readonly empty: string;
  /** Compiled code of the extractor, which halves its start. */
  readonly codeCache: string;
}

export function storageLayout(root: string): Layout {
  return {
    root, database: join(root, 'images.db'), layers: join(root, 'layers'), staging: join(root, 'staging'), trash: join(root, 'trash'),
    containers: join(root, 'containers'), empty: join(root, 'empty'), codeCache: join(root, 'cache'),
  };
}

/** Everything of a layer: `diff` inside is what overlayfs sees. */
export function layerDirectory(layout: Layout, chainID: string): string {
  return join(layout.layers, hexOf(chainID));
}

/** The tree of a layer, in its own directory or in staging. */
export function diffDirectory(layer: string): string {
  return join(layer, 'diff');
}

/** Names of directories that a layer has without describing them, one JSON string a line; gone once the layer is committed. */
export function impliedFile(layer: string): string {
  return join(layer, 'implied');
}

/** Directories of one container's root file system. */
export interface RootfsLayout { readonly directory: string; readonly record: string; readonly upper: string; readonly work: string; readonly path: string }

export function rootfsLayout(layout: Layout, id: string): RootfsLayout {
  const directory = join(layout.containers, id);
  return { directory, record: join(directory, 'rootfs.json'), upper: join(directory, 'upper'), work: join(directory, 'work'), path: join(directory, 'rootfs') };
}
