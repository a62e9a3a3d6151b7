import type { UnaryHandler } from '../handler.ts';
import { required } from '../convert/check.ts';
import { toResources } from '../convert/resources.ts';

export const updateContainerResources: UnaryHandler<'UpdateContainerResources'> = async ({ pods }, { containerId, linux, annotations }, { signal }) => {
  await pods.updateContainerResources(required(containerId, 'container_id'), toResources(required(linux, 'linux'), 'linux'), annotations, { signal });
  return {};
};
