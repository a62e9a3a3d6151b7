import { existsSync } from 'node:fs';
import { createRegistry } from '../fixtures/registry/index.ts';
import type { Registry } from '../fixtures/registry/index.ts';
import { IMAGES_DIRECTORY } from './places.ts';

/** A registry with all images of the tests, on loopback. Tests add faults to it, never images: its directory is shared. @throws Error when set-up has not made them */
export async function startImages(): Promise<Registry> {
  if (!existsSync(IMAGES_DIRECTORY)) throw new Error(`the images of the tests are missing: run "node scripts/setup.mjs test" (looked for "${IMAGES_DIRECTORY}")`);
  return createRegistry({ directory: IMAGES_DIRECTORY, port: 0 });
}
