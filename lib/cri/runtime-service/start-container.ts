import type { UnaryHandler } from '../handler.ts';
import { required } from '../convert/check.ts';

export const startContainer: UnaryHandler<'StartContainer'> = async ({ pods }, { containerId }, { signal }) => {
  await pods.startContainer(required(containerId, 'container_id'), { signal });
  return {};
};
