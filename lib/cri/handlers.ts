/** Which file answers which call. A call that is not here answers Unimplemented. */
import type { CallName } from './generated/services.ts';
import type { Handler } from './handler.ts';
import { imageFsInfo } from './image-service/image-fs-info.ts';
import { imageStatus } from './image-service/image-status.ts';
import { listImages, streamImages } from './image-service/list-images.ts';
import { pullImage } from './image-service/pull-image.ts';
import { removeImage } from './image-service/remove-image.ts';
import { attach } from './runtime-service/attach.ts';
import { checkpointContainer } from './runtime-service/checkpoint-container.ts';
import { checkpointPod } from './runtime-service/checkpoint-pod.ts';
import { containerStats, listContainerStats, streamContainerStats } from './runtime-service/container-stats.ts';
import { containerStatus } from './runtime-service/container-status.ts';
import { createContainer } from './runtime-service/create-container.ts';
import { exec } from './runtime-service/exec.ts';
import { execSync } from './runtime-service/exec-sync.ts';
import { getContainerEvents } from './runtime-service/get-container-events.ts';
import { listContainers, streamContainers } from './runtime-service/list-containers.ts';
import { listMetricDescriptors } from './runtime-service/list-metric-descriptors.ts';
import { listPodSandboxMetrics, streamPodSandboxMetrics } from './runtime-service/list-pod-sandbox-metrics.ts';
import { listPodSandbox, streamPodSandboxes } from './runtime-service/list-pod-sandbox.ts';
import { listPodSandboxStats, podSandboxStats, streamPodSandboxStats } from './runtime-service/pod-sandbox-stats.ts';
import { podSandboxStatus } from './runtime-service/pod-sandbox-status.ts';
import { portForward } from './runtime-service/port-forward.ts';
import { removeContainer } from './runtime-service/remove-container.ts';
import { removePodSandbox } from './runtime-service/remove-pod-sandbox.ts';
import { reopenContainerLog } from './runtime-service/reopen-container-log.ts';
import { restorePod } from './runtime-service/restore-pod.ts';
import { runPodSandbox } from './runtime-service/run-pod-sandbox.ts';
import { runtimeConfig } from './runtime-service/runtime-config.ts';
import { startContainer } from './runtime-service/start-container.ts';
import { status } from './runtime-service/status.ts';
import { stopContainer } from './runtime-service/stop-container.ts';
import { stopPodSandbox } from './runtime-service/stop-pod-sandbox.ts';
import { updateContainerResources } from './runtime-service/update-container-resources.ts';
import { updatePodSandboxResources } from './runtime-service/update-pod-sandbox-resources.ts';
import { updateRuntimeConfig } from './runtime-service/update-runtime-config.ts';
import { version } from './runtime-service/version.ts';

export const HANDLERS: { readonly [N in CallName]: Handler<N> } = {
  Version: version,
  Status: status,
  RuntimeConfig: runtimeConfig,
  UpdateRuntimeConfig: updateRuntimeConfig,
  RunPodSandbox: runPodSandbox,
  StopPodSandbox: stopPodSandbox,
  RemovePodSandbox: removePodSandbox,
  PodSandboxStatus: podSandboxStatus,
  ListPodSandbox: listPodSandbox,
  StreamPodSandboxes: streamPodSandboxes,
  CreateContainer: createContainer,
  StartContainer: startContainer,
  StopContainer: stopContainer,
  RemoveContainer: removeContainer,
  ListContainers: listContainers,
  StreamContainers: streamContainers,
  ContainerStatus: containerStatus,
  UpdateContainerResources: updateContainerResources,
  UpdatePodSandboxResources: updatePodSandboxResources,
  CheckpointContainer: checkpointContainer,
  CheckpointPod: checkpointPod,
  RestorePod: restorePod,
  ReopenContainerLog: reopenContainerLog,
  ExecSync: execSync,
  Exec: exec,
  Attach: attach,
  PortForward: portForward,
  ContainerStats: containerStats,
  ListContainerStats: listContainerStats,
  StreamContainerStats: streamContainerStats,
  PodSandboxStats: podSandboxStats,
  ListPodSandboxStats: listPodSandboxStats,
  StreamPodSandboxStats: streamPodSandboxStats,
  ListMetricDescriptors: listMetricDescriptors,
  ListPodSandboxMetrics: listPodSandboxMetrics,
  StreamPodSandboxMetrics: streamPodSandboxMetrics,
  GetContainerEvents: getContainerEvents,
  ListImages: listImages,
  StreamImages: streamImages,
  ImageStatus: imageStatus,
  PullImage: pullImage,
  RemoveImage: removeImage,
  ImageFsInfo: imageFsInfo,
};
