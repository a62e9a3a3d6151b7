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
  /** Runtime handlers whose pods get another network than the common one. */
  readonly handlers?: Readonly<Record<string, HandlerNetwork>>;
  /** For one whole ADD, DEL or CHECK. Default 180000. */
  readonly timeoutMs?: number;
  /** A network that was ready stays so while it fails for no longer than this. Default 0. */
  readonly gracePeriodMs?: number;
  /** Default cni. */
  readonly ipOrder?: IpOrder;
  /** Default true: host ports of a network without a plugin for them are opened by nftables. False: they are left alone. */
  readonly hostPorts?: boolean;
  /** What plugins find in their environment beside CNI_*; default a PATH with the system's directories. */
  readonly pluginEnvironment?: Readonly<Record<string, string>>;
  readonly log: Logger;
}

/** What is absent is as for everybody; with a directory of its own and no name, the first network there. */
export interface HandlerNetwork {
  readonly confDir?: string;
  readonly defaultNetwork?: string;
}

/** Which of a pod's addresses comes first: the plugins' first, or the first of a family. */
export type IpOrder = 'cni' | 'ipv4' | 'ipv6';

/** Pod networks. Operations of one sandbox run one after another, sandboxes do not wait for each other. */
export interface Cni extends AsyncDisposable {
  /** From memory; at most a few seconds old. @param handler default: the network of pods without a choice */
  status(handler?: string): CniStatus;
  /**
   * Attaches a sandbox to its handler's network. A record of the intent is written first: after a
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
  /**
   * Asks the plugins whether what ADD made is still there (CHECK).
   * @throws with the plugin's words when it is not; FailedPreconditionError when the sandbox is not attached.
   */
  check(attachment: Pick<Attachment, 'sandboxId' | 'ifName'>, options: { signal: AbortSignal }): Promise<CheckOutcome>;
  /**
   * Detaches every sandbox that `isWanted` does not know, then tells plugins that have GC which attachments are valid.
   * Nothing is attached or detached while they are told. What fails is in the answer and is tried again by the next call.
   * @throws UnavailableError when there was no quiet moment for it.
   */
  collect(isWanted: (sandboxId: string) => boolean, options: { signal: AbortSignal }): Promise<Collected>;
  /** Configured, chosen, broken, attached. */
  overview(): Promise<NetworksOverview>;
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
  /** What is wrong at this moment, also while the grace period hides it. */
  readonly failure?: string;
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
  /** Its pods may have a network of their own. */
  readonly runtimeHandler?: string;
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

/** 'not asked': the network's version has no CHECK, or its configuration switches it off. */
export type CheckOutcome = 'in order' | 'not asked';

export interface Collected {
  /** Stale sandboxes that are detached now. */
  readonly detached: number;
  /** Networks whose plugins were told what is valid. */
  readonly networks: readonly string[];
  readonly failures: readonly string[];
}

export interface NetworksOverview {
  /** Who opens host ports where no plugin does: the path of nft, 'nft is missing' or 'off'. */
  readonly hostPorts: string;
  readonly pluginDirs: readonly string[];
  readonly choices: readonly NetworkChoiceOverview[];
  readonly attached: readonly AttachedSandbox[];
}

/** One directory and name that pods are given their network by. */
export interface NetworkChoiceOverview {
  /** Handlers whose pods get it; '' stands for all others. */
  readonly handlers: readonly string[];
  readonly confDir: string;
  /** '' for the first by file name. */
  readonly defaultNetwork: string;
  readonly status: CniStatus;
  /** In the order of their files. */
  readonly networks: readonly ConfiguredNetwork[];
}

export interface ConfiguredNetwork {
  readonly name: string;
  readonly file: string;
  /** Types, in order. */
  readonly plugins: readonly string[];
  /** Versions that the file allows, newest first. */
  readonly versions: readonly string[];
  /** The version that pods are attached in, of the network that is in use. */
  readonly inUse?: string;
}

export interface AttachedSandbox {
  readonly sandboxId: string;
  readonly ifName: string;
  readonly pod: { readonly name: string; readonly namespace: string };
  /** '' when the record is unreadable. */
  readonly network: string;
  readonly ips: readonly string[];
  readonly state: 'attached' | 'not finished' | 'unreadable';
  /** Of the last CHECK. */
  readonly complaint?: string;
}
