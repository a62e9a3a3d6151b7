/** What lib/storage offers: a durable index of images, layers on disk, root file systems. */

export interface Storage extends AsyncDisposable {
  readonly images: ImageIndex;
  readonly layers: LayerStore;
  readonly rootfs: RootfsStore;
  readonly volumes: VolumeStore;
  /** Whether what containers write is limited, and counted without a walk. */
  readonly writableQuota: QuotaState;
  /**
   * Looks for damage, outside the event loop. Quick: the index, and what must lie on the disk. Full: every file of every layer against the archive it came from, and a diffID made of it all.
   * @param how.bytesPerSecond of a full check; absent: as fast as it goes, at the lowest priority.
   */
  check(how: { full: boolean; bytesPerSecond?: number; signal: AbortSignal }): AsyncIterable<CheckReport>;
}

/** What a check found: about the index, or about one layer. `problems` may be more than are `named`. */
export type CheckReport =
  | { readonly kind: 'index'; readonly named: readonly string[]; readonly problems: number }
  | {
    readonly kind: 'layer'; readonly chainID: string;
    /** Ids of the images that have it. */
    readonly images: readonly string[];
    readonly named: readonly string[]; readonly problems: number; readonly files: number; readonly bytes: number;
    /** Why some of it could not be proved. */
    readonly unproved?: string;
  };

export interface ImageRecord {
  /** Digest of the image's config, 'sha256:<hex>'. */
  readonly id: string;
  /** References with a tag: 'docker.io/library/busybox:1'. A name belongs to one image. */
  readonly names: readonly string[];
  /** References with a digest: 'docker.io/library/busybox@sha256:…'. */
  readonly digests: readonly string[];
  readonly sizeBytes: number;
  /** Bottom first; empty for an image without layers. */
  readonly chainIDs: readonly string[];
  /** The image config as it came. */
  readonly config: Uint8Array;
  readonly manifestDigest: string;
  readonly createdAtMs: number;
  readonly pinned: boolean;
}

/** An image to record. `layers` is bottom first: what was staged, or the chainID of a layer that is in the store. */
export interface ImageCommit extends Omit<ImageRecord, 'chainIDs' | 'createdAtMs'> {
  readonly layers: readonly (StagedLayer | string)[];
  /** What `manifestDigest` is of, at most MAX_MANIFEST_BYTES; kept as long as an image has it. */
  readonly manifest: Uint8Array;
}

/** Reading is synchronous and from memory; writing is durable when its promise resolves. */
export interface ImageIndex {
  list(): readonly ImageRecord[];
  get(id: string): ImageRecord | undefined;
  /** By a reference with tag or digest, as recorded. */
  byName(reference: string): ImageRecord | undefined;
  /** By the beginning of an id, with or without 'sha256:'; undefined if several images have it. */
  byIdPrefix(prefix: string): ImageRecord | undefined;
  /**
   * Records an image: data on the disk first, then the layers' names, then one transaction. Names move from the image that had them; an image
   * that is recorded already keeps its names and gets the new ones. Staged layers that another pull has brought meanwhile are discarded.
   * @throws NotFoundError when an existing layer is not there any more; DataLossError when the manifest is another one than its digest says; ResourceExhaustedError when the disk is full. Nothing is left behind then, and the staged layers are still staged.
   */
  commit(image: ImageCommit, options: { signal: AbortSignal }): Promise<ImageRecord>;
  /** Adds or takes away names, digests and the pin of an image. @throws NotFoundError */
  update(id: string, change: { names?: readonly string[]; digests?: readonly string[]; pinned?: boolean }): Promise<ImageRecord>;
  /** Forgets an image with all its names; layers that nothing else uses go in the background. Absent is fine. */
  remove(id: string): Promise<void>;
  /** By its digest, the manifest of an image that is recorded. */
  getManifest(digest: string): Promise<Uint8Array | undefined>;
}

export interface LayerSource {
  readonly diffID: string;
  /** Of the bytes as they come from the registry; absent when only the diffID is known, as in docker's archives. */
  readonly digest?: string;
  /** Of the bytes as they come; -1 if not known. */
  readonly sizeBytes: number;
  readonly mediaType: string;
}

export interface LayerStore {
  has(chainID: string): boolean;
  /** Keeps layers from being removed until disposal; undefined when one of them is not in the store. */
  hold(chainIDs: readonly string[]): Disposable | undefined;
  /** Says that layers are damaged: until disposal they count as absent for pulls, and who brings them replaces them. What is mounted keeps the old ones. */
  condemn(chainIDs: readonly string[]): Disposable;
  /**
   * Writes one layer's archive after another to `file` as it came, uncompressed, so that its digest is the diffID; the next one when the caller asks for it, who has moved the file by then.
   * Aborted it leaves `<file>.half`.
   * @throws NotFoundError; DataLossError when a file of it is damaged; FailedPreconditionError when it cannot be made again (see docs/adr, archive records).
   */
  export(chainIDs: readonly string[], file: string, options: { signal: AbortSignal }): AsyncGenerator<{ diffID: string; sizeBytes: number }>;
  /** Says that layers are about to come, so that an extractor starts while the registry is asked. */
  prepare(): void;
  /** Until disposal, and a moment longer, layers that are being unpacked are not written to the disk ahead of time: what the kernel works for that takes processors from whoever starts a pod. */
  delayEarlySyncs(): Disposable;
  /** Begins a layer; waits for its turn when many are being unpacked. */
  stage(layer: LayerSource, options: { signal: AbortSignal }): Promise<LayerWriter>;
}

export interface LayerProgress { readonly compressedBytes: number; readonly uncompressedBytes: number; readonly entries: number }

/** Takes one layer's bytes. Disposal before finish() ends the extractor and removes what it made; after finish() it does nothing. */
export interface LayerWriter extends AsyncDisposable {
  readonly progress: LayerProgress;
  /** Resolves when more may come. `chunk` must not change until then. @throws what is wrong with the layer so far; CancelledError after the signal aborted. */
  write(chunk: Uint8Array): Promise<void>;
  /** The layer is complete. @throws DataLossError naming the digest or size expected and got. */
  finish(): Promise<StagedLayer>;
}

/** A layer on disk that no image has yet. Dispose it when it will not be committed; after a commit that does nothing. */
export interface StagedLayer extends AsyncDisposable, LayerProgress {
  readonly diffID: string;
  readonly digest: string;
  /** Of our own making, in staging. */
  readonly directory: string;
  readonly diskBytes: number;
  readonly inodes: number;
}

/** Most that a container may write beside its volumes; 0 or absent: no limit. */
export interface WritableLimits { readonly bytes?: number; readonly inodes?: number }

export interface QuotaState {
  /** The file system counts for each container. */
  readonly counted: boolean;
  /** It refuses what goes beyond the limits that were asked for. */
  readonly limits: boolean;
  /** Why not, when not everything that was asked for is had; or why nothing is counted. */
  readonly reason: string;
}

export interface FilesystemUsage { readonly bytes: number; readonly inodes: number }

/** A range of ids, as in /proc/<pid>/uid_map. */
export interface IdMapping { readonly containerId: number; readonly hostId: number; readonly length: number }

/** Whose ids the files of a tree are to have. */
export interface IdMap {
  /** Path of the namespace that has these mappings, '/run/davit/ns/<pod>/user' or '/proc/<pid>/ns/user'. */
  readonly userNamespace: string;
  readonly uids: readonly IdMapping[];
  readonly gids: readonly IdMapping[];
}

/** Root file systems: an overlay over an image's layers for each container. Every operation may be repeated. */
export interface RootfsStore {
  /**
   * Makes and mounts `<root>/containers/<id>/rootfs`. The layers stay as long as it exists, even if their image goes.
   * With `idMap` the image's files belong to the ids of that user namespace, whose root may enter the path: by an idmapped mount, or from a copy of the image's files
   * (slow, and on the disk as long as the root file system is) where kernel or file system cannot do that.
   * @param chainIDs bottom first, as in ImageRecord. @param options.upper what has been written to it already, in a container before; taken from the staged layer, which is still to be
   * disposed; not together with `idMap`. @throws NotFoundError for a missing layer, AlreadyExistsError when `id` has other layers or ids, InvalidArgumentError
   * when the namespace's ids do not hold 0.
   */
  create(id: string, chainIDs: readonly string[], options: { signal: AbortSignal; idMap?: IdMap; upper?: StagedLayer }): Promise<{ upper: string; path: string }>;
  /** Mounts it again, after a reboot or an unmount. @throws NotFoundError */
  ensureMounted(id: string): Promise<{ upper: string; path: string }>;
  /** Unmounts it, and lets go of the volumes that it uses. */
  unmount(id: string): Promise<void>;
  /** Unmounts and removes it, `<root>/containers/<id>` and all; lets go of its volumes; the files go in the background. Absent is fine. */
  remove(id: string): Promise<void>;
  isMounted(id: string): boolean;
  list(): readonly string[];
  /** What the container wrote: from the file system's quota where there is one; else by a walk of at most every USAGE_REFRESH_MS (USAGE_REFRESH_LONGEST_MS while nothing changes), outside the event loop, and older figures meanwhile. @throws NotFoundError */
  usage(id: string): FilesystemUsage | Promise<FilesystemUsage>;
  /** What the layers take, from sums kept at commit. */
  fsInfo(): { mountpoint: string; usedBytes: number; inodesUsed: number; timestampMs: number };
}

/** Images as volumes (KEP-4639): each mounted once and read-only for all containers that use it (with one mapping of ids); gone with its last user, and after a reboot. */
export interface VolumeStore {
  /**
   * The path of the image's tree, or of what `subPath` names in it, for a container to bind. The layers stay as long as the volume is used, even if their image goes.
   * Links in `subPath` lead inside the image only. The same call again gives the same path.
   * @param user id of the container's root file system; its unmount() or remove() lets go of the volume.
   * @throws NotFoundError for a missing layer or sub path; InvalidArgumentError for a sub path that is absolute or has '..'.
   */
  mount(user: string, chainIDs: readonly string[], options: { signal: AbortSignal; subPath?: string; idMap?: IdMap }): Promise<string>;
  /** Lets go of what a user that is no root file system has mounted; its volumes end with the daemon, too. Absent is fine. */
  release(user: string): Promise<void>;
}
