import { randomBytes } from 'node:crypto';
import { readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { errnoOf, errorText, InternalError } from '#errors';
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

/** The same with several. @throws the first error, once all others are moved. */
export function moveAllToTrash(layout: Layout, paths: readonly string[]): void {
  const failures: unknown[] = [];
  for (const path of paths) {
    try {
      moveToTrash(layout, path);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

/** Removes everything in the trash that can be. @throws InternalError with the first reason why something could not. */
export function emptyTrash({ trash }: Layout): void {
  const failures = new Map<string, unknown>();
  const rest = (): string[] => readdirSync(trash).filter((name) => !failures.has(name));
  // What is nested too deep comes up again under another name.
  for (let names = rest(); names.length > 0; names = rest()) {
    for (const name of names) {
      try {
        removeTree(trash, name);
      } catch (error) {
        failures.set(name, error);
      }
    }
  }
  const [first] = failures;
  if (first) throw new InternalError(`empty the trash: ${failures.size} ${failures.size === 1 ? 'entry stays' : 'entries stay'}; ${first[0]}: ${errorText(first[1])}`, { cause: first[1] });
}
