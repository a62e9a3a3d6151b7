/** `davit networks`. */
import { join } from 'node:path';
import type { NetworksOverview } from '#cni';
import { errorText, UnavailableError } from '#errors';
import { askDaemon } from '../admin/ask.ts';
import { loadConfig } from '../config/load.ts';
import { networkOptions } from '../serve/network-options.ts';
import { configSources, type FlagValues } from './flags.ts';
import { networksText } from './networks-text.ts';

const EXIT_NOT_READY = 1;

/** @returns 1 when pods without a handler of their own would have no network */
export async function networksCommand(values: FlagValues): Promise<number> {
  const overview = await fromDaemon(values) ?? await fromDisk(values);
  process.stdout.write(values.has('json') ? `${JSON.stringify(overview, undefined, 2)}\n` : networksText(overview));
  return overview.choices[0]?.status.ready === true ? 0 : EXIT_NOT_READY;
}

/** Undefined when no daemon answers. */
async function fromDaemon(values: FlagValues): Promise<NetworksOverview | undefined> {
  try {
    for await (const overview of askDaemon(values, 'networks', { check: values.has('check') })) return overview;
  } catch (error) {
    if (!(error instanceof UnavailableError)) throw error;
    process.stderr.write(`${errorText(error)}\nFrom the disk:\n`);
  }
  return undefined;
}

async function fromDisk(values: FlagValues): Promise<NetworksOverview> {
  const [{ inspectNetworks }, { createProcessRunner }, { silentLogger }] = await Promise.all([import('#cni'), import('#linux'), import('#log')]);
  const { config } = await loadConfig(configSources(values));
  const { network, crio } = config;
  return inspectNetworks({ ...networkOptions(config), confDir: network.network_dir, pluginDirs: network.plugin_dirs, cacheDir: join(crio.root, 'cni'), runner: createProcessRunner(), log: silentLogger });
}
