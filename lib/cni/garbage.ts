/** GC: what belongs to no living sandbox is detached, then the plugins are told which attachments are valid (SPEC.md section 2, GC). */
import { withDeadline } from '#async';
import { errorText } from '#errors';
import type { NetworkContext } from './context.ts';
import { invokePlugin } from './invoke.ts';
import type { JsonObject } from './json.ts';
import { mergedRequest, pluginEnvironment } from './request.ts';
import type { SelectedNetwork } from './network-monitor.ts';
import type { Attachment } from './types.ts';
import { GC_SINCE, isAtLeast } from './version.ts';

/** For all plugins together: nothing is attached meanwhile. */
const GC_TIMEOUT_MS = 15_000;

/** Networks whose plugins know GC and may be asked. */
export function networksWithGC({ networks }: NetworkContext): SelectedNetwork[] {
  return networks.allSelected().filter(({ network, version }) => !network.disableGC && isAtLeast(version, GC_SINCE));
}

/** Every plugin is asked although another failed. @returns failures in words. The caller keeps ADD and DEL away. */
export async function tellValidAttachments(context: NetworkContext, selected: readonly SelectedNetwork[], signal: AbortSignal): Promise<string[]> {
  const { host, records } = context;
  const valid = (await records.list()).map(({ attachment: { sandboxId, ifName }, ...record }) => ({ network: 'network' in record ? record.network.name : undefined, entry: { containerID: sandboxId, ifname: ifName } }));
  const failures: string[] = [];
  const deadline = Date.now() + GC_TIMEOUT_MS;
  const environment = pluginEnvironment('GC', host.pluginDirs);
  for (const { network, version } of selected) {
    // An unreadable record may be of any network: better a leak than a living pod's address given away.
    const attachments = valid.filter((one) => one.network === undefined || one.network === network.name).map(({ entry }) => entry);
    for (const plugin of network.plugins) {
      // The specification's first text and libcni since have different names for the list.
      const members: JsonObject = { 'cni.dev/valid-attachments': attachments, 'cni.dev/attachments': attachments };
      const request = mergedRequest(plugin, network.name, version, members);
      try {
        await invokePlugin(host, { type: plugin.type, what: `GC of network "${network.name}"`, environment, request, deadline }, { signal });
      } catch (error) {
        failures.push(errorText(error));
      }
    }
  }
  return failures;
}

/** Those that `isWanted` does not know, detached one by one. @returns how many, and failures in words. */
export async function detachStale(stale: readonly Attachment[], del: (attachment: Attachment, signal: AbortSignal) => Promise<void>, timeoutMs: number, signal: AbortSignal): Promise<{ detached: number; failures: string[] }> {
  const failures: string[] = [];
  for (const attachment of stale) {
    try {
      await withDeadline(`detach stale sandbox "${attachment.sandboxId}"`, timeoutMs, signal, (step) => del(attachment, step));
    } catch (error) {
      failures.push(errorText(error));
    }
  }
  return { detached: stale.length - failures.length, failures };
}
