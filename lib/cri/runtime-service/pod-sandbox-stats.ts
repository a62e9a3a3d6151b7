import type { Dependencies, StreamHandler, UnaryHandler } from '../handler.ts';
import { chunks } from '../chunks.ts';
import { required } from '../convert/check.ts';
import { toPodFilter } from '../convert/filter.ts';
import { encodePodStats } from '../convert/stats.ts';
import { encodedAnswer } from '../encoded-items.ts';
import type { PodSandboxStatsFilter } from '../generated/cri.js';

export const podSandboxStats: UnaryHandler<'PodSandboxStats'> = async ({ pods, encoded }, { podSandboxId }, { signal }) =>
  encodedAnswer(encodePodStats([await pods.podSandboxStats(required(podSandboxId, 'pod_sandbox_id'), { signal })], encoded));

export const listPodSandboxStats: UnaryHandler<'ListPodSandboxStats'> = async (deps, { filter }, { signal }) => encodedAnswer(await listed(deps, filter, signal));

export const streamPodSandboxStats: StreamHandler<'StreamPodSandboxStats'> = async function* (deps, { filter }, { signal }) {
  yield* chunks(await listed(deps, filter, signal));
};

async function listed({ pods, encoded }: Dependencies, filter: PodSandboxStatsFilter | null, signal: AbortSignal): Promise<Uint8Array[]> {
  return encodePodStats(await pods.listPodSandboxStats(toPodFilter(filter), { signal }), encoded);
}
