/** Where a pod's cgroups are; names of containers' cgroups come from #oci. */
import { join } from 'node:path';
import type { PodRecord } from './record.ts';

/** The sandbox's own leaf beside its containers: it holds the pause process of a shared pid namespace. */
export function sandboxCgroup(pod: Pick<PodRecord, 'id' | 'cgroupPath'>): string {
  return join(pod.cgroupPath, `davit-${pod.id}`);
}
