/** One network configuration, from the text of a .conflist (a list of plugins) or of a .conf or .json (one plugin). */
import { InvalidArgumentError } from '#errors';
import { isJsonObject, jsonType, type JsonObject } from './json.ts';
import { isValidName, isValidPluginType } from './names.ts';
import { compareVersions, NEWEST_VERSION } from './version.ts';

export interface NetworkConfig {
  readonly name: string;
  /** Versions it may be used with, newest first, none above NEWEST_VERSION; at least one. */
  readonly versions: readonly string[];
  readonly plugins: readonly PluginConfig[];
  readonly loadOnlyInlinedPlugins: boolean;
  readonly disableCheck: boolean;
  readonly disableGC: boolean;
}

export interface PluginConfig {
  readonly type: string;
  /** As configured, capabilities included. */
  readonly config: JsonObject;
}

/** @throws InvalidArgumentError saying which member is wrong. The list may have no plugins: they can come from files beside it. */
export function parseNetworkList(text: string): NetworkConfig {
  const list = parseObject(text);
  const loadOnlyInlinedPlugins = flag(list, 'loadOnlyInlinedPlugins');
  if (list['plugins'] === undefined && loadOnlyInlinedPlugins) throw new InvalidArgumentError('"loadOnlyInlinedPlugins" is true and there are no "plugins"');
  return {
    name: networkName(list), versions: supportedVersions(list), plugins: inlinedPlugins(list['plugins']), loadOnlyInlinedPlugins,
    disableCheck: flag(list, 'disableCheck'), disableGC: flag(list, 'disableGC'),
  };
}

/** The single plugin becomes a list of one. @throws InvalidArgumentError saying which member is wrong. */
export function parseSingleNetwork(text: string): NetworkConfig {
  const config = parseObject(text);
  if (config['type'] === undefined && config['plugins'] !== undefined) throw new InvalidArgumentError('no "type"; a list of plugins belongs into a .conflist file');
  return { name: networkName(config), versions: supportedVersions(config), plugins: [pluginOf(config)], loadOnlyInlinedPlugins: true, disableCheck: false, disableGC: false };
}

/** A plugin from a file of its own, for a list that takes them from beside it. @throws InvalidArgumentError */
export function parsePlugin(text: string): PluginConfig {
  return pluginOf(parseObject(text));
}

function parseObject(text: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new InvalidArgumentError(text.trim() === '' ? 'the file is empty' : `not JSON: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
  if (!isJsonObject(value)) throw new InvalidArgumentError(`${jsonType(value)} where an object is wanted`);
  return value;
}

function networkName(list: JsonObject): string {
  const name = list['name'];
  if (typeof name !== 'string' || name === '') throw new InvalidArgumentError('no "name" of the network');
  if (!isValidName(name)) throw new InvalidArgumentError(`network name "${name}" is not letters, digits, "_", "." and "-"`);
  return name;
}

/** cniVersion with cniVersions, as libcni has it: those above what the runtime knows count only if there is nothing else. */
function supportedVersions(list: JsonObject): readonly string[] {
  const single = list['cniVersion'] ?? '';
  if (typeof single !== 'string') throw new InvalidArgumentError(`"cniVersion" is ${jsonType(single)}, not a string`);
  const several = list['cniVersions'] ?? [];
  if (!Array.isArray(several)) throw new InvalidArgumentError(`"cniVersions" is ${jsonType(several)}, not a list of strings`);
  const all = [...several as unknown[], ...(single === '' && several.length > 0 ? [] : [single])].map((version) => {
    if (typeof version !== 'string') throw new InvalidArgumentError(`"cniVersions" has ${jsonType(version)}, not a string`);
    return version;
  });
  const known = all.filter((version) => compareVersions(version, NEWEST_VERSION) <= 0);
  if (known.length === 0) throw new InvalidArgumentError(`CNI version "${all.join('", "')}" is not supported; the newest known is ${NEWEST_VERSION}`);
  return [...new Set(known)].sort((a, b) => compareVersions(b, a));
}

function inlinedPlugins(plugins: unknown): PluginConfig[] {
  if (plugins === undefined) return [];
  if (!Array.isArray(plugins)) throw new InvalidArgumentError(`"plugins" is ${jsonType(plugins)}, not a list`);
  if (plugins.length === 0) throw new InvalidArgumentError('"plugins" is empty');
  return plugins.map((plugin: unknown, index) => {
    if (!isJsonObject(plugin)) throw new InvalidArgumentError(`plugin ${index} is ${jsonType(plugin)}, not an object`);
    return pluginOf(plugin);
  });
}

function pluginOf(config: JsonObject): PluginConfig {
  const type = config['type'];
  if (typeof type !== 'string' || type === '') throw new InvalidArgumentError('a plugin has no "type"');
  if (!isValidPluginType(type)) throw new InvalidArgumentError(`plugin type ${JSON.stringify(type)} is not a file name`);
  const capabilities = config['capabilities'];
  if (capabilities !== undefined && capabilities !== null && (!isJsonObject(capabilities) || Object.values(capabilities).some((on) => typeof on !== 'boolean'))) {
    throw new InvalidArgumentError(`"capabilities" of plugin "${type}" is not an object of true and false`);
  }
  return { type, config };
}

/** A boolean, or one written as a string. */
function flag(list: JsonObject, key: string): boolean {
  const value = list[key] ?? false;
  if (typeof value === 'boolean') return value;
  const word = typeof value === 'string' ? value.toLowerCase() : '';
  if (word !== 'true' && word !== 'false') throw new InvalidArgumentError(`"${key}" is ${JSON.stringify(value)}, not true or false`);
  return word === 'true';
}
