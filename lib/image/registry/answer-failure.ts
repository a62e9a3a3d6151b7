import type { IncomingMessage } from 'node:http';
import { DataLossError, DavitError, DeadlineExceededError, errnoOf, errorText } from '#errors';
import type { PullLimits } from '../limits.ts';
import { answerText } from './answer-text.ts';
import { TokenRefused } from './authorizer.ts';
import { EndpointFailure } from './failure.ts';
import type { FailureKind } from './failure.ts';
import { readRetryAfter } from './retry-after.ts';

/** The last is what a body says whose connection went before anybody listened. */
const RESET_CODES: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE']);

/** Turns an answer that is not the one wanted into a failure; reads at most some of its body. */
export async function answerFailure(endpoint: string, response: IncomingMessage, options: { limits: PullLimits; signal: AbortSignal }): Promise<EndpointFailure> {
  const message = await answerText(response, options);
  const { text: wait, ...retry } = readRetryAfter(response.headers['retry-after'], options.limits.retryAfterMaxMs);
  return new EndpointFailure(endpoint, kindOfStatus(response.statusCode ?? 0), message + wait, retry);
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
