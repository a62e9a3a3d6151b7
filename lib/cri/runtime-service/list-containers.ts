import type { StreamHandler, UnaryHandler } from '../handler.ts';
import { runtime } from '../generated/cri.js';
import { chunks } from '../chunks.ts';
import { fromContainerSummary } from '../convert/container-status.ts';
import { toContainerFilter } from '../convert/filter.ts';

export const listContainers: UnaryHandler<'ListContainers'> = ({ pods, encoded }, { filter }) => encoded.list(pods.listContainers(toContainerFilter(filter)), fromContainerSummary, runtime.v1.Container);

export const streamContainers: StreamHandler<'StreamContainers'> = async function* ({ pods, encoded }, { filter }) {
  yield* chunks(encoded.items(pods.listContainers(toContainerFilter(filter)), fromContainerSummary, runtime.v1.Container));
};
