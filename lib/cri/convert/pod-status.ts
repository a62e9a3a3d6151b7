/** Pods as messages. */
import type { PodStatus, PodSummary } from '#pod';
import type { Input, PodSandbox, PodSandboxStatus } from '../generated/cri.js';
import { fromNamespaceOptions } from './namespaces.ts';
import { fromPodState } from './state.ts';

export function fromPodSummary(pod: PodSummary): Input<PodSandbox> {
  const { id, metadata, createdAt, labels, annotations, runtimeHandler } = pod;
  return { id, metadata, state: fromPodState(pod.state), createdAt, labels, annotations, runtimeHandler };
}

export function fromPodStatus(pod: PodStatus): Input<PodSandboxStatus> {
  const [ip = '', ...more] = pod.ips;
  return {
    ...fromPodSummary(pod),
    network: { ip, additionalIps: more.map((address) => ({ ip: address })) },
    linux: { namespaces: { options: fromNamespaceOptions(pod.namespaceOptions) } },
  };
}
