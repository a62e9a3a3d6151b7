import type { PodContext } from './context.ts';
import type { Operation } from './operation.ts';
import { releaseExited } from './exit.ts';
import { publish } from './publish.ts';
import { releasePod } from './release.ts';
import type { Stops } from './stop-container.ts';
import { stopContainer } from './stop-container.ts';

/**
 * Kills the pod's containers and gives back its network, namespaces and cgroup. Idempotent: a call
 * after a failed one finishes what is left, an unknown id is success.
 */
export async function stopPodSandbox(context: PodContext, stops: Stops, podId: string, signal: AbortSignal): Promise<void> {
  const pod = context.store.findPod(podId);
  if (!pod || pod.released) return;
  await context.operations.run(`stopPod:${pod.id}`, 'StopPodSandbox', pod.id, {}, signal, (operation) => stop(context, stops, pod.id, operation));
}

async function stop(context: PodContext, stops: Stops, podId: string, operation: Operation): Promise<void> {
  // From here on no container can be created in it: createContainer looks at the phase in the pod's queue.
  if (context.store.getPod(podId)?.phase === 'ready') context.store.patchPod(podId, { phase: 'notReady' });
  operation.stage('containers');
  await killAll(context, stops, podId);
  await context.queue.run(podId, async () => {
    await killAll(context, stops, podId);
    for (const container of context.store.containersOf(podId)) await releaseExited(context, container.id);
    const pod = context.store.getPod(podId);
    if (!pod || pod.released) return;
    operation.stage('network, namespaces, cgroup');
    await releasePod(context, pod);
    context.store.patchPod(podId, { released: true });
  });
  publish(context, podId, podId, 'stopped');
}

async function killAll(context: PodContext, stops: Stops, podId: string): Promise<void> {
  await Promise.all(context.store.containersOf(podId).map((container) => stopContainer(context, stops, container, 0, new AbortController().signal)));
}
