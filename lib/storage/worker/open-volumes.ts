import { lstatSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { errnoOf } from '#errors';
import { parseVolumeRecord } from '../layers-record.ts';
import { volumeLayout, type Layout } from '../layout.ts';
import type { OpenVolume } from './jobs.ts';

/** The volumes that are mounted (after a reboot none is) and have a user among `containers`; what the others left is for the sweep. */
export function readVolumes(layout: Layout, containers: ReadonlySet<string>): OpenVolume[] {
  return readdirSync(layout.volumes).flatMap((key) => {
    try {
      return readVolume(layout, key, containers) ?? [];
    } catch (error) {
      if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return [];
      throw error;
    }
  });
}

function readVolume(layout: Layout, key: string, containers: ReadonlySet<string>): OpenVolume | undefined {
  const volume = volumeLayout(layout, key);
  const chainIDs = parseVolumeRecord(readFileSync(volume.record, 'utf8'), volume.record);
  if (!chainIDs || lstatSync(volume.path).dev === lstatSync(volume.directory).dev) return undefined;
  const users = readdirSync(volume.users);
  const gone = users.filter((user) => !containers.has(user));
  if (gone.length === users.length) return undefined;
  for (const user of gone) rmSync(join(volume.users, user));
  return { key, chainIDs, users: users.filter((user) => containers.has(user)) };
}
