import { createHash, randomBytes } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KeyedQueue, throwIfAborted } from '#async';
import { errnoOf, InvalidArgumentError, NotFoundError } from '#errors';
import { atomicWriteFile } from '#fs';
import { resolveInRoot } from '#linux';
import type { IdMap, VolumeStore } from './api.ts';
import { idMapKey } from './id-map.ts';
import type { LayerMounter } from './layer-mount.ts';
import type { LayerTable } from './layer-table.ts';
import { volumeLayout, type Layout } from './layout.ts';
import { formatVolumeRecord } from './layers-record.ts';
import type { OpenVolume } from './worker/jobs.ts';

export interface VolumeContext {
  readonly layout: Layout;
  readonly layers: LayerTable;
  readonly mounter: LayerMounter;
  readonly collectLayers: () => Promise<void>;
}

/** Volumes in `<root>/volumes/<key>`, one for each image and mapping of ids; operations of one volume run one after another. */
export class SharedVolumes implements VolumeStore {
  readonly #context: VolumeContext;
  readonly #queue = new KeyedQueue();
  readonly #users = new Map<string, Set<string>>();

  /** @param volumes those that are mounted, with users that still exist. */
  constructor(context: VolumeContext, volumes: readonly OpenVolume[]) {
    this.#context = context;
    for (const { key, chainIDs, users } of volumes) this.#remember(key, chainIDs, users);
  }

  async mount(user: string, chainIDs: readonly string[], { signal, subPath = '', idMap }: { signal: AbortSignal; subPath?: string; idMap?: IdMap }): Promise<string> {
    checkSubPath(subPath);
    const key = createHash('sha256').update(`${chainIDs.at(-1) ?? ''} ${idMapKey(idMap)}`).digest('hex').slice(0, KEY_DIGITS);
    return this.#queue.run(key, async () => {
      throwIfAborted(signal, `mount image volume for ${user}`);
      const volume = volumeLayout(this.#context.layout, key);
      if (!this.#users.has(key)) this.#remember(key, chainIDs, []);
      try {
        await mkdir(volume.path, { recursive: true, mode: 0o700 });
        await mkdir(volume.users, { recursive: true, mode: 0o700 });
        await atomicWriteFile(volume.record, formatVolumeRecord(chainIDs), { mode: 0o600, durable: false });
        await writeFile(join(volume.users, user), '', { mode: 0o600 });
        await this.#context.mounter.mount(volume, chainIDs, { idMap });
        const path = resolveSubPath(volume.path, subPath);
        this.#users.get(key)?.add(user);
        return path;
      } catch (error) {
        if (!this.#users.get(key)?.has(user)) await this.#letGo(key, user);
        throw error;
      }
    });
  }

  /** `user` needs no volume any more. */
  async release(user: string): Promise<void> {
    const used = [...this.#users].filter(([, users]) => users.has(user)).map(([key]) => key);
    await Promise.all(used.map((key) => this.#queue.run(key, () => this.#letGo(key, user))));
  }

  async #letGo(key: string, user: string): Promise<void> {
    const { layout, layers, mounter, collectLayers } = this.#context;
    const volume = volumeLayout(layout, key);
    const users = this.#users.get(key);
    if (!users) return;
    if ([...users].every((other) => other === user)) {
      await mounter.unmount(volume);
      await toTrash(volume.directory, layout);
      this.#users.delete(key);
      const unused = layers.unreferenced(userOf(key));
      layers.emptyTrash();
      if (unused.length > 0) await collectLayers();
      return;
    }
    await rm(join(volume.users, user), { force: true });
    users.delete(user);
  }

  #remember(key: string, chainIDs: readonly string[], users: readonly string[]): void {
    this.#users.set(key, new Set(users));
    this.#context.layers.referenced(userOf(key), chainIDs);
  }
}

const KEY_DIGITS = 32;

function userOf(key: string): string {
  return `volume ${key}`;
}

async function toTrash(directory: string, layout: Layout): Promise<void> {
  try {
    await rename(directory, join(layout.trash, randomBytes(8).toString('hex')));
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
  }
}

function checkSubPath(subPath: string): void {
  if (subPath.startsWith('/') || subPath.includes('\0') || subPath.split('/').includes('..')) throw new InvalidArgumentError(`mount image volume: the sub path ${JSON.stringify(subPath)} is absolute or has '..', expected a path inside the image`);
}

/** The mount is read-only and its layers never change, so what is found stays true. */
function resolveSubPath(tree: string, subPath: string): string {
  if (subPath === '') return tree;
  try {
    return resolveInRoot(tree, subPath);
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === 'ENOENT' || errno === 'ENOTDIR' || errno === 'ELOOP') throw new NotFoundError(`mount image volume: the sub path ${JSON.stringify(subPath)} does not exist in the image`, { cause: error });
    throw error;
  }
}
