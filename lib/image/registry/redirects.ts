import type { IncomingMessage } from 'node:http';
import { DataLossError, FailedPreconditionError } from '#errors';
import { MAX_REDIRECTS } from '../limits.ts';
import type { HttpRequest, Transport } from './transport.ts';

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** An answer, and whether the host that was asked gave it itself. */
export interface FollowedAnswer { readonly response: IncomingMessage; readonly sameOrigin: boolean }

/**
 * Sends a GET or HEAD and follows redirects. Authorization stays behind as soon as another origin is named, and does not come back.
 * @throws FailedPreconditionError when a redirect leaves https for http, DataLossError when there are too many or one leads nowhere.
 */
export async function sendFollowing(transport: Pick<Transport, 'send'>, request: HttpRequest, signal: AbortSignal): Promise<FollowedAnswer> {
  let current = request;
  for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
    const response = await transport.send(current, signal);
    if (!REDIRECTS.has(response.statusCode ?? 0)) return { response, sameOrigin: current.url.origin === request.url.origin };
    response.destroy();
    current = redirected(current, response.headers.location);
  }
  throw new DataLossError(`more than ${MAX_REDIRECTS} redirects, the last to ${current.url.origin}`);
}

function redirected(request: HttpRequest, location: string | undefined): HttpRequest {
  const url = location === undefined || !URL.canParse(location, request.url.href) ? undefined : new URL(location, request.url);
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) throw new DataLossError('a redirect that names no http or https address');
  if (request.url.protocol === 'https:' && url.protocol === 'http:') throw new FailedPreconditionError(`redirect from https to ${url.origin}: refused, expected https`);
  if (url.origin === request.url.origin) return { ...request, url };
  const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => name !== 'authorization'));
  url.username = '';
  url.password = '';
  return { ...request, url, headers };
}
