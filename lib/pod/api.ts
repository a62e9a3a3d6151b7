/**
 * The door of lib/pod in types: what lib/cri and cmd call, without gRPC.
 * Ids may be any unique prefix wherever a method takes one. Times are nanoseconds since the
 * epoch as bigint. Every asynchronous method takes `{ signal }`: aborting it ends the caller's
 * wait, never an operation that a retry may join.
 */
import type { Connection, ProcessStreams } from '#conmon';
import type {
  ContainerConfig, ContainerMetadata, ImageSpec, LinuxContainerResources, Mount, NamespaceOptions, PodSandboxConfig, PodSandboxMetadata,
} from '#oci';

export interface CallOptions {
  readonly signal: AbortSignal;
}

export type PodState = 'ready' | 'notReady';
export type ContainerState = 'created' | 'running' | 'exited' | 'unknown';

export interface PodFilter {
  readonly id?: string;
  readonly state?: PodState;
  readonly labelSelector?: Readonly<Record<string, string>>;
}

export interface ContainerFilter {
  readonly id?: string;
  readonly state?: ContainerState;
  readonly podSandboxId?: string;
  readonly labelSelector?: Readonly<Record<string, string>>;
}

export interface PodSummary {
  readonly id: string;
  readonly metadata: PodSandboxMetadata;
  readonly state: PodState;
  readonly createdAt: bigint;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly runtimeHandler: string;
}

/** Limits of a pod as a whole. */
export interface PodResources {
  readonly resources?: LinuxContainerResources;
  /** What the pod itself is charged with, beyond its containers. */
  readonly overhead?: LinuxContainerResources;
}

export interface PodStatus extends PodSummary {
  /** First is the pod's IP, the rest are additional; empty on the host network. */
  readonly ips: readonly string[];
  readonly namespaceOptions: NamespaceOptions;
  /** When this status was read; taken before reading. */
  readonly timestamp: bigint;
  readonly containers: readonly ContainerStatus[];
  /** What verbose callers get: JSON objects by key (crictl inspectp). */
  readonly info: Readonly<Record<string, unknown>>;
}

export interface ContainerSummary {
  readonly id: string;
  readonly podSandboxId: string;
  readonly metadata: ContainerMetadata;
  readonly image: ImageSpec;
  readonly imageRef: string;
  readonly imageId: string;
  readonly state: ContainerState;
  readonly createdAt: bigint;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface ContainerStatus extends ContainerSummary {
  /** 0n: not yet. */
  readonly startedAt: bigint;
  readonly finishedAt: bigint;
  readonly exitCode: number;
  /** Completed, Error, OOMKilled, StartError, MonitorLost, NodeReboot; empty while it lives. */
  readonly reason: string;
  readonly message: string;
  readonly mounts: readonly Mount[];
  /** Absolute. */
  readonly logPath: string;
  readonly resources: LinuxContainerResources;
  readonly user: { readonly uid: number; readonly gid: number; readonly supplementalGroups: readonly number[] };
  readonly stopSignal: string;
  readonly info: Readonly<Record<string, unknown>>;
}

export interface ExecSyncResult {
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
  readonly exitCode: number;
}

/** Time lost for want of a resource, https://docs.kernel.org/accounting/psi.html. */
export interface PressureStats { readonly some: PressureLine; readonly full: PressureLine }
export interface PressureLine { readonly totalUs: bigint; readonly avg10: number; readonly avg60: number; readonly avg300: number }

export interface CpuStats { readonly psi?: PressureStats | undefined; readonly usageCoreNanoSeconds: bigint; readonly usageNanoCores: bigint }
export interface MemoryStats {
  readonly workingSetBytes: bigint; readonly availableBytes: bigint; readonly usageBytes: bigint;
  readonly rssBytes: bigint; readonly pageFaults: bigint; readonly majorPageFaults: bigint;
  readonly psi?: PressureStats | undefined;
}
export interface IoStats { readonly psi: PressureStats }
export interface FilesystemUsage { readonly mountpoint: string; readonly usedBytes: bigint; readonly inodesUsed: bigint }
export interface NetworkInterfaceUsage {
  readonly name: string; readonly rxBytes: bigint; readonly rxErrors: bigint; readonly txBytes: bigint; readonly txErrors: bigint;
}

/** Whose figures they are; the same object as long as it is the same. */
export interface StatsAttributes<Metadata> {
  readonly id: string;
  readonly metadata: Metadata;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface ContainerStats {
  /** Of all figures, nanoseconds since the epoch. */
  readonly timestamp: bigint;
  readonly figures: ContainerFigures;
  /** The figures are what they were the time before: as long as that is so, they are the same object. */
  readonly isSleeping: boolean;
}

export interface ContainerFigures {
  readonly attributes: StatsAttributes<ContainerMetadata>;
  readonly cpu: CpuStats;
  readonly memory: MemoryStats;
  readonly writableLayer: FilesystemUsage;
  readonly swap: { readonly availableBytes: bigint; readonly usageBytes: bigint };
  /** Absent where the kernel tells no pressure. */
  readonly io?: IoStats | undefined;
}

export interface PodStats {
  /** Of all figures but those of the containers, nanoseconds since the epoch. */
  readonly timestamp: bigint;
  readonly attributes: StatsAttributes<PodSandboxMetadata>;
  readonly cpu: CpuStats;
  readonly memory: MemoryStats;
  readonly network?: { readonly default: NetworkInterfaceUsage; readonly interfaces: readonly NetworkInterfaceUsage[] };
  readonly processCount: bigint;
  readonly io?: IoStats | undefined;
  readonly containers: readonly ContainerStats[];
}

export type MetricType = 'counter' | 'gauge';

/** What a metric is and which labels its samples have. */
export interface MetricDescriptor {
  readonly name: string;
  readonly help: string;
  readonly labelKeys: readonly string[];
}

/** One sample. */
export interface Metric {
  /** The same object in every sample of the metric. */
  readonly of: { readonly name: string; readonly type: MetricType };
  /** Those that the metric has beside its group's, in the order of the descriptor's `labelKeys`. */
  readonly labels: readonly string[];
  readonly value: bigint;
}

/** Samples of one moment, of one thing. */
export interface MetricGroup {
  readonly timestamp: bigint;
  /** Of all samples, before their own: they stand for the first of the descriptors' `labelKeys`. */
  readonly labels: readonly string[];
  readonly samples: readonly Metric[];
}

export interface PodMetrics {
  readonly podSandboxId: string;
  /** Of the pod as a whole: its network. */
  readonly metrics: MetricGroup;
  /** Of its running containers. */
  readonly containers: readonly { readonly id: string; readonly metrics: MetricGroup }[];
}

export type ContainerEventType = 'created' | 'started' | 'stopped' | 'deleted';

export interface ContainerEvent {
  readonly containerId: string;
  readonly type: ContainerEventType;
  readonly createdAt: bigint;
  readonly podStatus: PodStatus | undefined;
}

/** An operation under way, for Status' verbose info and for errors of requests that ran out of time. */
export interface OperationView {
  readonly kind: string;
  readonly id: string;
  readonly stage: string;
  readonly elapsedMs: number;
  readonly stages: readonly { readonly name: string; readonly ms: number }[];
  /** As `namespace/name`, of a pod that has no id yet or none any more. */
  readonly name?: string;
  /** Of a container that has no record yet or none any more. */
  readonly podId?: string;
}

/** One that is over; `stage` is the one in which it ended. */
export interface EndedOperation extends OperationView {
  readonly endedAt: bigint;
  /** Absent: it went well. */
  readonly error?: string;
}

/** What there is to know about a pod that does not run. */
export interface PodExplanation {
  /** Empty for a pod that could not be started and of which nothing is left. */
  readonly id: string;
  /** `namespace/name` */
  readonly name: string;
  readonly attempt: number;
  readonly state: PodState | 'creating' | 'absent';
  readonly createdAt: bigint;
  readonly containers: readonly {
    readonly id: string; readonly name: string; readonly attempt: number; readonly state: ContainerState | 'creating';
    readonly exitCode: number; readonly reason: string; readonly message: string;
    /** What it was to have and does without, as this node cannot give it. */
    readonly warnings: readonly string[];
  }[];
  readonly underWay: readonly OperationView[];
  /** The last ones of the pod and its containers, oldest first. */
  readonly ended: readonly EndedOperation[];
  /** Who has to do what for it to go on; empty for a pod that is ready. */
  readonly next: string;
}

/** Starts what a client wants to talk to, when it has connected. Disposing the streams ends them, and an exec with them. */
export type ExecStart = (options: CallOptions) => Promise<ProcessStreams>;

export interface AttachStart {
  /** The container's stdin ends with that of its first client. */
  readonly stdinOnce: boolean;
  readonly start: (options: CallOptions) => Promise<ProcessStreams>;
}

export interface PortForwardStart {
  readonly podSandboxId: string;
  /** Connects to the local host in the pod's network, IPv4 first, then IPv6. */
  readonly dial: (port: number, options: CallOptions) => Promise<Connection>;
}

export interface CheckpointPodRequest {
  /** Absolute path of an empty directory. */
  readonly outputPath: string;
  /** At least one. */
  readonly containerIds: readonly string[];
}

export interface RestorePodRequest {
  /** Absolute path of a directory that checkpointPod() has written to. */
  readonly checkpointPath: string;
  readonly config: PodSandboxConfig;
  readonly runtimeHandler: string;
  /** One for each container of the checkpoint, told apart by their names. */
  readonly containerConfigs: readonly ContainerConfig[];
}

export interface RestoredPod {
  readonly podSandboxId: string;
  /** In the order of the request. */
  readonly containers: readonly { readonly name: string; readonly containerId: string }[];
}

/** Of a call that ends with its caller: what it has begun is taken back then. */
export interface BoundedCallOptions extends CallOptions {
  /** After it the call fails, early enough for what has to be taken back. */
  readonly timeoutMs: number;
}

export interface Pods {
  runPodSandbox(config: PodSandboxConfig, runtimeHandler: string, options: CallOptions): Promise<string>;
  /** Success for an unknown id. */
  stopPodSandbox(id: string, options: CallOptions): Promise<void>;
  removePodSandbox(id: string, options: CallOptions): Promise<void>;
  /** @throws NotFoundError */
  podSandboxStatus(id: string): PodStatus;
  /** The same array as before where nothing has changed since. */
  listPodSandboxes(filter: PodFilter): readonly PodSummary[];
  createContainer(podSandboxId: string, config: ContainerConfig, options: CallOptions): Promise<string>;
  startContainer(id: string, options: CallOptions): Promise<void>;
  /** `timeoutSeconds` 0 kills at once. Success for an unknown id. */
  stopContainer(id: string, timeoutSeconds: number, options: CallOptions): Promise<void>;
  removeContainer(id: string, options: CallOptions): Promise<void>;
  containerStatus(id: string): ContainerStatus;
  /** The same array as before where nothing has changed since. */
  listContainers(filter: ContainerFilter): readonly ContainerSummary[];
  /** All of it or nothing; zero and empty fields stay as they are. */
  updateContainerResources(id: string, resources: LinuxContainerResources, options: CallOptions): Promise<void>;
  updatePodSandboxResources(id: string, resources: PodResources, options: CallOptions): Promise<void>;
  /** Writes an archive of a running container to `location`, an absolute path; `timeoutSeconds` 0: the default. @throws FailedPreconditionError where its runtime cannot */
  checkpointContainer(id: string, location: string, timeoutSeconds: number, options: CallOptions): Promise<void>;
  /** All containers are frozen at one moment, and go on when this returns or throws. @throws FailedPreconditionError where the runtime cannot */
  checkpointPod(id: string, request: CheckpointPodRequest, options: BoundedCallOptions): Promise<void>;
  /** The containers are created, and go on from the checkpoint when they are started. Nothing is left when it throws. */
  restorePod(request: RestorePodRequest, options: BoundedCallOptions): Promise<RestoredPod>;
  reopenContainerLog(id: string, options: CallOptions): Promise<void>;
  /** `timeoutSeconds` 0: no limit of its own. @throws DeadlineExceededError when it passed; the process is dead then. */
  execSync(id: string, command: readonly string[], timeoutSeconds: number, options: CallOptions): Promise<ExecSyncResult>;
  /** @throws NotFoundError; FailedPreconditionError unless the container runs */
  exec(id: string, command: readonly string[], streams: { readonly tty: boolean; readonly stdin: boolean }, options: CallOptions): Promise<ExecStart>;
  attach(id: string, streams: { readonly stdin: boolean; readonly stdout: boolean; readonly stderr: boolean }, options: CallOptions): Promise<AttachStart>;
  /** @throws NotFoundError; FailedPreconditionError unless the pod is ready */
  portForward(podSandboxId: string, options: CallOptions): Promise<PortForwardStart>;
  containerStats(id: string, options: CallOptions): Promise<ContainerStats>;
  listContainerStats(filter: ContainerFilter, options: CallOptions): Promise<readonly ContainerStats[]>;
  podSandboxStats(id: string, options: CallOptions): Promise<PodStats>;
  listPodSandboxStats(filter: PodFilter, options: CallOptions): Promise<PodStats[]>;
  /** The same at every call. */
  metricDescriptors(): readonly MetricDescriptor[];
  /** Of every ready pod, read while they are taken. What the kernel does not count has no sample. */
  listPodSandboxMetrics(options: CallOptions): AsyncIterable<PodMetrics>;
  /** Ends when `signal` aborts; throws ResourceExhaustedError when the reader falls behind the ring. */
  events(options: CallOptions): AsyncIterable<ContainerEvent>;
  operations(): OperationView[];
  /** The pods that are meant by a name, `namespace/name` or the beginning of an id, also one that could not be started. From memory. */
  explain(text: string): PodExplanation[];
}
