import { errorText } from '#errors';
import type { PodContext } from './context.ts';

/**
 * Does `work`, in which the runtime moves a process into a container's cgroup: what the kernel waits for before that passes beside all that comes first.
 * Nothing of it goes on when this has settled.
 */
export async function withReadyMoves<T>(context: Pick<PodContext, 'cgroups' | 'log'>, action: string, work: () => Promise<T>): Promise<T> {
  const ready = context.cgroups.readyForMoves().catch((error: unknown) => { context.log.debug('the runtime may have to wait for the kernel', { action, error: errorText(error) }); });
  try {
    return await work();
  } finally {
    await ready;
  }
}
