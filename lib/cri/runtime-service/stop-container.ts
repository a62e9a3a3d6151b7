import type { UnaryHandler } from '../handler.ts';
import { required } from '../convert/check.ts';
import { toSize } from '../convert/number.ts';

export const stopContainer: UnaryHandler<'StopContainer'> = async ({ pods }, { containerId, timeout }, { signal }) => {
  await pods.stopContainer(required(containerId, 'container_id'), toSize(timeout, 'timeout'), { signal });
  return {};
};
