/** ADD: the plugins of a network in their order, each with the result of the one before it. */
import { errorText, InternalError, UnavailableError } from '#errors';
import type { AttachedNetwork } from './attachment-records.ts';
import { pluginSequence, type NetworkContext } from './context.ts';
import { findPlugin } from './find-plugin.ts';
import type { HostPorts } from './hostport/host-ports.ts';
import { hostPortRules } from './hostport/rules.ts';
import { isJsonObject, type JsonObject } from './json.ts';
import { isInterfaceName } from './names.ts';
import { networkResult, parseResult, podAddresses } from './result.ts';
import type { Attachment, NetworkResult } from './types.ts';

/** Writes the intent, runs the plugins, writes the result. Whatever fails after the intent is `detach`'s to take back. */
export async function attach(context: NetworkContext, attachment: Attachment, signal: AbortSignal): Promise<NetworkResult> {
  const { host, records, networks } = context;
  const network = selectedNetwork(context, attachment);
  const add = pluginSequence(context, 'ADD', attachment, network, signal);
  const ownPorts = portsOfOurs(context, attachment, network);
  if (ownPorts) await ownPorts.requireProgram(`open the host ports of sandbox "${attachment.sandboxId}"`);
  const found = Promise.all(network.plugins.map(({ type }) => findPlugin(type, host.pluginDirs)));
  found.catch(() => undefined);
  using intent = await records.create(attachment, network);
  const binaries = await found;
  let result: JsonObject | undefined;
  for (const [index, plugin] of network.plugins.entries()) {
    result = resultOf(await add.run(plugin, result, binaries[index]?.path), network.version, plugin.type, add.what);
  }
  if (!result) throw new InternalError(`${add.what}: the network has no plugins`);
  const read = networkResult(result, attachment.ifName);
  const hostPorts = ownPorts && hostPortRules(attachment.portMappings, podAddresses(result, attachment.ifName));
  if (ownPorts && hostPorts) await ownPorts.open(attachment.sandboxId, hostPorts, read.interfaces.filter(({ sandbox, name }) => sandbox === '' && isInterfaceName(name)).map(({ name }) => name));
  await intent.complete({ result, ...(hostPorts && { hostPorts }) });
  return networks.inOrder(read);
}

/** Undefined when the pod wants no host port, or a plugin of its network is there for them. */
function portsOfOurs({ hostPorts }: NetworkContext, { portMappings }: Attachment, { plugins }: AttachedNetwork): HostPorts | undefined {
  const byPlugin = plugins.some(({ config: { capabilities } }) => isJsonObject(capabilities) && capabilities['portMappings'] === true);
  return byPlugin || !portMappings.some(({ hostPort }) => hostPort > 0) ? undefined : hostPorts;
}

/** @throws UnavailableError with the reason why the handler's pods have no network. */
function selectedNetwork({ networks }: NetworkContext, { sandboxId, runtimeHandler }: Attachment): AttachedNetwork {
  const selected = networks.selected(runtimeHandler);
  if (!selected) throw new UnavailableError(`attach sandbox "${sandboxId}": ${networks.status(runtimeHandler).message}`);
  const { version, network: { name, plugins, disableCheck } } = selected;
  return { name, version, plugins, disableCheck };
}

function resultOf(stdout: Buffer, version: string, type: string, what: string): JsonObject {
  try {
    return parseResult(stdout, version);
  } catch (error) {
    throw new InternalError(`CNI plugin "${type}": ${what}: ${errorText(error)}`, { cause: error });
  }
}
