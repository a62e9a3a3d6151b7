/** Containers as messages. */
import type { ContainerStatus, ContainerSummary } from '#pod';
import type { Container, ContainerStatus as StatusMessage, Input } from '../generated/cri.js';
import { fromImageSpec } from './image-spec.ts';
import { fromMount } from './mount.ts';
import { fromResources } from './resources.ts';
import { fromSignalName } from './signal.ts';
import { fromContainerState } from './state.ts';

export function fromContainerSummary(container: ContainerSummary): Input<Container> {
  return { ...shared(container), podSandboxId: container.podSandboxId };
}

export function fromContainerStatus(container: ContainerStatus): Input<StatusMessage> {
  const { startedAt, finishedAt, exitCode, reason, message, mounts, logPath, resources, user, stopSignal } = container;
  return {
    ...shared(container),
    startedAt, finishedAt, exitCode, reason, message, logPath,
    mounts: mounts.map(fromMount),
    resources: { linux: fromResources(resources) },
    user: { linux: { uid: BigInt(user.uid), gid: BigInt(user.gid), supplementalGroups: user.supplementalGroups.map(BigInt) } },
    stopSignal: fromSignalName(stopSignal),
  };
}

function shared(container: ContainerSummary): Input<Container> & Input<StatusMessage> {
  const { id, metadata, imageRef, imageId, createdAt, labels, annotations } = container;
  return { id, metadata, image: fromImageSpec(container.image), imageRef, imageId, state: fromContainerState(container.state), createdAt, labels, annotations };
}
