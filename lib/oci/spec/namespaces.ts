import { InternalError } from '#errors';
import type { NamespaceOptions } from '../config.ts';
import type { CgroupKind } from '#linux';
import type { LinuxNamespace } from './types.ts';

/** Paths of the pod's pinned namespaces; `pid` is the one that CRI's mode asks to join (the pod's, or the target container's). */
export interface NamespacePaths {
  readonly net?: string;
  readonly ipc?: string;
  readonly uts?: string;
  readonly pid?: string;
  readonly user?: string;
}

/**
 * The container's namespaces, by options from namespaceOptionsIn(): joined by path, new, or left out, which leaves the node's.
 * Mount is always new. Cgroup is new on version 2 unless the container is privileged and so is meant to see the node's tree.
 */
export function namespaces(options: NamespaceOptions, paths: NamespacePaths, host: { readonly cgroupKind: CgroupKind; readonly privileged: boolean }): LinuxNamespace[] {
  return [
    { type: 'mount' },
    ...pidNamespace(options, paths.pid),
    ...(options.network === 'node' ? [] : [{ type: 'network', path: pinned('network', paths.net) } as const]),
    ...ipcNamespace(options, paths.ipc),
    // CRI has no mode for it: a pod on the node's network has the node's name, and then nothing was pinned.
    ...(paths.uts === undefined ? [] : [{ type: 'uts', path: paths.uts } as const]),
    ...(paths.user === undefined ? [] : [{ type: 'user', path: paths.user } as const]),
    ...(host.cgroupKind === 'v2' && !host.privileged ? [{ type: 'cgroup' } as const] : []),
  ];
}

function pidNamespace(options: NamespaceOptions, path: string | undefined): LinuxNamespace[] {
  switch (options.pid) {
    case 'node': return [];
    case 'container': return [{ type: 'pid' }];
    case 'pod':
    case 'target': return [{ type: 'pid', path: pinned('pid', path) }];
  }
}

function ipcNamespace({ ipc }: NamespaceOptions, path: string | undefined): LinuxNamespace[] {
  if (ipc === 'node') return [];
  return [ipc === 'container' ? { type: 'ipc' } : { type: 'ipc', path: pinned('ipc', path) }];
}

function pinned(type: string, path: string | undefined): string {
  if (path === undefined || path === '') throw new InternalError(`build container: the pod has no pinned ${type} namespace`);
  return path;
}
