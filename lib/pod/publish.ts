import type { ContainerEventType } from './api.ts';
import { bundlesDir, type PodContext } from './context.ts';
import { nowNs } from './record.ts';
import { podStatus } from './view.ts';

/** Tells subscribers what happened to a container or, with the pod's own id, to a sandbox. */
export function publish(context: PodContext, containerId: string, podId: string, type: ContainerEventType): void {
  if (!context.events.hasSubscribers) return;
  const pod = context.store.getPod(podId);
  const status = pod && podStatus(pod, context.store.containersOf(podId), bundlesDir(context.config));
  context.events.publish({ containerId, type, createdAt: nowNs(), podStatus: status });
}
