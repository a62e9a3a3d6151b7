import { randomBytes } from 'node:crypto';
import { readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { errnoOf } from '#errors';
import type { Layout } from '../layout.ts';
import { removeTree } from '../remove-tree.ts';

/** Takes a directory out of use in one step; its files go when the trash is emptied. False when there was none. */
export function moveToTrash(layout: Layout, path: string): boolean {
  try {
    renameSync(path, join(layout.trash, randomBytes(8).toString('hex')));
    return true;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return false;
    throw error;
  }
}

export function emptyTrash(layout: Layout): void {
  for (const name of readdirSync(layout.trash)) removeTree(join(layout.trash, name));
}
