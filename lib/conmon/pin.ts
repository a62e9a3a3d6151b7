import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ProcessRunner } from '#linux';
import { Fields } from './fields.ts';
import { runMonitorBinary } from './run-binary.ts';

export interface IdMapping { readonly containerId: number; readonly hostId: number; readonly length: number }

export interface PinSpec {
  /** Absolute; made by pin. Its parent holds all pods' directories and becomes a shared mount of its own. */
  readonly directory: string;
  readonly net: boolean;
  readonly ipc: boolean;
  readonly uts: boolean;
  /** '' to leave it; needs `uts`. */
  readonly hostname: string;
  /** By name with dots; each must belong to one of the new namespaces. */
  readonly sysctls: Readonly<Record<string, string>>;
  /** Brings up `lo`; needs `net`. */
  readonly loopback: boolean;
  readonly user?: { readonly uids: readonly IdMapping[]; readonly gids: readonly IdMapping[] };
  /** A pid namespace for the pod's containers, with a process of our own as its init. */
  readonly pause?: { readonly cgroupDirs: readonly string[]; readonly oomScoreAdj: number };
}

/** Paths of the namespaces that were made. */
export interface PinnedNamespaces {
  readonly net?: string;
  readonly ipc?: string;
  readonly uts?: string;
  readonly user?: string;
  readonly pid?: string;
  /** In the host's pid namespace. */
  readonly pausePid?: number;
}

/** For the steps of one pod's namespaces; the helper has shorter limits of its own. */
const PIN_TIMEOUT_MS = 30_000;

/** Runs `davit-monitor pin`. On failure what it made is taken away. */
export async function pinNamespaces(binary: string, launcher: ProcessRunner, spec: PinSpec, options: { signal: AbortSignal }): Promise<PinnedNamespaces> {
  await mkdir(dirname(spec.directory), { recursive: true, mode: 0o700 });
  try {
    const output = await runMonitorBinary(binary, launcher, ['pin', ...pinArguments(spec)], PIN_TIMEOUT_MS, `pin namespaces in "${spec.directory}"`, options);
    return pinned(spec, new Fields(output).number('pause_pid'));
  } catch (error) {
    // The helper undoes its own failures; one that was killed could not.
    if (options.signal.aborted) await unpinNamespaces(binary, launcher, spec.directory);
    throw error;
  }
}

/** Runs `davit-monitor unpin`, under a deadline of its own. */
export async function unpinNamespaces(binary: string, launcher: ProcessRunner, directory: string): Promise<void> {
  await runMonitorBinary(binary, launcher, ['unpin', directory], PIN_TIMEOUT_MS, `unpin namespaces in "${directory}"`, { signal: new AbortController().signal });
}

function pinArguments(spec: PinSpec): string[] {
  const flag = (name: string, on: boolean): string[] => on ? [`--${name}`] : [];
  const maps = (name: string, mappings: readonly IdMapping[] = []): string[] => mappings.flatMap((m) => [`--${name}`, `${m.containerId} ${m.hostId} ${m.length}`]);
  return [
    '--directory', spec.directory,
    ...flag('net', spec.net), ...flag('ipc', spec.ipc), ...flag('uts', spec.uts), ...flag('loopback', spec.loopback), ...flag('pause', spec.pause !== undefined),
    ...(spec.hostname === '' ? [] : ['--hostname', spec.hostname]),
    ...Object.entries(spec.sysctls).flatMap(([name, value]) => ['--sysctl', `${name}=${value}`]),
    ...maps('uid-map', spec.user?.uids), ...maps('gid-map', spec.user?.gids),
    ...(spec.pause?.cgroupDirs ?? []).flatMap((directory) => ['--cgroup', directory]),
    ...(spec.pause ? ['--oom-score', String(spec.pause.oomScoreAdj)] : []),
  ];
}

function pinned(spec: PinSpec, pausePid: number): PinnedNamespaces {
  const at = (name: string): string => join(spec.directory, name);
  return {
    ...(spec.net && { net: at('net') }), ...(spec.ipc && { ipc: at('ipc') }), ...(spec.uts && { uts: at('uts') }),
    ...(spec.user && { user: at('user') }), ...(spec.pause && { pid: at('pid'), pausePid }),
  };
}
