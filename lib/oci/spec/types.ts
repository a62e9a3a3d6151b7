/**
 * The OCI runtime-spec as far as davit writes it: https://github.com/opencontainers/runtime-spec/blob/v1.0.2/config.md
 * and config-linux.md. Names are the JSON's.
 */

/** What `ociVersion` says: crun 1.8.1 takes only 1.0.x, and nothing here needs more. */
export const OCI_VERSION = '1.0.2';

/** https://github.com/opencontainers/runtime-spec/blob/v1.0.2/config.md */
export interface Spec {
  readonly ociVersion: string;
  readonly process: Process;
  readonly root: { readonly path: string; readonly readonly?: boolean };
  readonly hostname?: string;
  readonly mounts: readonly SpecMount[];
  readonly annotations?: Readonly<Record<string, string>>;
  readonly hooks?: Readonly<Partial<Record<HookName, readonly SpecHook[]>>>;
  readonly linux: Linux;
}

/** https://github.com/opencontainers/runtime-spec/blob/v1.0.2/config.md#posix-platform-hooks */
export type HookName = 'prestart' | 'createRuntime' | 'createContainer' | 'startContainer' | 'poststart' | 'poststop';
export interface SpecHook {
  readonly path: string;
  /** With the program's name first. */
  readonly args: readonly string[];
  readonly env: readonly string[];
  /** Seconds. */
  readonly timeout?: number;
}

/** https://github.com/opencontainers/runtime-spec/blob/v1.0.2/config.md#process */
export interface Process {
  readonly terminal?: boolean;
  readonly user: { readonly uid: number; readonly gid: number; readonly additionalGids?: readonly number[]; readonly umask?: number };
  readonly args: readonly string[];
  readonly env: readonly string[];
  /** Absolute. */
  readonly cwd: string;
  readonly capabilities?: ProcessCapabilities;
  readonly rlimits?: readonly { readonly type: string; readonly soft: number; readonly hard: number }[];
  readonly noNewPrivileges?: boolean;
  readonly oomScoreAdj?: number;
  readonly apparmorProfile?: string;
  readonly selinuxLabel?: string;
}

/** https://github.com/opencontainers/runtime-spec/blob/v1.0.2/config.md#linux-process */
export interface ProcessCapabilities {
  readonly bounding: readonly string[];
  readonly effective: readonly string[];
  readonly permitted: readonly string[];
  readonly inheritable: readonly string[];
  readonly ambient: readonly string[];
}

/** https://github.com/opencontainers/runtime-spec/blob/v1.0.2/config.md#mounts */
export interface SpecMount {
  readonly destination: string;
  readonly type: string;
  readonly source: string;
  readonly options: readonly string[];
  readonly uidMappings?: readonly LinuxIdMapping[];
  readonly gidMappings?: readonly LinuxIdMapping[];
}

/** https://github.com/opencontainers/runtime-spec/blob/v1.0.2/config-linux.md */
export interface Linux {
  readonly namespaces: readonly LinuxNamespace[];
  readonly uidMappings?: readonly LinuxIdMapping[];
  readonly gidMappings?: readonly LinuxIdMapping[];
  readonly devices?: readonly LinuxDevice[];
  readonly cgroupsPath: string;
  readonly resources: LinuxResources;
  readonly rootfsPropagation?: 'rshared' | 'rslave' | 'rprivate';
  readonly maskedPaths: readonly string[];
  readonly readonlyPaths: readonly string[];
  readonly mountLabel?: string;
  readonly seccomp?: LinuxSeccomp;
}

/** https://github.com/opencontainers/runtime-spec/blob/v1.0.2/config-linux.md#namespaces */
export interface LinuxNamespace {
  readonly type: 'pid' | 'network' | 'ipc' | 'uts' | 'mount' | 'cgroup' | 'user';
  /** Absent: the runtime makes a new one. */
  readonly path?: string;
}

export interface LinuxIdMapping { readonly containerID: number; readonly hostID: number; readonly size: number }

/** https://github.com/opencontainers/runtime-spec/blob/v1.0.2/config-linux.md#devices */
export interface LinuxDevice {
  readonly path: string;
  readonly type: 'c' | 'b' | 'p';
  readonly major: number;
  readonly minor: number;
  readonly fileMode: number;
  readonly uid: number;
  readonly gid: number;
}

/** https://github.com/opencontainers/runtime-spec/blob/v1.0.2/config-linux.md#control-groups */
export interface LinuxResources {
  readonly devices?: readonly LinuxDeviceRule[];
  readonly cpu?: { readonly shares?: number; readonly quota?: number; readonly period?: number; readonly cpus?: string; readonly mems?: string };
  /** Bytes; `swap` is memory and swap together. */
  readonly memory?: { readonly limit?: number; readonly swap?: number };
  readonly pids?: { readonly limit: number };
  readonly hugepageLimits?: readonly { readonly pageSize: string; readonly limit: number }[];
  readonly unified?: Readonly<Record<string, string>>;
  readonly blockIO?: BlockIo;
}

/** https://github.com/opencontainers/runtime-spec/blob/v1.0.2/config-linux.md#block-io */
export interface BlockIo {
  readonly weight?: number;
  readonly weightDevice?: readonly BlockIoDevice[];
  readonly throttleReadBpsDevice?: readonly BlockIoDevice[];
  readonly throttleWriteBpsDevice?: readonly BlockIoDevice[];
  readonly throttleReadIOPSDevice?: readonly BlockIoDevice[];
  readonly throttleWriteIOPSDevice?: readonly BlockIoDevice[];
}

export interface BlockIoDevice { readonly major: number; readonly minor: number; readonly weight?: number; readonly rate?: number }

export interface LinuxDeviceRule {
  readonly allow: boolean;
  readonly type?: 'c' | 'b';
  readonly major?: number;
  readonly minor?: number;
  readonly access: string;
}

export type SeccompAction =
  | 'SCMP_ACT_ALLOW' | 'SCMP_ACT_ERRNO' | 'SCMP_ACT_KILL' | 'SCMP_ACT_KILL_PROCESS' | 'SCMP_ACT_KILL_THREAD' | 'SCMP_ACT_LOG' | 'SCMP_ACT_NOTIFY' | 'SCMP_ACT_TRACE' | 'SCMP_ACT_TRAP';
export type SeccompOperator = 'SCMP_CMP_NE' | 'SCMP_CMP_LT' | 'SCMP_CMP_LE' | 'SCMP_CMP_EQ' | 'SCMP_CMP_GE' | 'SCMP_CMP_GT' | 'SCMP_CMP_MASKED_EQ';

/** https://github.com/opencontainers/runtime-spec/blob/v1.0.2/config-linux.md#seccomp */
export interface LinuxSeccomp {
  readonly defaultAction: SeccompAction;
  readonly defaultErrnoRet?: number;
  readonly architectures?: readonly string[];
  readonly flags?: readonly string[];
  readonly listenerPath?: string;
  readonly listenerMetadata?: string;
  readonly syscalls?: readonly LinuxSyscall[];
}

export interface LinuxSyscall {
  readonly names: readonly string[];
  readonly action: SeccompAction;
  readonly errnoRet?: number;
  /** All must hold; several of one index are alternatives. */
  readonly args?: readonly SeccompArg[];
}

export interface SeccompArg { readonly index: number; readonly value: number; readonly valueTwo?: number; readonly op: SeccompOperator }
