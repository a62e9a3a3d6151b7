/** What the operations on a sandbox's network (attach, detach, check, collect) work with. */
import type { AttachedNetwork, AttachmentRecords } from './attachment-records.ts';
import { capabilityArgs } from './capability-args.ts';
import type { HostPorts } from './hostport/host-ports.ts';
import { invokePlugin, type PluginHost } from './invoke.ts';
import type { JsonObject } from './json.ts';
import type { PluginConfig } from './network-config.ts';
import type { Networks } from './networks.ts';
import { pluginEnvironment, pluginRequest, type CniCommand } from './request.ts';
import type { Attachment } from './types.ts';

export interface NetworkContext {
  readonly host: PluginHost;
  readonly records: AttachmentRecords;
  readonly networks: Networks;
  /** Undefined when host ports are none of our business. */
  readonly hostPorts: HostPorts | undefined;
  /** Sandboxes that an earlier daemon left, or whose DEL has begun: its plugins may have been interrupted at any point. */
  readonly interrupted: Set<string>;
  /** For one whole operation. */
  readonly timeoutMs: number;
}

/** One command for one attachment, plugin by plugin. */
export interface PluginSequence {
  /** For messages: `ADD sandbox "id" to network "name"`. */
  readonly what: string;
  /** @returns what the plugin printed. @param path when it has been looked for already */
  run(plugin: PluginConfig, prevResult: JsonObject | undefined, path?: string): Promise<Buffer>;
}

const PREPOSITION: Readonly<Partial<Record<CniCommand, string>>> = { ADD: 'to', DEL: 'from', CHECK: 'in' };

/** All plugins together have the context's time. @throws InvalidArgumentError for wishes that cannot be handed to plugins. */
export function pluginSequence(context: NetworkContext, command: CniCommand, attachment: Attachment, network: AttachedNetwork, signal: AbortSignal): PluginSequence {
  const { host, timeoutMs } = context;
  const args = capabilityArgs(attachment);
  const environment = pluginEnvironment(command, host.pluginDirs, attachment);
  const deadline = Date.now() + timeoutMs;
  const what = `${command} sandbox "${attachment.sandboxId}" ${PREPOSITION[command] ?? 'of'} network "${network.name}"`;
  return {
    what,
    run: (plugin, prevResult, path) => {
      const request = pluginRequest({ network: network.name, version: network.version, plugin, prevResult, capabilityArgs: args });
      return invokePlugin(host, { type: plugin.type, what, environment, request, deadline, ...(path !== undefined && { path }) }, { signal });
    },
  };
}
