/** From a container's last breath to its record, its event and its release. */
import { CancelledError, errorText } from '#errors';
import type { ExitRecord, Monitor } from '#conmon';
import type { LiveContainer, PodContext } from './context.ts';
import { publish } from './context.ts';
import type { ContainerExit } from './record.ts';
import { nowNs } from './record.ts';
import { releaseContainer } from './release.ts';

/** Exit code of a container whose true one cannot be known. */
export const UNKNOWN_EXIT_CODE = 255;

/** Follows a container until its exit is recorded. */
export function watchExit(context: PodContext, containerId: string, monitor: Monitor): LiveContainer {
  const exited = monitor.exited.then(
    (record) => exitOf(record),
    // Cancelled: this daemon closed the connection, the container goes on.
    (error: unknown) => (error instanceof CancelledError ? undefined : lostExit('MonitorLost', errorText(error))),
  ).then(async (exit) => {
    await live.starting?.catch(() => undefined);
    if (exit) recordExit(context, containerId, exit);
  });
  const live: LiveContainer = { monitor, exited };
  context.live.set(containerId, live);
  return live;
}

/** Keeps the exit, tells subscribers, and gives the container's resources back in the background. */
export function recordExit(context: PodContext, containerId: string, exit: ContainerExit): void {
  const before = context.store.getContainer(containerId);
  if (!before || before.exit || before.phase === 'creating') return;
  const container = context.store.patchContainer(containerId, { exit });
  publish(context, containerId, before.podId, 'stopped');
  context.log.info('container exited', { container: containerId, exitCode: exit.exitCode, reason: exit.reason });
  if (container) void context.queue.run(container.podId, () => releaseExited(context, containerId));
}

/** Runs in the pod's queue. Failures are logged: remove finishes the rest. */
export async function releaseExited(context: PodContext, containerId: string): Promise<void> {
  const container = context.store.getContainer(containerId);
  const pod = container && context.store.getPod(container.podId);
  if (!container || !pod || container.released) return;
  try {
    await releaseContainer(context, container, pod.runtime);
    context.store.patchContainer(containerId, { released: true });
  } catch (error) {
    context.log.warn('exited container is not fully released yet', { container: containerId, error: errorText(error) });
  }
}

export function exitOf(record: ExitRecord): ContainerExit {
  const reason = record.reason ?? (record.oomKilled ? 'OOMKilled' : record.exitCode === 0 ? 'Completed' : 'Error');
  return { exitCode: record.exitCode, signal: record.signal, finishedAt: record.finishedAtNs, reason, message: '' };
}

export function lostExit(reason: 'MonitorLost' | 'NodeReboot', message: string): ContainerExit {
  return { exitCode: UNKNOWN_EXIT_CODE, signal: 0, finishedAt: nowNs(), reason, message };
}
