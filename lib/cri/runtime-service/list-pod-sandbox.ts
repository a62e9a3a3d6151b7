import type { StreamHandler, UnaryHandler } from '../handler.ts';
import { runtime } from '../generated/cri.js';
import { chunks } from '../chunks.ts';
import { toPodFilter } from '../convert/filter.ts';
import { fromPodSummary } from '../convert/pod-status.ts';

export const listPodSandbox: UnaryHandler<'ListPodSandbox'> = ({ pods, encoded }, { filter }) => encoded.list(pods.listPodSandboxes(toPodFilter(filter)), fromPodSummary, runtime.v1.PodSandbox);

export const streamPodSandboxes: StreamHandler<'StreamPodSandboxes'> = async function* ({ pods }, { filter }) {
  const items = pods.listPodSandboxes(toPodFilter(filter)).map(fromPodSummary);
  for (const podSandboxes of chunks(items, runtime.v1.PodSandbox)) yield { podSandboxes };
};
