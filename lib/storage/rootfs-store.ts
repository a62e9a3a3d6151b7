import { chown, mkdir, rename, stat } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { KeyedQueue, throwIfAborted } from '#async';
import { AlreadyExistsError, errnoOf, InvalidArgumentError, NotFoundError } from '#errors';
import { atomicWriteFile } from '#fs';
import { smallTreeMeasurer } from '#linux';
import type { FilesystemUsage, IdMap, RootfsStore, StagedLayer } from './api.ts';
import { hostIdOf, hostRootOf, idMapKey } from './id-map.ts';
import type { JobWorker } from './job-worker.ts';
import type { LayerMounter } from './layer-mount.ts';
import type { LayerTable } from './layer-table.ts';
import { diffDirectory, layerDirectory, rootfsLayout, type Layout, type RootfsLayout } from './layout.ts';
import { formatRootfsRecord, type RootfsRecord } from './rootfs-record.ts';
import { UsageCache } from './usage-cache.ts';
import type { WritableQuota } from './writable-quota.ts';
import { adoptImpliedDirectories, copyDirectoryAttributes } from './worker/implied-directories.ts';
import { measureTree, SMALL_TREE_ENTRIES } from './worker/measure.ts';

const ID = /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,127}$/;

export interface RootfsContext {
  readonly layout: Layout;
  readonly layers: LayerTable;
  readonly walker: JobWorker;
  readonly mounter: LayerMounter;
  readonly quota: WritableQuota;
  /** Lets go of the volumes of a root file system. */
  readonly releaseVolumes: (id: string) => Promise<void>;
  readonly collectLayers: () => Promise<void>;
}

/** Root file systems in `<root>/containers/<id>`; operations of one id run one after another. */
export class OverlayRootfsStore implements RootfsStore {
  readonly #context: RootfsContext;
  readonly #queue = new KeyedQueue();
  readonly #records = new Map<string, RootfsRecord>();
  readonly #usage: UsageCache;

  constructor(context: RootfsContext, containers: readonly { id: string; record: RootfsRecord }[]) {
    this.#context = context;
    const measureSmall = smallTreeMeasurer() ?? measureTree;
    this.#usage = new UsageCache(async (id) => {
      const directory = this.#layoutOf(id).upper;
      return measureSmall(directory, SMALL_TREE_ENTRIES) ?? context.walker.run('measure', { directory });
    });
    for (const { id, record } of containers) {
      this.#remember(id, record);
      context.quota.adopt(id, this.#layoutOf(id).upper);
    }
  }

  async create(id: string, chainIDs: readonly string[], { signal, idMap, upper }: { signal: AbortSignal; idMap?: IdMap; upper?: StagedLayer }): Promise<{ upper: string; path: string }> {
    if (!ID.test(id)) throw new InvalidArgumentError(`create root file system: ${JSON.stringify(id.slice(0, 140))} is no id, want letters, digits, '_', '.', '-'`);
    return this.#queue.run(id, async () => {
      throwIfAborted(signal, `create root file system ${id}`);
      if (idMap) hostRootOf(idMap);
      const before = this.#records.get(id);
      if (before && before.chainIDs.join() !== chainIDs.join()) throw new AlreadyExistsError(`create root file system ${id}: it exists with other layers`);
      if (before && idMapKey(before.idMap) !== idMapKey(idMap)) throw new AlreadyExistsError(`create root file system ${id}: it exists with other ids`);
      if (!before) await this.#make(id, { chainIDs, idMap }, upper);
      return this.#mount(id);
    });
  }

  async ensureMounted(id: string): Promise<{ upper: string; path: string }> {
    return this.#queue.run(id, async () => this.#mount(id));
  }

  async unmount(id: string): Promise<void> {
    await this.#queue.run(id, async () => {
      await this.#context.mounter.unmount(this.#layoutOf(id));
      await this.#context.releaseVolumes(id);
    });
  }

  async remove(id: string): Promise<void> {
    await this.#queue.run(id, async () => {
      await this.#context.releaseVolumes(id);
      if (!this.#records.has(id)) return;
      const rootfs = this.#layoutOf(id);
      await this.#context.mounter.unmount(rootfs);
      await this.#toTrash(rootfs);
      this.#records.delete(id);
      this.#usage.forget(id);
      const unused = this.#context.layers.unreferenced(userOf(id));
      this.#context.layers.emptyTrash();
      try {
        if (unused.length > 0) await this.#context.collectLayers();
      } finally {
        // Last: a quota that cannot be given back is swept at the next start.
        await this.#context.quota.release(id);
      }
    });
  }

  isMounted(id: string): boolean {
    return this.#context.mounter.isMounted(this.#layoutOf(id));
  }

  list(): readonly string[] {
    return [...this.#records.keys()];
  }

  usage(id: string): FilesystemUsage | Promise<FilesystemUsage> {
    this.#recordOf(id);
    return this.#context.quota.usage(id) ?? this.#usage.get(id);
  }

  fsInfo(): { mountpoint: string; usedBytes: number; inodesUsed: number; timestampMs: number } {
    const { bytes, inodes } = this.#context.layers.usage();
    return { mountpoint: this.#context.layout.root, usedBytes: bytes, inodesUsed: inodes, timestampMs: Date.now() };
  }

  /** Directories and record; the layers are in use from the first step on. */
  async #make(id: string, record: RootfsRecord, written?: StagedLayer): Promise<void> {
    const { layers, mounter, quota } = this.#context;
    const missing = record.chainIDs.find((chainID) => !layers.has(chainID));
    if (missing !== undefined) throw new NotFoundError(`create root file system ${id}: layer ${missing} is not in the store`);
    const rootfs = this.#layoutOf(id);
    layers.referenced(userOf(id), record.chainIDs);
    try {
      for (const directory of [rootfs.directory, rootfs.work, rootfs.path]) await mkdir(directory, { recursive: true, mode: 0o700 });
      if (written) await this.#takeWritten(written, rootfs, record.chainIDs);
      else await mkdir(rootfs.upper, { recursive: true });
      // One project for both: overlayfs makes files in the one and renames them to the other.
      // Of what had been written before the project counts only what is written anew: a project reaches what is made below it from then on.
      await quota.begin(id, [rootfs.upper, rootfs.work]);
      // The root of the merged tree looks like the upper directory, which is to look like the topmost layer.
      copyDirectoryAttributes(mounter.rootOf(record.chainIDs), rootfs.upper);
      if (record.idMap) await shiftOwner(rootfs.upper, record.idMap);
      await atomicWriteFile(rootfs.record, formatRootfsRecord(record), { mode: 0o600, durable: false });
    } catch (error) {
      layers.unreferenced(userOf(id));
      await this.#toTrash(rootfs);
      await quota.release(id);
      throw error;
    }
    this.#remember(id, record);
    this.#usage.begin(id);
  }

  async #takeWritten({ directory }: StagedLayer, { upper }: RootfsLayout, chainIDs: readonly string[]): Promise<void> {
    adoptImpliedDirectories(directory, chainIDs.map((chainID) => layerDirectory(this.#context.layout, chainID)).reverse());
    await rename(diffDirectory(directory), upper);
  }

  async #mount(id: string): Promise<{ upper: string; path: string }> {
    const { chainIDs, idMap } = this.#recordOf(id);
    const rootfs = this.#layoutOf(id);
    const { upper, work, path } = rootfs;
    await this.#context.mounter.mount(rootfs, chainIDs, { idMap, upper, work });
    return { upper, path };
  }

  async #toTrash({ directory }: RootfsLayout): Promise<void> {
    try {
      await rename(directory, join(this.#context.layout.trash, randomBytes(8).toString('hex')));
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT') throw error;
    }
  }

  #recordOf(id: string): RootfsRecord {
    const record = this.#records.get(id);
    if (!record) throw new NotFoundError(`root file system ${JSON.stringify(id)} does not exist`);
    return record;
  }

  #layoutOf(id: string): RootfsLayout {
    return rootfsLayout(this.#context.layout, id);
  }

  #remember(id: string, record: RootfsRecord): void {
    this.#records.set(id, record);
    this.#context.layers.referenced(userOf(id), record.chainIDs);
  }
}

function userOf(id: string): string {
  return `container ${id}`;
}

/** Gives a copy of a layer's directory the ids that a mount with other ids shows. */
async function shiftOwner(path: string, { uids, gids }: IdMap): Promise<void> {
  const { uid, gid } = await stat(path);
  const root = hostRootOf({ uids, gids });
  await chown(path, hostIdOf(uids, uid) ?? root.uid, hostIdOf(gids, gid) ?? root.gid);
}
