import { chmodSync, chownSync, existsSync, lstatSync, readdirSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf, errorText, NotFoundError } from '#errors';
import { idMappedBind, mount, MS, overlayMount, unmountAsync } from '#linux';
import type { Logger } from '#log';
import type { IdMap } from './api.ts';
import { hostRootOf } from './id-map.ts';
import type { JobWorker } from './job-worker.ts';
import type { LayerTable } from './layer-table.ts';
import { diffDirectory, layerDirectory, type Layout, type MountPlace } from './layout.ts';

/** Image bytes are not ours: nothing in a layer may redirect to another path or another layer's data. */
const SAFE_OPTIONS = ['redirect_dir=nofollow', 'metacopy=off', 'index=off'];
/** No sync of the whole disk when a container's file system goes: what a container wrote beside its volumes does not outlive the node's crash. */
const FAST_OPTION = 'volatile';
/** What says that this kernel or file system cannot give other ids to a mount. EPERM: the store lies on a mount that has other ids already. */
const NO_ID_MAPPED_MOUNTS: ReadonlySet<string | undefined> = new Set(['EINVAL', 'EPERM', 'ENOSYS', 'EOPNOTSUPP']);

export interface MountOptions {
  readonly idMap?: IdMap | undefined;
  /** Absent for a read-only mount. */
  readonly upper?: string;
  readonly work?: string;
}

/** Mounts layers over each other. */
export class LayerMounter {
  readonly #layout: Layout;
  readonly #layers: LayerTable;
  readonly #walker: JobWorker;
  readonly #log: Logger;
  readonly #bind: typeof idMappedBind;
  #guarded = false;

  /** @param bind replaced in tests by one that cannot. */
  constructor(layout: Layout, layers: LayerTable, walker: JobWorker, log: Logger, bind: typeof idMappedBind = idMappedBind) {
    this.#layout = layout;
    this.#layers = layers;
    this.#walker = walker;
    this.#log = log;
    this.#bind = bind;
  }

  /** Mounts at `place.path`, unless something is mounted there. @param chainIDs bottom first. @throws NotFoundError for a missing layer. */
  async mount(place: MountPlace, chainIDs: readonly string[], { idMap, upper, work }: MountOptions): Promise<void> {
    if (this.isMounted(place)) return;
    const missing = chainIDs.find((chainID) => !this.#layers.has(chainID));
    if (missing !== undefined) throw new NotFoundError(`mount '${place.path}': layer ${missing} is not in the store`);
    // A mount that was not ended leaves this mark, by which overlayfs refuses the next one.
    if (work !== undefined) await rm(join(work, 'work', 'incompat'), { recursive: true, force: true });
    if (idMap) this.#admit(place, idMap);
    const over = { ...(upper !== undefined && { upper }), ...(work !== undefined && { work }) };
    if (idMap && chainIDs.length > 0) await this.#mountWithIds(place, chainIDs, over, idMap);
    else mountOverlay(place.path, this.#lowerOf(chainIDs, this.#layout.layers), over);
  }

  isMounted({ directory, path }: MountPlace): boolean {
    const mountPoint = lstatSync(path, { throwIfNoEntry: false });
    return mountPoint !== undefined && mountPoint.dev !== lstatSync(directory).dev;
  }

  /** Not mounted is fine. */
  async unmount({ path }: Pick<MountPlace, 'path'>): Promise<void> {
    try {
      await unmountAsync(path, { detach: true });
    } catch (error) {
      const errno = errnoOf(error);
      if (errno !== 'EINVAL' && errno !== 'ENOENT') throw error; // not mounted; gone
    }
  }

  /** The directory that the root of the mounted tree comes from: that of the topmost layer. */
  rootOf(chainIDs: readonly string[]): string {
    const top = chainIDs.at(-1);
    return top === undefined ? this.#layout.empty : diffDirectory(layerDirectory(this.#layout, top));
  }

  /** Lets the namespace's root pass to the mount, and nobody else: set-id programs of images are no programs of this host. */
  #admit(place: MountPlace, idMap: IdMap): void {
    const { gid } = hostRootOf(idMap);
    if (!this.#guarded) {
      // What lies beside has been protected by the mode of the root directory so far.
      const passable = new Set([this.#layout.containers, this.#layout.volumes]);
      for (const name of readdirSync(this.#layout.root)) {
        const path = join(this.#layout.root, name);
        if (!passable.has(path)) chmodSync(path, lstatSync(path).mode & 0o700);
      }
      for (const directory of [...passable, this.#layout.root]) chmodSync(directory, 0o711);
      this.#guarded = true;
    }
    chownSync(place.directory, 0, gid);
    chmodSync(place.directory, 0o710);
  }

  async #mountWithIds(place: MountPlace, chainIDs: readonly string[], over: Over, idMap: IdMap): Promise<void> {
    if (existsSync(place.shifted)) { mountOverlay(place.path, this.#withSecond([place.shifted], over), over); return; }
    await mkdir(place.mapped, { recursive: true, mode: 0o700 });
    try {
      this.#bind(this.#layout.layers, place.mapped, idMap.userNamespace);
      mountOverlay(place.path, this.#lowerOf(chainIDs, place.mapped), over);
    } catch (error) {
      if (!NO_ID_MAPPED_MOUNTS.has(errnoOf(error))) throw error;
      this.#log.warn('the layers cannot be mounted with other ids here: their files are copied', { directory: place.directory, error: errorText(error) });
      await this.#copyShifted(place, chainIDs, idMap);
      mountOverlay(place.path, this.#withSecond([place.shifted], over), over);
    } finally {
      await this.unmount({ path: place.mapped });
    }
  }

  /** Copies the merged tree; it is there whole or not at all. Leaves the tree mounted at `place.mapped`. */
  async #copyShifted(place: MountPlace, chainIDs: readonly string[], { uids, gids }: IdMap): Promise<void> {
    const half = `${place.shifted}.half`;
    await rm(half, { recursive: true, force: true });
    mountOverlay(place.mapped, this.#lowerOf(chainIDs, this.#layout.layers), {});
    await this.#walker.run('copyShifted', { from: place.mapped, to: half, uids, gids });
    await rename(half, place.shifted);
  }

  /** Top first. */
  #lowerOf(chainIDs: readonly string[], layers: string): string[] {
    const below = chainIDs.map((chainID) => diffDirectory(layerDirectory({ layers }, chainID))).reverse();
    return below.length === 0 ? [this.#layout.empty] : this.#withSecond(below, {});
  }

  /** Overlayfs takes a single lower directory only below an upper one. */
  #withSecond(lower: readonly string[], over: Over): string[] {
    return lower.length === 1 && over.upper === undefined ? [...lower, this.#layout.empty] : [...lower];
  }
}

interface Over { readonly upper?: string; readonly work?: string }

function mountOverlay(target: string, lower: readonly string[], over: Over): void {
  if (over.upper === undefined) {
    // Nothing to put over each other: an image without layers.
    if (lower.length === 1) mount('tmpfs', target, 'tmpfs', MS.RDONLY, 'mode=755,size=4096');
    else overlayMount(target, { lower, options: SAFE_OPTIONS });
    return;
  }
  try {
    overlayMount(target, { lower, ...over, options: [...SAFE_OPTIONS, FAST_OPTION] });
  } catch (error) {
    if (errnoOf(error) !== 'EINVAL') throw error;
    overlayMount(target, { lower, ...over, options: SAFE_OPTIONS }); // before Linux 5.10
  }
}
