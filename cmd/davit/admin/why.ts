/** `davit why POD`: what the daemon knows about pods, as JSON. */
import { InvalidArgumentError, NotFoundError } from '#errors';
import type { PodExplanation } from '#pod';
import type { AdminCommand } from './command.ts';

/** As JSON has it: times in milliseconds since the epoch. */
export type PodReport = Omit<PodExplanation, 'createdAt' | 'ended'> & { readonly createdAtMs: number; readonly ended: readonly (Omit<PodExplanation['ended'][number], 'endedAt'> & { readonly endedAtMs: number })[] };

const NS_PER_MS = 1_000_000n;

export const why: AdminCommand<PodReport> = async function* ({ pod }, { pods }) {
  if (typeof pod !== 'string' || pod === '') throw new InvalidArgumentError('pod is missing, expected a name, namespace/name or the beginning of an id');
  const found = pods.explain(pod);
  if (found.length === 0) throw new NotFoundError(`no pod is named or begins with ${JSON.stringify(pod)}, and none of that name has failed since the daemon started`);
  for (const { createdAt, ended, ...rest } of found) {
    yield { ...rest, createdAtMs: Number(createdAt / NS_PER_MS), ended: ended.map(({ endedAt, ...operation }) => ({ ...operation, endedAtMs: Number(endedAt / NS_PER_MS) })) };
  }
};
