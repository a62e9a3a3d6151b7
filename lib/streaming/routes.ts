import type { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { errorText } from '#errors';
import type { Logger } from '#log';
import type { AttachRequest, ExecRequest, PortForwardRequest } from './api.ts';
import { commandOverWebSocket, WEBSOCKET_COMMAND_PROTOCOLS } from './command/websocket.ts';
import { commandOverSpdy, SPDY_COMMAND_PROTOCOLS } from './command/spdy.ts';
import { ForwardSession, SPDY_FORWARD_PROTOCOLS } from './forward/spdy.ts';
import { forwardOverWebSocket, WEBSOCKET_FORWARD_PROTOCOLS } from './forward/websocket.ts';
import { rereadSocket } from './client-socket.ts';
import type { ClientSocket } from './client-socket.ts';
import { keepAlive } from './keepalive.ts';
import { SpdyConnection } from './spdy/connection.ts';
import type { Tokens } from './tokens.ts';
import { upgradeToWebSocket } from './websocket/handshake.ts';
import { tunnel } from './websocket/tunnel.ts';
import { refuse, upgradeToSpdy, wantsUpgrade } from './upgrade.ts';

export type StreamTarget =
  | { readonly kind: 'exec'; readonly request: ExecRequest }
  | { readonly kind: 'attach'; readonly request: AttachRequest }
  | { readonly kind: 'portforward'; readonly request: PortForwardRequest };

export interface StreamContext {
  readonly tokens: Tokens<StreamTarget>;
  readonly log: Logger;
  readonly idleTimeoutMs: number;
  /** Hangs up on it, too, when the server stops, and waits for its end. */
  own(socket: Duplex): void;
}

/** Port-forward's SPDY connection in the messages of a WebSocket. */
const TUNNEL_PROTOCOL = 'SPDY/3.1+portforward.k8s.io';
/** Clients whose machine has gone are found out by the kernel after this and its own retries. */
const TCP_KEEPALIVE_MS = 30_000;

/** A request to leave HTTP: to a stream, if its URL is one that we gave out. */
export function route(context: StreamContext, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  logBreaks(context, socket);
  const [, kind, token] = /^\/(exec|attach|portforward)\/([\w-]+)$/.exec(request.url?.split('?')[0] ?? '') ?? [];
  const target = token === undefined ? undefined : context.tokens.redeem(token);
  if (!target || target.kind !== kind) refuse(socket, 404, '404 page not found');
  else if (request.method !== 'GET' && request.method !== 'POST') refuse(socket, 405, 'method not allowed');
  else if (wantsUpgrade(request, 'SPDY/3.1')) overSpdy(context, target, request, socket, head);
  else if (wantsUpgrade(request, 'websocket')) overWebSocket(context, target, request, socket, head);
  else refuse(socket, 400, 'unable to upgrade: missing upgrade headers in request');
}

function overSpdy(context: StreamContext, target: StreamTarget, request: IncomingMessage, original: Duplex, head: Buffer): void {
  const client = takeOver(context, original);
  const protocol = upgradeToSpdy(request, client.socket, target.kind === 'portforward' ? SPDY_FORWARD_PROTOCOLS : SPDY_COMMAND_PROTOCOLS);
  if (protocol !== undefined) serveSpdy(context, target, protocol, client, head);
}

function overWebSocket(context: StreamContext, target: StreamTarget, request: IncomingMessage, original: Duplex, head: Buffer): void {
  const client = takeOver(context, original);
  const known = target.kind === 'portforward' ? [TUNNEL_PROTOCOL, ...target.request.ports.length > 0 ? WEBSOCKET_FORWARD_PROTOCOLS : []] : WEBSOCKET_COMMAND_PROTOCOLS;
  const protocol = upgradeToWebSocket(request, client.socket, known);
  if (protocol === undefined) return;
  if (protocol === TUNNEL_PROTOCOL) {
    const tunnelled = tunnel(client);
    serveSpdy(context, target, TUNNEL_PROTOCOL, tunnelled, Buffer.alloc(0));
    tunnelled.unshift(head);
    return;
  }
  const ended = endLogger(context.log, target, `websocket ${protocol}`);
  if (target.kind === 'portforward') void forwardOverWebSocket(target.request, protocol, client, head, context.idleTimeoutMs, ended);
  else void commandOverWebSocket(target, protocol, client, head, context.idleTimeoutMs, ended);
}

/** From HTTP. */
function takeOver(context: StreamContext, original: Duplex): ClientSocket {
  const client = rereadSocket(original);
  const { socket } = client;
  if (socket !== original) {
    context.own(socket);
    logBreaks(context, socket);
  }
  if (socket instanceof Socket) socket.setKeepAlive(true, TCP_KEEPALIVE_MS);
  return client;
}

/** A connection that speaks SPDY from here on. */
function serveSpdy(context: StreamContext, target: StreamTarget, protocol: string, client: ClientSocket, head: Buffer): void {
  const { log } = context;
  const ended = endLogger(log, target, protocol);
  const connection: SpdyConnection = new SpdyConnection(client, {
    onStream: (stream) => session.onStream(stream),
    onEnd: (error) => {
      stopKeepAlive();
      session.onEnd();
      ended(error, connection.traffic);
    },
  });
  const stopKeepAlive = keepAlive(connection, context.idleTimeoutMs);
  const session = target.kind === 'portforward' ? new ForwardSession(target.request, log) : commandOverSpdy(target, protocol, connection);
  connection.unshift(head);
}

function logBreaks({ log }: StreamContext, socket: Duplex): void {
  socket.on('error', (error) => log.debug('stream connection broke', { error: errorText(error) }));
}

function endLogger(log: Logger, { kind }: StreamTarget, protocol: string): (error: Error | undefined, bytes: number) => void {
  const begun = performance.now();
  return (error, bytes) => log.debug('stream ended', { kind, protocol, ms: Math.round(performance.now() - begun), bytes, ...(error ? { error: errorText(error) } : {}) });
}
