/** From a container's last breath to its record, its event and its release. */
import { withDeadline } from '#async';
import { CancelledError, errorText } from '#errors';
import type { ExitRecord, Monitor } from '#conmon';
import type { LiveContainer, PodContext } from './context.ts';
import { exitRecordPath, STEP_TIMEOUT_MS } from './context.ts';
import { publish } from './publish.ts';
import type { ContainerExit, ContainerRecord } from './record.ts';
import { nowNs } from './record.ts';
import { releaseContainer } from './release.ts';

/** Exit code of a container whose process could not be started, as the field has it. */
const START_ERROR_EXIT_CODE = 128;

/** Exit code of a container whose true one cannot be known. */
export const UNKNOWN_EXIT_CODE = 255;

/** Monitors of one container that may die under one daemon. */
const REVIVALS_MAX = 5;

/** Follows a container until its exit is recorded, over the death of its monitor. */
export function watchExit(context: PodContext, containerId: string, monitor: Monitor): LiveContainer {
  const live: LiveContainer = { monitor, exited: Promise.resolve().then(() => follow(context, containerId, live)) };
  context.live.set(containerId, live);
  return live;
}

async function follow(context: PodContext, containerId: string, live: LiveContainer): Promise<void> {
  const exit = await endOf(context, containerId, live);
  await live.starting?.catch(() => undefined);
  if (exit) recordExit(context, containerId, exit);
}

/** Undefined when this daemon has closed the connection: the container goes on. */
async function endOf(context: PodContext, containerId: string, live: LiveContainer): Promise<ContainerExit | undefined> {
  for (let left = REVIVALS_MAX; ; left--) {
    try {
      return exitOf(await live.monitor.exited);
    } catch (error) {
      if (error instanceof CancelledError) return undefined;
      const monitor = left > 0 ? await reviveMonitor(context, containerId, errorText(error), live.monitor.terminal) : undefined;
      // With what it still held of the container's terminal.
      await live.monitor[Symbol.asyncDispose]();
      // The daemon has begun to stop meanwhile.
      if (context.live.get(containerId) !== live) { await monitor?.[Symbol.asyncDispose](); return undefined; }
      if (!monitor) return lostMonitorExit(context, containerId, errorText(error));
      live.monitor = monitor;
    }
  }
}

/** Another monitor in the place of one that has died, with the terminal that was kept; undefined when there is no container to go on with. */
export async function reviveMonitor(context: PodContext, containerId: string, why: string, terminal?: number): Promise<Monitor | undefined> {
  const log = context.log.child({ container: containerId });
  try {
    const monitor = await withDeadline('start another monitor', STEP_TIMEOUT_MS.revive, new AbortController().signal, (signal) => context.monitors.revive(containerId, { signal, terminal }));
    if (monitor) log.warn('the monitor of a container has died, another one goes on', { why, monitorPid: monitor.monitorPid });
    return monitor;
  } catch (error) {
    log.error('the monitor of a container has died, and no other one could be started', { why, error: errorText(error) });
    return undefined;
  }
}

/** What is known of a container that has no monitor: what that had written before it died, or nothing. */
export async function lostMonitorExit(context: PodContext, containerId: string, why: string): Promise<ContainerExit> {
  try {
    const record = await context.monitors.readExitRecord(exitRecordPath(context.config, containerId));
    return record ? exitOf(record) : lostExit('MonitorLost', why);
  } catch (error) {
    return lostExit('MonitorLost', `${why}; ${errorText(error)}`);
  }
}

/** Keeps the exit, tells subscribers, and gives the container's resources back in the background. */
export function recordExit(context: PodContext, containerId: string, exit: ContainerExit): void {
  const before = context.store.getContainer(containerId);
  if (!before || before.exit || before.phase === 'creating') return;
  const container = keepExit(context, containerId, exit);
  publish(context, containerId, before.podId, 'stopped');
  context.log.info('container exited', { container: containerId, exitCode: exit.exitCode, reason: exit.reason });
  if (!container) return;
  const release = context.queue.run(container.podId, () => releaseExited(context, containerId)).finally(() => context.releasing.delete(release));
  context.releasing.add(release);
}

/** A disk that refuses writes ends no daemon, and keeps nobody from being told: the monitor has written the exit to a file of its own. */
function keepExit({ store, log }: PodContext, id: string, exit: ContainerExit): ContainerRecord | undefined {
  try {
    return store.patchContainer(id, { exit });
  } catch (error) {
    log.error('the exit of a container is not recorded; the next daemon asks its monitor\'s record', { container: id, exitCode: exit.exitCode, error: errorText(error) });
    return store.patchContainerInMemory(id, { exit });
  }
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

export function startErrorExit(error: unknown): ContainerExit {
  return { exitCode: START_ERROR_EXIT_CODE, signal: 0, finishedAt: nowNs(), reason: 'StartError', message: errorText(error) };
}

export function lostExit(reason: 'MonitorLost' | 'NodeReboot', message: string): ContainerExit {
  return { exitCode: UNKNOWN_EXIT_CODE, signal: 0, finishedAt: nowNs(), reason, message };
}
