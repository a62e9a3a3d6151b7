import type { UnaryHandler } from '../handler.ts';
import { required } from '../convert/check.ts';
import { toContainerConfig } from '../convert/container-config.ts';

/** The request repeats the pod's configuration; the one that the pod was run with counts. */
export const createContainer: UnaryHandler<'CreateContainer'> = async ({ pods }, { podSandboxId, config }, { signal }) =>
  ({ containerId: await pods.createContainer(required(podSandboxId, 'pod_sandbox_id'), toContainerConfig(config, 'config'), { signal }) });
