import { InvalidArgumentError } from '#errors';
import type { UnaryHandler } from '../handler.ts';
import { absolutePath, required } from '../convert/check.ts';
import { refuseOptions, withReserve } from '../convert/checkpoint.ts';
import { toContainerConfig } from '../convert/container-config.ts';
import { checkHandler } from '../convert/image-spec.ts';
import { toPodSandboxConfig } from '../convert/pod-config.ts';

export const restorePod: UnaryHandler<'RestorePod'> = async ({ pods, info }, { checkpointPath, config, runtimeHandler, options, containerConfigs }, call) => {
  const path = absolutePath(required(checkpointPath, 'checkpoint_path'), 'checkpoint_path');
  refuseOptions(options);
  if (containerConfigs.length === 0) throw new InvalidArgumentError("container_configs is empty, expected the checkpoint's containers");
  const containers = containerConfigs.map((container, i) => {
    const converted = toContainerConfig(container, `container_configs[${i}]`);
    checkHandler(info, converted.image.runtimeHandler, `container_configs[${i}].image.runtime_handler`);
    return converted;
  });
  const names = containers.map(({ metadata }) => metadata.name);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) throw new InvalidArgumentError(`container_configs: two have the name ${JSON.stringify(twice)}`);
  const restored = await pods.restorePod({ checkpointPath: path, config: toPodSandboxConfig(config, 'config'), runtimeHandler, containerConfigs: containers }, withReserve('RestorePod', call));
  return { podSandboxId: restored.podSandboxId, restoredContainers: restored.containers };
};
