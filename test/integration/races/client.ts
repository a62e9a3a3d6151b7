/** One of the clients of a round: makes its calls, leaves some of them, and makes those again that did not succeed, as kubelet does. */
import type { CriClient } from '#cri';
import { DavitError } from '#errors';
import type { Random } from '../random-calls/random.ts';
import { nextCall } from './calls.ts';
import type { Call } from './calls.ts';
import type { World } from './world.ts';

/** An answer that takes longer is none, on the slowest machine: the longest grace is two seconds. */
const ANSWER_TIMEOUT_MS = 60_000;
const LEAVES = 0.2;
const PATIENCE_MAX_MS = 60;
const TRIES_MAX = 3;

export interface Round {
  readonly world: World;
  /** Settles when a daemon answers; rejects when none comes back. */
  readonly up: () => Promise<void>;
  /** Whether daemons come and go in this round. */
  readonly restless: boolean;
  readonly outcomes: Map<string, number>;
  /** What should not have been. */
  readonly faults: string[];
}

export async function actAsClient(client: CriClient, round: Round, random: Random, calls: number): Promise<void> {
  for (let left = calls; left > 0; left--) {
    const call = nextCall(round.world, random);
    for (let tries = 0; tries < TRIES_MAX; tries++) {
      const outcome = await makeOnce(client, call, round, random);
      round.outcomes.set(outcome, (round.outcomes.get(outcome) ?? 0) + 1);
      if (!['left', 'Unavailable', 'Cancelled'].includes(outcome) || random.chance(0.2)) break;
      await round.up();
    }
  }
}

async function makeOnce(client: CriClient, call: Call, round: Round, random: Random): Promise<string> {
  const patience = random.chance(LEAVES) ? AbortSignal.timeout(random.integer(PATIENCE_MAX_MS)) : undefined;
  const begun = performance.now();
  try {
    const answer = await call.make(client, { timeoutMs: ANSWER_TIMEOUT_MS, ...patience && { signal: patience } });
    await call.check?.(client, answer);
    return 'OK';
  } catch (error) {
    if (patience?.aborted && isLeaving(error)) return 'left';
    const code = error instanceof DavitError ? error.code : undefined;
    if (code !== undefined && (call.mayFail.includes(code) || (round.restless && ['Unavailable', 'Cancelled'].includes(code)))) return code;
    round.faults.push(`${call.title} after ${Math.round(performance.now() - begun)} ms: ${code ?? (error as Error).name}: ${(error as Error).message}`);
    return code ?? 'failure';
  }
}

/** What a caller that leaves gets: nothing of the daemon's, or its word that the caller has left. */
function isLeaving(error: unknown): boolean {
  return (error instanceof DavitError && error.code === 'Cancelled') || (error as Error).name === 'AbortError' || (error as Error).name === 'TimeoutError';
}
