/**
 * What went wrong at one endpoint:
 * unreachable (no connection, or no answer in time), server (5xx, cut connection), throttled (429), unauthorized (401, 403),
 * notFound (404), content (an answer that is not what was asked for).
 */
export type FailureKind = 'unreachable' | 'server' | 'throttled' | 'unauthorized' | 'notFound' | 'content';

/** One endpoint's failure in one step; another endpoint may do better. Never leaves this library. */
export class EndpointFailure extends Error {
  readonly kind: FailureKind;
  /** How the endpoint and the credentials used are called in messages. */
  readonly endpoint: string;
  /** Whether the same endpoint may do better soon. */
  readonly retriable: boolean;
  readonly retryAfterMs: number | undefined;
  /** Whether bytes arrived that will not be asked for again. */
  readonly progressed: boolean;

  constructor(endpoint: string, kind: FailureKind, message: string, options: { cause?: unknown; retriable?: boolean; retryAfterMs?: number | undefined; progressed?: boolean } = {}) {
    super(message, { cause: options.cause });
    this.name = 'EndpointFailure';
    this.endpoint = endpoint;
    this.kind = kind;
    this.retriable = options.retriable ?? (kind === 'server' || kind === 'throttled');
    this.retryAfterMs = options.retryAfterMs;
    this.progressed = options.progressed ?? false;
  }
}

/** An answer that came whole and is not what it should be; `error` says why. */
export function contentFailure(endpoint: string, error: unknown): EndpointFailure {
  return new EndpointFailure(endpoint, 'content', error instanceof Error ? error.message : String(error), { cause: error });
}

/** Every endpoint failed; the last failure of each, in the order of the endpoints. */
export class EndpointsFailed extends Error {
  readonly what: string;
  readonly failures: readonly EndpointFailure[];

  constructor(what: string, failures: readonly EndpointFailure[]) {
    super(`${what}: ${failures.length} endpoint(s) failed`);
    this.name = 'EndpointsFailed';
    this.what = what;
    this.failures = failures;
  }
}
