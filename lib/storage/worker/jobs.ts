/** What the daemon asks of the storage's worker processes. Everything here may block: it runs outside the event loop. */
import type { IdMapping, ImageRecord } from '../api.ts';
import type { Layout } from '../layout.ts';
import type { RootfsRecord } from '../rootfs-record.ts';
import type { LayerRecord } from './records.ts';
import type { LayerVerdict } from './verify-layer.ts';

/** A volume that is mounted, or about to be. */
export interface OpenVolume { readonly key: string; readonly chainIDs: readonly string[]; readonly users: readonly string[] }

export interface OpenResult {
  readonly images: ImageRecord[];
  readonly layers: LayerRecord[];
  /** Images that were forgotten because a layer of theirs is not on the disk. */
  readonly damaged: string[];
  /** What was moved to the trash because no record owns it. */
  readonly swept: number;
  /** What could not be moved, and why. */
  readonly unswept: readonly string[];
  readonly containers: { readonly id: string; readonly record: RootfsRecord }[];
  /** Directories of replaced layers that somebody may have mounted. */
  readonly retired: readonly string[];
  /** Those that are mounted and whose users exist. */
  readonly volumes: readonly OpenVolume[];
}

export interface CommitPlan {
  readonly image: ImageRecord;
  readonly manifest: Uint8Array;
  /** Layers to bring in, bottom first; `lower` are the directories (final or staged) of the layers below, nearest first. */
  readonly layers: readonly { readonly record: LayerRecord; readonly staged: string; readonly lower: readonly string[]; /** Where the layer goes whose place it takes. */ readonly retired?: string }[];
}

export interface RemovePlan { readonly imageId?: string; readonly chainIDs: readonly string[] }

export interface Jobs {
  open(input: { layout: Layout }): OpenResult;
  complete(input: { plan: CommitPlan }): undefined;
  commit(input: { layout: Layout; plan: CommitPlan }): Promise<undefined>;
  update(input: { layout: Layout; image: ImageRecord }): undefined;
  /** The records go. */
  forget(input: { layout: Layout; plan: RemovePlan }): undefined;
  /** Directories of forgotten layers go to the trash. */
  discard(input: { layout: Layout; chainIDs: readonly string[] }): undefined;
  getManifest(input: { layout: Layout; digest: string }): Uint8Array | undefined;
  /** The last job: gives back the private mount if no container needs it. */
  release(input: { layout: Layout }): undefined;
  /** Problems of the database, by its own check. */
  checkIndex(input: { layout: Layout }): readonly string[];
  glance(input: { layer: string }): LayerVerdict;
  verify(input: { layer: string; diffID: string; bytesPerSecond: number }): LayerVerdict;
  exportLayer(input: { layer: string; diffID: string; file: string }): number;
  /** Removes everything in the trash. */
  emptyTrash(input: { layout: Layout }): undefined;
  /** Copies a tree with other owners. */
  copyShifted(input: { from: string; to: string; uids: readonly IdMapping[]; gids: readonly IdMapping[] }): undefined;
  /** Disk bytes and inodes of a tree. */
  measure(input: { directory: string }): { bytes: number; inodes: number };
}

export type JobName = keyof Jobs;
export type JobInput<N extends JobName> = Parameters<Jobs[N]>[0];
export type JobOutput<N extends JobName> = Awaited<ReturnType<Jobs[N]>>;
