import { open } from 'node:fs/promises';

/** A vendor's file of some hundred devices has some hundred KiB. */
export const MAX_DATA_BYTES = 4 * 1024 * 1024;
/** Each may stand for much: a file of some lines could be gigabytes. */
const MAX_YAML_ALIASES = 100;

/** The data of a configuration file in JSON, when that is its name's ending, else YAML. @throws Error when it is too large or neither. */
export async function readData(path: string): Promise<unknown> {
  await using file = await open(path, 'r');
  const stat = await file.stat();
  if (!stat.isFile() || stat.size > MAX_DATA_BYTES) throw new Error(`must be a regular file of at most ${MAX_DATA_BYTES} bytes`);
  const content = await file.readFile('utf8');
  if (path.endsWith('.json')) return JSON.parse(content) as unknown;
  // Loaded by nodes that have such a file only.
  const { parse } = await import('yaml');
  return parse(content, { maxAliasCount: MAX_YAML_ALIASES }) as unknown;
}
