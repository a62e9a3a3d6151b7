import { DataLossError, FailedPreconditionError } from '#errors';
import type { Credential } from '../credentials/credential.ts';
import { TOKEN_LIMIT_BYTES } from '../limits.ts';
import type { PullLimits } from '../limits.ts';
import { answerText } from './answer-text.ts';
import { readDocument } from './body.ts';
import { sendFollowing } from './redirects.ts';
import { readRetryAfter } from './retry-after.ts';
import type { RetryAfter } from './retry-after.ts';
import type { HttpRequest, Transport } from './transport.ts';
import type { Trust } from './trust.ts';

/** A token that a registry's token server gave out. */
export interface BearerToken { readonly value: string; readonly expiresAtMs: number }

export interface TokenRequest {
  readonly realm: URL;
  readonly service: string;
  readonly scope: string;
  readonly credential: Credential | undefined;
  readonly trust: Trust;
}

/** Answer of a token server that is no token. */
export interface TokenRefusal { readonly status: number; /** Status and words, for messages. */ readonly text: string; readonly retry: RetryAfter }

/** Servers that say less, or nothing, mean at least this (distribution "token" specification). */
const MIN_EXPIRY_SECONDS = 60;
const CLIENT_ID = 'davit';

/**
 * Asks the token server once: GET with basic credentials or none, POST with an identity token.
 * @throws DataLossError when the answer is no token; transport errors as they are.
 */
export async function requestToken(transport: Transport, request: TokenRequest, options: { readonly limits: PullLimits; readonly signal: AbortSignal }): Promise<BearerToken | TokenRefusal> {
  const outgoing = request.credential?.kind === 'identityToken' ? refreshRequest(request, request.credential.token) : basicRequest(request);
  const response = outgoing.method === 'POST' ? await transport.send(outgoing, options.signal) : (await sendFollowing(transport, outgoing, options.signal)).response;
  if (response.statusCode !== 200) return { status: response.statusCode ?? 0, text: await answerText(response, options), retry: readRetryAfter(response.headers['retry-after'], options.limits.retryAfterMaxMs) };
  return parseToken(await readDocument(response, TOKEN_LIMIT_BYTES, options));
}

/** The realm of a challenge. @throws FailedPreconditionError when credentials would leave https */
export function parseRealm(realm: string | undefined, registry: URL): URL {
  const url = realm !== undefined && URL.canParse(realm) ? new URL(realm) : undefined;
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && registry.protocol === 'http:')) return url;
  throw new FailedPreconditionError(`token server ${JSON.stringify(realm ?? '')} of ${registry.origin}: expected an ${registry.protocol === 'http:' ? 'http or ' : ''}https address`);
}

function basicRequest({ realm, service, scope, credential, trust }: TokenRequest): HttpRequest {
  const url = new URL(realm);
  if (credential?.kind === 'basic' && credential.username !== '') url.searchParams.set('account', credential.username);
  if (service !== '') url.searchParams.set('service', service);
  if (scope !== '') url.searchParams.set('scope', scope);
  return { url, method: 'GET', headers: credential?.kind === 'basic' ? { authorization: basicHeader(credential) } : {}, trust };
}

function refreshRequest({ realm, service, scope, trust }: TokenRequest, refreshToken: string): HttpRequest {
  const body = new URLSearchParams({ grant_type: 'refresh_token', service, client_id: CLIENT_ID, scope, refresh_token: refreshToken }).toString();
  return { url: realm, method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body, trust };
}

/** The Authorization value of a user and a password. */
export function basicHeader(credential: { readonly username: string; readonly password: string }): string {
  return `Basic ${Buffer.from(`${credential.username}:${credential.password}`).toString('base64')}`;
}

function parseToken(body: Buffer): BearerToken {
  const document = parseDocument(body);
  const value = [document?.token, document?.access_token].find((v) => typeof v === 'string' && v !== '');
  if (typeof value !== 'string' || !/^[\x21-\x7e]+$/.test(value)) throw new DataLossError('the token server answered without a token');
  const seconds = typeof document?.expires_in === 'number' ? document.expires_in : 0;
  return { value, expiresAtMs: Date.now() + Math.max(seconds, MIN_EXPIRY_SECONDS) * 1000 };
}

function parseDocument(body: Buffer): { token?: unknown; access_token?: unknown; expires_in?: unknown } | undefined {
  try {
    const document: unknown = JSON.parse(body.toString('utf8'));
    return typeof document === 'object' && document !== null ? document : undefined;
  } catch {
    // The parser's message would quote the token.
    return undefined;
  }
}
