import type { UnaryHandler } from '../handler.ts';
import { required } from '../convert/check.ts';

export const stopPodSandbox: UnaryHandler<'StopPodSandbox'> = async ({ pods }, { podSandboxId }, { signal }) => {
  await pods.stopPodSandbox(required(podSandboxId, 'pod_sandbox_id'), { signal });
  return {};
};
