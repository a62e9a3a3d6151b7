/** Container events as messages. */
import type { ContainerEvent } from '#pod';
import type { ContainerEventResponse, Input } from '../generated/cri.js';
import { fromContainerStatus } from './container-status.ts';
import { fromPodStatus } from './pod-status.ts';
import { fromEventType } from './state.ts';

export function fromEvent({ containerId, type, createdAt, podStatus }: ContainerEvent): Input<ContainerEventResponse> {
  return {
    containerId,
    containerEventType: fromEventType(type),
    createdAt,
    podSandboxStatus: podStatus && fromPodStatus(podStatus),
    containersStatuses: podStatus?.containers.map(fromContainerStatus),
  };
}
