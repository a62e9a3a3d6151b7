import type { StreamHandler, UnaryHandler } from '../handler.ts';
import { runtime } from '../generated/cri.js';
import { chunks } from '../chunks.ts';
import { fromPodMetrics } from '../convert/metrics.ts';

export const listPodSandboxMetrics: UnaryHandler<'ListPodSandboxMetrics'> = async ({ pods }, _request, { signal }) =>
  ({ podMetrics: (await pods.listPodSandboxMetrics({ signal })).map(fromPodMetrics) });

export const streamPodSandboxMetrics: StreamHandler<'StreamPodSandboxMetrics'> = async function* ({ pods }, _request, { signal }) {
  yield* chunks((await pods.listPodSandboxMetrics({ signal })).map((metrics) => runtime.v1.PodSandboxMetrics.encode(fromPodMetrics(metrics)).finish()));
};
