import { raceSignal, withDeadline } from '#async';
import { errorText } from '#errors';
import type { PodContext } from './context.ts';

/** Many times what the kernel takes. Later it is of no use: the runtime waits itself then, under the deadline of its own step. */
const READY_TIMEOUT_MS = 1_000;
const WHAT = 'make the kernel ready for moves between cgroups';

/**
 * Does `work`, in which the runtime moves a process into a container's cgroup: what the kernel waits for before that passes beside all that comes first.
 * Nothing of it goes on when this has settled, unless the kernel does not answer in its time: it then keeps one thread of the daemon, whoever else asks (Cgroups.readyForMoves).
 * @param isLong the move may come so late that the kernel must be kept ready for it
 */
export async function withReadyMoves<T>(context: Pick<PodContext, 'cgroups' | 'log'>, action: string, work: () => Promise<T>, isLong = false): Promise<T> {
  const done = new AbortController();
  const ready = withDeadline(WHAT, READY_TIMEOUT_MS, new AbortController().signal, (signal) => raceSignal(context.cgroups.readyForMoves(isLong ? AbortSignal.any([done.signal, signal]) : undefined), signal, WHAT))
    .catch((error: unknown) => { context.log.debug('the runtime may have to wait for the kernel', { action, error: errorText(error) }); });
  try {
    return await work();
  } finally {
    done.abort();
    await ready;
  }
}
