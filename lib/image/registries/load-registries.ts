import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf, InvalidArgumentError } from '#errors';
import { REGISTRIES_FILE_LIMIT_BYTES } from '../limits.ts';
import { parseRegistries } from './parse-registries.ts';
import { EMPTY_REGISTRIES, mergeRegistries } from './registries-config.ts';
import type { RegistriesConfig } from './registries-config.ts';

/**
 * Reads `file`, then the `*.conf` files of `dropInDir` (default: `<file>.d`) in the order of their names. Absent files are empty ones.
 * @throws InvalidArgumentError with file, key, value and what is allowed.
 */
export async function loadRegistriesConf(file: string, dropInDir = `${file}.d`): Promise<RegistriesConfig> {
  let config = EMPTY_REGISTRIES;
  for (const path of [file, ...await dropIns(dropInDir)]) {
    const text = await readOptional(path);
    if (text !== undefined) config = mergeRegistries(config, parseRegistries(text, path));
  }
  return config;
}

async function dropIns(directory: string): Promise<string[]> {
  try {
    return (await readdir(directory)).filter((name) => name.endsWith('.conf')).sort().map((name) => join(directory, name));
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return [];
    throw new InvalidArgumentError(`read registries drop-in directory "${directory}"`, { cause: error });
  }
}

async function readOptional(path: string): Promise<string | undefined> {
  try {
    await using file = await open(path, 'r');
    const { size } = await file.stat();
    if (size > REGISTRIES_FILE_LIMIT_BYTES) throw new InvalidArgumentError(`read "${path}": ${size} bytes; expected at most ${REGISTRIES_FILE_LIMIT_BYTES}`);
    return await file.readFile('utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    if (error instanceof InvalidArgumentError) throw error;
    throw new InvalidArgumentError(`read registries configuration "${path}"`, { cause: error });
  }
}
