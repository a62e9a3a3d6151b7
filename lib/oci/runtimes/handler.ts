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
}

export interface RuntimeFeatures {
  /** Reported in Status.runtime_handlers. */
  readonly recursiveReadOnlyMounts: boolean;
  /** Reported as user_namespaces. */
  readonly userNamespaces: boolean;
  readonly idMappedMounts: boolean;
  /** Takes a compiled seccomp program by annotation (crun). */
  readonly seccompProgram: boolean;
}

/** A handler as the builders and lib/pod see it. */
export interface RuntimeHandler {
  readonly name: string;
  readonly path: string;
  readonly root: string;
  readonly features: RuntimeFeatures;
  /** 'crun 1.8.1'; '' as long as the binary could not be asked. */
  readonly version: string;
  readonly allowedAnnotations: readonly string[];
  readonly defaultAnnotations: Readonly<Record<string, string>>;
  readonly minMemoryBytes: number;
  readonly privilegedWithoutHostDevices: boolean;
}
