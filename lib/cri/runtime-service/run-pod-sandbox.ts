import type { UnaryHandler } from '../handler.ts';
import { toPodSandboxConfig } from '../convert/pod-config.ts';

export const runPodSandbox: UnaryHandler<'RunPodSandbox'> = async ({ pods }, { config, runtimeHandler }, { signal }) =>
  ({ podSandboxId: await pods.runPodSandbox(toPodSandboxConfig(config, 'config'), runtimeHandler, { signal }) });
