/** `davit version`, and the version that the daemon reports. */
import { readFileSync } from 'node:fs';

/** The version of the CRI that davit serves. */
export const CRI_API_VERSION = 'v1';

/** From package.json, a dozen lines beside the program. */
export function davitVersion(): string {
  const manifest = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { version: string };
  return manifest.version;
}

export async function printVersion(): Promise<number> {
  process.stdout.write(`davit ${davitVersion()}\nCRI ${CRI_API_VERSION}\nNode ${process.versions.node}\n`);
  return 0;
}
