import { withDeadline } from '#async';
import { FailedPreconditionError } from '#errors';
import { constants } from 'node:os';
import type { LiveContainer, PodContext } from './context.ts';
import { STEP_TIMEOUT_MS } from './context.ts';
import { restoreContainer } from './checkpoint/restore-container.ts';
import { recordExit, startErrorExit } from './exit.ts';
import type { Operation } from './operation.ts';
import { publish } from './publish.ts';
import type { ContainerRecord } from './record.ts';
import { containerState, nowNs } from './record.ts';

/**
 * Starts a created container. One that runs already is success: an earlier, equal request started it.
 * @throws FailedPreconditionError when it has exited or is stopped meanwhile; the runtime's own text when it refuses.
 */
export async function startContainer(context: PodContext, id: string, signal: AbortSignal): Promise<void> {
  const container = context.store.requireContainer(id);
  await context.operations.run(`start:${container.id}`, 'StartContainer', container.id, {}, signal,
    (operation) => context.queue.run(container.podId, () => start(context, container.id, operation)));
}

async function start(context: PodContext, id: string, operation: Operation): Promise<void> {
  const container = context.store.requireContainer(id);
  const state = containerState(container);
  if (state === 'running') return;
  if (state === 'created' && container.restoredFrom !== undefined) {
    operation.stage('runtime restore');
    await restoreContainer(context, container);
    return;
  }
  const live = context.live.get(id);
  if (state !== 'created' || !live) throw new FailedPreconditionError(`start container "${id}": it is ${state}, expected created`);
  operation.stage('runtime start');
  const starting = run(context, container, live);
  live.starting = starting;
  try {
    await starting;
  } finally {
    delete live.starting;
  }
}

async function run(context: PodContext, container: ContainerRecord, live: LiveContainer): Promise<void> {
  // Before its process can end: one that is killed while it starts does not end before its start.
  const startedAt = nowNs();
  try {
    await withDeadline('start the container', STEP_TIMEOUT_MS.start, new AbortController().signal, (signal) => live.monitor.start({ signal }));
  } catch (error) {
    // Its exit tells of the signal.
    if (live.isKilled) throw new FailedPreconditionError(`start container "${container.id}": it was stopped while it was started`, { cause: error });
    recordExit(context, container.id, startErrorExit(error));
    await withDeadline('kill the container that did not start', STEP_TIMEOUT_MS.kill, new AbortController().signal,
      (signal) => live.monitor.kill(constants.signals.SIGKILL, { signal }));
    throw error;
  }
  context.store.patchContainer(container.id, { startedAt });
  publish(context, container.id, container.podId, 'started');
}
