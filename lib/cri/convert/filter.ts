/** Filters of lists: what is empty filters nothing. */
import type { ContainerFilter, PodFilter } from '#pod';
import type {
  ContainerFilter as ContainerMessage, ContainerStatsFilter as ContainerStatsMessage, PodSandboxFilter as PodMessage, PodSandboxStatsFilter as PodStatsMessage,
} from '../generated/cri.js';
import { toContainerState, toPodState } from './state.ts';

export function toPodFilter(message: PodMessage | PodStatsMessage | null): PodFilter {
  if (message === null) return {};
  return {
    ...message.id !== '' && { id: message.id },
    ...'state' in message && message.state !== null && { state: toPodState(message.state.state, 'filter.state.state') },
    ...labelsOf(message),
  };
}

export function toContainerFilter(message: ContainerMessage | ContainerStatsMessage | null): ContainerFilter {
  if (message === null) return {};
  return {
    ...message.id !== '' && { id: message.id },
    ...'state' in message && message.state !== null && { state: toContainerState(message.state.state, 'filter.state.state') },
    ...message.podSandboxId !== '' && { podSandboxId: message.podSandboxId },
    ...labelsOf(message),
  };
}

function labelsOf({ labelSelector }: { labelSelector: Record<string, string> }): { labelSelector?: Record<string, string> } {
  return Object.keys(labelSelector).length > 0 ? { labelSelector } : {};
}
