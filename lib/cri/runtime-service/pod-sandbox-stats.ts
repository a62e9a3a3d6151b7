import type { PodStats } from '#pod';
import type { Dependencies, StreamHandler, UnaryHandler } from '../handler.ts';
import { chunks } from '../chunks.ts';
import { required } from '../convert/check.ts';
import { toPodFilter } from '../convert/filter.ts';
import { statsAnswer, statsItems, writePodStats } from '../convert/stats.ts';
import type { PodSandboxStatsFilter } from '../generated/cri.js';

export const podSandboxStats: UnaryHandler<'PodSandboxStats'> = async ({ pods, encoded }, { podSandboxId }, { signal }) =>
  statsAnswer([await pods.podSandboxStats(required(podSandboxId, 'pod_sandbox_id'), { signal })], writePodStats, encoded);

export const listPodSandboxStats: UnaryHandler<'ListPodSandboxStats'> = async (deps, { filter }, { signal }) => statsAnswer(await listed(deps, filter, signal), writePodStats, deps.encoded);

export const streamPodSandboxStats: StreamHandler<'StreamPodSandboxStats'> = async function* (deps, { filter }, { signal }) {
  yield* chunks(statsItems(await listed(deps, filter, signal), writePodStats, deps.encoded));
};

function listed({ pods }: Dependencies, filter: PodSandboxStatsFilter | null, signal: AbortSignal): Promise<PodStats[]> {
  return pods.listPodSandboxStats(toPodFilter(filter), { signal });
}
