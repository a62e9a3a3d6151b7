import type { Dependencies, StreamHandler, UnaryHandler } from '../handler.ts';
import { chunks } from '../chunks.ts';
import { required } from '../convert/check.ts';
import { toContainerFilter } from '../convert/filter.ts';
import { encodeContainerStats } from '../convert/stats.ts';
import { encodedAnswer } from '../encoded-items.ts';
import type { ContainerStatsFilter } from '../generated/cri.js';

export const containerStats: UnaryHandler<'ContainerStats'> = async ({ pods, encoded }, { containerId }, { signal }) =>
  encodedAnswer(encodeContainerStats([await pods.containerStats(required(containerId, 'container_id'), { signal })], encoded));

export const listContainerStats: UnaryHandler<'ListContainerStats'> = async (deps, { filter }, { signal }) => encodedAnswer(await listed(deps, filter, signal));

export const streamContainerStats: StreamHandler<'StreamContainerStats'> = async function* (deps, { filter }, { signal }) {
  yield* chunks(await listed(deps, filter, signal));
};

async function listed({ pods, encoded }: Dependencies, filter: ContainerStatsFilter | null, signal: AbortSignal): Promise<Uint8Array[]> {
  return encodeContainerStats(await pods.listContainerStats(toContainerFilter(filter), { signal }), encoded);
}
