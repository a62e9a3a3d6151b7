import type { Dependencies, StreamHandler, UnaryHandler } from '../handler.ts';
import { runtime } from '../generated/cri.js';
import type { ContainerFilter } from '../generated/cri.js';
import { chunks } from '../chunks.ts';
import { fromContainerSummary } from '../convert/container-status.ts';
import { toContainerFilter } from '../convert/filter.ts';
import { encodedAnswer } from '../encoded-items.ts';

export const listContainers: UnaryHandler<'ListContainers'> = (deps, { filter }) => encodedAnswer(listed(deps, filter));

export const streamContainers: StreamHandler<'StreamContainers'> = async function* (deps, { filter }) {
  yield* chunks(listed(deps, filter));
};

function listed({ pods, encoded }: Dependencies, filter: ContainerFilter | null): Uint8Array[] {
  return encoded.items(pods.listContainers(toContainerFilter(filter)), fromContainerSummary, runtime.v1.Container);
}
