/** All network configurations of a directory, sorted by file name; what cannot be used is said, not fatal. */
import { constants } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { errnoOf, errorText, InvalidArgumentError, ResourceExhaustedError } from '#errors';
import { parseNetworkList, parsePlugin, parseSingleNetwork, type NetworkConfig, type PluginConfig } from './network-config.ts';
import type { SkippedFile } from './types.ts';

const EXTENSIONS: ReadonlySet<string> = new Set(['.conflist', '.conf', '.json']);
const MAX_FILE_BYTES = 1024 * 1024;
const MAX_FILES = 256;

export interface NetworkFile {
  readonly file: string;
  readonly network: NetworkConfig;
}

export interface LoadedDirectory {
  readonly networks: readonly NetworkFile[];
  readonly skipped: readonly SkippedFile[];
}

/**
 * Reads `directory`; an absent one has no networks. A file that was good in `previous` and is bad
 * now keeps its last good content and is listed as skipped too; a name that an earlier file has is ignored.
 */
export async function loadDirectory(directory: string, previous: readonly NetworkFile[]): Promise<LoadedDirectory> {
  const networks: NetworkFile[] = [];
  const skipped: SkippedFile[] = [];
  let files: string[];
  try {
    files = await configFiles(directory, EXTENSIONS);
  } catch (error) {
    return { networks: previous, skipped: [{ file: directory, error: errorText(error) }] };
  }
  for (const file of files) {
    let network: NetworkConfig | undefined;
    try {
      network = await loadFile(directory, file);
    } catch (error) {
      // ENOENT: a dangling link, or removed since it was listed; either way it is gone, not damaged.
      if (errnoOf(error) !== 'ENOENT') network = previous.find((old) => old.file === file)?.network;
      skipped.push({ file, error: errorText(error) + (network ? '; its last good content stays in use' : '') });
    }
    const twin = network && networks.find((other) => other.network.name === network.name);
    if (twin) skipped.push({ file, error: `network "${twin.network.name}" is already configured by ${twin.file}` });
    else if (network) networks.push({ file, network });
  }
  return { networks, skipped };
}

async function loadFile(directory: string, file: string): Promise<NetworkConfig> {
  const text = await readText(file);
  if (extname(file) !== '.conflist') return parseSingleNetwork(text);
  const list = parseNetworkList(text);
  const plugins = list.loadOnlyInlinedPlugins ? list.plugins : [...list.plugins, ...await pluginsBeside(join(directory, list.name))];
  if (plugins.length === 0) throw new InvalidArgumentError('no plugins');
  return { ...list, plugins };
}

/** `<directory>/<network>/*.conf`, appended to the list's own plugins (CNI 1.1, libcni NetworkPluginConfsFromFiles). */
async function pluginsBeside(directory: string): Promise<PluginConfig[]> {
  const plugins: PluginConfig[] = [];
  for (const file of await configFiles(directory, new Set(['.conf']))) plugins.push(parsePlugin(await readText(file)));
  return plugins;
}

async function configFiles(directory: string, extensions: ReadonlySet<string>): Promise<string[]> {
  let entries;
  try {
    entries = await readdir(directory, { withFileTypes: true });
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return [];
    throw error;
  }
  const names = entries.filter((entry) => !entry.isDirectory() && extensions.has(extname(entry.name))).map((entry) => entry.name).sort();
  if (names.length > MAX_FILES) throw new ResourceExhaustedError(`read CNI configuration directory "${directory}": ${names.length} files, the limit is ${MAX_FILES}`);
  return names.map((name) => join(directory, name));
}

async function readText(file: string): Promise<string> {
  // Not blocking, so that a pipe put there holds nobody up.
  await using handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
  const stat = await handle.stat();
  if (!stat.isFile()) throw new InvalidArgumentError('not a regular file');
  if (stat.size > MAX_FILE_BYTES) throw new InvalidArgumentError(`${stat.size} bytes, the limit is ${MAX_FILE_BYTES}`);
  return handle.readFile('utf8');
}
