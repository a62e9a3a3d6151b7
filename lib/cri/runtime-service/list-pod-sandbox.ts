import type { StreamHandler, UnaryHandler } from '../handler.ts';
import { runtime } from '../generated/cri.js';
import { chunks } from '../chunks.ts';
import { toPodFilter } from '../convert/filter.ts';
import { fromPodSummary } from '../convert/pod-status.ts';

export const listPodSandbox: UnaryHandler<'ListPodSandbox'> = ({ pods, encoded }, { filter }) => encoded.list(pods.listPodSandboxes(toPodFilter(filter)), fromPodSummary, runtime.v1.PodSandbox);

export const streamPodSandboxes: StreamHandler<'StreamPodSandboxes'> = async function* ({ pods, encoded }, { filter }) {
  yield* chunks(encoded.items(pods.listPodSandboxes(toPodFilter(filter)), fromPodSummary, runtime.v1.PodSandbox));
};
