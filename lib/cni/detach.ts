/** DEL: the plugins that a sandbox was attached by, last first, as often as it takes. */
import { statfs } from 'node:fs/promises';
import { UnavailableError } from '#errors';
import type { AttachedNetwork, UnreadableRecord } from './attachment-records.ts';
import { pluginSequence, type NetworkContext } from './context.ts';
import { findPlugin } from './find-plugin.ts';
import { removeMasquerading } from './masquerade.ts';
import { failureCode, UNKNOWN_CONTAINER } from './plugin-error.ts';
import { recordedResult } from './recorded-result.ts';
import type { Attachment } from './types.ts';

/** statfs of a pinned namespace (linux/magic.h). */
const NSFS_MAGIC = 0x6e736673;

/** Success without a record: it was never attached, or is detached already. The record goes after the last plugin's success. */
export async function detach(context: NetworkContext, given: Attachment, signal: AbortSignal): Promise<void> {
  const { host, records, interrupted } = context;
  const [record, netnsPath] = await Promise.all([records.read(given.sandboxId, given.ifName), liveNamespace(given.netnsPath)]);
  if (!record) return;
  const network = 'network' in record ? record.network : networkOfUnreadable(context, record);
  const attachment = { ...('network' in record ? record.attachment : given), netnsPath };
  const prevResult = 'network' in record ? recordedResult(record, host.log) : undefined;
  const isInterrupted = interrupted.has(given.sandboxId) || attachment.netnsPath === '' || prevResult === undefined;
  interrupted.add(given.sandboxId);
  await context.hostPorts?.close(given.sandboxId);
  const del = pluginSequence(context, 'DEL', attachment, network, signal);
  // All at once; one that is missing is complained about when it is its turn.
  const binaries = new Map(network.plugins.map((plugin) => [plugin, findPlugin(plugin.type, host.pluginDirs).catch(() => undefined)]));
  for (const plugin of network.plugins.toReversed()) {
    try {
      await del.run(plugin, prevResult, (await binaries.get(plugin))?.path);
    } catch (error) {
      if (failureCode(error) !== UNKNOWN_CONTAINER) throw error;
      host.log.debug('CNI plugin does not know the sandbox: nothing to take back', { plugin: plugin.type, sandbox: attachment.sandboxId });
    }
  }
  if (isInterrupted) await removeMasquerading(host, network, given.sandboxId, { signal });
  await records.remove(given.sandboxId, given.ifName);
  interrupted.delete(given.sandboxId);
}

function networkOfUnreadable({ host, networks }: NetworkContext, { unreadable, attachment: { sandboxId } }: UnreadableRecord): AttachedNetwork {
  const selected = networks.selected();
  host.log.warn('record of a network attachment is unreadable; detaching by the present configuration', { sandbox: sandboxId, error: unreadable });
  if (!selected) throw new UnavailableError(`detach sandbox "${sandboxId}": its record is unreadable (${unreadable}), and there is ${networks.status().message}`);
  return { name: selected.network.name, version: selected.version, plugins: selected.network.plugins };
}

/** '' for a path that is no pinned namespace any more: plugins then clean up what is on the host's side. */
async function liveNamespace(path: string): Promise<string> {
  if (path === '') return '';
  const found = await statfs(path).catch(() => undefined);
  return found?.type === NSFS_MAGIC ? path : '';
}
