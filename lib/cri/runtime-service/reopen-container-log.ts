import type { UnaryHandler } from '../handler.ts';
import { required } from '../convert/check.ts';

export const reopenContainerLog: UnaryHandler<'ReopenContainerLog'> = async ({ pods }, { containerId }, { signal }) => {
  await pods.reopenContainerLog(required(containerId, 'container_id'), { signal });
  return {};
};
