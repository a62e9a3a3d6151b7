import { delay } from '#async';
import { MAX_STRIKES } from '../limits.ts';
import type { PullLimits } from '../limits.ts';
import { EndpointFailure, EndpointsFailed } from './failure.ts';

/** Part of a retry pause that is left to chance, so that nodes do not ask in step. */
const JITTER = 0.25;

/** The places that can serve one pull, in order; one that did not answer is asked last from then on. */
export class EndpointOrder<S> {
  #sources: readonly S[];

  constructor(sources: readonly S[]) {
    this.#sources = sources;
  }

  list(): readonly S[] {
    return this.#sources;
  }

  /** Puts a source that costs a timeout behind the others. */
  demote(source: S): void {
    if (this.#sources.includes(source)) this.#sources = [...this.#sources.filter((s) => s !== source), source];
  }
}

/**
 * Runs `attempt` on one source after the other until one succeeds. A source that may do better soon is asked again after a pause,
 * up to MAX_STRIKES times without progress; errors that are no EndpointFailure end it at once.
 * @throws EndpointsFailed with the last failure of each source.
 */
export async function tryEndpoints<S, T>(
  what: string, order: EndpointOrder<S>, options: { signal: AbortSignal; limits: PullLimits; also?: readonly S[]; except?: ReadonlySet<S> }, attempt: (source: S) => Promise<T>,
): Promise<T> {
  const strikes = new Map<S, number>();
  const failures = new Map<S, EndpointFailure>();
  for (let round = 0; ; round++) {
    for (const source of [...order.list(), ...(options.also ?? [])]) {
      if ((strikes.get(source) ?? 0) >= MAX_STRIKES || options.except?.has(source)) continue;
      try {
        return await attempt(source);
      } catch (error) {
        if (!(error instanceof EndpointFailure)) throw error;
        failures.set(source, error);
        strikes.set(source, !error.retriable ? MAX_STRIKES : error.progressed ? 1 : (strikes.get(source) ?? 0) + 1);
        if (error.kind === 'unreachable') order.demote(source);
      }
    }
    const left = [...failures].filter(([source]) => (strikes.get(source) ?? 0) < MAX_STRIKES).map(([, failure]) => failure);
    if (left.length === 0) throw new EndpointsFailed(what, [...failures.values()]);
    await delay(pauseMs(round, left, options.limits), options.signal, what);
  }
}

/** What the least patient registry asked for, else a doubling pause. */
function pauseMs(round: number, failures: readonly EndpointFailure[], limits: PullLimits): number {
  const doubling = Math.min(limits.retryBaseMs * 2 ** Math.min(round, 16), limits.retryAfterMaxMs);
  const asked = failures.map((f) => f.retryAfterMs ?? doubling);
  return Math.min(...asked) * (1 + Math.random() * JITTER);
}
