/** A runtime handler: what a RuntimeClass names, an OCI runtime binary with its options. */

/** One [runtime.runtimes.<name>] table of the configuration. */
export interface HandlerConfig {
  /** Absolute path of the binary. */
  readonly path: string;
  /** The runtime's state directory (--root). */
  readonly root: string;
  readonly type: 'oci';
  /** Prefixes of annotations that a pod may set although the runtime acts on them. */
  readonly allowedAnnotations?: readonly string[];
  readonly defaultAnnotations?: Readonly<Record<string, string>>;
  /** Smaller memory limits are refused. Default 0. */
  readonly minMemoryBytes?: number;
  /** Privileged containers get no devices of the node. Default false. */
  readonly privilegedWithoutHostDevices?: boolean;
  /** A seccomp profile that stands for RuntimeDefault; '' is the built-in one. */
  readonly seccompProfile?: string;
  /** Of privileged containers, which have none by default. */
  readonly privilegedSeccompProfile?: string;
  /** How long the runtime may take to create a container, ms. */
  readonly createTimeoutMs?: number;
}

/** crio.conf's container_create_timeout. */
export const DEFAULT_CREATE_TIMEOUT_MS = 240_000;

/** What of a handler belongs to the containers that it made: kept with them, for the configuration may change. */
export interface HandlerIdentity {
  readonly name: string;
  readonly path: string;
  readonly root: string;
}

export interface RuntimeFeatures {
  /** Reported in Status.runtime_handlers. */
  readonly recursiveReadOnlyMounts: boolean;
  /** Reported as user_namespaces. */
  readonly userNamespaces: boolean;
  readonly idMappedMounts: boolean;
  /** Takes a compiled seccomp program by annotation (crun). */
  readonly seccompProgram: boolean;
  /** Knows how to call CRIU, if that is there. */
  readonly checkpoint: boolean;
}

/** A handler as the builders and lib/pod see it. */
export interface RuntimeHandler extends HandlerIdentity {
  readonly features: RuntimeFeatures;
  /** 'crun 1.8.1'; '' as long as the binary could not be asked. */
  readonly version: string;
  readonly allowedAnnotations: readonly string[];
  readonly defaultAnnotations: Readonly<Record<string, string>>;
  readonly minMemoryBytes: number;
  readonly privilegedWithoutHostDevices: boolean;
  readonly seccompProfile: string;
  readonly privilegedSeccompProfile: string;
  readonly createTimeoutMs: number;
}
