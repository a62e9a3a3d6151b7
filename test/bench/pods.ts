/** Pods as kubelet asks for them, one container each that sleeps. */
import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runtime, type messages } from '#cri';
import type { RuntimeUnderTest } from './runtime.ts';

export interface BenchPod {
  readonly podSandboxId: string;
  readonly containerId: string;
  readonly sandboxConfig: messages.Input<messages.PodSandboxConfig>;
  /** Of the three calls, milliseconds. */
  readonly run: number;
  readonly create: number;
  readonly start: number;
}

/** kubelet's namespaces: each container has processes of its own. */
const { POD, CONTAINER } = runtime.v1.NamespaceMode;
const SECURITY = { namespaceOptions: { network: POD, ipc: POD, pid: CONTAINER }, seccomp: { profileType: runtime.v1.SecurityProfile.ProfileType.RuntimeDefault } };

/** RunPodSandbox, CreateContainer and StartContainer, each timed as the client sees it. */
export async function startPod({ client, logs }: RuntimeUnderTest, options: { readonly handler: string; readonly image: string }): Promise<BenchPod> {
  const uid = randomUUID();
  const logDirectory = join(logs, uid);
  await mkdir(logDirectory);
  const sandboxConfig: messages.Input<messages.PodSandboxConfig> = {
    metadata: { name: `bench-${uid}`, uid, namespace: 'bench', attempt: 0 }, hostname: 'bench', logDirectory, labels: { bench: 'davit' }, linux: { securityContext: SECURITY },
  };
  const config = containerConfig('sleep', options.image);
  const begun = performance.now();
  const { podSandboxId } = await client.call('RunPodSandbox', { config: sandboxConfig, runtimeHandler: options.handler });
  const ran = performance.now();
  const { containerId } = await client.call('CreateContainer', { podSandboxId, config, sandboxConfig });
  const created = performance.now();
  await client.call('StartContainer', { containerId });
  return { podSandboxId, containerId, sandboxConfig, run: ran - begun, create: created - ran, start: performance.now() - created };
}

/** One more container of a pod, started. */
export async function addContainer(runtime: RuntimeUnderTest, pod: BenchPod, name: string, options: { readonly image: string }): Promise<void> {
  await runtime.client.call('StartContainer', await createContainer(runtime, pod, name, options));
}

/** One more container of a pod, not started. */
export async function createContainer({ client }: RuntimeUnderTest, { podSandboxId, sandboxConfig }: BenchPod, name: string, { image }: { readonly image: string }): Promise<{ containerId: string }> {
  return client.call('CreateContainer', { podSandboxId, config: containerConfig(name, image), sandboxConfig });
}

function containerConfig(name: string, image: string): messages.Input<messages.ContainerConfig> {
  return { metadata: { name, attempt: 0 }, image: { image, userSpecifiedImage: image }, command: ['sleep', '3600'], logPath: `${name}.log`, linux: { securityContext: SECURITY } };
}

/** Stops and removes a pod. @returns milliseconds */
export async function removePod({ client }: RuntimeUnderTest, { podSandboxId }: BenchPod): Promise<number> {
  const begun = performance.now();
  await client.call('StopPodSandbox', { podSandboxId });
  await client.call('RemovePodSandbox', { podSandboxId });
  return performance.now() - begun;
}
