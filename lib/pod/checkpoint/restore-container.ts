import { withDeadline } from '#async';
import { FailedPreconditionError } from '#errors';
import type { Monitor } from '#conmon';
import type { PodContext } from '../context.ts';
import { bundleDir } from '../context.ts';
import { monitorSpec } from '../create-container.ts';
import { recordExit, startErrorExit, watchExit } from '../exit.ts';
import { publish } from '../publish.ts';
import type { ContainerRecord, PodRecord } from '../record.ts';
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

/**
 * Processes get the pids back that they had. In a pid namespace that all containers of a pod share, what one of them forks while the next waits for its restore must not
 * take those: new ones begin far above.
 */
async function reservePids({ runner, log }: PodContext, { id, namespaces }: PodRecord): Promise<void> {
  if (namespaces.pid === undefined) return;
  const script = `echo ${LAST_RESERVED_PID} > /proc/sys/kernel/ns_last_pid`;
  const { exitCode, stderr } = await runner.run({ file: '/usr/bin/nsenter', args: [`--pid=${namespaces.pid}`, '/bin/sh', '-c', script], env: {}, timeoutMs: RESERVE_TIMEOUT_MS }, { signal: new AbortController().signal });
  if (exitCode !== 0) log.warn('pids of a restored pod are not reserved: a container may not find its own', { pod: id, error: stderr.toString('utf8').trim() });
}

/** Half of what Linux allows where nothing is set. */
const LAST_RESERVED_PID = 16_384;
const RESERVE_TIMEOUT_MS = 10_000;

async function restore(context: PodContext, container: ContainerRecord): Promise<void> {
  const { id } = container;
  const pod = context.store.requirePod(container.podId);
  const runtime = context.runtimes.of(pod.runtime);
  const dirs = restoreDirs(context, id);
  if (context.store.containersOf(container.podId).some((other) => other.restoredFrom !== undefined && other.startedAt > 0n)) await forgetIpcObjects(dirs.imagesDir);
  await reservePids(context, pod);
  const spec = { ...monitorSpec(context, container, runtime, bundleDir(context.config, id)), restore: runtime.checkpoints.restoreCommand(dirs) };
  // As of one that is started: before its processes can end.
  const startedAt = nowNs();
  let monitor: Monitor;
  try {
    monitor = await withDeadline('restore the container', runtime.handler.createTimeoutMs, new AbortController().signal, (signal) => context.monitors.create(spec, { signal }));
  } catch (error) {
    const words = await runtime.checkpoints.restoreErrors(dirs.workDir);
    throw words === '' ? error : new FailedPreconditionError(`restore container "${id}": CRIU says ${words}`, { cause: error });
  }
  context.store.patchContainer(id, { pid: monitor.containerPid, startedAt });
  watchExit(context, id, monitor);
  publish(context, id, container.podId, 'started');
}
