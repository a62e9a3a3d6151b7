/** CHECK: whether what ADD made is still there, in the plugins' own eyes. */
import { FailedPreconditionError } from '#errors';
import { pluginSequence, type NetworkContext } from './context.ts';
import { recordedResult } from './recorded-result.ts';
import type { Attachment, CheckOutcome } from './types.ts';
import { CHECK_SINCE, isAtLeast } from './version.ts';

/** @throws the first plugin's complaint; FailedPreconditionError when ADD has not ended. */
export async function check(context: NetworkContext, { sandboxId, ifName }: Pick<Attachment, 'sandboxId' | 'ifName'>, signal: AbortSignal): Promise<CheckOutcome> {
  const record = await context.records.read(sandboxId, ifName);
  if (!record || !('network' in record)) throw new FailedPreconditionError(`check the network of sandbox "${sandboxId}": ${record ? `its record is unreadable: ${record.unreadable}` : 'it is not attached'}`);
  const { network } = record;
  if (network.disableCheck === true || !isAtLeast(network.version, CHECK_SINCE)) return 'not asked';
  const prevResult = recordedResult(record, context.host.log);
  if (!prevResult) throw new FailedPreconditionError(`check the network of sandbox "${sandboxId}": its ADD has not ended`);
  const sequence = pluginSequence(context, 'CHECK', record.attachment, network, signal);
  for (const plugin of network.plugins) await sequence.run(plugin, prevResult);
  return 'in order';
}
