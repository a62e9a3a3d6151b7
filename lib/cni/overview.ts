/** Everything about the node's networks, for a person who looks. */
import { errnoOf } from '#errors';
import { readAttachmentRecords, type AttachmentRecord, type UnreadableRecord } from './attachment-records.ts';
import type { NetworkContext } from './context.ts';
import { HostPorts } from './hostport/host-ports.ts';
import { DEFAULT_PLUGIN_ENVIRONMENT, type PluginHost } from './invoke.ts';
import { openNetworks, type Networks } from './networks.ts';
import { networkResult } from './result.ts';
import type { AttachedSandbox, CniOptions, NetworksOverview } from './types.ts';

type AnyRecord = AttachmentRecord | UnreadableRecord;

/** @param complaints what CHECK said, by sandbox */
export async function describeNetworks({ host, networks, hostPorts }: Pick<NetworkContext, 'host' | 'networks' | 'hostPorts'>, list: () => Promise<AnyRecord[]>, complaints: ReadonlyMap<string, string>): Promise<NetworksOverview> {
  return {
    hostPorts: hostPorts ? await hostPorts.program() ?? 'nft is missing' : 'off',
    pluginDirs: host.pluginDirs,
    choices: networks.choices().map(({ handlers, monitor }) => ({ handlers, ...monitor.describe() })),
    attached: (await list()).map((record) => describeRecord(record, networks, complaints.get(record.attachment.sandboxId))),
  };
}

/** The same without a daemon: reads configuration and records, asks the plugins for VERSION and STATUS, changes nothing. */
export async function inspectNetworks(options: CniOptions): Promise<NetworksOverview> {
  const { runner, pluginDirs, log, cacheDir, pluginEnvironment: environment = DEFAULT_PLUGIN_ENVIRONMENT } = options;
  const host: PluginHost = { runner, pluginDirs, environment, log };
  await using networks = await openNetworks(options, host, log);
  const list = (): Promise<AnyRecord[]> => readAttachmentRecords(cacheDir).catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return [];
    throw error;
  });
  return await describeNetworks({ host, networks, hostPorts: options.hostPorts === false ? undefined : new HostPorts({ runner, log }, []) }, list, new Map());
}

function describeRecord(record: AnyRecord, networks: Networks, complaint: string | undefined): AttachedSandbox {
  const { attachment: { sandboxId, ifName, pod } } = record;
  return {
    sandboxId, ifName, pod: { name: pod.name, namespace: pod.namespace },
    network: 'network' in record ? record.network.name : '',
    ips: 'network' in record && record.result ? networks.inOrder(networkResult(record.result, ifName)).ips : [],
    state: 'unreadable' in record ? 'unreadable' : record.result ? 'attached' : 'not finished',
    ...(complaint !== undefined && { complaint }),
  };
}
