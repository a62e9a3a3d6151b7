import type { IncomingMessage } from 'node:http';
import { throwIfAborted } from '#async';
import type { ChosenCredential } from '../credentials/choose-credential.ts';
import { isDigest } from '../digest.ts';
import { DOCUMENT_LIMIT_BYTES } from '../limits.ts';
import type { PullLimits } from '../limits.ts';
import type { Endpoint } from '../registries/endpoints.ts';
import { answerFailure, transportFailure } from './answer-failure.ts';
import { Authorizer } from './authorizer.ts';
import { readDocument } from './body.ts';
import { parseChallenges } from './challenge.ts';
import { EndpointFailure } from './failure.ts';
import { rangeHeader } from './byte-range.ts';
import type { ByteRange } from './byte-range.ts';
import { sendFollowing } from './redirects.ts';
import type { FollowedAnswer } from './redirects.ts';
import type { Transport } from './transport.ts';
import { DOCKER_HUB_HOST } from './trust.ts';
import type { Trust } from './trust.ts';
import type { Source } from './try-endpoints.ts';

/** Where bytes of a blob come from. */
export interface BlobSource extends Source {
  /** Asks for a part of a blob; the answer may be the whole all the same. @throws EndpointFailure; the caller reads or destroys the answer's body. */
  openBlob(digest: string, range: ByteRange, signal: AbortSignal): Promise<IncomingMessage>;
}

const MANIFEST_TYPES = [
  'application/vnd.oci.image.index.v1+json', 'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json', 'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

/** One repository at one endpoint (distribution-spec "Pull"), for the length of one pull. */
export class RegistryClient implements BlobSource {
  readonly name: string;
  readonly host: string;
  readonly endpoint: Endpoint;
  readonly #transport: Transport;
  readonly #limits: PullLimits;
  readonly #trust: Trust;
  readonly #authorizer: Authorizer;
  /** Schemes still to try, until one has answered. */
  #schemes: readonly string[];

  constructor(endpoint: Endpoint, { credential, trouble }: ChosenCredential, options: { readonly transport: Transport; readonly trust: Trust; readonly limits: PullLimits }) {
    const { transport, trust, limits } = options;
    const identity = credential ? `credentials from ${credential.origin}` : trouble === undefined ? 'anonymous' : `anonymous; ${trouble}`;
    this.endpoint = endpoint;
    this.name = `${endpoint.reference.domain} (${endpoint.isMirror ? 'mirror, ' : ''}${identity})`;
    this.#trust = trust;
    this.host = endpoint.reference.domain;
    this.#transport = transport;
    this.#limits = limits;
    this.#schemes = endpoint.insecure ? ['https:', 'http:'] : ['https:'];
    this.#authorizer = new Authorizer(transport, { credential, repositoryPath: endpoint.reference.path, trust, limits });
  }

  /** A manifest or index by tag or digest, with the media type that the registry gives it. @throws EndpointFailure */
  async manifest(reference: string, signal: AbortSignal): Promise<{ bytes: Buffer; contentType: string }> {
    const response = await this.#get(`manifests/${reference}`, { accept: MANIFEST_TYPES }, [200], signal);
    const contentType = (response.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
    const bytes = await this.#guard(signal, () => readDocument(response, DOCUMENT_LIMIT_BYTES, { limits: this.#limits, signal }));
    return { bytes, contentType };
  }

  /** What the registry says a tag or digest points to, without sending it; undefined when it does not say. @throws EndpointFailure when there is no answer, or it asks to be left alone */
  async manifestDigest(reference: string, signal: AbortSignal): Promise<string | undefined> {
    const response = await this.#guard(signal, () => this.#authorized('HEAD', `manifests/${reference}`, { accept: MANIFEST_TYPES }, signal));
    if (response.statusCode !== 200) {
      const failure = await answerFailure(this.name, response, { limits: this.#limits, signal });
      // What else is wrong may be so with HEAD alone.
      if (failure.kind === 'throttled') throw failure;
      return undefined;
    }
    await this.#guard(signal, () => readDocument(response, 0, { limits: this.#limits, signal }));
    const digest = response.headers['docker-content-digest'];
    return typeof digest === 'string' && isDigest(digest) ? digest : undefined;
  }

  async openBlob(digest: string, range: ByteRange, signal: AbortSignal): Promise<IncomingMessage> {
    const headers = rangeHeader(range);
    return this.#get(`blobs/${digest}`, headers, headers.range === undefined ? [200] : [200, 206], signal);
  }

  async #get(path: string, headers: Record<string, string>, wanted: readonly number[], signal: AbortSignal): Promise<IncomingMessage> {
    const response = await this.#guard(signal, () => this.#authorized('GET', path, headers, signal));
    if (wanted.includes(response.statusCode ?? 0)) return response;
    throw await answerFailure(this.name, response, { limits: this.#limits, signal });
  }

  /** @param path below the repository */
  async #authorized(method: 'GET' | 'HEAD', path: string, headers: Record<string, string>, signal: AbortSignal): Promise<IncomingMessage> {
    const send = (): Promise<FollowedAnswer & { sent: string | undefined }> => this.#send(method, `/v2/${this.endpoint.reference.path}/${path}`, headers, signal);
    const first = await send();
    // A challenge of a host that a redirect led to is nobody's to answer.
    if (first.response.statusCode !== 401 || !first.sameOrigin) return first.response;
    let challenges = parseChallenges(first.response.headers['www-authenticate'] ?? '');
    if (challenges.length === 0) challenges = await this.#pingChallenges(signal);
    if (!this.#authorizer.learn(challenges, first.sent)) return first.response;
    first.response.destroy();
    return (await send()).response;
  }

  /** Some registries challenge only on the API's base address. */
  async #pingChallenges(signal: AbortSignal): Promise<ReturnType<typeof parseChallenges>> {
    const { response, sameOrigin } = await this.#send('GET', '/v2/', {}, signal);
    response.destroy();
    return !sameOrigin ? [] : parseChallenges(response.headers['www-authenticate'] ?? '');
  }

  async #send(method: 'GET' | 'HEAD', path: string, headers: Record<string, string>, signal: AbortSignal): Promise<FollowedAnswer & { sent: string | undefined }> {
    for (const [i, scheme] of this.#schemes.entries()) {
      const url = new URL(`${scheme}//${networkHost(this.endpoint.reference.domain)}${path}`);
      try {
        const sent = await this.#authorizer.header(url, signal);
        const answer = await sendFollowing(this.#transport, { url, method, headers: { ...headers, ...(sent !== undefined && { authorization: sent }) }, trust: this.#trust }, signal);
        this.#schemes = [scheme];
        return { ...answer, sent };
      } catch (error) {
        const failure = transportFailure(this.name, error);
        // Plain HTTP is asked only where TLS did not get as far as an answer.
        if (signal.aborted || i === this.#schemes.length - 1 || (failure.kind !== 'unreachable' && failure.kind !== 'server')) throw error;
      }
    }
    throw new EndpointFailure(this.name, 'unreachable', 'no scheme to try');
  }

  async #guard<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throwIfAborted(signal, `pull from ${this.endpoint.reference.domain}`);
      throw transportFailure(this.name, error);
    }
  }
}

function networkHost(domain: string): string {
  return domain === 'docker.io' ? DOCKER_HUB_HOST : domain;
}
