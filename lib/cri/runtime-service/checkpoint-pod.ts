import { InvalidArgumentError } from '#errors';
import type { UnaryHandler } from '../handler.ts';
import { absolutePath, required } from '../convert/check.ts';
import { refuseOptions, withReserve } from '../convert/checkpoint.ts';

export const checkpointPod: UnaryHandler<'CheckpointPod'> = async ({ pods }, { podSandboxId, outputPath, containerIds, options }, call) => {
  const id = required(podSandboxId, 'pod_sandbox_id');
  const path = absolutePath(required(outputPath, 'output_path'), 'output_path');
  refuseOptions(options);
  if (containerIds.length === 0) throw new InvalidArgumentError('container_ids is empty, expected the running containers that are to be checkpointed');
  await pods.checkpointPod(id, { outputPath: path, containerIds: containerIds.map((containerId, i) => required(containerId, `container_ids[${i}]`)) }, withReserve('CheckpointPod', call));
  return {};
};
