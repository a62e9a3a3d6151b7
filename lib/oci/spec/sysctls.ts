import { InvalidArgumentError } from '#errors';
import type { NamespaceMode, PodSandboxConfig } from '../config.ts';

/** Sysctls that belong to a namespace, https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/. */
const IPC_SYSCTLS: ReadonlySet<string> = new Set([
  'kernel.shmall', 'kernel.shmmax', 'kernel.shmmni', 'kernel.shm_rmid_forced', 'kernel.msgmax', 'kernel.msgmnb', 'kernel.msgmni', 'kernel.sem',
]);

/**
 * The pod's sysctls with dots, for whoever makes its namespaces: the pod's win over the node's defaults.
 * A default that would touch the node (host namespace) is left out.
 * @throws InvalidArgumentError for one that no namespace of the pod holds.
 */
export function podSysctls(pod: PodSandboxConfig, defaults: Readonly<Record<string, string>> = {}): Record<string, string> {
  const { network, ipc } = pod.linux.securityContext.namespaceOptions;
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(defaults)) if (refusal(dotted(name), network, ipc) === undefined) result[dotted(name)] = value;
  for (const [name, value] of Object.entries(pod.linux.sysctls)) {
    const reason = refusal(dotted(name), network, ipc);
    if (reason !== undefined) throw new InvalidArgumentError(`sysctl '${name}': ${reason}`);
    result[dotted(name)] = value;
  }
  return result;
}

/** sysctl(8) takes both separators; the first one says which is meant (net/ipv4/conf/eth0.1/forwarding). */
function dotted(name: string): string {
  const first = /[./]/.exec(name)?.[0];
  return first === '/' ? name.replace(/[./]/g, (c) => c === '/' ? '.' : '/') : name;
}

function refusal(name: string, network: NamespaceMode, ipc: NamespaceMode): string | undefined {
  if (!/^[a-zA-Z0-9_./-]+$/.test(name) || name.split(/[./]/).includes('')) return 'not a sysctl name';
  if (name.startsWith('net.')) return network === 'node' ? 'not allowed in a pod on the node\'s network' : undefined;
  if (IPC_SYSCTLS.has(name) || name.startsWith('fs.mqueue.')) return ipc === 'node' ? 'not allowed in a pod with the node\'s IPC' : undefined;
  return 'not a sysctl of a namespace, it would change the node';
}
