import type { Database } from 'better-sqlite3';
import { renameSync } from 'node:fs';
import { errnoOf, errorText, InternalError } from '#errors';
import { syncDirectory } from '#fs';
import { layerDirectory, type Layout } from '../layout.ts';
import { adoptImpliedDirectories } from './implied-directories.ts';
import type { CommitPlan } from './jobs.ts';
import { deleteUnnamedManifests, writeImage, writeLayer, writeManifest } from './records.ts';
import { moveToTrash } from './trash.ts';

/** The last that is written to staged layers. May be repeated. */
export function completeLayers(plan: CommitPlan): void {
  for (const { staged, lower } of plan.layers) adoptImpliedDirectories(staged, lower);
}

/**
 * Brings staged layers, complete and on the disk, and their image into the store. The record comes last: after any crash the image is complete or absent,
 * and layers without a record are swept at the next start.
 */
export async function commitImage(layout: Layout, database: Database, plan: CommitPlan): Promise<void> {
  const moved: { from: string; to: string }[] = [];
  try {
    for (const { record, staged, retired } of plan.layers) {
      const to = layerDirectory(layout, record.chainID);
      if (retired !== undefined) {
        renameSync(to, retired);
        moved.push({ from: to, to: retired });
      }
      takePlace(layout, staged, to);
      moved.push({ from: staged, to });
    }
    if (moved.length > 0) await syncDirectory(layout.layers);
    database.transaction(() => {
      for (const { record } of plan.layers) writeLayer(database, record);
      writeImage(database, plan.image);
      writeManifest(database, plan.image.manifestDigest, plan.manifest);
      deleteUnnamedManifests(database);
    })();
  } catch (error) {
    throw moveBack(moved, error);
  }
}

/** What stands there has no record: an earlier commit could not take it back. */
function takePlace(layout: Layout, staged: string, to: string): void {
  try {
    renameSync(staged, to);
  } catch (error) {
    const errno = errnoOf(error);
    if (errno !== 'ENOTEMPTY' && errno !== 'EEXIST') throw error;
    moveToTrash(layout, to);
    renameSync(staged, to);
  }
}

function moveBack(moved: readonly { from: string; to: string }[], error: unknown): unknown {
  try {
    for (const { from, to } of moved.toReversed()) renameSync(to, from);
    return error;
  } catch (second) {
    return new InternalError(`${errorText(error)}; layers could not be moved back: ${errorText(second)}`, { cause: error });
  }
}
