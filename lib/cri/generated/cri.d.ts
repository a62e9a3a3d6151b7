// Made by scripts/generate-proto.ts from lib/cri/proto; do not edit.
import type protobuf from 'protobufjs/minimal.js';

/** What encode() takes: any field may be left out, at any depth. */
export type Input<T> = T extends string | number | bigint | boolean | null | undefined | Uint8Array ? T
  : T extends readonly (infer E)[] ? readonly Input<E>[]
    : string extends keyof T ? Readonly<T>
      : { readonly [K in keyof T]?: Input<T[K]> | undefined };

/** Reads and writes one message. A decoded message has all its fields: those not sent hold their default. */
export interface Codec<T> {
  encode(message: Input<T>): protobuf.Writer;
  /** @throws Error when the bytes are not this message. */
  decode(bytes: Uint8Array): T;
}

export interface CheckpointContainerRequest {
  containerId: string;
  location: string;
  timeout: bigint;
}

export type CheckpointContainerResponse = Record<never, never>;

export interface CheckpointPodRequest {
  podSandboxId: string;
  outputPath: string;
  containerIds: string[];
  options: Record<string, string>;
}

export type CheckpointPodResponse = Record<never, never>;

export interface RestorePodRequest {
  checkpointPath: string;
  config: PodSandboxConfig | null;
  runtimeHandler: string;
  options: Record<string, string>;
  containerConfigs: ContainerConfig[];
}

export interface RestoredContainer {
  name: string;
  containerId: string;
}

export interface RestorePodResponse {
  podSandboxId: string;
  restoredContainers: RestoredContainer[];
}

export interface Mount {
  containerPath: string;
  hostPath: string;
  readonly: boolean;
  selinuxRelabel: boolean;
  propagation: number;
  uidMappings: IDMapping[];
  gidMappings: IDMapping[];
  recursiveReadOnly: boolean;
  image: ImageSpec | null;
  imageSubPath: string;
  mountOptions: string[];
}

export interface KeyValue {
  key: string;
  value: Uint8Array;
}

export interface LinuxContainerConfig {
  resources: LinuxContainerResources | null;
  securityContext: LinuxContainerSecurityContext | null;
}

export interface LinuxContainerUser {
  uid: bigint;
  gid: bigint;
  supplementalGroups: bigint[];
}

export interface ContainerMetadata {
  name: string;
  attempt: number;
}

export interface Device {
  containerPath: string;
  hostPath: string;
  permissions: string;
}

export interface CDIDevice {
  name: string;
}

export interface ContainerConfig {
  metadata: ContainerMetadata | null;
  image: ImageSpec | null;
  command: string[];
  args: string[];
  workingDir: string;
  envs: KeyValue[];
  mounts: Mount[];
  devices: Device[];
  labels: Record<string, string>;
  annotations: Record<string, string>;
  logPath: string;
  stdin: boolean;
  stdinOnce: boolean;
  tty: boolean;
  linux: LinuxContainerConfig | null;
  windows: WindowsContainerConfig | null;
  CDIDevices: CDIDevice[];
  stopSignal: number;
}

export interface CreateContainerRequest {
  podSandboxId: string;
  config: ContainerConfig | null;
  sandboxConfig: PodSandboxConfig | null;
}

export interface CreateContainerResponse {
  containerId: string;
}

export interface StartContainerRequest {
  containerId: string;
}

export type StartContainerResponse = Record<never, never>;

export interface StopContainerRequest {
  containerId: string;
  timeout: bigint;
}

export type StopContainerResponse = Record<never, never>;

export interface RemoveContainerRequest {
  containerId: string;
}

export type RemoveContainerResponse = Record<never, never>;

export interface ContainerStateValue {
  state: number;
}

export interface ContainerFilter {
  id: string;
  state: ContainerStateValue | null;
  podSandboxId: string;
  labelSelector: Record<string, string>;
}

export interface ListContainersRequest {
  filter: ContainerFilter | null;
}

export interface Container {
  id: string;
  podSandboxId: string;
  metadata: ContainerMetadata | null;
  image: ImageSpec | null;
  imageRef: string;
  state: number;
  createdAt: bigint;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  imageId: string;
}

export interface ListContainersResponse {
  containers: Container[];
}

export interface StreamContainersRequest {
  filter: ContainerFilter | null;
}

export interface StreamContainersResponse {
  containers: Container[];
}

export interface ContainerStatusRequest {
  containerId: string;
  verbose: boolean;
}

export interface ContainerStatus {
  id: string;
  metadata: ContainerMetadata | null;
  state: number;
  createdAt: bigint;
  startedAt: bigint;
  finishedAt: bigint;
  exitCode: number;
  image: ImageSpec | null;
  imageRef: string;
  reason: string;
  message: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  mounts: Mount[];
  logPath: string;
  resources: ContainerResources | null;
  imageId: string;
  user: ContainerUser | null;
  stopSignal: number;
}

export interface ContainerStatusResponse {
  status: ContainerStatus | null;
  info: Record<string, string>;
}

export interface ContainerUser {
  linux: LinuxContainerUser | null;
}

export interface ContainerAttributes {
  id: string;
  metadata: ContainerMetadata | null;
  labels: Record<string, string>;
  annotations: Record<string, string>;
}

export interface ReopenContainerLogRequest {
  containerId: string;
}

export type ReopenContainerLogResponse = Record<never, never>;

export interface ImageSpec {
  image: string;
  annotations: Record<string, string>;
  userSpecifiedImage: string;
  runtimeHandler: string;
  imageRef: string;
}

export interface ImageFilter {
  image: ImageSpec | null;
}

export interface ListImagesRequest {
  filter: ImageFilter | null;
}

export interface Image {
  id: string;
  repoTags: string[];
  repoDigests: string[];
  size: bigint;
  uid: Int64Value | null;
  username: string;
  spec: ImageSpec | null;
  pinned: boolean;
}

export interface ListImagesResponse {
  images: Image[];
}

export interface StreamImagesRequest {
  filter: ImageFilter | null;
}

export interface StreamImagesResponse {
  images: Image[];
}

export interface ImageStatusRequest {
  image: ImageSpec | null;
  verbose: boolean;
}

export interface ImageStatusResponse {
  image: Image | null;
  info: Record<string, string>;
}

export interface AuthConfig {
  username: string;
  password: string;
  auth: string;
  serverAddress: string;
  identityToken: string;
  registryToken: string;
}

export interface PullImageRequest {
  image: ImageSpec | null;
  auth: AuthConfig | null;
  sandboxConfig: PodSandboxConfig | null;
}

export interface PullImageResponse {
  imageRef: string;
}

export interface RemoveImageRequest {
  image: ImageSpec | null;
}

export type RemoveImageResponse = Record<never, never>;

export type ImageFsInfoRequest = Record<never, never>;

export interface FilesystemIdentifier {
  mountpoint: string;
}

export interface FilesystemUsage {
  timestamp: bigint;
  fsId: FilesystemIdentifier | null;
  usedBytes: UInt64Value | null;
  inodesUsed: UInt64Value | null;
}

export interface ImageFsInfoResponse {
  imageFilesystems: FilesystemUsage[];
  containerFilesystems: FilesystemUsage[];
}

export interface DNSConfig {
  servers: string[];
  searches: string[];
  options: string[];
}

export interface PortMapping {
  protocol: number;
  containerPort: number;
  hostPort: number;
  hostIp: string;
}

export interface LinuxPodSandboxConfig {
  cgroupParent: string;
  securityContext: LinuxSandboxSecurityContext | null;
  sysctls: Record<string, string>;
  overhead: LinuxContainerResources | null;
  resources: LinuxContainerResources | null;
}

export interface PodSandboxMetadata {
  name: string;
  uid: string;
  namespace: string;
  attempt: number;
}

export interface PodSandboxConfig {
  metadata: PodSandboxMetadata | null;
  hostname: string;
  logDirectory: string;
  dnsConfig: DNSConfig | null;
  portMappings: PortMapping[];
  labels: Record<string, string>;
  annotations: Record<string, string>;
  linux: LinuxPodSandboxConfig | null;
  windows: WindowsPodSandboxConfig | null;
}

export interface RunPodSandboxRequest {
  config: PodSandboxConfig | null;
  runtimeHandler: string;
}

export interface RunPodSandboxResponse {
  podSandboxId: string;
}

export interface StopPodSandboxRequest {
  podSandboxId: string;
}

export type StopPodSandboxResponse = Record<never, never>;

export interface RemovePodSandboxRequest {
  podSandboxId: string;
}

export type RemovePodSandboxResponse = Record<never, never>;

export interface PodSandboxStatusRequest {
  podSandboxId: string;
  verbose: boolean;
}

export interface PodIP {
  ip: string;
}

export interface PodSandboxNetworkStatus {
  ip: string;
  additionalIps: PodIP[];
}

export interface Namespace {
  options: NamespaceOption | null;
}

export interface LinuxPodSandboxStatus {
  namespaces: Namespace | null;
}

export interface PodSandboxStatus {
  id: string;
  metadata: PodSandboxMetadata | null;
  state: number;
  createdAt: bigint;
  network: PodSandboxNetworkStatus | null;
  linux: LinuxPodSandboxStatus | null;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  runtimeHandler: string;
}

export interface PodSandboxStatusResponse {
  status: PodSandboxStatus | null;
  info: Record<string, string>;
  containersStatuses: ContainerStatus[];
  timestamp: bigint;
}

export interface PodSandboxStateValue {
  state: number;
}

export interface PodSandboxFilter {
  id: string;
  state: PodSandboxStateValue | null;
  labelSelector: Record<string, string>;
}

export interface ListPodSandboxRequest {
  filter: PodSandboxFilter | null;
}

export interface PodSandbox {
  id: string;
  metadata: PodSandboxMetadata | null;
  state: number;
  createdAt: bigint;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  runtimeHandler: string;
}

export interface ListPodSandboxResponse {
  items: PodSandbox[];
}

export interface StreamPodSandboxesRequest {
  filter: PodSandboxFilter | null;
}

export interface StreamPodSandboxesResponse {
  podSandboxes: PodSandbox[];
}

export interface PodSandboxAttributes {
  id: string;
  metadata: PodSandboxMetadata | null;
  labels: Record<string, string>;
  annotations: Record<string, string>;
}

export interface LinuxContainerResources {
  cpuPeriod: bigint;
  cpuQuota: bigint;
  cpuShares: bigint;
  memoryLimitInBytes: bigint;
  oomScoreAdj: bigint;
  cpusetCpus: string;
  cpusetMems: string;
  hugepageLimits: HugepageLimit[];
  unified: Record<string, string>;
  memorySwapLimitInBytes: bigint;
}

export interface HugepageLimit {
  pageSize: string;
  limit: bigint;
}

export interface ContainerResources {
  linux: LinuxContainerResources | null;
  windows: WindowsContainerResources | null;
}

export interface UpdateContainerResourcesRequest {
  containerId: string;
  linux: LinuxContainerResources | null;
  windows: WindowsContainerResources | null;
  annotations: Record<string, string>;
}

export type UpdateContainerResourcesResponse = Record<never, never>;

export interface UpdatePodSandboxResourcesRequest {
  podSandboxId: string;
  overhead: LinuxContainerResources | null;
  resources: LinuxContainerResources | null;
}

export type UpdatePodSandboxResourcesResponse = Record<never, never>;

export interface WindowsPodSandboxStats {
  cpu: WindowsCpuUsage | null;
  memory: WindowsMemoryUsage | null;
  network: WindowsNetworkUsage | null;
  process: WindowsProcessUsage | null;
  containers: WindowsContainerStats[];
}

export interface WindowsNetworkUsage {
  timestamp: bigint;
  defaultInterface: WindowsNetworkInterfaceUsage | null;
  interfaces: WindowsNetworkInterfaceUsage[];
}

export interface WindowsNetworkInterfaceUsage {
  name: string;
  rxBytes: UInt64Value | null;
  rxPacketsDropped: UInt64Value | null;
  txBytes: UInt64Value | null;
  txPacketsDropped: UInt64Value | null;
}

export interface WindowsProcessUsage {
  timestamp: bigint;
  processCount: UInt64Value | null;
}

export interface WindowsNamespaceOption {
  network: number;
}

export interface WindowsSandboxSecurityContext {
  runAsUsername: string;
  credentialSpec: string;
  hostProcess: boolean;
  namespaceOptions: WindowsNamespaceOption | null;
}

export interface WindowsPodSandboxConfig {
  securityContext: WindowsSandboxSecurityContext | null;
}

export interface WindowsContainerSecurityContext {
  runAsUsername: string;
  credentialSpec: string;
  hostProcess: boolean;
}

export interface WindowsContainerConfig {
  resources: WindowsContainerResources | null;
  securityContext: WindowsContainerSecurityContext | null;
}

export interface WindowsContainerResources {
  cpuShares: bigint;
  cpuCount: bigint;
  cpuMaximum: bigint;
  memoryLimitInBytes: bigint;
  rootfsSizeInBytes: bigint;
  affinityCpus: WindowsCpuGroupAffinity[];
}

export interface WindowsCpuGroupAffinity {
  cpuMask: bigint;
  cpuGroup: number;
}

export interface WindowsFilesystemUsage {
  timestamp: bigint;
  fsId: FilesystemIdentifier | null;
  usedBytes: UInt64Value | null;
}

export interface WindowsContainerStats {
  attributes: ContainerAttributes | null;
  cpu: WindowsCpuUsage | null;
  memory: WindowsMemoryUsage | null;
  writableLayer: WindowsFilesystemUsage | null;
}

export interface WindowsCpuUsage {
  timestamp: bigint;
  usageCoreNanoSeconds: UInt64Value | null;
  usageNanoCores: UInt64Value | null;
}

export interface WindowsMemoryUsage {
  timestamp: bigint;
  workingSetBytes: UInt64Value | null;
  availableBytes: UInt64Value | null;
  pageFaults: UInt64Value | null;
  commitMemoryBytes: UInt64Value | null;
}

export interface IDMapping {
  hostId: number;
  containerId: number;
  length: number;
}

export interface UserNamespace {
  mode: number;
  uids: IDMapping[];
  gids: IDMapping[];
}

export interface NamespaceOption {
  network: number;
  pid: number;
  ipc: number;
  targetId: string;
  usernsOptions: UserNamespace | null;
}

export interface LinuxSandboxSecurityContext {
  namespaceOptions: NamespaceOption | null;
  selinuxOptions: SELinuxOption | null;
  runAsUser: Int64Value | null;
  runAsGroup: Int64Value | null;
  readonlyRootfs: boolean;
  supplementalGroups: bigint[];
  supplementalGroupsPolicy: number;
  privileged: boolean;
  seccomp: SecurityProfile | null;
  apparmor: SecurityProfile | null;
  seccompProfilePath: string;
}

export interface SecurityProfile {
  profileType: number;
  localhostRef: string;
}

export interface SELinuxOption {
  user: string;
  role: string;
  type: string;
  level: string;
}

export interface Capability {
  addCapabilities: string[];
  dropCapabilities: string[];
  addAmbientCapabilities: string[];
}

export interface LinuxContainerSecurityContext {
  capabilities: Capability | null;
  privileged: boolean;
  namespaceOptions: NamespaceOption | null;
  selinuxOptions: SELinuxOption | null;
  runAsUser: Int64Value | null;
  runAsGroup: Int64Value | null;
  runAsUsername: string;
  readonlyRootfs: boolean;
  supplementalGroups: bigint[];
  supplementalGroupsPolicy: number;
  noNewPrivs: boolean;
  maskedPaths: string[];
  readonlyPaths: string[];
  seccomp: SecurityProfile | null;
  apparmor: SecurityProfile | null;
  apparmorProfile: string;
  seccompProfilePath: string;
}

export interface Int64Value {
  value: bigint;
}

export interface UInt64Value {
  value: bigint;
}

export interface ExecSyncRequest {
  containerId: string;
  cmd: string[];
  timeout: bigint;
}

export interface ExecSyncResponse {
  stdout: Uint8Array;
  stderr: Uint8Array;
  exitCode: number;
}

export interface ExecRequest {
  containerId: string;
  cmd: string[];
  tty: boolean;
  stdin: boolean;
  stdout: boolean;
  stderr: boolean;
}

export interface ExecResponse {
  url: string;
}

export interface AttachRequest {
  containerId: string;
  stdin: boolean;
  tty: boolean;
  stdout: boolean;
  stderr: boolean;
}

export interface AttachResponse {
  url: string;
}

export interface PortForwardRequest {
  podSandboxId: string;
  port: number[];
}

export interface PortForwardResponse {
  url: string;
}

export type ListMetricDescriptorsRequest = Record<never, never>;

export interface ListMetricDescriptorsResponse {
  descriptors: MetricDescriptor[];
}

export interface MetricDescriptor {
  name: string;
  help: string;
  labelKeys: string[];
}

export type ListPodSandboxMetricsRequest = Record<never, never>;

export interface ListPodSandboxMetricsResponse {
  podMetrics: PodSandboxMetrics[];
}

export type StreamPodSandboxMetricsRequest = Record<never, never>;

export interface StreamPodSandboxMetricsResponse {
  podSandboxMetrics: PodSandboxMetrics[];
}

export interface PodSandboxMetrics {
  podSandboxId: string;
  metrics: Metric[];
  containerMetrics: ContainerMetrics[];
}

export interface ContainerMetrics {
  containerId: string;
  metrics: Metric[];
}

export interface Metric {
  name: string;
  timestamp: bigint;
  metricType: number;
  labelValues: string[];
  value: UInt64Value | null;
}

export interface VersionRequest {
  version: string;
}

export interface VersionResponse {
  version: string;
  runtimeName: string;
  runtimeVersion: string;
  runtimeApiVersion: string;
}

export interface NetworkConfig {
  podCidr: string;
}

export interface RuntimeConfig {
  networkConfig: NetworkConfig | null;
}

export interface UpdateRuntimeConfigRequest {
  runtimeConfig: RuntimeConfig | null;
}

export type UpdateRuntimeConfigResponse = Record<never, never>;

export interface RuntimeCondition {
  type: string;
  status: boolean;
  reason: string;
  message: string;
}

export interface RuntimeStatus {
  conditions: RuntimeCondition[];
}

export interface StatusRequest {
  verbose: boolean;
}

export interface RuntimeHandlerFeatures {
  recursiveReadOnlyMounts: boolean;
  userNamespaces: boolean;
}

export interface RuntimeHandler {
  name: string;
  features: RuntimeHandlerFeatures | null;
}

export interface RuntimeFeatures {
  supplementalGroupsPolicy: boolean;
  userNamespacesHostNetwork: boolean;
  mountOptions: boolean;
}

export interface StatusResponse {
  status: RuntimeStatus | null;
  info: Record<string, string>;
  runtimeHandlers: RuntimeHandler[];
  features: RuntimeFeatures | null;
}

export type GetEventsRequest = Record<never, never>;

export interface ContainerEventResponse {
  containerId: string;
  containerEventType: number;
  createdAt: bigint;
  podSandboxStatus: PodSandboxStatus | null;
  containersStatuses: ContainerStatus[];
}

export type RuntimeConfigRequest = Record<never, never>;

export interface RuntimeConfigResponse {
  linux: LinuxRuntimeConfiguration | null;
}

export interface LinuxRuntimeConfiguration {
  cgroupDriver: number;
}

export interface PodSandboxStatsRequest {
  podSandboxId: string;
}

export interface PodSandboxStatsResponse {
  stats: PodSandboxStats | null;
}

export interface PodSandboxStatsFilter {
  id: string;
  labelSelector: Record<string, string>;
}

export interface ListPodSandboxStatsRequest {
  filter: PodSandboxStatsFilter | null;
}

export interface ListPodSandboxStatsResponse {
  stats: PodSandboxStats[];
}

export interface StreamPodSandboxStatsRequest {
  filter: PodSandboxStatsFilter | null;
}

export interface StreamPodSandboxStatsResponse {
  podSandboxStats: PodSandboxStats[];
}

export interface PodSandboxStats {
  attributes: PodSandboxAttributes | null;
  linux: LinuxPodSandboxStats | null;
  windows: WindowsPodSandboxStats | null;
}

export interface LinuxPodSandboxStats {
  cpu: CpuUsage | null;
  memory: MemoryUsage | null;
  network: NetworkUsage | null;
  process: ProcessUsage | null;
  containers: ContainerStats[];
  io: IoUsage | null;
}

export interface NetworkUsage {
  timestamp: bigint;
  defaultInterface: NetworkInterfaceUsage | null;
  interfaces: NetworkInterfaceUsage[];
}

export interface NetworkInterfaceUsage {
  name: string;
  rxBytes: UInt64Value | null;
  rxErrors: UInt64Value | null;
  txBytes: UInt64Value | null;
  txErrors: UInt64Value | null;
}

export interface ProcessUsage {
  timestamp: bigint;
  processCount: UInt64Value | null;
}

export interface ContainerStatsRequest {
  containerId: string;
}

export interface ContainerStatsResponse {
  stats: ContainerStats | null;
}

export interface ListContainerStatsRequest {
  filter: ContainerStatsFilter | null;
}

export interface ContainerStatsFilter {
  id: string;
  podSandboxId: string;
  labelSelector: Record<string, string>;
}

export interface ListContainerStatsResponse {
  stats: ContainerStats[];
}

export interface StreamContainerStatsRequest {
  filter: ContainerStatsFilter | null;
}

export interface StreamContainerStatsResponse {
  containerStats: ContainerStats[];
}

export interface ContainerStats {
  attributes: ContainerAttributes | null;
  cpu: CpuUsage | null;
  memory: MemoryUsage | null;
  writableLayer: FilesystemUsage | null;
  swap: SwapUsage | null;
  io: IoUsage | null;
}

export interface PsiStats {
  Full: PsiData | null;
  Some: PsiData | null;
}

export interface PsiData {
  Total: bigint;
  Avg10: number;
  Avg60: number;
  Avg300: number;
}

export interface CpuUsage {
  timestamp: bigint;
  usageCoreNanoSeconds: UInt64Value | null;
  usageNanoCores: UInt64Value | null;
  psi: PsiStats | null;
}

export interface MemoryUsage {
  timestamp: bigint;
  workingSetBytes: UInt64Value | null;
  availableBytes: UInt64Value | null;
  usageBytes: UInt64Value | null;
  rssBytes: UInt64Value | null;
  pageFaults: UInt64Value | null;
  majorPageFaults: UInt64Value | null;
  psi: PsiStats | null;
}

export interface IoUsage {
  timestamp: bigint;
  psi: PsiStats | null;
}

export interface SwapUsage {
  timestamp: bigint;
  swapAvailableBytes: UInt64Value | null;
  swapUsageBytes: UInt64Value | null;
}

export const runtime: {
  readonly v1: {
    readonly CheckpointContainerRequest: Codec<CheckpointContainerRequest>;
    readonly CheckpointContainerResponse: Codec<CheckpointContainerResponse>;
    readonly CheckpointPodRequest: Codec<CheckpointPodRequest>;
    readonly CheckpointPodResponse: Codec<CheckpointPodResponse>;
    readonly RestorePodRequest: Codec<RestorePodRequest>;
    readonly RestoredContainer: Codec<RestoredContainer>;
    readonly RestorePodResponse: Codec<RestorePodResponse>;
    readonly Mount: Codec<Mount>;
    readonly KeyValue: Codec<KeyValue>;
    readonly LinuxContainerConfig: Codec<LinuxContainerConfig>;
    readonly LinuxContainerUser: Codec<LinuxContainerUser>;
    readonly ContainerMetadata: Codec<ContainerMetadata>;
    readonly Device: Codec<Device>;
    readonly CDIDevice: Codec<CDIDevice>;
    readonly ContainerConfig: Codec<ContainerConfig>;
    readonly CreateContainerRequest: Codec<CreateContainerRequest>;
    readonly CreateContainerResponse: Codec<CreateContainerResponse>;
    readonly StartContainerRequest: Codec<StartContainerRequest>;
    readonly StartContainerResponse: Codec<StartContainerResponse>;
    readonly StopContainerRequest: Codec<StopContainerRequest>;
    readonly StopContainerResponse: Codec<StopContainerResponse>;
    readonly RemoveContainerRequest: Codec<RemoveContainerRequest>;
    readonly RemoveContainerResponse: Codec<RemoveContainerResponse>;
    readonly ContainerStateValue: Codec<ContainerStateValue>;
    readonly ContainerFilter: Codec<ContainerFilter>;
    readonly ListContainersRequest: Codec<ListContainersRequest>;
    readonly Container: Codec<Container>;
    readonly ListContainersResponse: Codec<ListContainersResponse>;
    readonly StreamContainersRequest: Codec<StreamContainersRequest>;
    readonly StreamContainersResponse: Codec<StreamContainersResponse>;
    readonly ContainerStatusRequest: Codec<ContainerStatusRequest>;
    readonly ContainerStatus: Codec<ContainerStatus>;
    readonly ContainerStatusResponse: Codec<ContainerStatusResponse>;
    readonly ContainerUser: Codec<ContainerUser>;
    readonly ContainerAttributes: Codec<ContainerAttributes>;
    readonly ReopenContainerLogRequest: Codec<ReopenContainerLogRequest>;
    readonly ReopenContainerLogResponse: Codec<ReopenContainerLogResponse>;
    readonly ImageSpec: Codec<ImageSpec>;
    readonly ImageFilter: Codec<ImageFilter>;
    readonly ListImagesRequest: Codec<ListImagesRequest>;
    readonly Image: Codec<Image>;
    readonly ListImagesResponse: Codec<ListImagesResponse>;
    readonly StreamImagesRequest: Codec<StreamImagesRequest>;
    readonly StreamImagesResponse: Codec<StreamImagesResponse>;
    readonly ImageStatusRequest: Codec<ImageStatusRequest>;
    readonly ImageStatusResponse: Codec<ImageStatusResponse>;
    readonly AuthConfig: Codec<AuthConfig>;
    readonly PullImageRequest: Codec<PullImageRequest>;
    readonly PullImageResponse: Codec<PullImageResponse>;
    readonly RemoveImageRequest: Codec<RemoveImageRequest>;
    readonly RemoveImageResponse: Codec<RemoveImageResponse>;
    readonly ImageFsInfoRequest: Codec<ImageFsInfoRequest>;
    readonly FilesystemIdentifier: Codec<FilesystemIdentifier>;
    readonly FilesystemUsage: Codec<FilesystemUsage>;
    readonly ImageFsInfoResponse: Codec<ImageFsInfoResponse>;
    readonly DNSConfig: Codec<DNSConfig>;
    readonly PortMapping: Codec<PortMapping>;
    readonly LinuxPodSandboxConfig: Codec<LinuxPodSandboxConfig>;
    readonly PodSandboxMetadata: Codec<PodSandboxMetadata>;
    readonly PodSandboxConfig: Codec<PodSandboxConfig>;
    readonly RunPodSandboxRequest: Codec<RunPodSandboxRequest>;
    readonly RunPodSandboxResponse: Codec<RunPodSandboxResponse>;
    readonly StopPodSandboxRequest: Codec<StopPodSandboxRequest>;
    readonly StopPodSandboxResponse: Codec<StopPodSandboxResponse>;
    readonly RemovePodSandboxRequest: Codec<RemovePodSandboxRequest>;
    readonly RemovePodSandboxResponse: Codec<RemovePodSandboxResponse>;
    readonly PodSandboxStatusRequest: Codec<PodSandboxStatusRequest>;
    readonly PodIP: Codec<PodIP>;
    readonly PodSandboxNetworkStatus: Codec<PodSandboxNetworkStatus>;
    readonly Namespace: Codec<Namespace>;
    readonly LinuxPodSandboxStatus: Codec<LinuxPodSandboxStatus>;
    readonly PodSandboxStatus: Codec<PodSandboxStatus>;
    readonly PodSandboxStatusResponse: Codec<PodSandboxStatusResponse>;
    readonly PodSandboxStateValue: Codec<PodSandboxStateValue>;
    readonly PodSandboxFilter: Codec<PodSandboxFilter>;
    readonly ListPodSandboxRequest: Codec<ListPodSandboxRequest>;
    readonly PodSandbox: Codec<PodSandbox>;
    readonly ListPodSandboxResponse: Codec<ListPodSandboxResponse>;
    readonly StreamPodSandboxesRequest: Codec<StreamPodSandboxesRequest>;
    readonly StreamPodSandboxesResponse: Codec<StreamPodSandboxesResponse>;
    readonly PodSandboxAttributes: Codec<PodSandboxAttributes>;
    readonly LinuxContainerResources: Codec<LinuxContainerResources>;
    readonly HugepageLimit: Codec<HugepageLimit>;
    readonly ContainerResources: Codec<ContainerResources>;
    readonly UpdateContainerResourcesRequest: Codec<UpdateContainerResourcesRequest>;
    readonly UpdateContainerResourcesResponse: Codec<UpdateContainerResourcesResponse>;
    readonly UpdatePodSandboxResourcesRequest: Codec<UpdatePodSandboxResourcesRequest>;
    readonly UpdatePodSandboxResourcesResponse: Codec<UpdatePodSandboxResourcesResponse>;
    readonly WindowsPodSandboxStats: Codec<WindowsPodSandboxStats>;
    readonly WindowsNetworkUsage: Codec<WindowsNetworkUsage>;
    readonly WindowsNetworkInterfaceUsage: Codec<WindowsNetworkInterfaceUsage>;
    readonly WindowsProcessUsage: Codec<WindowsProcessUsage>;
    readonly WindowsNamespaceOption: Codec<WindowsNamespaceOption>;
    readonly WindowsSandboxSecurityContext: Codec<WindowsSandboxSecurityContext>;
    readonly WindowsPodSandboxConfig: Codec<WindowsPodSandboxConfig>;
    readonly WindowsContainerSecurityContext: Codec<WindowsContainerSecurityContext>;
    readonly WindowsContainerConfig: Codec<WindowsContainerConfig>;
    readonly WindowsContainerResources: Codec<WindowsContainerResources>;
    readonly WindowsCpuGroupAffinity: Codec<WindowsCpuGroupAffinity>;
    readonly WindowsFilesystemUsage: Codec<WindowsFilesystemUsage>;
    readonly WindowsContainerStats: Codec<WindowsContainerStats>;
    readonly WindowsCpuUsage: Codec<WindowsCpuUsage>;
    readonly WindowsMemoryUsage: Codec<WindowsMemoryUsage>;
    readonly IDMapping: Codec<IDMapping>;
    readonly UserNamespace: Codec<UserNamespace>;
    readonly NamespaceOption: Codec<NamespaceOption>;
    readonly LinuxSandboxSecurityContext: Codec<LinuxSandboxSecurityContext>;
    readonly SecurityProfile: Codec<SecurityProfile> & { readonly ProfileType: { readonly RuntimeDefault: 0; readonly Unconfined: 1; readonly Localhost: 2 } };
    readonly SELinuxOption: Codec<SELinuxOption>;
    readonly Capability: Codec<Capability>;
    readonly LinuxContainerSecurityContext: Codec<LinuxContainerSecurityContext>;
    readonly Int64Value: Codec<Int64Value>;
    readonly UInt64Value: Codec<UInt64Value>;
    readonly ExecSyncRequest: Codec<ExecSyncRequest>;
    readonly ExecSyncResponse: Codec<ExecSyncResponse>;
    readonly ExecRequest: Codec<ExecRequest>;
    readonly ExecResponse: Codec<ExecResponse>;
    readonly AttachRequest: Codec<AttachRequest>;
    readonly AttachResponse: Codec<AttachResponse>;
    readonly PortForwardRequest: Codec<PortForwardRequest>;
    readonly PortForwardResponse: Codec<PortForwardResponse>;
    readonly ListMetricDescriptorsRequest: Codec<ListMetricDescriptorsRequest>;
    readonly ListMetricDescriptorsResponse: Codec<ListMetricDescriptorsResponse>;
    readonly MetricDescriptor: Codec<MetricDescriptor>;
    readonly ListPodSandboxMetricsRequest: Codec<ListPodSandboxMetricsRequest>;
    readonly ListPodSandboxMetricsResponse: Codec<ListPodSandboxMetricsResponse>;
    readonly StreamPodSandboxMetricsRequest: Codec<StreamPodSandboxMetricsRequest>;
    readonly StreamPodSandboxMetricsResponse: Codec<StreamPodSandboxMetricsResponse>;
    readonly PodSandboxMetrics: Codec<PodSandboxMetrics>;
    readonly ContainerMetrics: Codec<ContainerMetrics>;
    readonly Metric: Codec<Metric>;
    readonly VersionRequest: Codec<VersionRequest>;
    readonly VersionResponse: Codec<VersionResponse>;
    readonly NetworkConfig: Codec<NetworkConfig>;
    readonly RuntimeConfig: Codec<RuntimeConfig>;
    readonly UpdateRuntimeConfigRequest: Codec<UpdateRuntimeConfigRequest>;
    readonly UpdateRuntimeConfigResponse: Codec<UpdateRuntimeConfigResponse>;
    readonly RuntimeCondition: Codec<RuntimeCondition>;
    readonly RuntimeStatus: Codec<RuntimeStatus>;
    readonly StatusRequest: Codec<StatusRequest>;
    readonly RuntimeHandlerFeatures: Codec<RuntimeHandlerFeatures>;
    readonly RuntimeHandler: Codec<RuntimeHandler>;
    readonly RuntimeFeatures: Codec<RuntimeFeatures>;
    readonly StatusResponse: Codec<StatusResponse>;
    readonly GetEventsRequest: Codec<GetEventsRequest>;
    readonly ContainerEventResponse: Codec<ContainerEventResponse>;
    readonly RuntimeConfigRequest: Codec<RuntimeConfigRequest>;
    readonly RuntimeConfigResponse: Codec<RuntimeConfigResponse>;
    readonly LinuxRuntimeConfiguration: Codec<LinuxRuntimeConfiguration>;
    readonly PodSandboxStatsRequest: Codec<PodSandboxStatsRequest>;
    readonly PodSandboxStatsResponse: Codec<PodSandboxStatsResponse>;
    readonly PodSandboxStatsFilter: Codec<PodSandboxStatsFilter>;
    readonly ListPodSandboxStatsRequest: Codec<ListPodSandboxStatsRequest>;
    readonly ListPodSandboxStatsResponse: Codec<ListPodSandboxStatsResponse>;
    readonly StreamPodSandboxStatsRequest: Codec<StreamPodSandboxStatsRequest>;
    readonly StreamPodSandboxStatsResponse: Codec<StreamPodSandboxStatsResponse>;
    readonly PodSandboxStats: Codec<PodSandboxStats>;
    readonly LinuxPodSandboxStats: Codec<LinuxPodSandboxStats>;
    readonly NetworkUsage: Codec<NetworkUsage>;
    readonly NetworkInterfaceUsage: Codec<NetworkInterfaceUsage>;
    readonly ProcessUsage: Codec<ProcessUsage>;
    readonly ContainerStatsRequest: Codec<ContainerStatsRequest>;
    readonly ContainerStatsResponse: Codec<ContainerStatsResponse>;
    readonly ListContainerStatsRequest: Codec<ListContainerStatsRequest>;
    readonly ContainerStatsFilter: Codec<ContainerStatsFilter>;
    readonly ListContainerStatsResponse: Codec<ListContainerStatsResponse>;
    readonly StreamContainerStatsRequest: Codec<StreamContainerStatsRequest>;
    readonly StreamContainerStatsResponse: Codec<StreamContainerStatsResponse>;
    readonly ContainerStats: Codec<ContainerStats>;
    readonly PsiStats: Codec<PsiStats>;
    readonly PsiData: Codec<PsiData>;
    readonly CpuUsage: Codec<CpuUsage>;
    readonly MemoryUsage: Codec<MemoryUsage>;
    readonly IoUsage: Codec<IoUsage>;
    readonly SwapUsage: Codec<SwapUsage>;
    readonly MountPropagation: { readonly PROPAGATION_PRIVATE: 0; readonly PROPAGATION_HOST_TO_CONTAINER: 1; readonly PROPAGATION_BIDIRECTIONAL: 2 };
    readonly Signal: { readonly SIGNAL_RUNTIME_DEFAULT: 0; readonly SIGNAL_SIGABRT: 1; readonly SIGNAL_SIGALRM: 2; readonly SIGNAL_SIGBUS: 3; readonly SIGNAL_SIGCHLD: 4; readonly SIGNAL_SIGCLD: 5; readonly SIGNAL_SIGCONT: 6; readonly SIGNAL_SIGFPE: 7; readonly SIGNAL_SIGHUP: 8; readonly SIGNAL_SIGILL: 9; readonly SIGNAL_SIGINT: 10; readonly SIGNAL_SIGIO: 11; readonly SIGNAL_SIGIOT: 12; readonly SIGNAL_SIGKILL: 13; readonly SIGNAL_SIGPIPE: 14; readonly SIGNAL_SIGPOLL: 15; readonly SIGNAL_SIGPROF: 16; readonly SIGNAL_SIGPWR: 17; readonly SIGNAL_SIGQUIT: 18; readonly SIGNAL_SIGSEGV: 19; readonly SIGNAL_SIGSTKFLT: 20; readonly SIGNAL_SIGSTOP: 21; readonly SIGNAL_SIGSYS: 22; readonly SIGNAL_SIGTERM: 23; readonly SIGNAL_SIGTRAP: 24; readonly SIGNAL_SIGTSTP: 25; readonly SIGNAL_SIGTTIN: 26; readonly SIGNAL_SIGTTOU: 27; readonly SIGNAL_SIGURG: 28; readonly SIGNAL_SIGUSR1: 29; readonly SIGNAL_SIGUSR2: 30; readonly SIGNAL_SIGVTALRM: 31; readonly SIGNAL_SIGWINCH: 32; readonly SIGNAL_SIGXCPU: 33; readonly SIGNAL_SIGXFSZ: 34; readonly SIGNAL_SIGRTMIN: 35; readonly SIGNAL_SIGRTMINPLUS1: 36; readonly SIGNAL_SIGRTMINPLUS2: 37; readonly SIGNAL_SIGRTMINPLUS3: 38; readonly SIGNAL_SIGRTMINPLUS4: 39; readonly SIGNAL_SIGRTMINPLUS5: 40; readonly SIGNAL_SIGRTMINPLUS6: 41; readonly SIGNAL_SIGRTMINPLUS7: 42; readonly SIGNAL_SIGRTMINPLUS8: 43; readonly SIGNAL_SIGRTMINPLUS9: 44; readonly SIGNAL_SIGRTMINPLUS10: 45; readonly SIGNAL_SIGRTMINPLUS11: 46; readonly SIGNAL_SIGRTMINPLUS12: 47; readonly SIGNAL_SIGRTMINPLUS13: 48; readonly SIGNAL_SIGRTMINPLUS14: 49; readonly SIGNAL_SIGRTMINPLUS15: 50; readonly SIGNAL_SIGRTMAXMINUS14: 51; readonly SIGNAL_SIGRTMAXMINUS13: 52; readonly SIGNAL_SIGRTMAXMINUS12: 53; readonly SIGNAL_SIGRTMAXMINUS11: 54; readonly SIGNAL_SIGRTMAXMINUS10: 55; readonly SIGNAL_SIGRTMAXMINUS9: 56; readonly SIGNAL_SIGRTMAXMINUS8: 57; readonly SIGNAL_SIGRTMAXMINUS7: 58; readonly SIGNAL_SIGRTMAXMINUS6: 59; readonly SIGNAL_SIGRTMAXMINUS5: 60; readonly SIGNAL_SIGRTMAXMINUS4: 61; readonly SIGNAL_SIGRTMAXMINUS3: 62; readonly SIGNAL_SIGRTMAXMINUS2: 63; readonly SIGNAL_SIGRTMAXMINUS1: 64; readonly SIGNAL_SIGRTMAX: 65 };
    readonly ContainerState: { readonly CONTAINER_CREATED: 0; readonly CONTAINER_RUNNING: 1; readonly CONTAINER_EXITED: 2; readonly CONTAINER_UNKNOWN: 3 };
    readonly Protocol: { readonly TCP: 0; readonly UDP: 1; readonly SCTP: 2 };
    readonly PodSandboxState: { readonly SANDBOX_READY: 0; readonly SANDBOX_NOTREADY: 1 };
    readonly NamespaceMode: { readonly POD: 0; readonly CONTAINER: 1; readonly NODE: 2; readonly TARGET: 3 };
    readonly SupplementalGroupsPolicy: { readonly Merge: 0; readonly Strict: 1 };
    readonly MetricType: { readonly COUNTER: 0; readonly GAUGE: 1 };
    readonly ContainerEventType: { readonly CONTAINER_CREATED_EVENT: 0; readonly CONTAINER_STARTED_EVENT: 1; readonly CONTAINER_STOPPED_EVENT: 2; readonly CONTAINER_DELETED_EVENT: 3 };
    readonly CgroupDriver: { readonly SYSTEMD: 0; readonly CGROUPFS: 1 };
  };
};
