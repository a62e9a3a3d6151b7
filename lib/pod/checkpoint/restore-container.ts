import { withDeadline } from '#async';
import { FailedPreconditionError } from '#errors';
import type { Monitor } from '#conmon';
import type { PodContext } from '../context.ts';
import { bundleDir, publish } from '../context.ts';
import { monitorSpec } from '../create-container.ts';
import { recordExit, startErrorExit, watchExit } from '../exit.ts';
import type { ContainerRecord } from '../record.ts';
import { nowNs } from '../record.ts';
import { forgetIpcObjects } from './criu-images.ts';
import { endRestore, restoreDirs } from './prepare-restore.ts';

/**
 * Lets a created container go on from its checkpoint: a monitor has the runtime restore it. In the pod's queue.
 * @throws FailedPreconditionError in the runtime's and CRIU's words; the container has ended with StartError then
 */
export async function restoreContainer(context: PodContext, container: ContainerRecord): Promise<void> {
  const { id } = container;
  const work = restore(context, container);
  context.restoring.set(id, work.catch(() => undefined));
  try {
    await work;
  } catch (error) {
    recordExit(context, id, startErrorExit(error));
    throw error;
  } finally {
    context.restoring.delete(id);
  }
  await endRestore(context, id);
}

async function restore(context: PodContext, container: ContainerRecord): Promise<void> {
  const { id } = container;
  const runtime = context.runtimes.of(context.store.requirePod(container.podId).runtime);
  const dirs = restoreDirs(context, id);
  if (context.store.containersOf(container.podId).some((other) => other.restoredFrom !== undefined && other.startedAt > 0n)) await forgetIpcObjects(dirs.imagesDir);
  const spec = { ...monitorSpec(context, container, runtime, bundleDir(context.config, id)), restore: runtime.checkpoints.restoreCommand(dirs) };
  let monitor: Monitor;
  try {
    monitor = await withDeadline('restore the container', runtime.handler.createTimeoutMs, new AbortController().signal, (signal) => context.monitors.create(spec, { signal }));
  } catch (error) {
    const words = await runtime.checkpoints.restoreErrors(dirs.workDir);
    throw words === '' ? error : new FailedPreconditionError(`restore container "${id}": CRIU says ${words}`, { cause: error });
  }
  context.store.patchContainer(id, { pid: monitor.containerPid, startedAt: nowNs() });
  watchExit(context, id, monitor);
  publish(context, id, container.podId, 'started');
}
