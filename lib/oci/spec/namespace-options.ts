import { InvalidArgumentError } from '#errors';
import type { IdMapping, NamespaceOptions } from '../config.ts';

/**
 * A container's namespace modes as they work out in its pod. POD, which is also what a client means that says nothing, is what the pod
 * itself has: in a pod on the node's network the node's. A container cannot have more of the node than its pod but for processes,
 * for which CRI has a mode for each container; its user namespace is the pod's.
 * @throws InvalidArgumentError for modes that its pod does not allow.
 */
export function namespaceOptionsIn(pod: NamespaceOptions, container: NamespaceOptions): NamespaceOptions {
  const { usernsOptions, pid } = pod;
  for (const kind of ['network', 'ipc'] as const) {
    if (container[kind] === 'node' && pod[kind] !== 'node') throw new InvalidArgumentError(`namespace_options.${kind} NODE: the pod has ${pod[kind].toUpperCase()}, and a container cannot leave its pod's`);
  }
  const options: NamespaceOptions = {
    network: pod.network, ipc: container.ipc === 'pod' ? pod.ipc : container.ipc, pid: container.pid === 'pod' ? pid : container.pid, targetId: container.targetId, ...(usernsOptions && { usernsOptions }),
  };
  checkUserNamespaceOf(pod, container);
  checkUserNamespace(options);
  return options;
}

/**
 * What a user namespace cannot be together with: its root may mount neither /proc of the node's processes nor the mqueue of the node's IPC.
 * @throws InvalidArgumentError
 */
export function checkUserNamespace({ usernsOptions, pid, ipc }: NamespaceOptions): void {
  if (usernsOptions?.mode !== 'pod') return;
  if (pid === 'node') throw new InvalidArgumentError('namespace_options.pid NODE: not possible in a pod with a user namespace');
  if (ipc === 'node') throw new InvalidArgumentError('namespace_options.ipc NODE: not possible in a pod with a user namespace');
}

function checkUserNamespaceOf(pod: NamespaceOptions, { usernsOptions }: NamespaceOptions): void {
  if (!usernsOptions) return;
  const [inPod, own] = [text(pod), text({ usernsOptions })];
  if (inPod !== own) throw new InvalidArgumentError(`namespace_options.userns_options: ${own}, expected the pod's, ${inPod}`);
}

function text({ usernsOptions }: Pick<NamespaceOptions, 'usernsOptions'>): string {
  if (usernsOptions?.mode !== 'pod') return 'NODE';
  return `POD with uids ${ranges(usernsOptions.uids)} and gids ${ranges(usernsOptions.gids)}`;
}

function ranges(mappings: readonly IdMapping[]): string {
  return mappings.map(({ containerId, hostId, length }) => `${containerId}:${hostId}:${length}`).join(',');
}
