// A stamp holds the hash of what a product was made from; equal hash and product there means nothing to do.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT, STAMPS } from './paths.mjs';

/** The hash of files and folders (by name and content) and of further words. */
export function hashOf(paths, words = []) {
  const hash = createHash('sha256').update(JSON.stringify(words));
  for (const path of paths.flatMap(filesUnder)) hash.update(`\0${path}\0`).update(readFileSync(join(ROOT, path)));
  return hash.digest('hex');
}

export function isStamped(name, hash, products) {
  const file = join(STAMPS, name);
  return existsSync(file) && readFileSync(file, 'utf8') === hash && products.every((p) => existsSync(p));
}

export function stamp(name, hash) {
  const file = join(STAMPS, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, hash);
}

function filesUnder(path) {
  const entries = readdirSync(join(ROOT, dirname(path)), { withFileTypes: true }).filter((e) => e.name === path.slice(path.lastIndexOf('/') + 1));
  if (!entries[0]?.isDirectory()) return [path];
  return readdirSync(join(ROOT, path)).sort().flatMap((name) => filesUnder(join(path, name)));
}
