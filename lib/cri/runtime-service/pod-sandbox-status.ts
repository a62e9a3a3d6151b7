import type { UnaryHandler } from '../handler.ts';
import { required } from '../convert/check.ts';
import { fromContainerStatus } from '../convert/container-status.ts';
import { fromPodStatus } from '../convert/pod-status.ts';
import { toVerboseInfo } from '../convert/verbose.ts';

export const podSandboxStatus: UnaryHandler<'PodSandboxStatus'> = ({ pods }, { podSandboxId, verbose }) => {
  const pod = pods.podSandboxStatus(required(podSandboxId, 'pod_sandbox_id'));
  return {
    status: fromPodStatus(pod),
    containersStatuses: pod.containers.map(fromContainerStatus),
    timestamp: pod.timestamp,
    info: toVerboseInfo(verbose, () => pod.info),
  };
};
