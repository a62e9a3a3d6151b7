import { delay } from '#async';
import { MAX_STRIKES } from '../limits.ts';
import type { PullLimits } from '../limits.ts';
import { EndpointFailure, EndpointsFailed } from './failure.ts';
import type { HostHealth } from './host-health.ts';

/** Part of a retry pause that is left to chance, so that nodes do not ask in step. */
const JITTER = 0.25;
/** A registry that is away is asked this often at least, to go on soon after it is back. */
const MAX_OUTAGE_PAUSE_MS = 5000;

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
  /** Much is here already that would have to come again: who served us a moment ago and is away is waited for, up to `limits.outageMs`. */
  readonly patient?: boolean;
}

/**
 * Runs `attempt` on one source after the other until one succeeds. Hosts that have not answered lately, or asked to wait, come last. A source that may do better
 * soon is asked again after a pause, up to MAX_STRIKES times without progress, or for as long as its outage may last; errors that are no EndpointFailure end it at once.
 * @throws EndpointsFailed with the last failure of each source.
 */
export async function tryEndpoints<S extends Source, T>(what: string, order: EndpointOrder<S>, options: TryOptions<S>, attempt: (source: S) => Promise<T>): Promise<T> {
  const { health } = order;
  const sources = [...order.sources, ...(options.also ?? [])].filter((s) => !options.except?.has(s));
  const strikes = new Map<S, number>();
  const failures = new Map<S, EndpointFailure>();
  /** Since when sources are away that had served us just before. */
  const awaySinceMs = new Map<S, number>();
  const isAway = (source: S): boolean => performance.now() - (awaySinceMs.get(source) ?? -Infinity) < options.limits.outageMs;
  const note = (source: S, failure: EndpointFailure): void => {
    failures.set(source, failure);
    const since = awaySinceMs.get(source) ?? (options.patient === true && health.servedWithin(source.host, options.limits.outageMs) ? performance.now() : undefined);
    if (since === undefined || failure.progressed || !mayBeOutage(failure)) awaySinceMs.delete(source);
    else awaySinceMs.set(source, since);
    const more = (strikes.get(source) ?? 0) + 1;
    strikes.set(source, isAway(source) ? Math.min(more, MAX_STRIKES - 1) : !failure.retriable ? MAX_STRIKES : failure.progressed ? 1 : more);
  };
  for (let round = 0; ; round++) {
    let asked = 0;
    for (const source of byHealth(left(sources, strikes), health)) {
      const silence = health.silence(source.host);
      if (silence !== undefined && !isAway(source) && [...failures.values()].some(isFinalAnswer)) { note(source, new EndpointFailure(source.name, 'unreachable', `not asked again (${silence})`)); continue; }
      const pauseMs = health.pauseMs(source.host);
      if (pauseMs > 0 && asked > 0) continue;
      if (pauseMs > 0) await delay(pauseMs, options.signal, what);
      asked++;
      try {
        health.asking(source.host);
        const result = await attempt(source);
        health.answered(source.host);
        health.served(source.host);
        return result;
      } catch (error) {
        if (!(error instanceof EndpointFailure)) throw error;
        if (error.progressed) health.served(source.host);
        learn(health, source.host, error);
        note(source, error);
      }
    }
    const again = left(sources, strikes);
    if (again.length === 0) throw new EndpointsFailed(what, sources.map((s) => failures.get(s)).filter((f) => f !== undefined));
    await delay(pauseMs(round, again.map((s) => failures.get(s)), options.limits, again.some(isAway) ? MAX_OUTAGE_PAUSE_MS : Infinity), options.signal, what);
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

/** What a registry that restarts, or what stands before it, lets us see. */
function mayBeOutage({ kind, retriable }: EndpointFailure): boolean {
  return kind === 'unreachable' || (kind === 'server' && retriable);
}

/** What the least patient registry asked for, else a doubling pause. */
function pauseMs(round: number, failures: readonly (EndpointFailure | undefined)[], limits: PullLimits, maxMs: number): number {
  const doubling = Math.min(limits.retryBaseMs * 2 ** Math.min(round, 16), limits.retryAfterMaxMs, maxMs);
  const asked = failures.map((f) => f?.retryAfterMs ?? doubling);
  return Math.min(...asked) * (1 + Math.random() * JITTER);
}
