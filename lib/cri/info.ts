/** What cmd tells about the daemon as a whole; Version, Status and RuntimeConfig answer from it. All of it from memory. */

export interface Condition {
  readonly ready: boolean;
  /** One word in CamelCase; may be empty when ready. */
  readonly reason: string;
  readonly message: string;
}

export interface RuntimeHandlerInfo {
  readonly name: string;
  readonly features: { readonly recursiveReadOnlyMounts: boolean; readonly userNamespaces: boolean };
}

export interface RuntimeInfo {
  readonly runtimeName: string;
  /** Semantic version of davit, from package.json. */
  readonly runtimeVersion: string;
  readonly cgroupDriver: 'systemd' | 'cgroupfs';
  /** Name of one of `handlers()`: what an empty runtime_handler stands for. */
  readonly defaultHandler: string;
  readonly features: { readonly supplementalGroupsPolicy: boolean; readonly userNamespacesHostNetwork: boolean; readonly mountOptions: boolean };
  /** Whether pods can be run at all. */
  runtimeCondition(): Condition;
  /** In CNI's own words. */
  networkCondition(): Condition;
  handlers(): readonly RuntimeHandlerInfo[];
  /** Effective configuration and state of the daemon for verbose callers: stateDir, sandboxImage, cni, …; values that JSON can hold. */
  describe(): Readonly<Record<string, unknown>>;
  /** The node's range of pod addresses, as kubelet has it. */
  setPodCidr(podCidr: string): void;
}
