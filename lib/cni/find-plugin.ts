import type { BigIntStats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { InvalidArgumentError, UnavailableError } from '#errors';
import { isValidPluginType } from './names.ts';

/** An executable found, with what tells that it has been replaced. */
export interface PluginBinary {
  readonly path: string;
  readonly identity: string;
}

/**
 * The first regular, executable file called `type` in `directories`.
 * @throws UnavailableError when there is none: plugins are often installed after the daemon has started.
 */
export async function findPlugin(type: string, directories: readonly string[]): Promise<PluginBinary> {
  if (!isValidPluginType(type)) throw new InvalidArgumentError(`find CNI plugin ${JSON.stringify(type)}: not a file name`);
  for (const directory of directories) {
    const path = join(directory, type);
    const found = await stat(path, { bigint: true }).catch(() => undefined);
    if (found?.isFile() && (found.mode & 0o111n) !== 0n) return { path, identity: identityOf(found) };
  }
  throw new UnavailableError(`find CNI plugin "${type}": no executable file of that name in ${directories.join(', ') || 'an empty list of directories'}`);
}

function identityOf(found: BigIntStats): string {
  return [found.dev, found.ino, found.size, found.mtimeNs, found.ctimeNs].join(':');
}
