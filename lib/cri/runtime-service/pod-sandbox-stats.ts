import type { StreamHandler, UnaryHandler } from '../handler.ts';
import { runtime } from '../generated/cri.js';
import { chunks } from '../chunks.ts';
import { required } from '../convert/check.ts';
import { toPodFilter } from '../convert/filter.ts';
import { fromPodStats } from '../convert/stats.ts';

export const podSandboxStats: UnaryHandler<'PodSandboxStats'> = async ({ pods }, { podSandboxId }, { signal }) =>
  ({ stats: fromPodStats(await pods.podSandboxStats(required(podSandboxId, 'pod_sandbox_id'), { signal })) });

export const listPodSandboxStats: UnaryHandler<'ListPodSandboxStats'> = async ({ pods }, { filter }, { signal }) =>
  ({ stats: (await pods.listPodSandboxStats(toPodFilter(filter), { signal })).map(fromPodStats) });

export const streamPodSandboxStats: StreamHandler<'StreamPodSandboxStats'> = async function* ({ pods }, { filter }, { signal }) {
  const items = (await pods.listPodSandboxStats(toPodFilter(filter), { signal })).map(fromPodStats);
  for (const stats of chunks(items, runtime.v1.PodSandboxStats)) yield { podSandboxStats: stats };
};
