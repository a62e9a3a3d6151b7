import { delay } from '#async';
import { MAX_STRIKES } from '../limits.ts';
import type { PullLimits } from '../limits.ts';
import { EndpointFailure, EndpointsFailed } from './failure.ts';
import type { HostHealth } from './host-health.ts';

/** Part of a retry pause that is left to chance, so that nodes do not ask in step. */
const JITTER = 0.25;

/** A place that can be asked. */
export interface Source {
  /** How messages call it: address and whose credentials, never their value. */
  readonly name: string;
  /** What HostHealth knows it by. */
  readonly host: string;
}

/** The places that can serve one pull, in the order of the configuration, and what is known of their hosts. */
export interface EndpointOrder<S extends Source> { readonly sources: readonly S[]; readonly health: HostHealth }

export interface TryOptions<S> {
  readonly signal: AbortSignal;
  readonly limits: PullLimits;
  /** Asked after the others. */
  readonly also?: readonly S[];
  readonly except?: ReadonlySet<S>;
}

/**
 * Runs `attempt` on one source after the other until one succeeds. Hosts that have not answered lately, or asked to wait, come last. A source that may do better
 * soon is asked again after a pause, up to MAX_STRIKES times without progress; errors that are no EndpointFailure end it at once.
 * @throws EndpointsFailed with the last failure of each source.
 */
export async function tryEndpoints<S extends Source, T>(what: string, order: EndpointOrder<S>, options: TryOptions<S>, attempt: (source: S) => Promise<T>): Promise<T> {
  const { health } = order;
  const sources = [...order.sources, ...(options.also ?? [])].filter((s) => !options.except?.has(s));
  const strikes = new Map<S, number>();
  const failures = new Map<S, EndpointFailure>();
  const note = (source: S, failure: EndpointFailure): void => {
    failures.set(source, failure);
    strikes.set(source, !failure.retriable ? MAX_STRIKES : failure.progressed ? 1 : (strikes.get(source) ?? 0) + 1);
  };
  for (let round = 0; ; round++) {
    let asked = 0;
    for (const source of byHealth(left(sources, strikes), health)) {
      const silence = health.silence(source.host);
      if (silence !== undefined && [...failures.values()].some(isFinalAnswer)) { note(source, new EndpointFailure(source.name, 'unreachable', `not asked again (${silence})`)); continue; }
      const pauseMs = health.pauseMs(source.host);
      if (pauseMs > 0 && asked > 0) continue;
      if (pauseMs > 0) await delay(pauseMs, options.signal, what);
      asked++;
      try {
        health.asking(source.host);
        const result = await attempt(source);
        health.answered(source.host);
        return result;
      } catch (error) {
        if (!(error instanceof EndpointFailure)) throw error;
        learn(health, source.host, error);
        note(source, error);
      }
    }
    const again = left(sources, strikes);
    if (again.length === 0) throw new EndpointsFailed(what, sources.map((s) => failures.get(s)).filter((f) => f !== undefined));
    await delay(pauseMs(round, again.map((s) => failures.get(s)), options.limits), options.signal, what);
  }
}

function left<S>(sources: readonly S[], strikes: ReadonlyMap<S, number>): S[] {
  return sources.filter((s) => (strikes.get(s) ?? 0) < MAX_STRIKES);
}

function byHealth<S extends Source>(sources: readonly S[], health: HostHealth): S[] {
  const rank = ({ host }: S): number => (health.silence(host) !== undefined ? 2 : health.pauseMs(host) > 0 ? 1 : 0);
  return sources.map((source) => ({ source, rank: rank(source) })).sort((a, b) => a.rank - b.rank).map(({ source }) => source);
}

function learn(health: HostHealth, host: string, failure: EndpointFailure): void {
  if (failure.kind === 'unreachable') { health.failed(host, failure.message); return; }
  health.answered(host);
  if (failure.retriable && failure.retryAfterMs !== undefined) health.pause(host, failure.retryAfterMs);
}

/** An answer that a silent host would hardly change: worth no timeout. */
function isFinalAnswer(failure: EndpointFailure): boolean {
  return failure.kind !== 'unreachable' && !failure.retriable;
}

/** What the least patient registry asked for, else a doubling pause. */
function pauseMs(round: number, failures: readonly (EndpointFailure | undefined)[], limits: PullLimits): number {
  const doubling = Math.min(limits.retryBaseMs * 2 ** Math.min(round, 16), limits.retryAfterMaxMs);
  const asked = failures.map((f) => f?.retryAfterMs ?? doubling);
  return Math.min(...asked) * (1 + Math.random() * JITTER);
}
