/** First pause of a host that does not answer; doubles with each failed probe. */
const COOLDOWN_MS = 30_000;
const MAX_COOLDOWN_MS = 5 * 60_000;
/** Hosts of the configuration and of foreign layers; the oldest are forgotten. */
const MAX_HOSTS = 1000;

interface Silence { readonly why: string; readonly sinceMs: number; cooldownMs: number; untilMs: number }

/**
 * What all pulls know of the hosts they ask: which ones do not answer (a circuit breaker), and which ones asked to wait. A host that costs a timeout costs it
 * once and not for each blob; after a pause one request tries it again, and its answer counts for all.
 */
export class HostHealth {
  readonly #now: () => number;
  readonly #silent = new Map<string, Silence>();
  readonly #pausedUntilMs = new Map<string, number>();
  readonly #servedAtMs = new Map<string, number>();

  /** @param now milliseconds of a clock that does not go back */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Why `host` should be asked last, if at all; undefined: no reason, or it is time for a probe. */
  silence(host: string): string | undefined {
    const silent = this.#silent.get(host);
    if (!silent || this.#now() >= silent.untilMs) return undefined;
    return `no answer ${Math.round((this.#now() - silent.sinceMs) / 1000)} s ago: ${silent.why}`;
  }

  /** A request begins. If it is the probe of a silent host, other requests do not wait for its outcome with it. */
  asking(host: string): void {
    const silent = this.#silent.get(host);
    if (silent && this.#now() >= silent.untilMs) silent.untilMs = this.#now() + silent.cooldownMs;
  }

  /** No connection, or no answer in time. */
  failed(host: string, why: string): void {
    const known = this.#silent.get(host);
    // Of requests that fail together the first one counts.
    if (known && this.#now() - known.sinceMs < known.cooldownMs) return;
    const cooldownMs = known ? Math.min(known.cooldownMs * 2, MAX_COOLDOWN_MS) : COOLDOWN_MS;
    remember(this.#silent, host, { why, sinceMs: this.#now(), cooldownMs, untilMs: this.#now() + cooldownMs });
  }

  /** Any answer, also one that is an error. */
  answered(host: string): void {
    this.#silent.delete(host);
  }

  /** The host sent what it was asked for, or much of it. */
  served(host: string): void {
    remember(this.#servedAtMs, host, this.#now());
  }

  /** Whether it did so in the last `ms`. */
  servedWithin(host: string, ms: number): boolean {
    return this.#now() - (this.#servedAtMs.get(host) ?? -Infinity) < ms;
  }

  /** The host asked (Retry-After) not to be asked for `ms`. */
  pause(host: string, ms: number): void {
    remember(this.#pausedUntilMs, host, Math.max(this.#pausedUntilMs.get(host) ?? 0, this.#now() + ms));
  }

  /** How long the host still wants to be left alone; 0: not at all. */
  pauseMs(host: string): number {
    return Math.max(0, (this.#pausedUntilMs.get(host) ?? 0) - this.#now());
  }
}

function remember<V>(map: Map<string, V>, host: string, value: V): void {
  map.delete(host);
  map.set(host, value);
  const oldest = map.size > MAX_HOSTS ? map.keys().next().value : undefined;
  if (oldest !== undefined) map.delete(oldest);
}
