import { NotFoundError } from '#errors';
import type { StagedLayer } from './api.ts';
import { chainIDOf, hexOf } from './digest.ts';
import { layerDirectory, retiredDirectory, type Layout } from './layout.ts';
import { RetiredLayers } from './retired-layers.ts';
import type { CommitPlan } from './worker/jobs.ts';
import type { LayerRecord } from './worker/records.ts';

export interface LayerPlan {
  readonly chainIDs: string[];
  readonly fresh: CommitPlan['layers'];
  /** Staged, but in the store already. */
  readonly superfluous: readonly StagedLayer[];
}

export interface LayerTableOptions {
  readonly emptyTrash: () => void;
  readonly onReleased: () => void;
  /** Moves a directory to the trash. */
  readonly discard: (directory: string) => void;
}

/** Which layers are in the store and who uses them: images, containers, and pulls under way. */
export class LayerTable {
  readonly #layout: Layout;
  readonly #layers = new Map<string, LayerRecord>();
  /** Layers by their user: an image's id, 'container <id>', or a holder. */
  readonly #users = new Map<string | symbol, ReadonlySet<string>>();
  /** Damaged ones, which a pull is to bring again. */
  readonly #condemned = new Set<string>();
  readonly #retired: RetiredLayers;
  /** Removes in the background what was moved to the trash. */
  readonly emptyTrash: () => void;
  readonly #onReleased: () => void;

  constructor(layout: Layout, layers: readonly LayerRecord[], options: LayerTableOptions) {
    this.#layout = layout;
    this.#retired = new RetiredLayers(options.discard);
    for (const layer of layers) this.add(layer);
    this.emptyTrash = options.emptyTrash;
    this.#onReleased = options.onReleased;
  }

  has(chainID: string): boolean {
    return this.#layers.has(chainID);
  }

  /** In the store, and nobody said that it is damaged. */
  isSound(chainID: string): boolean {
    return this.has(chainID) && !this.#condemned.has(chainID);
  }

  /** Has the next commit that brings these layers replace them, until disposal. */
  condemn(chainIDs: readonly string[]): Disposable {
    for (const chainID of chainIDs) this.#condemned.add(chainID);
    return { [Symbol.dispose]: () => { for (const chainID of chainIDs) this.#condemned.delete(chainID); } };
  }

  list(): readonly LayerRecord[] {
    return [...this.#layers.values()];
  }

  /** Brings in what a commit has recorded. */
  committed(layers: CommitPlan['layers']): void {
    for (const { record, retired } of layers) {
      this.add(record);
      this.#condemned.delete(record.chainID);
      if (retired !== undefined) this.retire(retired, record.chainID);
    }
  }

  /** Keeps a replaced layer's directory until all containers and volumes that are there now have gone. */
  retire(directory: string, chainID: string): void {
    const mounted = [...this.#users].flatMap(([user, chainIDs]) => typeof user === 'string' && isMount(user) && chainIDs.has(chainID) ? [user] : []);
    this.#retired.add(directory, mounted);
  }

  /** Sum over all layers. */
  usage(): { bytes: number; inodes: number } {
    let bytes = 0;
    let inodes = 0;
    for (const layer of this.#layers.values()) { bytes += layer.diskBytes; inodes += layer.inodes; }
    return { bytes, inodes };
  }

  add(layer: LayerRecord): void {
    this.#layers.set(layer.chainID, layer);
  }

  /** Forgets layers; returns what was known about them. */
  drop(chainIDs: readonly string[]): LayerRecord[] {
    return chainIDs.flatMap((chainID) => {
      const layer = this.#layers.get(chainID);
      this.#layers.delete(chainID);
      return layer ?? [];
    });
  }

  /** Notes that `user` needs these layers, instead of what it needed before. */
  referenced(user: string, chainIDs: readonly string[]): void {
    this.#users.set(user, new Set(chainIDs));
  }

  /** Forgets a user; returns the layers that nobody needs any more. */
  unreferenced(user: string): string[] {
    const chainIDs = this.#users.get(user) ?? new Set<string>();
    this.#users.delete(user);
    this.#retired.released(user);
    return [...chainIDs].filter((chainID) => this.has(chainID) && !this.#isUsed(chainID));
  }

  /** Layers that nobody needs. */
  unused(): string[] {
    return [...this.#layers.keys()].filter((chainID) => !this.#isUsed(chainID));
  }

  /** Keeps layers until disposal. */
  hold(chainIDs: readonly string[]): Disposable {
    const holder = Symbol('hold');
    this.#users.set(holder, new Set(chainIDs));
    return { [Symbol.dispose]: () => { if (this.#users.delete(holder) && this.unused().length > 0) this.#onReleased(); } };
  }

  /** Works out the chain of an image from what is staged and what is in the store. @throws NotFoundError for a layer that is not. */
  plan(layers: readonly (StagedLayer | string)[]): LayerPlan {
    const chainIDs: string[] = [];
    const fresh: CommitPlan['layers'][number][] = [];
    const superfluous: StagedLayer[] = [];
    const lower: string[] = [];
    for (const layer of layers) {
      const chainID = typeof layer === 'string' ? layer : chainIDOf(chainIDs.at(-1), layer.diffID);
      const here = this.isSound(chainID);
      if (typeof layer === 'string') {
        hexOf(layer);
        if (!here) throw new NotFoundError(`commit image: layer ${layer} is not in the store any more; pull it again`);
      } else if (here || fresh.some(({ record }) => record.chainID === chainID)) superfluous.push(layer);
      else {
        const { diffID, digest, diskBytes, inodes, directory } = layer;
        fresh.push({ record: { chainID, diffID, digest, diskBytes, inodes }, staged: directory, lower: lower.toReversed(), ...(this.has(chainID) && { retired: retiredDirectory(this.#layout, chainID) }) });
      }
      chainIDs.push(chainID);
      lower.push(here || typeof layer === 'string' ? layerDirectory(this.#layout, chainID) : layer.directory);
    }
    return { chainIDs, fresh, superfluous };
  }

  #isUsed(chainID: string): boolean {
    for (const chainIDs of this.#users.values()) if (chainIDs.has(chainID)) return true;
    return false;
  }
}

/** Users that have layers mounted: see rootfs-store.ts and volume-store.ts. */
function isMount(user: string): boolean {
  return user.startsWith('container ') || user.startsWith('volume ');
}
