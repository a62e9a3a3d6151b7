// Made by scripts/generate-proto.ts from lib/cri/proto; do not edit.
import { runtime } from './cri.js';
import type * as messages from './cri.js';

const v1 = runtime.v1;

/** Request and response of every call by its name; names are unique over both services. */
export interface Calls {
  Version: { request: messages.VersionRequest; response: messages.VersionResponse; stream: false };
  RunPodSandbox: { request: messages.RunPodSandboxRequest; response: messages.RunPodSandboxResponse; stream: false };
  StopPodSandbox: { request: messages.StopPodSandboxRequest; response: messages.StopPodSandboxResponse; stream: false };
  RemovePodSandbox: { request: messages.RemovePodSandboxRequest; response: messages.RemovePodSandboxResponse; stream: false };
  PodSandboxStatus: { request: messages.PodSandboxStatusRequest; response: messages.PodSandboxStatusResponse; stream: false };
  ListPodSandbox: { request: messages.ListPodSandboxRequest; response: messages.ListPodSandboxResponse; stream: false };
  StreamPodSandboxes: { request: messages.StreamPodSandboxesRequest; response: messages.StreamPodSandboxesResponse; stream: true };
  CreateContainer: { request: messages.CreateContainerRequest; response: messages.CreateContainerResponse; stream: false };
  StartContainer: { request: messages.StartContainerRequest; response: messages.StartContainerResponse; stream: false };
  StopContainer: { request: messages.StopContainerRequest; response: messages.StopContainerResponse; stream: false };
  RemoveContainer: { request: messages.RemoveContainerRequest; response: messages.RemoveContainerResponse; stream: false };
  ListContainers: { request: messages.ListContainersRequest; response: messages.ListContainersResponse; stream: false };
  StreamContainers: { request: messages.StreamContainersRequest; response: messages.StreamContainersResponse; stream: true };
  ContainerStatus: { request: messages.ContainerStatusRequest; response: messages.ContainerStatusResponse; stream: false };
  UpdateContainerResources: { request: messages.UpdateContainerResourcesRequest; response: messages.UpdateContainerResourcesResponse; stream: false };
  ReopenContainerLog: { request: messages.ReopenContainerLogRequest; response: messages.ReopenContainerLogResponse; stream: false };
  ExecSync: { request: messages.ExecSyncRequest; response: messages.ExecSyncResponse; stream: false };
  Exec: { request: messages.ExecRequest; response: messages.ExecResponse; stream: false };
  Attach: { request: messages.AttachRequest; response: messages.AttachResponse; stream: false };
  PortForward: { request: messages.PortForwardRequest; response: messages.PortForwardResponse; stream: false };
  ContainerStats: { request: messages.ContainerStatsRequest; response: messages.ContainerStatsResponse; stream: false };
  ListContainerStats: { request: messages.ListContainerStatsRequest; response: messages.ListContainerStatsResponse; stream: false };
  StreamContainerStats: { request: messages.StreamContainerStatsRequest; response: messages.StreamContainerStatsResponse; stream: true };
  PodSandboxStats: { request: messages.PodSandboxStatsRequest; response: messages.PodSandboxStatsResponse; stream: false };
  ListPodSandboxStats: { request: messages.ListPodSandboxStatsRequest; response: messages.ListPodSandboxStatsResponse; stream: false };
  StreamPodSandboxStats: { request: messages.StreamPodSandboxStatsRequest; response: messages.StreamPodSandboxStatsResponse; stream: true };
  UpdateRuntimeConfig: { request: messages.UpdateRuntimeConfigRequest; response: messages.UpdateRuntimeConfigResponse; stream: false };
  Status: { request: messages.StatusRequest; response: messages.StatusResponse; stream: false };
  CheckpointContainer: { request: messages.CheckpointContainerRequest; response: messages.CheckpointContainerResponse; stream: false };
  CheckpointPod: { request: messages.CheckpointPodRequest; response: messages.CheckpointPodResponse; stream: false };
  RestorePod: { request: messages.RestorePodRequest; response: messages.RestorePodResponse; stream: false };
  GetContainerEvents: { request: messages.GetEventsRequest; response: messages.ContainerEventResponse; stream: true };
  ListMetricDescriptors: { request: messages.ListMetricDescriptorsRequest; response: messages.ListMetricDescriptorsResponse; stream: false };
  ListPodSandboxMetrics: { request: messages.ListPodSandboxMetricsRequest; response: messages.ListPodSandboxMetricsResponse; stream: false };
  StreamPodSandboxMetrics: { request: messages.StreamPodSandboxMetricsRequest; response: messages.StreamPodSandboxMetricsResponse; stream: true };
  RuntimeConfig: { request: messages.RuntimeConfigRequest; response: messages.RuntimeConfigResponse; stream: false };
  UpdatePodSandboxResources: { request: messages.UpdatePodSandboxResourcesRequest; response: messages.UpdatePodSandboxResourcesResponse; stream: false };
  ListImages: { request: messages.ListImagesRequest; response: messages.ListImagesResponse; stream: false };
  StreamImages: { request: messages.StreamImagesRequest; response: messages.StreamImagesResponse; stream: true };
  ImageStatus: { request: messages.ImageStatusRequest; response: messages.ImageStatusResponse; stream: false };
  PullImage: { request: messages.PullImageRequest; response: messages.PullImageResponse; stream: false };
  RemoveImage: { request: messages.RemoveImageRequest; response: messages.RemoveImageResponse; stream: false };
  ImageFsInfo: { request: messages.ImageFsInfoRequest; response: messages.ImageFsInfoResponse; stream: false };
}

export type CallName = keyof Calls;
/** Calls with one answer. */
export type UnaryName = { [N in CallName]: Calls[N]['stream'] extends true ? never : N }[CallName];
/** Calls answered by a stream of messages. */
export type StreamName = Exclude<CallName, UnaryName>;

export interface CallType<N extends CallName> {
  readonly path: string;
  readonly request: messages.Codec<Calls[N]['request']>;
  readonly response: messages.Codec<Calls[N]['response']>;
  readonly stream: Calls[N]['stream'];
}

export const CALLS: { readonly [N in CallName]: CallType<N> } = {
  Version: { path: '/runtime.v1.RuntimeService/Version', request: v1.VersionRequest, response: v1.VersionResponse, stream: false },
  RunPodSandbox: { path: '/runtime.v1.RuntimeService/RunPodSandbox', request: v1.RunPodSandboxRequest, response: v1.RunPodSandboxResponse, stream: false },
  StopPodSandbox: { path: '/runtime.v1.RuntimeService/StopPodSandbox', request: v1.StopPodSandboxRequest, response: v1.StopPodSandboxResponse, stream: false },
  RemovePodSandbox: { path: '/runtime.v1.RuntimeService/RemovePodSandbox', request: v1.RemovePodSandboxRequest, response: v1.RemovePodSandboxResponse, stream: false },
  PodSandboxStatus: { path: '/runtime.v1.RuntimeService/PodSandboxStatus', request: v1.PodSandboxStatusRequest, response: v1.PodSandboxStatusResponse, stream: false },
  ListPodSandbox: { path: '/runtime.v1.RuntimeService/ListPodSandbox', request: v1.ListPodSandboxRequest, response: v1.ListPodSandboxResponse, stream: false },
  StreamPodSandboxes: { path: '/runtime.v1.RuntimeService/StreamPodSandboxes', request: v1.StreamPodSandboxesRequest, response: v1.StreamPodSandboxesResponse, stream: true },
  CreateContainer: { path: '/runtime.v1.RuntimeService/CreateContainer', request: v1.CreateContainerRequest, response: v1.CreateContainerResponse, stream: false },
  StartContainer: { path: '/runtime.v1.RuntimeService/StartContainer', request: v1.StartContainerRequest, response: v1.StartContainerResponse, stream: false },
  StopContainer: { path: '/runtime.v1.RuntimeService/StopContainer', request: v1.StopContainerRequest, response: v1.StopContainerResponse, stream: false },
  RemoveContainer: { path: '/runtime.v1.RuntimeService/RemoveContainer', request: v1.RemoveContainerRequest, response: v1.RemoveContainerResponse, stream: false },
  ListContainers: { path: '/runtime.v1.RuntimeService/ListContainers', request: v1.ListContainersRequest, response: v1.ListContainersResponse, stream: false },
  StreamContainers: { path: '/runtime.v1.RuntimeService/StreamContainers', request: v1.StreamContainersRequest, response: v1.StreamContainersResponse, stream: true },
  ContainerStatus: { path: '/runtime.v1.RuntimeService/ContainerStatus', request: v1.ContainerStatusRequest, response: v1.ContainerStatusResponse, stream: false },
  UpdateContainerResources: { path: '/runtime.v1.RuntimeService/UpdateContainerResources', request: v1.UpdateContainerResourcesRequest, response: v1.UpdateContainerResourcesResponse, stream: false },
  ReopenContainerLog: { path: '/runtime.v1.RuntimeService/ReopenContainerLog', request: v1.ReopenContainerLogRequest, response: v1.ReopenContainerLogResponse, stream: false },
  ExecSync: { path: '/runtime.v1.RuntimeService/ExecSync', request: v1.ExecSyncRequest, response: v1.ExecSyncResponse, stream: false },
  Exec: { path: '/runtime.v1.RuntimeService/Exec', request: v1.ExecRequest, response: v1.ExecResponse, stream: false },
  Attach: { path: '/runtime.v1.RuntimeService/Attach', request: v1.AttachRequest, response: v1.AttachResponse, stream: false },
  PortForward: { path: '/runtime.v1.RuntimeService/PortForward', request: v1.PortForwardRequest, response: v1.PortForwardResponse, stream: false },
  ContainerStats: { path: '/runtime.v1.RuntimeService/ContainerStats', request: v1.ContainerStatsRequest, response: v1.ContainerStatsResponse, stream: false },
  ListContainerStats: { path: '/runtime.v1.RuntimeService/ListContainerStats', request: v1.ListContainerStatsRequest, response: v1.ListContainerStatsResponse, stream: false },
  StreamContainerStats: { path: '/runtime.v1.RuntimeService/StreamContainerStats', request: v1.StreamContainerStatsRequest, response: v1.StreamContainerStatsResponse, stream: true },
  PodSandboxStats: { path: '/runtime.v1.RuntimeService/PodSandboxStats', request: v1.PodSandboxStatsRequest, response: v1.PodSandboxStatsResponse, stream: false },
  ListPodSandboxStats: { path: '/runtime.v1.RuntimeService/ListPodSandboxStats', request: v1.ListPodSandboxStatsRequest, response: v1.ListPodSandboxStatsResponse, stream: false },
  StreamPodSandboxStats: { path: '/runtime.v1.RuntimeService/StreamPodSandboxStats', request: v1.StreamPodSandboxStatsRequest, response: v1.StreamPodSandboxStatsResponse, stream: true },
  UpdateRuntimeConfig: { path: '/runtime.v1.RuntimeService/UpdateRuntimeConfig', request: v1.UpdateRuntimeConfigRequest, response: v1.UpdateRuntimeConfigResponse, stream: false },
  Status: { path: '/runtime.v1.RuntimeService/Status', request: v1.StatusRequest, response: v1.StatusResponse, stream: false },
  CheckpointContainer: { path: '/runtime.v1.RuntimeService/CheckpointContainer', request: v1.CheckpointContainerRequest, response: v1.CheckpointContainerResponse, stream: false },
  CheckpointPod: { path: '/runtime.v1.RuntimeService/CheckpointPod', request: v1.CheckpointPodRequest, response: v1.CheckpointPodResponse, stream: false },
  RestorePod: { path: '/runtime.v1.RuntimeService/RestorePod', request: v1.RestorePodRequest, response: v1.RestorePodResponse, stream: false },
  GetContainerEvents: { path: '/runtime.v1.RuntimeService/GetContainerEvents', request: v1.GetEventsRequest, response: v1.ContainerEventResponse, stream: true },
  ListMetricDescriptors: { path: '/runtime.v1.RuntimeService/ListMetricDescriptors', request: v1.ListMetricDescriptorsRequest, response: v1.ListMetricDescriptorsResponse, stream: false },
  ListPodSandboxMetrics: { path: '/runtime.v1.RuntimeService/ListPodSandboxMetrics', request: v1.ListPodSandboxMetricsRequest, response: v1.ListPodSandboxMetricsResponse, stream: false },
  StreamPodSandboxMetrics: { path: '/runtime.v1.RuntimeService/StreamPodSandboxMetrics', request: v1.StreamPodSandboxMetricsRequest, response: v1.StreamPodSandboxMetricsResponse, stream: true },
  RuntimeConfig: { path: '/runtime.v1.RuntimeService/RuntimeConfig', request: v1.RuntimeConfigRequest, response: v1.RuntimeConfigResponse, stream: false },
  UpdatePodSandboxResources: { path: '/runtime.v1.RuntimeService/UpdatePodSandboxResources', request: v1.UpdatePodSandboxResourcesRequest, response: v1.UpdatePodSandboxResourcesResponse, stream: false },
  ListImages: { path: '/runtime.v1.ImageService/ListImages', request: v1.ListImagesRequest, response: v1.ListImagesResponse, stream: false },
  StreamImages: { path: '/runtime.v1.ImageService/StreamImages', request: v1.StreamImagesRequest, response: v1.StreamImagesResponse, stream: true },
  ImageStatus: { path: '/runtime.v1.ImageService/ImageStatus', request: v1.ImageStatusRequest, response: v1.ImageStatusResponse, stream: false },
  PullImage: { path: '/runtime.v1.ImageService/PullImage', request: v1.PullImageRequest, response: v1.PullImageResponse, stream: false },
  RemoveImage: { path: '/runtime.v1.ImageService/RemoveImage', request: v1.RemoveImageRequest, response: v1.RemoveImageResponse, stream: false },
  ImageFsInfo: { path: '/runtime.v1.ImageService/ImageFsInfo', request: v1.ImageFsInfoRequest, response: v1.ImageFsInfoResponse, stream: false },
};
