import type { Davit } from './davit.ts';
import { containerConfig, podConfig } from './pod-config.ts';
import type { ContainerOptions, PodConfig, PodOptions } from './pod-config.ts';

export interface RunningPod { readonly id: string; readonly config: PodConfig }

/** RunPodSandbox. */
export async function runPod(davit: Pick<Davit, 'client' | 'logs'>, options: PodOptions & { readonly runtimeHandler?: string }): Promise<RunningPod> {
  const { runtimeHandler = '', ...rest } = options;
  const config = podConfig(davit, rest);
  const { podSandboxId } = await davit.client.call('RunPodSandbox', { config, runtimeHandler });
  return { id: podSandboxId, config };
}

/** CreateContainer and StartContainer. @returns the container's id */
export async function runContainer(davit: Pick<Davit, 'client'>, pod: RunningPod, options: ContainerOptions): Promise<string> {
  const { containerId } = await davit.client.call('CreateContainer', { podSandboxId: pod.id, config: containerConfig(options), sandboxConfig: pod.config });
  await davit.client.call('StartContainer', { containerId });
  return containerId;
}
