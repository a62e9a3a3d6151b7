import { KeyedQueue, throwIfAborted } from '#async';
import { DataLossError, InvalidArgumentError, NotFoundError } from '#errors';
import type { ImageCommit, ImageIndex, ImageRecord, StagedLayer } from './api.ts';
import { algorithmOf, digestOf, hexOf } from './digest.ts';
import type { DiskBarrier } from './disk-barrier.ts';
import type { JobWorker } from './job-worker.ts';
import type { LayerTable } from './layer-table.ts';
import type { Layout } from './layout.ts';
import type { CommitPlan, RemovePlan } from './worker/jobs.ts';
import type { LayerRecord } from './worker/records.ts';

/** Registries limit them to this, too. */
const MAX_MANIFEST_BYTES = 4 * 1024 * 1024;
/** All changes of the index run one after another. */
const QUEUE_KEY = 'index';

export interface ImageIndexContext { readonly layout: Layout; readonly worker: JobWorker; readonly layers: LayerTable; readonly barrier: DiskBarrier }

/** The index in memory; what changes it is written by the worker first. */
export class MemoryImageIndex implements ImageIndex {
  readonly #layout: Layout;
  readonly #worker: JobWorker;
  readonly #layers: LayerTable;
  readonly #barrier: DiskBarrier;
  readonly #queue = new KeyedQueue();
  readonly #images = new Map<string, ImageRecord>();
  readonly #references = new Map<string, string>();

  constructor({ layout, worker, layers, barrier }: ImageIndexContext, images: readonly ImageRecord[]) {
    this.#layout = layout;
    this.#worker = worker;
    this.#layers = layers;
    this.#barrier = barrier;
    for (const image of images) this.#remember(image);
  }

  list(): readonly ImageRecord[] {
    return [...this.#images.values()];
  }

  get(id: string): ImageRecord | undefined {
    return this.#images.get(id);
  }

  byName(reference: string): ImageRecord | undefined {
    const id = this.#references.get(reference);
    return id === undefined ? undefined : this.#images.get(id);
  }

  byIdPrefix(prefix: string): ImageRecord | undefined {
    const full = prefix.startsWith('sha256:') ? prefix : `sha256:${prefix}`;
    const found = full === 'sha256:' ? [] : this.list().filter((image) => image.id.startsWith(full));
    return found.length === 1 ? found[0] : undefined;
  }

  async commit(commit: ImageCommit, { signal }: { signal: AbortSignal }): Promise<ImageRecord> {
    hexOf(commit.id);
    checkManifest(commit);
    return this.#queue.run(QUEUE_KEY, async () => {
      throwIfAborted(signal, `commit image ${commit.id}`);
      const { chainIDs, fresh, superfluous } = this.#layers.plan(commit.layers);
      const before = this.#images.get(commit.id);
      const image: ImageRecord = {
        id: commit.id, sizeBytes: commit.sizeBytes, config: commit.config, manifestDigest: commit.manifestDigest, chainIDs, createdAtMs: before?.createdAtMs ?? Date.now(), pinned: commit.pinned || (before?.pinned ?? false),
        names: union(before?.names, commit.names), digests: union(before?.digests, commit.digests),
      };
      const staged = commit.layers.filter((layer) => typeof layer !== 'string' && !superfluous.includes(layer)) as StagedLayer[];
      for (const layer of staged) this.#barrier.check(layer);
      await this.#write({ image, manifest: commit.manifest, layers: fresh }, staged);
      this.#layers.referenced(image.id, chainIDs);
      this.#layers.committed(fresh);
      this.#remember(image);
      await Promise.all(superfluous.map((layer) => layer[Symbol.asyncDispose]()));
      return image;
    });
  }

  async update(id: string, change: { names?: readonly string[]; digests?: readonly string[]; pinned?: boolean }): Promise<ImageRecord> {
    return this.#queue.run(QUEUE_KEY, async () => {
      const before = this.#images.get(id);
      if (!before) throw new NotFoundError(`update image: no image has the id ${JSON.stringify(id)}`);
      const image: ImageRecord = { ...before, ...change };
      await this.#worker.run('update', { layout: this.#layout, image });
      this.#forgetReferences(before);
      this.#remember(image);
      return image;
    });
  }

  async remove(id: string): Promise<void> {
    await this.#queue.run(QUEUE_KEY, async () => {
      const image = this.#images.get(id);
      if (!image) return;
      // From here on nobody may build on these layers.
      const dropped = this.#layers.drop(this.#layers.unreferenced(id));
      this.#images.delete(id);
      this.#forgetReferences(image);
      const restore = (): void => { this.#remember(image); this.#layers.referenced(id, image.chainIDs); };
      await this.#forget({ imageId: id, chainIDs: dropped.map(({ chainID }) => chainID) }, dropped, restore);
    });
  }

  /** Removes the layers that neither an image nor a container nor a holder uses. */
  async collectLayers(): Promise<void> {
    await this.#queue.run(QUEUE_KEY, async () => {
      const dropped = this.#layers.drop(this.#layers.unused());
      if (dropped.length > 0) await this.#forget({ chainIDs: dropped.map(({ chainID }) => chainID) }, dropped, () => undefined);
    });
  }

  async getManifest(digest: string): Promise<Uint8Array | undefined> {
    return this.#worker.run('getManifest', { layout: this.#layout, digest });
  }

  /** Settles when no change is under way. */
  async idle(): Promise<void> {
    await this.#queue.idle();
  }

  /** @param staged what `plan` is to record of layers */
  async #write(plan: CommitPlan, staged: readonly StagedLayer[]): Promise<void> {
    if (plan.layers.length > 0) {
      await this.#worker.run('complete', { plan });
      await this.#barrier.sync(staged);
    }
    try {
      await this.#worker.run('commit', { layout: this.#layout, plan });
    } catch (error) {
      // Was it the disk, it may have more to tell: now, and not to the next pull.
      await this.#barrier.sync([]).catch(() => undefined);
      throw error;
    }
  }

  /** The records first; if that fails everything is as before. A directory that cannot be moved then has no record, and the next start sweeps it. */
  async #forget(plan: RemovePlan, dropped: readonly LayerRecord[], restore: () => void): Promise<void> {
    try {
      await this.#worker.run('forget', { layout: this.#layout, plan });
    } catch (error) {
      for (const layer of dropped) this.#layers.add(layer);
      restore();
      throw error;
    }
    try {
      await this.#worker.run('discard', { layout: this.#layout, chainIDs: plan.chainIDs });
    } finally {
      this.#layers.emptyTrash();
    }
  }

  #remember(image: ImageRecord): void {
    for (const reference of [...image.names, ...image.digests]) this.#takeReference(reference, image.id);
    this.#images.set(image.id, image);
  }

  #takeReference(reference: string, id: string): void {
    const owner = this.byName(reference);
    this.#references.set(reference, id);
    if (!owner || owner.id === id) return;
    const without = (references: readonly string[]): string[] => references.filter((other) => other !== reference);
    this.#images.set(owner.id, { ...owner, names: without(owner.names), digests: without(owner.digests) });
  }

  #forgetReferences(image: ImageRecord): void {
    for (const reference of [...image.names, ...image.digests]) this.#references.delete(reference);
  }
}

function checkManifest({ id, manifest, manifestDigest }: ImageCommit): void {
  const algorithm = algorithmOf(manifestDigest);
  if (manifest.length > MAX_MANIFEST_BYTES) throw new InvalidArgumentError(`commit image ${id}: its manifest has ${manifest.length} bytes, at most ${MAX_MANIFEST_BYTES} are allowed`);
  const got = digestOf(manifest, algorithm);
  if (got !== manifestDigest) throw new DataLossError(`commit image ${id}: the digest of its manifest is ${got}, expected ${manifestDigest}`);
}

function union(before: readonly string[] = [], added: readonly string[]): string[] {
  return [...new Set([...before, ...added])].sort();
}
