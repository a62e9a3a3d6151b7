import type { StreamHandler, UnaryHandler } from '../handler.ts';
import { runtime } from '../generated/cri.js';
import { chunks } from '../chunks.ts';
import { required } from '../convert/check.ts';
import { toContainerFilter } from '../convert/filter.ts';
import { fromContainerStats } from '../convert/stats.ts';

export const containerStats: UnaryHandler<'ContainerStats'> = async ({ pods }, { containerId }, { signal }) =>
  ({ stats: fromContainerStats(await pods.containerStats(required(containerId, 'container_id'), { signal })) });

export const listContainerStats: UnaryHandler<'ListContainerStats'> = async ({ pods }, { filter }, { signal }) =>
  ({ stats: (await pods.listContainerStats(toContainerFilter(filter), { signal })).map(fromContainerStats) });

export const streamContainerStats: StreamHandler<'StreamContainerStats'> = async function* ({ pods }, { filter }, { signal }) {
  const items = (await pods.listContainerStats(toContainerFilter(filter), { signal })).map(fromContainerStats);
  for (const stats of chunks(items, runtime.v1.ContainerStats)) yield { containerStats: stats };
};
