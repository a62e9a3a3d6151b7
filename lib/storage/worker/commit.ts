import type { Database } from 'better-sqlite3';
import { renameSync, rmSync } from 'node:fs';
import { syncDirectory } from '#fs';
import { syncfs } from '#linux';
import { impliedFile, layerDirectory, type Layout } from '../layout.ts';
import { adoptImpliedDirectories } from './implied-directories.ts';
import type { CommitPlan } from './jobs.ts';
import { writeImage, writeLayer } from './records.ts';

/**
 * Brings staged layers and their image into the store. The record comes last: after any crash the image is complete or absent,
 * and layers without a record are swept at the next start.
 */
export async function commitImage(layout: Layout, database: Database, plan: CommitPlan): Promise<void> {
  for (const { staged, lower } of plan.layers) adoptImpliedDirectories(staged, lower);
  if (plan.layers.length > 0) await syncfs(layout.staging);
  const moved: { from: string; to: string }[] = [];
  try {
    for (const { record, staged } of plan.layers) {
      const to = layerDirectory(layout, record.chainID);
      renameSync(staged, to);
      moved.push({ from: staged, to });
    }
    if (moved.length > 0) await syncDirectory(layout.layers);
    database.transaction(() => {
      for (const { record } of plan.layers) writeLayer(database, record);
      writeImage(database, plan.image);
    })();
  } catch (error) {
    for (const { from, to } of moved.reverse()) renameSync(to, from);
    throw error;
  }
  for (const { to } of moved) rmSync(impliedFile(to));
}
