import type { UnaryHandler } from '../handler.ts';
import { required } from '../convert/check.ts';
import { fromContainerStatus } from '../convert/container-status.ts';
import { toVerboseInfo } from '../convert/verbose.ts';

export const containerStatus: UnaryHandler<'ContainerStatus'> = ({ pods }, { containerId, verbose }) => {
  const container = pods.containerStatus(required(containerId, 'container_id'));
  return { status: fromContainerStatus(container), info: toVerboseInfo(verbose, () => container.info) };
};
