import type { UnaryHandler } from '../handler.ts';
import { required } from '../convert/check.ts';
import { toResources } from '../convert/resources.ts';

export const updatePodSandboxResources: UnaryHandler<'UpdatePodSandboxResources'> = async ({ pods }, { podSandboxId, overhead, resources }, { signal }) => {
  await pods.updatePodSandboxResources(required(podSandboxId, 'pod_sandbox_id'), {
    ...overhead && { overhead: toResources(overhead, 'overhead') }, ...resources && { resources: toResources(resources, 'resources') },
  }, { signal });
  return {};
};
