import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Spec } from './spec/types.ts';

/**
 * Makes the bundle directory (0700) with its config.json (0600: it holds the container's environment).
 * An existing one is overwritten: nothing runs from it before this returns. Removing it is the caller's.
 */
export async function writeBundle(directory: string, spec: Spec): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await writeFile(join(directory, 'config.json'), JSON.stringify(spec), { mode: 0o600 });
}
