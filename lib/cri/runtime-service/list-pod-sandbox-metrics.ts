import type { StreamHandler, UnaryHandler } from '../handler.ts';
import { chunks } from '../chunks.ts';
import { encodePodMetrics } from '../convert/metrics.ts';
import { encodedAnswer } from '../encoded-items.ts';

export const listPodSandboxMetrics: UnaryHandler<'ListPodSandboxMetrics'> = async ({ pods, encoded }, _request, { signal }) =>
  encodedAnswer(await Array.fromAsync(encodePodMetrics(pods.listPodSandboxMetrics({ signal }), encoded)));

export const streamPodSandboxMetrics: StreamHandler<'StreamPodSandboxMetrics'> = async function* ({ pods, encoded }, _request, { signal }) {
  yield* chunks(encodePodMetrics(pods.listPodSandboxMetrics({ signal }), encoded));
};
