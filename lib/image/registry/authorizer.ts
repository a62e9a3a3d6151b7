import { SharedWork } from '#async';
import { FailedPreconditionError } from '#errors';
import type { Credential } from '../credentials/credential.ts';
import type { PullLimits } from '../limits.ts';
import type { Challenge } from './challenge.ts';
import { basicHeader, parseRealm, requestToken } from './token.ts';
import type { BearerToken, TokenRefusal } from './token.ts';
import type { RetryAfter } from './retry-after.ts';
import type { Transport } from './transport.ts';
import type { Trust } from './trust.ts';

/** A token is renewed this long before it ends. */
const EXPIRY_MARGIN_MS = 10_000;

/**
 * The Authorization header for one repository of one registry: learnt from the first challenge, shared by all requests that follow.
 * However many layers ask at once, the token server is asked once.
 */
export class Authorizer {
  readonly #transport: Transport;
  readonly #options: { readonly credential: Credential | undefined; readonly repositoryPath: string; readonly trust: Trust; readonly limits: PullLimits };
  #challenge: Challenge | undefined;
  #token: BearerToken | undefined;
  #request: SharedWork<BearerToken | TokenRefusal> | undefined;

  constructor(transport: Transport, options: { credential: Credential | undefined; repositoryPath: string; trust: Trust; limits: PullLimits }) {
    this.#transport = transport;
    this.#options = options;
  }

  /** The header's value; undefined: send the request without. */
  async header(registry: URL, signal: AbortSignal): Promise<string | undefined> {
    const { credential } = this.#options;
    if (credential?.kind === 'registryToken') return `Bearer ${credential.token}`;
    if (!this.#challenge) return undefined;
    if (this.#challenge.scheme === 'basic') return credential?.kind === 'basic' ? basicHeader(credential) : undefined;
    if (!this.#token || this.#token.expiresAtMs - EXPIRY_MARGIN_MS < Date.now()) return `Bearer ${(await this.#renew(this.#challenge, registry, signal)).value}`;
    return `Bearer ${this.#token.value}`;
  }

  /** Takes what a 401 said to a request that carried `sent`. @returns whether asking again may help */
  learn(challenges: readonly Challenge[], sent: string | undefined): boolean {
    const known = challenges.find((c) => c.scheme === 'bearer') ?? challenges.find((c) => c.scheme === 'basic');
    if (!known || this.#options.credential?.kind === 'registryToken') return false;
    this.#challenge = known;
    if (known.scheme === 'basic') return sent === undefined && this.#options.credential?.kind === 'basic';
    if (this.#token && sent === `Bearer ${this.#token.value}`) this.#token = undefined;
    return true;
  }

  async #renew(challenge: Challenge, registry: URL, signal: AbortSignal): Promise<BearerToken> {
    const { credential, repositoryPath, trust, limits } = this.#options;
    const realm = parseRealm(challenge.parameters['realm'], registry);
    const scope = challenge.parameters['scope'] ?? `repository:${repositoryPath}:pull`;
    // One that its last caller has left ends without a token.
    if (!this.#request || this.#request.settled || this.#request.abandoned) {
      const service = challenge.parameters['service'] ?? '';
      this.#request = new SharedWork(async (own) => {
        const answer = await requestToken(this.#transport, { realm, service, scope, credential, trust }, { limits, signal: own });
        if ('value' in answer) this.#token = answer;
        return answer;
      }, { cancelWhenAlone: true });
    }
    const answer = await this.#request.join(signal, `token from ${realm.origin}`);
    if ('value' in answer) return answer;
    throw new TokenRefused(`token server ${realm.origin}`, answer);
  }
}

/** The token server answered, and gave no token. */
export class TokenRefused extends FailedPreconditionError {
  readonly status: number;
  readonly retry: Omit<RetryAfter, 'text'>;

  constructor(server: string, { status, text, retry: { text: wait, ...retry } }: TokenRefusal) {
    super(`${server} answered ${text}${wait}`);
    this.status = status;
    this.retry = retry;
  }
}
