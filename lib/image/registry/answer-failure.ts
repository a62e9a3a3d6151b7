import type { IncomingMessage } from 'node:http';
import { DataLossError, DavitError, DeadlineExceededError, errnoOf, errorText } from '#errors';
import { ERROR_BODY_LIMIT_BYTES, ERROR_BODY_TIMEOUT_MS } from '../limits.ts';
import type { PullLimits } from '../limits.ts';
import { TokenRefused } from './authorizer.ts';
import { readDocument } from './body.ts';
import { EndpointFailure } from './failure.ts';
import type { FailureKind } from './failure.ts';
import { readRetryAfter } from './retry-after.ts';

const MAX_SHOWN_CHARS = 256;
/** The last is what a body says whose connection went before anybody listened. */
const RESET_CODES: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE']);

/** Turns an answer that is not the one wanted into a failure; reads at most some of its body. */
export async function answerFailure(endpoint: string, response: IncomingMessage, options: { limits: PullLimits; signal: AbortSignal }): Promise<EndpointFailure> {
  const status = response.statusCode ?? 0;
  const { limits } = options;
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(ERROR_BODY_TIMEOUT_MS)]);
  const text = await readDocument(response, ERROR_BODY_LIMIT_BYTES, { limits, signal }).then(shownText, () => '');
  const message = `${status}${response.statusMessage ? ` ${shown(response.statusMessage)}` : ''}${text === '' ? '' : `: ${text}`}`;
  const { text: wait, ...retry } = readRetryAfter(response.headers['retry-after'], limits.retryAfterMaxMs);
  return new EndpointFailure(endpoint, kindOfStatus(status), message + wait, retry);
}

/** Turns an error of the transport into a failure. */
export function transportFailure(endpoint: string, error: unknown, progressed = false): EndpointFailure {
  if (error instanceof EndpointFailure) return error;
  if (error instanceof TokenRefused) {
    const kind = kindOfStatus(error.status);
    return new EndpointFailure(endpoint, kind === 'throttled' || kind === 'server' ? kind : 'unauthorized', error.message, { cause: error, ...error.retry });
  }
  if (error instanceof DeadlineExceededError) return new EndpointFailure(endpoint, 'unreachable', error.message, { cause: error, retriable: progressed, progressed });
  if (error instanceof DataLossError || error instanceof DavitError) return new EndpointFailure(endpoint, 'content', error.message, { cause: error });
  const reset = RESET_CODES.has(errnoOf(error) ?? (error as NodeJS.ErrnoException | undefined)?.code ?? '');
  return new EndpointFailure(endpoint, reset ? 'server' : 'unreachable', reset ? 'the connection was cut' : errorText(error), { cause: error, progressed, ...(progressed && { retriable: true }) });
}

function kindOfStatus(status: number): FailureKind {
  if (status === 429) return 'throttled';
  if (status === 401 || status === 403) return 'unauthorized';
  if (status === 404) return 'notFound';
  return status >= 500 ? 'server' : 'content';
}

/** The registry's own words: the first of its `errors`, else the beginning of the text. */
function shownText(body: Buffer): string {
  const text = body.toString('utf8');
  try {
    const first = (JSON.parse(text) as { errors?: { code?: unknown; message?: unknown }[] }).errors?.[0];
    const parts = [first?.code, first?.message].filter((p): p is string => typeof p === 'string' && p !== '');
    return shown(parts.join(': '));
  } catch {
    return shown(text);
  }
}

/** Text from outside on one line of bounded length. */
function shown(text: string): string {
  return text.replace(/[^\x20-\x7e]+/g, ' ').trim().slice(0, MAX_SHOWN_CHARS);
}
