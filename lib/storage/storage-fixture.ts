/** What tests of the store share: a root on a tmpfs of its own, layers from archives. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { silentLogger } from '#log';
import { MNT_DETACH, mount, readMountInfo, umount } from '#linux';
import type { ImageCommit, ImageRecord, LayerSource, StagedLayer, Storage } from './api.ts';
import { digestOf } from './digest.ts';
import { archive, type EntryFixture } from './extractor/archive-fixture.ts';
import { createStorage, type StorageOptions } from './storage.ts';

export const never: AbortSignal = new AbortController().signal;

/** A directory on a tmpfs; dispose it to take away everything that is mounted below, and itself. */
export function temporaryRoot(options = 'mode=700'): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), 'davit-store-'));
  mount('tmpfs', path, 'tmpfs', 0, options);
  return {
    path,
    [Symbol.dispose]: () => {
      for (const { mountPoint } of readMountInfo().filter((entry) => entry.mountPoint.startsWith(`${path}/`)).reverse()) umount(mountPoint, MNT_DETACH);
      umount(path, MNT_DETACH);
      rmSync(path, { recursive: true });
    },
  };
}

export function openStorage(root: string, options: Partial<StorageOptions> = {}): Promise<Storage> {
  return createStorage({ root: join(root, 'store'), log: silentLogger, ...options });
}

/** How a registry would describe a layer. */
export function sourceOf(compressed: Uint8Array, tar: Uint8Array): LayerSource {
  return { digest: digestOf(compressed), diffID: digestOf(tar), sizeBytes: compressed.length, mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip' };
}

/** Stages an archive, as it is or compressed. */
export async function stage(storage: Storage, tar: Buffer, compressed: Buffer = gzipSync(tar), source = sourceOf(compressed, tar), pieceBytes = 65536): Promise<StagedLayer> {
  await using writer = await storage.layers.stage(source, { signal: never });
  for (let at = 0; at < compressed.length; at += pieceBytes) await writer.write(compressed.subarray(at, at + pieceBytes));
  return await writer.finish();
}

/** An image with everything but its layers made up from `name`. */
export function imageOf(name: string, layers: ImageCommit['layers']): ImageCommit {
  const config = Buffer.from(JSON.stringify({ name }));
  const manifest = Buffer.from(`manifest of ${name}`);
  return { id: digestOf(config), names: [`registry.test/${name}:1`], digests: [`registry.test/${name}@${digestOf(name)}`], sizeBytes: 10, config, manifest, manifestDigest: digestOf(manifest), pinned: false, layers };
}

/** A store over a root of its own. Disposing takes both away. */
export interface Scene extends AsyncDisposable {
  readonly root: string;
  /** The one opened last. */
  readonly storage: Storage;
  inStore(path: string): string;
  layersOnDisk(): string[];
  /** @param at another path of the same root. */
  open(at?: string): Promise<void>;
  close(): Promise<void>;
  /** Another daemon over the same root. */
  reopen(): Promise<void>;
  /** @param layers entries, or the chainID of a layer in the store; bottom first. */
  commit(name: string, ...layers: (EntryFixture[] | string)[]): Promise<ImageRecord>;
}

/** Opens a store over an empty root. */
export async function createScene(): Promise<Scene> {
  const root = temporaryRoot();
  let storage = await openStorage(root.path);
  const inStore = (path: string): string => join(root.path, 'store', path);
  const open = async (at = root.path): Promise<void> => { storage = await openStorage(at); };
  const close = async (): Promise<void> => { await storage[Symbol.asyncDispose](); };
  return {
    root: root.path, inStore, open, close,
    get storage() { return storage; },
    layersOnDisk: () => readdirSync(inStore('layers')).sort(),
    reopen: async () => { await close(); await open(); },
    commit: async (name, ...layers) => {
      const staged = await Promise.all(layers.map(async (layer) => typeof layer === 'string' ? layer : stage(storage, archive(...layer))));
      return storage.images.commit(imageOf(name, staged), { signal: never });
    },
    [Symbol.asyncDispose]: async () => { await close(); root[Symbol.dispose](); },
  };
}

/** Waits for what happens in the background. */
export async function eventually(what: string, condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!condition()) {
    assert.ok(Date.now() < deadline, `${what}: not within a minute`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
