// Where set-up puts things, relative to the clone.
import { existsSync } from 'node:fs';
import { arch } from 'node:process';
import { join, resolve } from 'node:path';

/** The clone. */
export const ROOT = resolve(import.meta.dirname, '../..');
/** What set-up makes and a clone does not hold; may be deleted at any time. */
export const CACHE = join(ROOT, '.cache');
/** crictl, critest and ginkgo. */
export const BIN = join(CACHE, 'bin');
/** Content hashes of what each step was made from. */
export const STAMPS = join(CACHE, 'stamps');

/** The Node that package-lock.json pins for this machine. */
export function pinnedNode() {
  return join(ROOT, 'node_modules', `node-linux-${arch}`, 'bin/node');
}

/** True when the pinned Node is installed. */
export function hasPinnedNode() {
  return existsSync(pinnedNode());
}
