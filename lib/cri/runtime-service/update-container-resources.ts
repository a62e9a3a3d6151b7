import type { UnaryHandler } from '../handler.ts';
import { refuse, required } from '../convert/check.ts';
import { toResources } from '../convert/resources.ts';

/** No annotation changes anything here, so a client that sends one is told instead of being left in its belief. */
export const updateContainerResources: UnaryHandler<'UpdateContainerResources'> = async ({ pods }, { containerId, linux, windows, annotations }, { signal }) => {
  refuse(windows, 'windows', 'this node runs Linux');
  refuse(annotations, 'annotations', 'none is understood here, expected none');
  await pods.updateContainerResources(required(containerId, 'container_id'), toResources(required(linux, 'linux'), 'linux'), { signal });
  return {};
};
