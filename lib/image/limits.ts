/** Times and sizes of one pull. All have a default; tests and configuration set others. */
export interface PullLimits {
  /** TCP and TLS set-up with one host. */
  readonly dialTimeoutMs: number;
  /** From the request's last byte to the answer's headers. */
  readonly headersTimeoutMs: number;
  /** Longest wait for the next bytes of a body; time that the unpacking takes does not count. */
  readonly idleBodyTimeoutMs: number;
  /** A body that brings less, averaged over `rateWindowMs` of waiting for it, is given up; 0: none is. */
  readonly minBytesPerSecond: number;
  readonly rateWindowMs: number;
  /** First pause before an endpoint is asked again; doubles each time. */
  readonly retryBaseMs: number;
  /** Longest Retry-After that is waited for; a registry that asks for more is given up. */
  readonly retryAfterMaxMs: number;
  /** Longest wait for a registry that sent what it was asked for and is away while layers are fetched: it may only be restarting. */
  readonly outageMs: number;
  /** Bytes of layers that all pulls together take in a second; 0: as many as come. */
  readonly maxBytesPerSecond: number;
  /** Layers of all pulls that are fetched and unpacked at the same time. */
  readonly layersInFlight: number;
  /** Layers of this size and more may be fetched by several ranges at once. */
  readonly rangesFromBytes: number;
  readonly rangeBytes: number;
  /** Memory for ranges of all pulls that came, or are about to come, before their turn; 0: no layer is fetched by ranges. */
  readonly rangesTotalBytes: number;
}

export const DEFAULT_PULL_LIMITS: PullLimits = {
  dialTimeoutMs: 10_000, headersTimeoutMs: 30_000, idleBodyTimeoutMs: 60_000, minBytesPerSecond: 1024, rateWindowMs: 60_000, retryBaseMs: 250, retryAfterMaxMs: 60_000, outageMs: 30_000, maxBytesPerSecond: 0, layersInFlight: 8,
  rangesFromBytes: 64 * 1024 ** 2, rangeBytes: 8 * 1024 ** 2, rangesTotalBytes: 64 * 1024 ** 2,
};

/** Manifests, indexes and image configs. */
export const DOCUMENT_LIMIT_BYTES = 4 * 1024 * 1024;
export const TOKEN_LIMIT_BYTES = 1024 * 1024;
/** An answer that is an error is read no longer than this for its text. */
export const ERROR_BODY_TIMEOUT_MS = 5000;
export const ERROR_BODY_LIMIT_BYTES = 64 * 1024;
export const AUTH_FILE_LIMIT_BYTES = 1024 * 1024;
export const REGISTRIES_FILE_LIMIT_BYTES = 4 * 1024 * 1024;
export const MAX_REDIRECTS = 10;
/** Failures of one endpoint in one step, without progress between them, after which it is given up. */
export const MAX_STRIKES = 3;
/** Bytes that an attempt must bring to count as progress. */
export const PROGRESS_BYTES = 1024 * 1024;
/** Of one layer that is fetched by ranges. */
export const MAX_CONNECTIONS_PER_LAYER = 4;
export const MAX_INDEX_DEPTH = 4;
/** Layers of one image: more than this no overlay mount takes. */
export const MAX_LAYERS = 500;
