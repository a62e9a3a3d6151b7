import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { throwIfAborted } from '#async';
import { DeadlineExceededError, errnoOf } from '#errors';
import type { PullLimits } from '../limits.ts';

/** Idle connections are closed after this time. */
const KEEP_ALIVE_MS = 30_000;
const MAX_IDLE_CONNECTIONS_PER_HOST = 16;
const MAX_HEADER_BYTES = 64 * 1024;

export interface HttpRequest {
  readonly url: URL;
  readonly method: 'GET' | 'HEAD' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** TLS certificates are not verified. */
  readonly insecure: boolean;
}

/**
 * HTTP/1.1 on node's own client. Not fetch(): it decodes Content-Encoding behind our back (digests and ranges then lie), has no
 * dial deadline, and follows redirects without asking. One connection pool per host, shared by all pulls. Disposing closes it.
 */
export class Transport implements Disposable {
  readonly #limits: PullLimits;
  readonly #http = new HttpAgent({ keepAlive: true, keepAliveMsecs: KEEP_ALIVE_MS, maxFreeSockets: MAX_IDLE_CONNECTIONS_PER_HOST, timeout: KEEP_ALIVE_MS });
  readonly #https = new HttpsAgent({ keepAlive: true, keepAliveMsecs: KEEP_ALIVE_MS, maxFreeSockets: MAX_IDLE_CONNECTIONS_PER_HOST, timeout: KEEP_ALIVE_MS });

  constructor(limits: PullLimits) {
    this.#limits = limits;
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
    this.#http.destroy();
    this.#https.destroy();
  }

  #once(request: HttpRequest, signal: AbortSignal): Promise<IncomingMessage> {
    throwIfAborted(signal, `${request.method} ${request.url.host}`);
    return new Promise((resolve, reject) => {
      const outgoing = this.#open(request);
      const stage = new StageTimer(outgoing);
      const onAbort = (): void => { outgoing.destroy(abortReason(signal)); };
      const settle = (): void => { stage.stop(); signal.removeEventListener('abort', onAbort); };
      signal.addEventListener('abort', onAbort, { once: true });
      outgoing.once('socket', (socket: Socket) => {
        const waitHeaders = (): void => stage.start('headers', this.#limits.headersTimeoutMs);
        if (!socket.connecting) { waitHeaders(); return; }
        stage.start('connect', this.#limits.dialTimeoutMs);
        socket.once(request.url.protocol === 'https:' ? 'secureConnect' : 'connect', waitHeaders);
      });
      outgoing.once('response', (response) => { settle(); resolve(response); });
      outgoing.on('error', (error) => {
        settle();
        reject(outgoing.reusedSocket && !signal.aborted && errnoOf(error) === 'ECONNRESET' ? new StaleConnection(error) : error);
      });
      outgoing.end(request.body);
    });
  }

  #open(request: HttpRequest): ClientRequest {
    const headers = { ...request.headers, 'accept-encoding': 'identity', 'user-agent': 'davit', ...(request.body !== undefined && { 'content-length': String(Buffer.byteLength(request.body)) }) };
    const options = { method: request.method, headers, maxHeaderSize: MAX_HEADER_BYTES };
    if (request.url.protocol === 'https:') return httpsRequest(request.url, { ...options, agent: this.#https, rejectUnauthorized: !request.insecure });
    return httpRequest(request.url, { ...options, agent: this.#http });
  }
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
