import { readFileSync } from 'node:fs';
import { errnoOf } from '#errors';
import type { PodContext } from './context.ts';

/** Whether a container's first process is dead, though its exit may not have been told yet: what failed in it has failed because of that. */
export function hasEnded(context: Pick<PodContext, 'store' | 'live'>, containerId: string): boolean {
  const container = context.store.getContainer(containerId);
  return container === undefined || container.exit !== undefined || context.live.get(containerId)?.isKilled === true || isDead(container.pid);
}

/** The state stands behind the name, which may hold anything. */
function isDead(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return ['Z', 'X'].includes(stat.charAt(stat.lastIndexOf(')') + 2));
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes(errnoOf(error) ?? '')) return true;
    throw error;
  }
}
