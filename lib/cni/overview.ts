/** Everything about the node's networks, for a person who looks. */
import type { NetworkContext } from './context.ts';
import { networkResult } from './result.ts';
import type { AttachedSandbox, NetworksOverview } from './types.ts';

/** @param complaints what CHECK said, by sandbox */
export async function describeNetworks({ host, networks, records, hostPorts }: NetworkContext, complaints: ReadonlyMap<string, string>): Promise<NetworksOverview> {
  const attached: AttachedSandbox[] = [];
  for (const record of await records.list()) {
    const { attachment: { sandboxId, ifName, pod } } = record;
    const complaint = complaints.get(sandboxId);
    attached.push({
      sandboxId, ifName, pod: { name: pod.name, namespace: pod.namespace },
      network: 'network' in record ? record.network.name : '',
      ips: 'network' in record && record.result ? networks.inOrder(networkResult(record.result, ifName)).ips : [],
      state: 'unreadable' in record ? 'unreadable' : record.result ? 'attached' : 'not finished',
      ...(complaint !== undefined && { complaint }),
    });
  }
  return {
    hostPorts: hostPorts ? await hostPorts.program() ?? 'nft is missing' : 'off',
    pluginDirs: host.pluginDirs,
    choices: networks.choices().map(({ handlers, monitor }) => ({ handlers, ...monitor.describe() })),
    attached,
  };
}
