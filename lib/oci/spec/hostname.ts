import type { PodSandboxConfig } from '../config.ts';

/** The name of a pod with a name of its own: what its client says, else digits of its id, as Docker's and CRI-O's. */
export function podHostname({ hostname }: Pick<PodSandboxConfig, 'hostname'>, podId: string): string {
  return hostname || podId.slice(0, 12);
}
