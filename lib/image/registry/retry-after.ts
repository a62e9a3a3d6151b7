/** What an answer's Retry-After means to one who waits within a bound. */
export interface RetryAfter {
  readonly retryAfterMs?: number;
  /** Set when it is longer than the bound. */
  readonly retriable?: false;
  /** For messages: '' or how long is asked for, when that is too long. */
  readonly text: string;
}

/** A day's name, and a time: Date.parse() alone makes a date of '-1', too. */
const HTTP_DATE = /^[a-z]{3,9},? .*\d\d:\d\d:\d\d/i;

/** Reads the header: seconds, or a date (RFC 9110 section 10.2.3); what is neither counts as absent. */
export function readRetryAfter(header: string | undefined, maxMs: number): RetryAfter {
  const retryAfterMs = milliseconds(header);
  if (retryAfterMs === undefined) return { text: '' };
  return retryAfterMs <= maxMs ? { retryAfterMs, text: '' } : { retryAfterMs, retriable: false, text: ` (asks to wait ${Math.ceil(retryAfterMs / 1000)} s)` };
}

function milliseconds(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d+$/.test(header)) return Number(header) * 1000;
  const at = HTTP_DATE.test(header) ? Date.parse(header) : NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
}
