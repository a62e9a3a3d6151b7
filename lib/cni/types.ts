import type { Logger } from '#log';
import type { ProcessRunner } from '#linux';

export interface CniOptions {
  /** Directory of .conflist, .conf and .json files; may be absent, late, or replaced while the daemon runs. */
  readonly confDir: string;
  /** Absolute directories of the plugins, the first that has one wins; also CNI_PATH. */
  readonly pluginDirs: readonly string[];
  /** One record per attachment; must outlive daemon and reboot. */
  readonly cacheDir: string;
  readonly runner: ProcessRunner;
  /** Name of the network to use; '' (default): the first by file name. */
  readonly defaultNetwork?: string;
  /** For one whole ADD or DEL. Default 180000. */
  readonly timeoutMs?: number;
  /** What plugins find in their environment beside CNI_*; default a PATH with the system's directories. */
  readonly pluginEnvironment?: Readonly<Record<string, string>>;
  readonly log: Logger;
}

/** Pod networks. Operations of one sandbox run one after another, sandboxes do not wait for each other. */
export interface Cni extends AsyncDisposable {
  /** From memory; at most a few seconds old. */
  status(): CniStatus;
  /**
   * Attaches a sandbox to the default network. A record of the intent is written first: after a
   * failure, or a crash, `del` takes back whatever the plugins had done.
   * @throws UnavailableError without a usable network or when a plugin asks for a retry; InvalidArgumentError
   * when a value cannot be handed to plugins; other classes by the plugin's error code, with its words.
   */
  add(attachment: Attachment, options: { signal: AbortSignal }): Promise<NetworkResult>;
  /**
   * Detaches, with the network that the sandbox was attached by, whatever the configuration is now.
   * Idempotent; a sandbox with no record was never attached. `netnsPath` may be '' or gone.
   * Keeps the record when a plugin fails, so that a later call finishes it.
   */
  del(attachment: Attachment, options: { signal: AbortSignal }): Promise<void>;
  /** Everything that has been attached, or may be half attached, and not been detached since; for the sweep after a restart. */
  cachedAttachments(): Promise<Attachment[]>;
  /** Undefined without a record or before ADD has ended. */
  cachedResult(sandboxId: string): Promise<NetworkResult | undefined>;
}

export interface CniStatus {
  readonly ready: boolean;
  /** '' when ready, else NetworkPluginNotReady. */
  readonly reason: string;
  /** Why it is not ready, for a person; kubelet shows it. */
  readonly message: string;
  /** Name of the network that pods get, when there is one. */
  readonly network?: string;
  readonly skipped: readonly SkippedFile[];
}

/** A configuration file that could not be used. */
export interface SkippedFile {
  readonly file: string;
  readonly error: string;
}

/** One sandbox's interface in its network. The optional members become capability arguments (CNI CONVENTIONS.md). */
export interface Attachment {
  readonly sandboxId: string;
  /** '' on DEL when the namespace is gone. */
  readonly netnsPath: string;
  /** In the namespace, up to 15 bytes: eth0. */
  readonly ifName: string;
  readonly pod: { readonly name: string; readonly namespace: string; readonly uid: string };
  readonly portMappings: readonly PortMappingArg[];
  /** Absent: taken from the pod's annotations kubernetes.io/ingress-bandwidth and egress-bandwidth. */
  readonly bandwidth?: Bandwidth;
  readonly dns?: DnsArg;
  readonly cgroupPath?: string;
  readonly podAnnotations?: Readonly<Record<string, string>>;
  readonly ips?: readonly string[];
  readonly mac?: string;
  readonly ipRanges?: readonly (readonly IpRange[])[];
  readonly aliases?: readonly string[];
}

export interface PortMappingArg {
  /** 0: none is wanted; the mapping is not handed on. */
  readonly hostPort: number;
  readonly containerPort: number;
  readonly protocol: string;
  /** '' or absent: every address. */
  readonly hostIp?: string;
}

/** Bits per second and bits. */
export interface Bandwidth {
  readonly ingressRate?: number;
  readonly ingressBurst?: number;
  readonly egressRate?: number;
  readonly egressBurst?: number;
}

export interface DnsArg {
  readonly servers: readonly string[];
  readonly searches: readonly string[];
  readonly options: readonly string[];
}

export interface IpRange {
  readonly subnet: string;
  readonly rangeStart?: string;
  readonly rangeEnd?: string;
  readonly gateway?: string;
}

export interface NetworkResult {
  /** The sandbox interface's addresses without mask, in the plugins' order. */
  readonly ips: readonly string[];
  readonly interfaces: readonly NetworkInterface[];
  /** The last plugin's result as it printed it, with its cniVersion. */
  readonly raw: unknown;
}

export interface NetworkInterface {
  readonly name: string;
  readonly mac: string;
  /** Network namespace; '' for an interface of the host. */
  readonly sandbox: string;
}
