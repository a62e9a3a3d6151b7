import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { KeyedQueue } from '#async';
import type { Attachment, Cni } from '#cni';
import type { Dialer, Monitor, Monitors } from '#conmon';
import type { Images } from '#image';
import type { Cgroups, CountDescriptors, ProcessRunner, ReadFiles } from '#linux';
import type { Logger } from '#log';
import type { CgroupManager, ContainerDefaults, HostFacts, Runtimes } from '#oci';
import type { Storage } from '#storage';
import type { EventRing } from './events.ts';
import type { Operations } from './operation.ts';
import type { PodFiles } from './pod-files.ts';
import { podFiles } from './pod-files.ts';
import type { PodRecord } from './record.ts';
import type { PodStore } from './store.ts';

/** What lib/pod is built from; made by hand in cmd. Closing them stays with their maker. */
export interface PodsDeps {
  readonly storage: Storage;
  readonly images: Images;
  readonly cni: Cni;
  readonly monitors: Monitors;
  readonly dialer: Dialer;
  readonly runtimes: Runtimes;
  readonly cgroups: Cgroups;
  /** For programs that are no runtime's. */
  readonly runner: ProcessRunner;
  readonly host: HostFacts;
  readonly log: Logger;
  readonly config: PodsConfig;
}

export interface PodsConfig {
  /** Survives a reboot: pods.db, containers/<id>/{upper,work,exit}. */
  readonly root: string;
  /** Dies with the node: ns/, pods/, bundles/. */
  readonly runroot: string;
  readonly cgroupManager: CgroupManager;
  /** Logs of pods whose client gave no log directory. */
  readonly logDir: string;
  readonly containerDefaults: Partial<ContainerDefaults>;
  /** What CNI takes for one whole ADD or DEL at most, ms. */
  readonly networkTimeoutMs: number;
  /** Between two collections of networks' garbage, ms; 0: only after the start. */
  readonly networkGcIntervalMs: number;
  /** Sysctls of every pod that has the namespace they belong to. */
  readonly defaultSysctls: Readonly<Record<string, string>>;
  /** Host paths whose absence fails a container instead of being made. */
  readonly absentMountSourcesToReject: readonly string[];
  /** Directories of CDI specifications; a later one's win. */
  readonly cdiSpecDirs: readonly string[];
  /** Classes of block IO; '' for none. */
  readonly blockIoConfigFile: string;
  /** This boot's id (/proc/sys/kernel/random/boot_id). */
  readonly bootId: string;
}

/** A container with a monitor that this daemon is connected to. */
export interface LiveContainer {
  /** The present one: another takes the place of one that dies. */
  monitor: Monitor;
  /** While StartContainer runs: its end, so that 'started' is told before 'stopped'. */
  starting?: Promise<unknown>;
  /** A stop has sent SIGKILL: a start that fails from then on has not failed by itself. */
  isKilled?: boolean;
  /** Settles when its exit has been recorded and told; never rejects. */
  readonly exited: Promise<void>;
}

/** Everything that an operation works with. */
export interface PodContext extends PodsDeps {
  readonly readFiles: ReadFiles;
  readonly countDescriptors: CountDescriptors;
  readonly store: PodStore;
  readonly operations: Operations;
  readonly queue: KeyedQueue;
  readonly events: EventRing;
  readonly live: Map<string, LiveContainer>;
  /** Ended containers whose release nobody else waits for; never reject. */
  readonly releasing: Set<Promise<void>>;
  /** Containers that are being restored: settles with it, never rejects. */
  readonly restoring: Map<string, Promise<unknown>>;
}

/** Deadlines of single steps, ms. CNI's and the runtime's create have their own by configuration. */
export const STEP_TIMEOUT_MS = { pin: 10_000, start: 60_000, kill: 10_000, killedExit: 30_000, delete: 30_000, cgroup: 10_000, adopt: 5_000, revive: 15_000, reopenLog: 5_000 } as const;

/** Name of a pod's interface in its namespace; kubelet's users know it. */
export const POD_INTERFACE = 'eth0';

/** CNI ends by its own deadline, naming the plugin; this much later nobody waits for it any more. */
const NETWORK_MARGIN_MS = 10_000;

/** Deadline of a step that attaches or detaches. */
export function networkStepMs({ networkTimeoutMs }: PodsConfig): number {
  return networkTimeoutMs + NETWORK_MARGIN_MS;
}

/** A new random id, 64 hex digits as every runtime's. */
export function newId(): string {
  return randomBytes(32).toString('hex');
}

export function bundlesDir(config: PodsConfig): string {
  return join(config.runroot, 'bundles');
}

export function bundleDir(config: PodsConfig, containerId: string): string {
  return join(bundlesDir(config), containerId);
}

/** Directory of one pod's pinned namespaces. */
export function namespacesDir(config: PodsConfig, podId: string): string {
  return join(config.runroot, 'ns', podId);
}

export function exitRecordPath(config: PodsConfig, containerId: string): string {
  return join(config.root, 'containers', containerId, 'exit');
}

/** Where a pod's containers log to: where its client says, else to a directory of the pod's own, which goes with it. */
export function logDirectoryOf(config: PodsConfig, pod: PodRecord): string {
  return pod.config.logDirectory || join(config.logDir, pod.id);
}

export function filesOf(context: PodContext, pod: PodRecord): PodFiles {
  return podFiles(join(context.config.runroot, 'pods'), pod.id, pod.config);
}

/** What CNI is told about a pod; `netnsPath` is '' when the namespace is gone. */
export function attachmentOf(pod: PodRecord, cgroupPath: string): Attachment {
  return {
    sandboxId: pod.id,
    runtimeHandler: pod.runtimeHandler,
    netnsPath: pod.namespaces.net ?? '',
    ifName: POD_INTERFACE,
    pod: { name: pod.config.metadata.name, namespace: pod.config.metadata.namespace, uid: pod.config.metadata.uid },
    portMappings: pod.config.portMappings,
    ...(pod.config.dnsConfig ? { dns: pod.config.dnsConfig } : {}),
    podAnnotations: pod.config.annotations,
    cgroupPath,
  };
}
