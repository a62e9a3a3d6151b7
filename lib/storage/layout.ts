/** Where things lie below the storage's root. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { reservePath } from '#fs';
import { hexOf } from './digest.ts';

/** What is longer is of sha512: hexOf() lets nothing else become a name. */
const SHA256_HEX_DIGITS = 64;

export interface Layout {
  readonly root: string;
  readonly database: string;
  readonly layers: string;
  readonly staging: string;
  readonly trash: string;
  /** Layers that were replaced while containers were mounted over them. */
  readonly retired: string;
  readonly containers: string;
  /** Images mounted as volumes. */
  readonly volumes: string;
  /** The only lower directory of an image without layers. */
  readonly empty: string;
  /** Compiled code of the workers, which halves their start. */
  readonly codeCache: string;
  /** Room for removals on a full disk: #fs withReserve(). */
  readonly reserve: string;
}

export function storageLayout(root: string): Layout {
  return {
    root, database: join(root, 'images.db'), layers: join(root, 'layers'), staging: join(root, 'staging'), trash: join(root, 'trash'), retired: join(root, 'retired'),
    containers: join(root, 'containers'), volumes: join(root, 'volumes'), empty: join(root, 'empty'), codeCache: join(root, 'cache'), reserve: reservePath(root),
  };
}

/** Everything of a layer: `diff` inside is what overlayfs sees. */
export function layerDirectory(layout: Pick<Layout, 'layers'>, chainID: string): string {
  return join(layout.layers, hexOf(chainID));
}

/** Where a layer goes that is replaced; the chainID can be read from it. */
export function retiredDirectory(layout: Layout, chainID: string): string {
  return join(layout.retired, `${hexOf(chainID)}.${randomBytes(8).toString('hex')}`);
}

/** The chainID that a name in `retired` begins with. */
export function retiredChainID(name: string): string {
  const [hex = ''] = name.split('.');
  return `${hex.length > SHA256_HEX_DIGITS ? 'sha512' : 'sha256'}:${hex}`;
}

/** The tree of a layer, in its own directory or in staging. */
export function diffDirectory(layer: string): string {
  return join(layer, 'diff');
}

/** Names of directories that a layer has without describing them, one JSON string a line. */
export function impliedFile(layer: string): string {
  return join(layer, 'implied');
}

/** The layer's archive without the data of its files, see extractor/archive-record.ts. */
export function archiveRecordFile(layer: string): string {
  return join(layer, 'archive');
}

/** Where layers are mounted over each other. */
export interface MountPlace {
  readonly directory: string;
  /** The mount. */
  readonly path: string;
  /** The layers with other ids, mounted for the moment that the overlay takes to mount or their files to be copied. A daemon that starts unmounts it. */
  readonly mapped: string;
  /** A copy of the files with other ids, where they cannot be mounted so. */
  readonly shifted: string;
}

/** Directories of one container's root file system. */
export interface RootfsLayout extends MountPlace { readonly record: string; readonly upper: string; readonly work: string }

export function rootfsLayout(layout: Layout, id: string): RootfsLayout {
  const directory = join(layout.containers, id);
  return { ...mountPlace(directory, 'rootfs'), record: join(directory, 'rootfs.json'), upper: join(directory, 'upper'), work: join(directory, 'work') };
}

/** Directories of one volume; `users` has a file for each container that uses it. */
export interface VolumeLayout extends MountPlace { readonly record: string; readonly users: string }

export function volumeLayout(layout: Layout, key: string): VolumeLayout {
  const directory = join(layout.volumes, key);
  return { ...mountPlace(directory, 'tree'), record: join(directory, 'volume.json'), users: join(directory, 'users') };
}

function mountPlace(directory: string, name: string): MountPlace {
  return { directory, path: join(directory, name), mapped: join(directory, 'mapped'), shifted: join(directory, 'shifted') };
}
