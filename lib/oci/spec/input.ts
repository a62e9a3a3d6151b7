/** Everything that a container's config.json is made of. Whatever must be read from the node has been read before. */
import type { ContainerConfig, NamespaceOptions, PodSandboxConfig } from '../config.ts';
import type { HostFacts } from '../host.ts';
import type { RuntimeHandler } from '../runtimes/handler.ts';
import type { SeccompChoice } from '../seccomp/prepare.ts';
import type { ResolvedUser } from '../user/resolve-user.ts';
import type { PodFilePaths } from './default-mounts.ts';
import type { ResolvedDevice } from './devices.ts';
import type { ResolvedMount } from './mount-sources.ts';
import type { IdMappings } from './id-mappings.ts';
import type { NamespacePaths } from './namespaces.ts';
import type { BlockIo } from './types.ts';

/** The process part of an image's configuration, https://github.com/opencontainers/image-spec/blob/v1.1.0/config.md. */
export interface ImageProcessConfig {
  readonly env: readonly string[];
  readonly entrypoint: readonly string[];
  readonly cmd: readonly string[];
  readonly workingDir: string;
  /** 'user', 'uid', 'user:group', … or ''. */
  readonly user: string;
  /** Absolute paths of VOLUME. */
  readonly volumes: readonly string[];
}

/** The node's defaults by configuration (crio.runtime's keys of the same names). */
export interface ContainerDefaults {
  readonly capabilities: readonly string[];
  readonly env: readonly string[];
  readonly ulimits: readonly { readonly type: string; readonly soft: number; readonly hard: number }[];
  /** ≤ 0: none. */
  readonly pidsLimit: number;
  /** Every rootfs read-only. */
  readonly readOnly: boolean;
  /** Device nodes that every container gets. */
  readonly devices: readonly ResolvedDevice[];
  /** What becomes of SELinux options where there is no SELinux. */
  readonly selinuxUnavailable: 'ignore' | 'refuse';
}

export interface ContainerSpecInput {
  readonly id: string;
  readonly sandboxId: string;
  readonly config: ContainerConfig;
  readonly sandbox: PodSandboxConfig;
  /** The node's name, which a pod without a UTS namespace has. */
  readonly nodeHostname: string;
  readonly image: ImageProcessConfig;
  /** Absolute; mounted when the container is created. */
  readonly rootfsPath: string;
  readonly user: ResolvedUser;
  /** From namespaceOptionsIn(). */
  readonly namespaceOptions: NamespaceOptions;
  readonly namespaces: NamespacePaths;
  /** Of a pinned user namespace; absent without one. */
  readonly idMappings?: IdMappings;
  /** From containerCgroupsPath(). */
  readonly cgroupsPath: string;
  readonly files: PodFilePaths;
  readonly mounts: readonly ResolvedMount[];
  /** The container's, or all of the node's for a privileged one. */
  readonly devices: readonly ResolvedDevice[];
  readonly host: HostFacts;
  readonly handler: RuntimeHandler;
  /** Absent: unconfined. */
  readonly seccomp?: SeccompChoice;
  readonly blockIo?: BlockIo;
  readonly defaults?: Partial<ContainerDefaults>;
}
