import { chmod, mkdir, rename, rm } from 'node:fs/promises';
import { lstatSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { KeyedQueue, throwIfAborted } from '#async';
import { AlreadyExistsError, errnoOf, InvalidArgumentError, NotFoundError } from '#errors';
import { atomicWriteFile } from '#fs';
import { overlayMount, unmountAsync } from '#linux';
import type { FilesystemUsage, RootfsStore } from './api.ts';
import type { JobWorker } from './job-worker.ts';
import type { LayerTable } from './layer-table.ts';
import { diffDirectory, layerDirectory, rootfsLayout, type Layout, type RootfsLayout } from './layout.ts';
import { formatRootfsRecord } from './rootfs-record.ts';
import { UsageCache } from './usage-cache.ts';
import { copyDirectoryAttributes } from './worker/implied-directories.ts';
import { measureTree, SMALL_TREE_ENTRIES } from './worker/measure.ts';

/** Image bytes are not ours: nothing in a layer may redirect to another path or another layer's data. */
const SAFE_OPTIONS = ['redirect_dir=nofollow', 'metacopy=off', 'index=off'];
/** No sync of the whole disk when a container's file system goes: what a container wrote beside its volumes does not outlive the node's crash. */
const FAST_OPTION = 'volatile';
const ID = /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,127}$/;

export interface RootfsContext {
  readonly layout: Layout;
  readonly layers: LayerTable;
  readonly walker: JobWorker;
  readonly collectLayers: () => Promise<void>;
}

/** Root file systems in `<root>/containers/<id>`; operations of one id run one after another. */
export class OverlayRootfsStore implements RootfsStore {
  readonly #context: RootfsContext;
  readonly #queue = new KeyedQueue();
  readonly #chains = new Map<string, readonly string[]>();
  readonly #usage: UsageCache;

  constructor(context: RootfsContext, containers: readonly { id: string; chainIDs: readonly string[] }[]) {
    this.#context = context;
    this.#usage = new UsageCache(async (id) => {
      const directory = this.#layoutOf(id).upper;
      return measureTree(directory, SMALL_TREE_ENTRIES) ?? context.walker.run('measure', { directory });
    });
    for (const { id, chainIDs } of containers) this.#remember(id, chainIDs);
  }

  async create(id: string, chainIDs: readonly string[], { signal }: { signal: AbortSignal }): Promise<{ upper: string; path: string }> {
    if (!ID.test(id)) throw new InvalidArgumentError(`create root file system: ${JSON.stringify(id.slice(0, 140))} is no id, want letters, digits, '_', '.', '-'`);
    return this.#queue.run(id, async () => {
      throwIfAborted(signal, `create root file system ${id}`);
      const before = this.#chains.get(id);
      if (before && before.join() !== chainIDs.join()) throw new AlreadyExistsError(`create root file system ${id}: it exists with other layers`);
      if (!before) await this.#make(id, chainIDs);
      return this.#mount(id);
    });
  }

  async ensureMounted(id: string): Promise<{ upper: string; path: string }> {
    return this.#queue.run(id, async () => this.#mount(id));
  }

  async unmount(id: string): Promise<void> {
    await this.#queue.run(id, () => this.#unmount(this.#layoutOf(id)));
  }

  async remove(id: string): Promise<void> {
    await this.#queue.run(id, async () => {
      if (!this.#chains.has(id)) return;
      const rootfs = this.#layoutOf(id);
      await this.#unmount(rootfs);
      await this.#toTrash(rootfs);
      this.#chains.delete(id);
      this.#usage.forget(id);
      const unused = this.#context.layers.unreferenced(userOf(id));
      this.#context.layers.emptyTrash();
      if (unused.length > 0) await this.#context.collectLayers();
    });
  }

  isMounted(id: string): boolean {
    const { directory, path } = this.#layoutOf(id);
    const mountPoint = lstatSync(path, { throwIfNoEntry: false });
    return mountPoint !== undefined && mountPoint.dev !== lstatSync(directory).dev;
  }

  list(): readonly string[] {
    return [...this.#chains.keys()];
  }

  async usage(id: string): Promise<FilesystemUsage> {
    this.#chainOf(id);
    return this.#usage.get(id);
  }

  fsInfo(): { mountpoint: string; usedBytes: number; inodesUsed: number; timestampMs: number } {
    const { bytes, inodes } = this.#context.layers.usage();
    return { mountpoint: this.#context.layout.root, usedBytes: bytes, inodesUsed: inodes, timestampMs: Date.now() };
  }

  /** Directories and record; the layers are in use from the first step on. */
  async #make(id: string, chainIDs: readonly string[]): Promise<void> {
    const missing = chainIDs.find((chainID) => !this.#context.layers.has(chainID));
    if (missing !== undefined) throw new NotFoundError(`create root file system ${id}: layer ${missing} is not in the store`);
    const rootfs = this.#layoutOf(id);
    this.#context.layers.referenced(userOf(id), chainIDs);
    try {
      for (const directory of [rootfs.directory, rootfs.work, rootfs.path]) await mkdir(directory, { recursive: true, mode: 0o700 });
      await mkdir(rootfs.upper, { recursive: true });
      // The root of the merged tree looks like the upper directory, which is to look like the topmost layer.
      const [top] = this.#lowerOf(chainIDs);
      if (top === undefined) await chmod(rootfs.upper, 0o755);
      else copyDirectoryAttributes(top, rootfs.upper);
      await atomicWriteFile(rootfs.record, formatRootfsRecord(chainIDs), { mode: 0o600, durable: false });
    } catch (error) {
      this.#context.layers.unreferenced(userOf(id));
      await this.#toTrash(rootfs);
      throw error;
    }
    this.#remember(id, chainIDs);
    this.#usage.begin(id);
  }

  async #mount(id: string): Promise<{ upper: string; path: string }> {
    const chainIDs = this.#chainOf(id);
    const { upper, work, path } = this.#layoutOf(id);
    if (this.isMounted(id)) return { upper, path };
    // A mount that was not ended leaves this mark, by which overlayfs refuses the next one.
    await rm(join(work, 'work', 'incompat'), { recursive: true, force: true });
    const missing = chainIDs.find((chainID) => !this.#context.layers.has(chainID));
    if (missing !== undefined) throw new NotFoundError(`mount root file system ${id}: layer ${missing} is not in the store`);
    const lower = chainIDs.length === 0 ? [this.#context.layout.empty] : this.#lowerOf(chainIDs);
    try {
      overlayMount(path, { lower, upper, work, options: [...SAFE_OPTIONS, FAST_OPTION] });
    } catch (error) {
      if (errnoOf(error) !== 'EINVAL') throw error;
      overlayMount(path, { lower, upper, work, options: SAFE_OPTIONS }); // before Linux 5.10
    }
    return { upper, path };
  }

  async #unmount({ path }: RootfsLayout): Promise<void> {
    try {
      await unmountAsync(path, { detach: true });
    } catch (error) {
      const errno = errnoOf(error);
      if (errno !== 'EINVAL' && errno !== 'ENOENT') throw error; // not mounted; gone
    }
  }

  async #toTrash({ directory }: RootfsLayout): Promise<void> {
    try {
      await rename(directory, join(this.#context.layout.trash, randomBytes(8).toString('hex')));
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT') throw error;
    }
  }

  /** Top first. */
  #lowerOf(chainIDs: readonly string[]): string[] {
    return chainIDs.map((chainID) => diffDirectory(layerDirectory(this.#context.layout, chainID))).reverse();
  }

  #chainOf(id: string): readonly string[] {
    const chainIDs = this.#chains.get(id);
    if (!chainIDs) throw new NotFoundError(`root file system ${JSON.stringify(id)} does not exist`);
    return chainIDs;
  }

  #layoutOf(id: string): RootfsLayout {
    return rootfsLayout(this.#context.layout, id);
  }

  #remember(id: string, chainIDs: readonly string[]): void {
    this.#chains.set(id, chainIDs);
    this.#context.layers.referenced(userOf(id), chainIDs);
  }
}

function userOf(id: string): string {
  return `container ${id}`;
}
