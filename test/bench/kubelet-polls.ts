/**
 * What kubelet 1.36 asks of a runtime while nothing happens, and how often: with evented PLEG off and PodAndContainerStatsFromCRI off, which are
 * its defaults. Named are the places in k8s.io/kubernetes/pkg/kubelet.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { runtime as proto } from '#cri';
import { openRawSession } from '../harness/index.ts';

export interface Poll {
  readonly everySeconds: number;
  /** Of the period: what is asked for at the same interval is not asked for at the same moment. */
  readonly atSecond: number;
  readonly calls: readonly (readonly [name: string, request?: Uint8Array])[];
}

const { ContainerState, PodSandboxState } = proto.v1;
const READY = proto.v1.ListPodSandboxRequest.encode({ filter: { state: { state: PodSandboxState.SANDBOX_READY } } }).finish();
const RUNNING = proto.v1.ListContainersRequest.encode({ filter: { state: { state: ContainerState.CONTAINER_RUNNING } } }).finish();
const PODS_AND_CONTAINERS = [['ListPodSandbox'], ['ListContainers']] as const;
const STATS = [['ListContainers'], ['ListPodSandbox'], ['ListContainerStats']] as const;

export const KUBELET_POLLS: readonly Poll[] = [
  // pleg/generic.go, Relist
  { everySeconds: 1, atSecond: 0, calls: PODS_AND_CONTAINERS },
  // kubelet_pods.go, HandlePodCleanups, every housekeepingPeriod
  { everySeconds: 2, atSecond: 1, calls: [['ListPodSandbox', READY], ['ListContainers', RUNNING]] },
  // kubelet.go, updateRuntimeUp
  { everySeconds: 5, atSecond: 2, calls: [['Status']] },
  // eviction/eviction_manager.go, synchronize: stats/cri_stats_provider.go, ImageFsStats and listPodStats
  { everySeconds: 10, atSecond: 3, calls: [['ImageFsInfo'], ...STATS] },
  // server/server.go, /metrics/resource, as metrics-server asks: listPodCPUAndMemoryStats
  { everySeconds: 15, atSecond: 8, calls: STATS },
];

/** For the report. */
export const POLL_NOTE = 'polled: ListPodSandbox and ListContainers each second (PLEG), of what runs each two (housekeeping), Status each five, ImageFsInfo, both lists and ListContainerStats each ten (eviction), '
  + 'both lists and ListContainerStats each fifteen (metrics-server)';

/** What kubelet asks each ten seconds as well, where its metrics come from the runtime (PodAndContainerStatsFromCRI). */
export const FROM_CRI: Poll = { everySeconds: 10, atSecond: 5, calls: [['ListPodSandboxStats'], ['ListPodSandboxMetrics']] };

/** The runtime's share of a core while it is polled, and with how many calls. A whole number of minutes is right: each poll comes as often as it should. */
export async function polledShare(socket: string, pid: number, polls: readonly Poll[], seconds: number): Promise<{ readonly share: number; readonly calls: number }> {
  using session = openRawSession(socket);
  const [begun, before] = [performance.now(), cpuSeconds(pid)];
  let calls = 0;
  for (let second = 0; second < seconds; second++) {
    for (const [name, request] of polls.filter((poll) => second % poll.everySeconds === poll.atSecond).flatMap((poll) => poll.calls)) {
      const { grpcStatus, message } = await session.call(`${name.startsWith('Image') ? 'ImageService' : 'RuntimeService'}/${name}`, request ?? new Uint8Array());
      if (grpcStatus !== '0') throw new Error(`${name}: status ${grpcStatus}: ${message}`);
      calls++;
    }
    await delay(Math.max(0, (second + 1) * 1000 - (performance.now() - begun)));
  }
  return { share: (cpuSeconds(pid) - before) / ((performance.now() - begun) / 1000), calls };
}

/** User and system time of all threads of a process so far, also of those that have ended. */
export function cpuSeconds(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const [user, system] = text.slice(text.lastIndexOf(')') + 2).split(' ').slice(11, 13).map(Number);
  return ((user ?? 0) + (system ?? 0)) / TICKS_PER_SECOND;
}

/** USER_HZ, the same on every Linux that Node runs on. */
export const TICKS_PER_SECOND = 100;
