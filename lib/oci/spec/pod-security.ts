import { InvalidArgumentError } from '#errors';
import type { PodSandboxConfig } from '../config.ts';

/**
 * What CRI forbids a pod's security context to say, before anything of the pod is made.
 * @throws InvalidArgumentError naming the field.
 */
export function checkPodSecurity(pod: PodSandboxConfig): void {
  const { runAsUser, runAsGroup, namespaceOptions } = pod.linux.securityContext;
  if (runAsGroup !== undefined && runAsUser === undefined) throw new InvalidArgumentError(`pod '${pod.metadata.name}': run_as_group ${runAsGroup} needs run_as_user`);
  for (const type of ['network', 'pid', 'ipc'] as const) {
    const mode = namespaceOptions[type];
    if (mode === 'target' || (mode === 'container' && type !== 'pid')) throw new InvalidArgumentError(`pod '${pod.metadata.name}': ${type} namespace mode '${mode}' is not for pods, expected ${type === 'pid' ? '\'pod\', \'container\' or \'node\'' : '\'pod\' or \'node\''}`);
  }
}
