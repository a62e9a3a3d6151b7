import type { UnaryHandler } from '../handler.ts';
import { required } from '../convert/check.ts';

export const removePodSandbox: UnaryHandler<'RemovePodSandbox'> = async ({ pods }, { podSandboxId }, { signal }) => {
  await pods.removePodSandbox(required(podSandboxId, 'pod_sandbox_id'), { signal });
  return {};
};
