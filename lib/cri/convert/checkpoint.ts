/** What CheckpointPod and RestorePod have in common. */
import { InvalidArgumentError } from '#errors';
import type { CallContext } from '../handler.ts';

/** Of the caller's time, kept for letting containers go and taking back what was made: the answer is to come after both. */
const RESERVE_SHARE = 0.2;
const RESERVE_MAX_MS = 10_000;
/** Longest delay of a timer. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/** davit's handlers have no options. @throws InvalidArgumentError naming the first */
export function refuseOptions(options: Readonly<Record<string, string>>): void {
  const [key] = Object.keys(options);
  if (key !== undefined) throw new InvalidArgumentError(`options: ${JSON.stringify(key)} is unknown, expected none`);
}

/** @throws InvalidArgumentError for a call without a deadline, which the CRI demands of these two */
export function withReserve(name: string, { signal, timeLeftMs }: CallContext): { signal: AbortSignal; timeoutMs: number } {
  const left = timeLeftMs();
  if (!Number.isFinite(left)) throw new InvalidArgumentError(`${name}: the call has no deadline, expected one`);
  return { signal, timeoutMs: Math.min(Math.max(1, left - Math.min(RESERVE_MAX_MS, left * RESERVE_SHARE)), MAX_TIMEOUT_MS) };
}
