/** RemoveContainer and RemovePodSandbox: both by force, both idempotent, both finish what an earlier call left. */
import { rm } from 'node:fs/promises';
import { FailedPreconditionError } from '#errors';
import type { PodContext } from './context.ts';
import { logDirectoryOf } from './context.ts';
import { publish } from './publish.ts';
import type { ContainerRecord, PodRecord } from './record.ts';
import { releaseContainer } from './release.ts';
import type { Stops } from './stop-container.ts';
import { stopContainer } from './stop-container.ts';
import { stopPodSandbox } from './stop-pod-sandbox.ts';

/** Kills it if it runs. The log file stays: it is kubelet's, or goes with the pod. Success for an unknown id. */
export async function removeContainer(context: PodContext, stops: Stops, id: string, signal: AbortSignal): Promise<void> {
  const container = context.store.findContainer(id);
  if (!container) return;
  await context.operations.run(`remove:${container.id}`, 'RemoveContainer', container.id, {}, signal, async (operation) => {
    operation.stage('stop');
    await stopContainer(context, stops, container, 0, new AbortController().signal);
    await context.queue.run(container.podId, async () => {
      operation.stage('release');
      await removeNow(context, stops, container.id);
    });
  });
}

/** Stops the pod, removes its containers and forgets it. Success for an unknown id. */
export async function removePodSandbox(context: PodContext, stops: Stops, id: string, signal: AbortSignal): Promise<void> {
  const found = context.store.findPod(id);
  if (!found) return;
  await context.operations.run(`removePod:${found.id}`, 'RemovePodSandbox', found.id, {}, signal, async (operation) => {
    operation.stage('stop');
    await stopPodSandbox(context, stops, found.id, new AbortController().signal);
    await context.queue.run(found.id, async () => {
      operation.stage('containers');
      for (const container of context.store.containersOf(found.id)) await removeNow(context, stops, container.id);
      await removeOwnLogs(context, found);
      publish(context, found.id, found.id, 'deleted');
      context.store.deletePod(found.id);
    });
  });
}

/** A directory that the client named is the client's. */
async function removeOwnLogs(context: PodContext, pod: PodRecord): Promise<void> {
  if (pod.config.logDirectory !== '') return;
  const directory = logDirectoryOf(context.config, pod);
  try {
    await rm(directory, { recursive: true, force: true });
  } catch (error) {
    throw new FailedPreconditionError(`remove the log directory "${directory}"`, { cause: error });
  }
}

/** In the pod's queue. The event is told while the pod's status can still be shown. */
async function removeNow(context: PodContext, stops: Stops, containerId: string): Promise<void> {
  const container: ContainerRecord | undefined = context.store.getContainer(containerId);
  if (!container) return;
  if (!container.released) await releaseContainer(context, container, context.store.requirePod(container.podId).runtime);
  await context.storage.rootfs.remove(containerId);
  stops.end(containerId);
  context.store.deleteContainer(containerId);
  publish(context, containerId, container.podId, 'deleted');
}
