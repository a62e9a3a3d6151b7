import { availableParallelism, setPriority } from 'node:os';
import { basename } from 'node:path';
import { errorText } from '#errors';
import type { Logger } from '#log';
import type { LayerSource, LayerStore, LayerWriter, Storage, WritableLimits } from './api.ts';
import { checkStore } from './check.ts';
import { DiskBarrier, type EarlySyncs } from './disk-barrier.ts';
import { exportLayers } from './export-layers.ts';
import { extractorCommand, type ExtractorCage } from './extractor-command.ts';
import { ExtractorPool } from './extractor-pool.ts';
import { DEFAULT_EXTRACTOR_LIMITS, type ExtractorLimits } from './extractor/limits.ts';
import { hexOf } from './digest.ts';
import { MemoryImageIndex } from './image-index.ts';
import { JobWorker } from './job-worker.ts';
import { LayerTable } from './layer-table.ts';
import { nameOf, openLayerWriter } from './layer-writer.ts';
import { retiredChainID, storageLayout } from './layout.ts';
import { LayerMounter } from './layer-mount.ts';
import { OverlayRootfsStore } from './rootfs-store.ts';
import { TrashCan } from './trash-can.ts';
import { SharedVolumes } from './volume-store.ts';
import { WritableQuota } from './writable-quota.ts';

export interface StorageOptions {
  /** Absolute path; made with mode 0700 if missing. One daemon at a time. */
  readonly root: string;
  readonly log: Logger;
  /** What differs from DEFAULT_EXTRACTOR_LIMITS. */
  readonly extractorLimits?: Partial<ExtractorLimits>;
  /** Layers unpacked at the same time; others wait in stage(). */
  readonly maxExtractors?: number;
  readonly earlySyncs?: EarlySyncs;
  /** Keeps extractors to staging; without it they may do what the daemon may. */
  readonly cage?: ExtractorCage;
  /** For each container from now on; where the file system has project quotas. */
  readonly writableLimits?: WritableLimits;
}

/** A slow registry must not make every layer wait for the slowest: a few more than there are processors. */
const MIN_EXTRACTORS = 4;
const MAX_EXTRACTORS = 8;
/** Niceness: layers of a gigabyte take seconds to remove, for which nobody waits; behind pulls (5), but not so far that a busy node never gets its room back. */
const TRASH_PRIORITY = 10;

/** Opens the store: reads the index and takes away what no record owns. Dispose it when its users have ended; mounts stay. @throws FailedPreconditionError for an index of another version. */
export async function createStorage(options: StorageOptions): Promise<Storage> {
  const layout = storageLayout(options.root);
  await using stack = new AsyncDisposableStack();
  const worker = stack.use(new JobWorker(layout.codeCache));
  const walker = stack.use(new JobWorker(layout.codeCache));
  // A process of its own: somebody waits for what the walker does.
  const remover = stack.use(new JobWorker(layout.codeCache, (pid) => setPriority(pid, TRASH_PRIORITY)));
  const opened = await worker.run('open', { layout });
  for (const id of opened.damaged) options.log.warn('image forgotten: a layer of it is not on the disk', { image: id });
  const barrier = stack.use(await DiskBarrier.open(layout.staging, { earlySyncs: options.earlySyncs }));
  for (const what of opened.unswept) options.log.warn('what no record owns cannot be taken away', { what });
  if (opened.swept > 0) options.log.info('storage swept', { directories: opened.swept });

  const onError = (action: string) => (error: unknown): void => options.log.warn(`${action} failed`, { error: errorText(error) });
  const trash = stack.use(new TrashCan(layout, remover, onError('emptying the trash')));
  const layers: LayerTable = new LayerTable(layout, opened.layers, { emptyTrash: () => trash.empty(), discard: (directory) => void trash.put(directory), onReleased: () => void images.collectLayers().catch(onError('removing unused layers')) });
  for (const image of opened.images) layers.referenced(image.id, image.chainIDs);
  const images: MemoryImageIndex = new MemoryImageIndex({ layout, worker, layers, barrier }, opened.images);
  const mounter = new LayerMounter(layout, layers, walker, options.log);
  const collectLayers = (): Promise<void> => images.collectLayers();
  const volumes = new SharedVolumes({ layout, layers, mounter, collectLayers }, opened.volumes);
  const quota = new WritableQuota(layout.containers, options.writableLimits ?? {});
  const rootfs = new OverlayRootfsStore({ layout, layers, walker, mounter, quota, releaseVolumes: (id) => volumes.release(id), collectLayers }, opened.containers);
  for (const directory of opened.retired) layers.retire(directory, retiredChainID(basename(directory)));
  const pool = stack.use(new ExtractorPool(extractorCommand(layout.staging, options.cage), options.maxExtractors ?? Math.min(Math.max(availableParallelism(), MIN_EXTRACTORS), MAX_EXTRACTORS)));
  const limits = { ...DEFAULT_EXTRACTOR_LIMITS, ...options.extractorLimits };
  // A container may have outlived its image: what neither uses goes now.
  if (layers.unused().length > 0) await images.collectLayers().catch(onError('removing unused layers'));
  trash.empty();
  await quota.sweep().catch(onError('giving back quotas'));

  const store: LayerStore = {
    has: (chainID) => layers.isSound(chainID),
    condemn: (chainIDs) => layers.condemn(chainIDs),
    hold: (chainIDs) => chainIDs.every((chainID) => layers.isSound(chainID)) ? layers.hold(chainIDs) : undefined,
    export: (chainIDs, file, { signal }) => exportLayers({ layout, layers }, chainIDs, file, signal),
    prepare: () => { pool.prepare(); worker.prepare(); },
    delayEarlySyncs: () => barrier.delayEarlySyncs(),
    stage: async (source: LayerSource, { signal }): Promise<LayerWriter> => {
      hexOf(nameOf(source));
      hexOf(source.diffID);
      worker.prepare(); // the commit that follows
      const lease = await pool.acquire(signal, `unpack layer ${nameOf(source)}`);
      return openLayerWriter({ layout, log: options.log, limits, barrier, discard: (directory) => trash.put(directory) }, lease, source, signal);
    },
  };
  const owned = stack.move();
  return { images, layers: store, rootfs, volumes, writableQuota: quota.state, check: (how) => checkStore({ layout, layers, images, worker }, how), [Symbol.asyncDispose]: async () => { await images.idle(); await worker.run('release', { layout }); await owned.disposeAsync(); } };
}
