/** The configuration files of a node, in the order in which they take effect. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf, errorText, InvalidArgumentError } from '#errors';

export const DEFAULT_CONFIG_FILE = '/etc/davit/davit.conf';
export const DEFAULT_CONFIG_DIR = '/etc/davit/davit.conf.d';
/** No configuration is larger; a wrong --config must not fill the memory. */
const MAX_FILE_BYTES = 1024 * 1024;

export interface ConfigFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Reads the main file and then every `*.conf` of the directory in lexical order, not below it.
 * Undefined stands for the default, which may be absent; '' for none.
 * @throws InvalidArgumentError when one that was asked for cannot be read.
 */
export async function readConfigFiles(file: string | undefined, directory: string | undefined): Promise<ConfigFile[]> {
  const main = file === '' ? undefined : await readText(file ?? DEFAULT_CONFIG_FILE, { optional: file === undefined });
  const dropIns = directory === '' ? [] : await dropInFiles(directory ?? DEFAULT_CONFIG_DIR, { optional: directory === undefined });
  const texts = await Promise.all(dropIns.map((path) => readText(path, { optional: false })));
  return [main, ...texts].filter((read) => read !== undefined);
}

async function dropInFiles(directory: string, options: { optional: boolean }): Promise<string[]> {
  try {
    const names = await readdir(directory);
    return names.filter((name) => name.endsWith('.conf') && !name.startsWith('.')).sort().map((name) => join(directory, name));
  } catch (error) {
    if (options.optional && errnoOf(error) === 'ENOENT') return [];
    throw new InvalidArgumentError(`read configuration directory ${JSON.stringify(directory)}: ${errorText(error)}`, { cause: error });
  }
}

async function readText(path: string, options: { optional: boolean }): Promise<ConfigFile | undefined> {
  try {
    const bytes = await readFile(path);
    if (bytes.length > MAX_FILE_BYTES) throw new InvalidArgumentError(`${bytes.length} bytes, expected at most ${MAX_FILE_BYTES}`);
    return { path, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch (error) {
    if (options.optional && errnoOf(error) === 'ENOENT') return undefined;
    throw new InvalidArgumentError(`read configuration file ${JSON.stringify(path)}: ${errorText(error)}`, { cause: error });
  }
}
