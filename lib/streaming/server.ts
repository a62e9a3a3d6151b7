import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { UnavailableError } from '#errors';
import type { Logger } from '#log';
import type { StreamUrls, TlsFiles } from './api.ts';
import { CONNECTIONS_MAX, REQUEST_HEAD_MAX_BYTES, REQUEST_TIMEOUT_MS } from './limits.ts';
import type { StreamTarget } from './routes.ts';
import { route } from './routes.ts';
import { watchTls } from './tls.ts';
import { Tokens } from './tokens.ts';

export interface StreamingServerOptions {
  /** Where to listen; '' for every address. */
  readonly address: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Undefined: without TLS. */
  readonly tls: TlsFiles | undefined;
  /** Ends a stream on which nothing was sent either way for so long. */
  readonly idleTimeoutMs: number;
  /** For a client to send its request, and for its TLS; default REQUEST_TIMEOUT_MS. */
  readonly requestTimeoutMs?: number;
  readonly log: Logger;
}

/** The server that exec, attach and port-forward clients are sent to. Disposing it hangs up on all of them. */
export interface StreamingServer extends StreamUrls, AsyncDisposable {
  /** `http://host:port` or `https://host:port`. */
  readonly url: string;
}

/** @throws UnavailableError when the address is not to be had; InvalidArgumentError when certificate or key cannot be used. */
export async function createStreamingServer(options: StreamingServerOptions): Promise<StreamingServer> {
  const { tls, requestTimeoutMs: requestTimeout = REQUEST_TIMEOUT_MS, log } = options;
  const tokens = new Tokens<StreamTarget>();
  const limits = { requestTimeout, headersTimeout: requestTimeout, maxHeaderSize: REQUEST_HEAD_MAX_BYTES, connectionsCheckingInterval: requestTimeout };
  await using starting = new AsyncDisposableStack();
  const secure = tls && starting.use(await watchTls(tls, log));
  const server = secure ? createTlsServer({ ...limits, ...secure.options, handshakeTimeout: requestTimeout }) : createServer(limits);
  if (secure) secure.onChange((changed) => (server as ReturnType<typeof createTlsServer>).setSecureContext(changed));
  const sockets = new Set<Duplex>();
  server.maxConnections = CONNECTIONS_MAX;
  const keep = (socket: Duplex): void => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  };
  server.on('connection', keep);
  // The owner of its TCP connection: what is destroyed below it would not tell it.
  server.on('secureConnection', keep);
  const context = { tokens, log, idleTimeoutMs: options.idleTimeoutMs, own: keep };
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => route(context, request, socket, head));
  server.on('request', (request, response) => {
    const known = tokens.redeem(lastPart(request.url)) !== undefined;
    response.writeHead(known ? 400 : 404, { 'Content-Type': 'text/plain', Connection: 'close' });
    response.end(known ? 'unable to upgrade: missing upgrade headers in request\n' : '404 page not found\n');
  });
  await listen(server, options);
  const running = starting.move();
  const url = urlOf(server, options, tls !== undefined);
  log.info('streams are served', { url });
  const issue = (target: StreamTarget): string => `${url}/${target.kind}/${tokens.issue(target)}`;
  return {
    url,
    exec: (request) => issue({ kind: 'exec', request }),
    attach: (request) => issue({ kind: 'attach', request }),
    portForward: (request) => issue({ kind: 'portforward', request }),
    [Symbol.asyncDispose]: async () => {
      const closed = new Promise<void>((resolve) => { server.close(() => resolve()); });
      // The server calls itself closed when its sockets are destroyed, before they say so: what a session still does then is waited for.
      const ended = [...sockets].map((socket) => new Promise<void>((resolve) => { socket.once('close', () => resolve()); }));
      for (const socket of sockets) socket.destroy();
      await Promise.all([closed, ...ended]);
      await running.disposeAsync();
    },
  };
}

/** The token in the path of a request. */
export function lastPart(url = ''): string {
  return url.split('?')[0]?.split('/').at(-1) ?? '';
}

async function listen(server: Server, { address, port }: StreamingServerOptions): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(new UnavailableError(`listen for streams on ${JSON.stringify(address)} port ${port}`, { cause: error })));
    server.listen({ port, ...(address === '' ? {} : { host: address }) }, resolve);
  });
}

/** Clients of the CRI are on this node: an address that means all of them is reached by the local one. */
function urlOf(server: Server, { address }: StreamingServerOptions, secure: boolean): string {
  const { port } = server.address() as AddressInfo;
  const host = address === '' || address === '0.0.0.0' || address === '::' ? '127.0.0.1' : address;
  return `${secure ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
