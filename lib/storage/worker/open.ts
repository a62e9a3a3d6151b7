import type { Database } from 'better-sqlite3';
import { chmodSync, mkdirSync, readdirSync, readFileSync, realpathSync, renameSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { errnoOf, errorText } from '#errors';
import { MNT_DETACH, readMountInfo, umount } from '#linux';
import { layerDirectory, retiredChainID, rootfsLayout, volumeLayout, type Layout } from '../layout.ts';
import { parseRootfsRecord } from '../rootfs-record.ts';
import { readVolumes } from './open-volumes.ts';
import type { OpenResult } from './jobs.ts';
import { makePrivate } from './private-mount.ts';
import { deleteLayers, deleteUnnamedManifests, readImages, readLayers } from './records.ts';
import { moveToTrash } from './trash.ts';

/** Makes the directories, which only root may enter: setuid files and devices in layers are legal there. */
export function makeDirectories(layout: Layout): void {
  mkdirSync(layout.root, { recursive: true, mode: 0o700 });
  makePrivate(realpathSync(layout.root));
  for (const directory of [layout.layers, layout.staging, layout.trash, layout.retired, layout.containers, layout.volumes, layout.empty, layout.codeCache]) {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  }
  chmodSync(layout.root, 0o700);
  chmodSync(layout.empty, 0o755);
}

/** Reads the index and takes everything out of the way that no record owns: staging, layers and containers that were not finished, and what a removal left. What cannot be moved stays and is told: it is in nobody's way. */
export function openStore(layout: Layout, database: Database): OpenResult {
  bringBackRetired(layout, database);
  const damaged = forgetDamaged(layout, database);
  const images = readImages(database);
  const layers = readLayers(database);
  const containers = readContainers(layout);
  const volumes = readVolumes(layout, new Set(containers.map(({ id }) => id)));
  const mounted = new Set([...containers.map(({ record }) => record), ...volumes].flatMap(({ chainIDs }) => chainIDs));
  const retired = readdirSync(layout.retired).filter((name) => mounted.has(retiredChainID(name))).map((name) => join(layout.retired, name));
  const owned = new Set([...layers.map((layer) => layerDirectory(layout, layer.chainID)), ...containers.map(({ id }) => rootfsLayout(layout, id).directory),
    ...volumes.map(({ key }) => volumeLayout(layout, key).directory), ...retired]);
  const unswept: string[] = [];
  let swept = 0;
  for (const parent of [layout.staging, layout.layers, layout.containers, layout.volumes, layout.retired]) {
    for (const name of readdirSync(parent)) {
      const path = join(parent, name);
      if (owned.has(path)) continue;
      try {
        detach(layout, (mounted) => mounted === path || mounted.startsWith(`${path}/`));
        if (moveToTrash(layout, path)) swept++;
      } catch (error) {
        unswept.push(`${path}: ${errorText(error)}`);
      }
    }
  }
  const mapped = new Set([...containers.map(({ id }) => rootfsLayout(layout, id).mapped), ...volumes.map(({ key }) => volumeLayout(layout, key).mapped)]);
  detach(layout, (path) => mapped.has(path) || path.startsWith(`${layout.trash}/`));
  deleteUnnamedManifests(database);
  return { images, layers, damaged, swept, unswept, containers, volumes, retired };
}

/** A repair that ended after the damaged layer had made room, and before the new one took its place: what is damaged can be repaired again, and containers that are stopped can be mounted. */
function bringBackRetired(layout: Layout, database: Database): void {
  const present = new Set(readdirSync(layout.layers));
  const retired = readdirSync(layout.retired);
  for (const { chainID } of readLayers(database)) {
    const to = layerDirectory(layout, chainID);
    const from = present.has(basename(to)) ? undefined : retired.find((name) => retiredChainID(name) === chainID);
    if (from !== undefined) renameSync(join(layout.retired, from), to);
  }
}

/** A layer that is recorded but not on the disk makes its images incomplete: they are forgotten, and come back whole with the next pull. */
function forgetDamaged(layout: Layout, database: Database): string[] {
  const present = new Set(readdirSync(layout.layers));
  const missing = new Set(readLayers(database).map((layer) => layer.chainID).filter((chainID) => !present.has(basename(layerDirectory(layout, chainID)))));
  if (missing.size === 0) return [];
  const damaged = readImages(database).filter((image) => image.chainIDs.some((chainID) => missing.has(chainID))).map((image) => image.id);
  database.transaction(() => {
    for (const id of damaged) database.prepare('DELETE FROM images WHERE id = ?').run(id);
    deleteLayers(database, [...missing]);
  })();
  return damaged;
}

function readContainers(layout: Layout): OpenResult['containers'] {
  return readdirSync(layout.containers).flatMap((id) => {
    const { record } = rootfsLayout(layout, id);
    try {
      const read = parseRootfsRecord(readFileSync(record, 'utf8'), record);
      return read ? [{ id, record: read }] : [];
    } catch (error) {
      if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return [];
      throw error;
    }
  });
}

/** Nothing is ever removed through a mount, and no mount that was made for a moment outlives the daemon that made it. @param isMeant is asked with paths as the layout has them. */
function detach({ root }: Layout, isMeant: (path: string) => boolean): void {
  const real = realpathSync(root);
  const meant = readMountInfo().filter(({ mountPoint }) => isMeant(join(root, relative(real, mountPoint)))).reverse();
  for (const { mountPoint } of meant) umount(mountPoint, MNT_DETACH);
}
