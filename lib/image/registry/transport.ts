import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Agent as HttpsAgent, RequestOptions } from 'node:https';
import type { Socket } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import { throwIfAborted } from '#async';
import { DeadlineExceededError, errnoOf } from '#errors';
import type { PullLimits } from '../limits.ts';
import { ReadingHttpAgent, ReadingHttpsAgent, TrustingHttpsAgent } from './connection.ts';
import { checkProxies, NO_PROXIES, usesProxy } from './proxy.ts';
import type { ProxySettings } from './proxy.ts';
import type { NamedContext, Trust } from './trust.ts';

/** Idle connections are closed after this time. */
const KEEP_ALIVE_MS = 30_000;
const MAX_IDLE_CONNECTIONS_PER_HOST = 16;
const MAX_HEADER_BYTES = 64 * 1024;

export interface HttpRequest {
  readonly url: URL;
  readonly method: 'GET' | 'HEAD' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly trust: Trust;
}

/**
 * HTTP/1.1 on node's own client. Not fetch(): it decodes Content-Encoding behind our back (digests and ranges then lie), has no
 * dial deadline, and follows redirects without asking. One connection pool per host, shared by all pulls. Disposing closes it.
 */
export class Transport implements Disposable {
  readonly #limits: PullLimits;
  readonly #proxies: ProxySettings;
  readonly #direct: Agents;
  readonly #proxied: Agents;

  /** @throws InvalidArgumentError for a proxy that is no address */
  constructor(limits: PullLimits, proxies: ProxySettings = NO_PROXIES) {
    checkProxies(proxies);
    this.#limits = limits;
    this.#proxies = proxies;
    this.#direct = { http: new ReadingHttpAgent(AGENT_OPTIONS), https: new ReadingHttpsAgent(AGENT_OPTIONS) };
    this.#proxied = createAgents({ HTTP_PROXY: proxies.httpProxy, HTTPS_PROXY: proxies.httpsProxy });
  }

  /**
   * Sends one request and resolves with its headers; the caller reads or destroys the body.
   * @throws DeadlineExceededError naming the stage (connect, headers), a system error, or the signal's.
   */
  async send(request: HttpRequest, signal: AbortSignal): Promise<IncomingMessage> {
    try {
      return await this.#once(request, signal);
    } catch (error) {
      // A pooled connection that the server closed at the same moment says nothing about the server.
      if (!(error instanceof StaleConnection)) throw error;
      return await this.#once(request, signal);
    }
  }

  [Symbol.dispose](): void {
    for (const agent of [this.#direct, this.#proxied]) {
      agent.http.destroy();
      agent.https.destroy();
    }
  }

  async #once(request: HttpRequest, signal: AbortSignal): Promise<IncomingMessage> {
    const context = request.url.protocol === 'https:' ? await request.trust.context(request.url.host) : undefined;
    throwIfAborted(signal, `${request.method} ${request.url.host}`);
    return await new Promise((resolve, reject) => {
      const outgoing = this.#open(request, context);
      const stage = new StageTimer(outgoing);
      const onAbort = (): void => { outgoing.destroy(abortReason(signal)); };
      const settle = (): void => { stage.stop(); signal.removeEventListener('abort', onAbort); };
      signal.addEventListener('abort', onAbort, { once: true });
      // A proxy's tunnel is made before there is a socket.
      stage.start('connect', this.#limits.dialTimeoutMs);
      outgoing.once('socket', (socket: Socket) => {
        const waitHeaders = (): void => stage.start('headers', this.#limits.headersTimeoutMs);
        if (!socket.connecting) { waitHeaders(); return; }
        socket.once(request.url.protocol === 'https:' ? 'secureConnect' : 'connect', waitHeaders);
      });
      outgoing.once('response', (response) => { settle(); resolve(response); });
      outgoing.on('error', (cause) => {
        const error = withPlainText(cause);
        settle();
        reject(outgoing.reusedSocket && !signal.aborted && errnoOf(error) === 'ECONNRESET' ? new StaleConnection(error) : error);
      });
      outgoing.end(request.body);
    });
  }

  #open(request: HttpRequest, context: NamedContext | undefined): ClientRequest {
    const headers = { ...request.headers, 'accept-encoding': 'identity', 'user-agent': 'davit', ...(request.body !== undefined && { 'content-length': String(Buffer.byteLength(request.body)) }) };
    const options = { method: request.method, headers, maxHeaderSize: MAX_HEADER_BYTES };
    const agents = usesProxy(this.#proxies, request.url) ? this.#proxied : this.#direct;
    if (context) {
      const tls: ConnectionOptions & { readonly trustName: string } = { secureContext: context.secureContext, trustName: context.name, rejectUnauthorized: !request.trust.insecure };
      return httpsRequest(request.url, { ...options, ...tls, agent: agents.https } as RequestOptions);
    }
    return httpRequest(request.url, { ...options, agent: agents.http });
  }
}

interface Agents { readonly http: HttpAgent; readonly https: HttpsAgent }

const AGENT_OPTIONS = { keepAlive: true, keepAliveMsecs: KEEP_ALIVE_MS, maxFreeSockets: MAX_IDLE_CONNECTIONS_PER_HOST, timeout: KEEP_ALIVE_MS };

function createAgents(proxyEnv: Readonly<Record<string, string>>): Agents {
  const options = { ...AGENT_OPTIONS, proxyEnv: { ...proxyEnv } };
  return { http: new HttpAgent(options), https: new TrustingHttpsAgent(options) };
}

/** Of OpenSSL's text the reason, as "tlsv13 alert certificate required": the rest is its own source lines, and ends the line. */
const OPENSSL_TEXT = /:error:[0-9A-F]{8}:[^:]*:[^:]*:([^:]+):/;

function withPlainText(error: NodeJS.ErrnoException): NodeJS.ErrnoException {
  const reason = OPENSSL_TEXT.exec(error.message)?.[1];
  return reason === undefined ? error : Object.assign(new Error(`TLS: ${reason}`), { code: error.code });
}

class StaleConnection extends Error {
  constructor(cause: unknown) {
    super('the pooled connection was closed', { cause });
  }
}

/** One timer at a time; when it fires the request dies with the stage's name. */
class StageTimer {
  readonly #request: ClientRequest;
  #timer: NodeJS.Timeout | undefined;

  constructor(request: ClientRequest) {
    this.#request = request;
  }

  start(stage: 'connect' | 'headers', timeoutMs: number): void {
    this.stop();
    const text = stage === 'connect' ? `no connection after ${timeoutMs} ms` : `no answer after ${timeoutMs} ms`;
    this.#timer = setTimeout(() => this.#request.destroy(new DeadlineExceededError(text)), timeoutMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

function abortReason(signal: AbortSignal): Error {
  const reason: unknown = signal.reason;
  return reason instanceof Error ? reason : new Error('aborted', { cause: reason });
}
