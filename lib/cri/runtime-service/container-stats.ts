import type { ContainerStats } from '#pod';
import type { Dependencies, StreamHandler, UnaryHandler } from '../handler.ts';
import { chunks } from '../chunks.ts';
import { required } from '../convert/check.ts';
import { toContainerFilter } from '../convert/filter.ts';
import { statsAnswer, statsItems, writeContainerStats } from '../convert/stats.ts';
import type { ContainerStatsFilter } from '../generated/cri.js';

export const containerStats: UnaryHandler<'ContainerStats'> = async ({ pods, encoded }, { containerId }, { signal }) =>
  statsAnswer([await pods.containerStats(required(containerId, 'container_id'), { signal })], writeContainerStats, encoded);

export const listContainerStats: UnaryHandler<'ListContainerStats'> = async (deps, { filter }, { signal }) => statsAnswer(await listed(deps, filter, signal), writeContainerStats, deps.encoded);

export const streamContainerStats: StreamHandler<'StreamContainerStats'> = async function* (deps, { filter }, { signal }) {
  yield* chunks(statsItems(await listed(deps, filter, signal), writeContainerStats, deps.encoded));
};

function listed({ pods }: Dependencies, filter: ContainerStatsFilter | null, signal: AbortSignal): Promise<readonly ContainerStats[]> {
  return pods.listContainerStats(toContainerFilter(filter), { signal });
}
