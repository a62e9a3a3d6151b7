import type { StreamHandler, UnaryHandler } from '../handler.ts';
import { runtime } from '../generated/cri.js';
import { chunks } from '../chunks.ts';
import { fromContainerSummary } from '../convert/container-status.ts';
import { toContainerFilter } from '../convert/filter.ts';

export const listContainers: UnaryHandler<'ListContainers'> = ({ pods }, { filter }) => ({ containers: pods.listContainers(toContainerFilter(filter)).map(fromContainerSummary) });

export const streamContainers: StreamHandler<'StreamContainers'> = async function* ({ pods }, { filter }) {
  const items = pods.listContainers(toContainerFilter(filter)).map(fromContainerSummary);
  for (const containers of chunks(items, runtime.v1.Container)) yield { containers };
};
