import { InvalidArgumentError } from '#errors';
import type { UnaryHandler } from '../handler.ts';
import { absolutePath, required } from '../convert/check.ts';
import { within } from '../convert/number.ts';

/** A day; kubelet asks for its own request timeout at most. */
const MAX_TIMEOUT_S = 86_400;

export const checkpointContainer: UnaryHandler<'CheckpointContainer'> = async ({ pods }, { containerId, location, timeout }, { signal }) => {
  const id = required(containerId, 'container_id');
  const path = absolutePath(required(location, 'location'), 'location');
  if (path.endsWith('/')) throw new InvalidArgumentError(`location: ${JSON.stringify(path)} is a directory, expected the path of a new file`);
  await pods.checkpointContainer(id, path, within(timeout, 0, MAX_TIMEOUT_S, 'timeout'), { signal });
  return {};
};
