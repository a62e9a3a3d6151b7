/** Records as clients see them, and the filters of the list calls. Memory only, but for `info`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errnoOf } from '#errors';
import type { ContainerFilter, ContainerStatus, ContainerSummary, PodFilter, PodStatus, PodSummary } from './api.ts';
import type { ContainerRecord, PodRecord } from './record.ts';
import { containerState, nowNs, podState } from './record.ts';
import { resourcesOf } from './update-resources.ts';

export function podSummary(pod: PodRecord): PodSummary {
  return {
    id: pod.id, metadata: pod.config.metadata, state: podState(pod), createdAt: pod.createdAt,
    labels: pod.config.labels, annotations: pod.config.annotations, runtimeHandler: pod.runtimeHandler,
  };
}

export function podStatus(pod: PodRecord, containers: readonly ContainerRecord[], bundlesDir: string): PodStatus {
  const timestamp = nowNs();
  return {
    ...podSummary(pod), timestamp, ips: pod.ips,
    namespaceOptions: pod.config.linux.securityContext.namespaceOptions,
    containers: containers.filter(isVisible).map((c) => containerStatus(c, bundlesDir)),
    info: { info: { pid: pod.namespaces.pausePid ?? 0, config: pod.config, namespaces: pod.namespaces, cgroupPath: pod.cgroupPath, ...resourcesOf(pod), phase: pod.phase, released: pod.released } },
  };
}

export function containerSummary(container: ContainerRecord): ContainerSummary {
  const { image } = container.config;
  return {
    id: container.id, podSandboxId: container.podId, metadata: container.config.metadata,
    image: { ...image, image: image.userSpecifiedImage || image.image },
    imageRef: container.imageRef, imageId: container.imageId, state: containerState(container), createdAt: container.createdAt,
    labels: container.config.labels, annotations: container.config.annotations,
  };
}

export function containerStatus(container: ContainerRecord, bundlesDir: string): ContainerStatus {
  const { exit } = container;
  return {
    ...containerSummary(container),
    startedAt: container.startedAt, finishedAt: exit?.finishedAt ?? 0n, exitCode: exit?.exitCode ?? 0,
    reason: exit?.reason ?? '', message: exit?.message ?? '',
    mounts: container.mounts, logPath: container.logPath, resources: container.resources, user: container.user, stopSignal: container.stopSignal,
    // Read when a verbose caller asks: a small file in /run that is not worth its memory per container.
    get info() {
      const { podId, pid, config, warnings } = container;
      return { info: {
        sandboxID: podId, pid: container.exit ? 0 : pid,
        privileged: config.linux.securityContext.privileged, ...warnings && { warnings }, runtimeSpec: readSpec(join(bundlesDir, container.id, 'config.json')),
      } };
    },
  };
}

/** A container still being created is nobody's yet: its id has not been told. */
export function isVisible(container: ContainerRecord): boolean {
  return container.phase !== 'creating';
}

export function matchesPod(pod: PodRecord, filter: PodFilter): boolean {
  return pod.phase !== 'creating'
    && (!filter.id || pod.id.startsWith(filter.id))
    && (!filter.state || podState(pod) === filter.state)
    && (!filter.labelSelector || hasLabels(pod.config.labels, filter.labelSelector));
}

export function matchesContainer(container: ContainerRecord, filter: ContainerFilter): boolean {
  return isVisible(container)
    && (!filter.id || container.id.startsWith(filter.id))
    && (!filter.podSandboxId || container.podId.startsWith(filter.podSandboxId))
    && (!filter.state || containerState(container) === filter.state)
    && (!filter.labelSelector || hasLabels(container.config.labels, filter.labelSelector));
}

function hasLabels(labels: Readonly<Record<string, string>>, wanted: Readonly<Record<string, string>>): boolean {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value);
}

function readSpec(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
