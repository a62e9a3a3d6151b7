/** Why a pod is not running, from memory: what is under way, how the last operations ended, what is left to do and who does it. */
import type { PodExplanation } from './api.ts';
import type { PodContext } from './context.ts';
import type { ContainerRecord, PodRecord } from './record.ts';
import { containerState, podState } from './record.ts';

/**
 * @param text a pod's name, `namespace/name`, or the beginning of its id or of one of its containers' ids. A pod that could not be
 *   started has no record any more: its failed attempts are found by its name.
 */
export function explain({ store, operations }: PodContext, text: string): PodExplanation[] {
  const pods = [...store.pods].filter((pod) => isMeant(pod, store.containersOf(pod.id), text));
  const explained = pods.map((pod) => {
    const containers = store.containersOf(pod.id);
    const ids = new Set([pod.id, ...containers.map((c) => c.id)]);
    // Also failed attempts to create one of its containers, which have left no record.
    const about = (id: string, of: string | undefined): boolean => ids.has(id) || of === pod.id;
    const underWay = operations.views().filter((o) => about(o.id, o.podId));
    return {
      id: pod.id, name: nameOf(pod), attempt: pod.config.metadata.attempt, state: pod.phase === 'creating' ? 'creating' as const : podState(pod), createdAt: pod.createdAt,
      containers: containers.map(containerLine), underWay, ended: operations.ended().filter((o) => about(o.id, o.podId)), next: nextOf(pod, underWay.length > 0),
    };
  });
  const failed = operations.ended().filter((o) => o.error !== undefined && o.kind === 'RunPodSandbox' && o.name !== undefined && isNamed(o.name, text) && !pods.some((pod) => pod.id === o.id));
  if (failed.length === 0) return explained;
  const { name = '' } = failed.at(-1) ?? {};
  return [...explained, { id: '', name, attempt: 0, state: 'absent', createdAt: 0n, containers: [], underWay: [], ended: failed, next: 'nothing of these attempts is left; the next RunPodSandbox begins anew' }];
}

function isMeant(pod: PodRecord, containers: readonly ContainerRecord[], text: string): boolean {
  return isNamed(nameOf(pod), text) || [pod, ...containers].some(({ id }) => text !== '' && id.startsWith(text));
}

function isNamed(name: string, text: string): boolean {
  return name === text || name.endsWith(`/${text}`);
}

function nameOf({ config: { metadata } }: PodRecord): string {
  return `${metadata.namespace}/${metadata.name}`;
}

function containerLine(container: ContainerRecord): PodExplanation['containers'][number] {
  const { id, config: { metadata: { name, attempt } }, exit, warnings = [] } = container;
  return { id, name, attempt, state: container.phase === 'creating' ? 'creating' : containerState(container), exitCode: exit?.exitCode ?? 0, reason: exit?.reason ?? '', message: exit?.message ?? '', warnings };
}

function nextOf(pod: PodRecord, isUnderWay: boolean): string {
  if (isUnderWay) return 'an equal request joins what is under way';
  if (pod.phase === 'ready') return '';
  if (pod.released) return 'it is stopped and holds nothing; RemovePodSandbox forgets it, a new attempt is another pod';
  return 'not all of it could be taken back; the next StopPodSandbox or RemovePodSandbox goes on with that';
}
