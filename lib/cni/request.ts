/** What a plugin is given: its configuration on stdin and its environment (SPEC.md section 2 and 3, as libcni sends them). */
import type { JsonObject } from './json.ts';
import { isCniArg } from './names.ts';
import type { PluginConfig } from './network-config.ts';
import type { Attachment } from './types.ts';

export type CniCommand = 'ADD' | 'DEL' | 'CHECK' | 'GC' | 'STATUS' | 'VERSION';

export interface RequestInput {
  readonly network: string;
  readonly version: string;
  readonly plugin: PluginConfig;
  readonly prevResult?: unknown;
  readonly capabilityArgs?: JsonObject;
}

/**
 * The plugin's configuration with network name, version, result of the plugin before it, and those
 * capability arguments that it declares. `capabilities` itself stays: the specification removes it,
 * libcni does not, and plugins are tested with libcni.
 */
export function pluginRequest({ network, version, plugin, prevResult, capabilityArgs = {} }: RequestInput): JsonObject {
  const runtimeConfig = declared(plugin.config['capabilities'], capabilityArgs);
  return mergedRequest(plugin, network, version, { ...(prevResult !== undefined && { prevResult }), ...(Object.keys(runtimeConfig).length > 0 && { runtimeConfig }) });
}

/** The plugin's configuration with network name and version and the members that a command adds. */
export function mergedRequest({ config }: PluginConfig, network: string, version: string, members: JsonObject = {}): JsonObject {
  return { ...config, name: network, cniVersion: version, ...members };
}

/** @param attachment absent for STATUS and GC. */
export function pluginEnvironment(command: CniCommand, pluginDirs: readonly string[], attachment?: Attachment): Record<string, string> {
  return {
    CNI_COMMAND: command,
    CNI_CONTAINERID: attachment?.sandboxId ?? '',
    CNI_NETNS: attachment?.netnsPath ?? '',
    CNI_IFNAME: attachment?.ifName ?? '',
    CNI_ARGS: attachment ? cniArgs(attachment) : '',
    CNI_PATH: pluginDirs.join(':'),
  };
}

/** Plugins built on an old skel refuse VERSION without these. */
export function versionEnvironment(): Record<string, string> {
  return { CNI_COMMAND: 'VERSION', CNI_CONTAINERID: '', CNI_NETNS: 'dummy', CNI_IFNAME: 'dummy', CNI_ARGS: '', CNI_PATH: 'dummy' };
}

function declared(capabilities: unknown, args: JsonObject): JsonObject {
  const wanted = (capabilities ?? {}) as Readonly<Record<string, unknown>>;
  return Object.fromEntries(Object.entries(args).filter(([name]) => Object.hasOwn(wanted, name) && wanted[name] === true));
}

function cniArgs({ sandboxId, pod }: Attachment): string {
  const pairs: [string, string][] = [
    ['IgnoreUnknown', '1'], ['K8S_POD_NAMESPACE', pod.namespace], ['K8S_POD_NAME', pod.name], ['K8S_POD_INFRA_CONTAINER_ID', sandboxId], ['K8S_POD_UID', pod.uid],
  ];
  // ADD refuses such values; DEL goes on without them.
  return pairs.filter(([, value]) => isCniArg(value)).map((pair) => pair.join('=')).join(';');
}
