/** States and event types: our words in the order of CRI's numbers. */
import type { ContainerEventType, ContainerState, PodState } from '#pod';
import { enumWord } from './check.ts';

const POD_STATES: readonly PodState[] = ['ready', 'notReady'];
const CONTAINER_STATES: readonly ContainerState[] = ['created', 'running', 'exited', 'unknown'];
const EVENT_TYPES: readonly ContainerEventType[] = ['created', 'started', 'stopped', 'deleted'];

export function toPodState(value: number, at: string): PodState {
  return enumWord(POD_STATES, value, at);
}

export function fromPodState(state: PodState): number {
  return POD_STATES.indexOf(state);
}

export function toContainerState(value: number, at: string): ContainerState {
  return enumWord(CONTAINER_STATES, value, at);
}

export function fromContainerState(state: ContainerState): number {
  return CONTAINER_STATES.indexOf(state);
}

export function fromEventType(type: ContainerEventType): number {
  return EVENT_TYPES.indexOf(type);
}
