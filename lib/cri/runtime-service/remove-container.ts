import type { UnaryHandler } from '../handler.ts';
import { required } from '../convert/check.ts';

export const removeContainer: UnaryHandler<'RemoveContainer'> = async ({ pods }, { containerId }, { signal }) => {
  await pods.removeContainer(required(containerId, 'container_id'), { signal });
  return {};
};
