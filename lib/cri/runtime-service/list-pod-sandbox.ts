import type { Dependencies, StreamHandler, UnaryHandler } from '../handler.ts';
import { runtime } from '../generated/cri.js';
import type { PodSandboxFilter } from '../generated/cri.js';
import { chunks } from '../chunks.ts';
import { toPodFilter } from '../convert/filter.ts';
import { fromPodSummary } from '../convert/pod-status.ts';
import { encodedAnswer } from '../encoded-items.ts';

export const listPodSandbox: UnaryHandler<'ListPodSandbox'> = (deps, { filter }) => encodedAnswer(listed(deps, filter));

export const streamPodSandboxes: StreamHandler<'StreamPodSandboxes'> = async function* (deps, { filter }) {
  yield* chunks(listed(deps, filter));
};

function listed({ pods, encoded }: Dependencies, filter: PodSandboxFilter | null): Uint8Array[] {
  return encoded.items(pods.listPodSandboxes(toPodFilter(filter)), fromPodSummary, runtime.v1.PodSandbox);
}
