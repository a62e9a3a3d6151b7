import { InvalidArgumentError } from '#errors';
import type { SpecAdjustment } from './adjustment.ts';

/** The kernel's range of oom_score_adj, https://man7.org/linux/man-pages/man5/proc_pid_oom_score_adj.5.html. */
const RANGE = { lowest: -1000, highest: 1000 } as const;

/**
 * Only CAP_SYS_RESOURCE may go below the daemon's own value; without it the lowest possible is the daemon's.
 * @throws InvalidArgumentError outside -1000…1000.
 */
export function oomScoreAdj(wanted: number, host: { readonly oomScoreAdj: number; readonly capabilities: ReadonlySet<string> }): { value: number; adjustments: SpecAdjustment[] } {
  if (wanted < RANGE.lowest || wanted > RANGE.highest) throw new InvalidArgumentError(`oom_score_adj ${wanted}: must be between ${RANGE.lowest} and ${RANGE.highest}`);
  if (wanted >= host.oomScoreAdj || host.capabilities.has('CAP_SYS_RESOURCE')) return { value: wanted, adjustments: [] };
  const message = `oom_score_adj below this daemon's own (${host.oomScoreAdj}) needs CAP_SYS_RESOURCE, which it lacks: containers that ask for less get ${host.oomScoreAdj}`;
  return { value: host.oomScoreAdj, adjustments: [{ key: 'oomScoreAdj', message }] };
}
