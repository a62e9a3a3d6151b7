/**
 * What davit knows about a pod and a container, as facts. States that clients see are derived
 * from the facts, never stored beside them:
 *
 *     pod:        creating ──ready──> ready ──stop──> notReady ──(released)──> gone
 *                     └──failed and not fully undone──^
 *     container:  creating ──created──> created ──start──> running ──exit──> exited ──> gone
 *
 * Records are values: a change makes a new one (store.putPod, store.putContainer).
 */
import type { PinnedNamespaces } from '#conmon';
import type { ContainerConfig, HandlerIdentity, LinuxContainerResources, Mount, PodSandboxConfig, Process } from '#oci';
import type { ContainerState, PodResources, PodState } from './api.ts';

export interface PodRecord {
  readonly id: string;
  readonly config: PodSandboxConfig;
  readonly runtimeHandler: string;
  /** What `runtimeHandler` was when the pod was run: its containers are there. */
  readonly runtime: HandlerIdentity;
  readonly createdAt: bigint;
  /** The kernel's boot id at creation: another one means that everything in /run died. */
  readonly bootId: string;
  readonly phase: 'creating' | 'ready' | 'notReady';
  /** Cgroup that holds the pod's containers; ours to remove when no parent was given. */
  readonly cgroupPath: string;
  readonly ownsCgroup: boolean;
  readonly namespaces: PinnedNamespaces;
  /** 'wanted' is written before CNI ADD, so that DEL runs whatever happened to it. */
  readonly network: 'host' | 'wanted' | 'attached' | 'detached';
  readonly ips: readonly string[];
  /** Limits since the last update; absent: those of `config`. */
  readonly resources?: PodResources;
  /** Network, namespaces, cgroup and files are gone. */
  readonly released: boolean;
  /** Being made from a checkpoint: nobody's yet; a daemon that finds it so removes it. */
  readonly restoring?: boolean;
}

export interface ContainerExit {
  readonly exitCode: number;
  readonly signal: number;
  readonly finishedAt: bigint;
  readonly reason: string;
  readonly message: string;
}

export interface ContainerRecord {
  readonly id: string;
  readonly podId: string;
  readonly config: ContainerConfig;
  readonly imageId: string;
  /** repo@digest where the image has one, else its id. */
  readonly imageRef: string;
  readonly createdAt: bigint;
  readonly bootId: string;
  readonly phase: 'creating' | 'created';
  readonly cgroupPath: string;
  readonly logPath: string;
  readonly pid: number;
  readonly startedAt: bigint;
  readonly exit?: ContainerExit;
  readonly stopSignal: string;
  readonly mounts: readonly Mount[];
  readonly resources: LinuxContainerResources;
  readonly user: { readonly uid: number; readonly gid: number; readonly supplementalGroups: readonly number[] };
  /** The OCI process object that exec starts from; absent while the container is being created. */
  readonly process?: Process;
  /** What was asked for, this node cannot give, and the container does without; in words. */
  readonly warnings?: readonly string[];
  /** It goes on from this checkpoint instead of being started: an archive as the client named it. */
  readonly restoredFrom?: string;
  /** While it is being checkpointed: what is removed if the daemon dies meanwhile; it may be frozen then. */
  readonly capturing?: readonly string[];
  /** Runtime state, monitor and mount are gone. */
  readonly released: boolean;
}

export function podState(pod: PodRecord): PodState {
  return pod.phase === 'ready' ? 'ready' : 'notReady';
}

export function containerState(container: ContainerRecord): ContainerState {
  if (container.exit) return 'exited';
  if (container.phase === 'creating') return 'unknown';
  return container.startedAt === 0n ? 'created' : 'running';
}

/** Nanoseconds since the epoch, by the node's clock: microseconds as long as nobody has set that since the daemon's start, milliseconds from then on. */
export function nowNs(): bigint {
  const [fine, coarse] = [performance.timeOrigin + performance.now(), Date.now()];
  return BigInt(Math.round((Math.abs(fine - coarse) < CLOCK_SET_MS ? fine : coarse) * 1000)) * 1000n;
}

/** More than the two differ by themselves. */
const CLOCK_SET_MS = 10;
