import { InvalidArgumentError } from '#errors';
import type { Dependencies, UnaryHandler } from '../handler.ts';
import type { PodSandboxConfig } from '../generated/cri.js';
import { required } from '../convert/check.ts';
import { toContainerConfig } from '../convert/container-config.ts';
import { checkHandler } from '../convert/image-spec.ts';

/** The request repeats the pod's configuration; the one that the pod was run with counts, and the repeated one must be of the same pod. */
export const createContainer: UnaryHandler<'CreateContainer'> = async (deps, { podSandboxId, config, sandboxConfig }, { signal }) => {
  const id = required(podSandboxId, 'pod_sandbox_id');
  const container = toContainerConfig(config, 'config');
  checkHandler(deps.info, container.image.runtimeHandler, 'config.image.runtime_handler');
  checkSamePod(deps, id, sandboxConfig);
  return { containerId: await deps.pods.createContainer(id, container, { signal }) };
};

/** kubelet makes it anew for each container, with labels and annotations as they are by then: only who the pod is must agree. */
function checkSamePod({ pods }: Dependencies, id: string, sandboxConfig: PodSandboxConfig | null): void {
  const said = sandboxConfig?.metadata;
  if (!said) return;
  const { metadata } = pods.podSandboxStatus(id);
  for (const field of ['name', 'namespace', 'uid'] as const) {
    if (said[field] !== metadata[field]) throw new InvalidArgumentError(`sandbox_config.metadata.${field}: ${JSON.stringify(said[field])}, but pod "${id}" has ${JSON.stringify(metadata[field])}`);
  }
}
