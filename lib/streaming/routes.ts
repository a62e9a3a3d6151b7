import type { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { errorText } from '#errors';
import type { Logger } from '#log';
import type { AttachRequest, ExecRequest, PortForwardRequest } from './api.ts';
import { commandOverSpdy, SPDY_COMMAND_PROTOCOLS } from './command/spdy.ts';
import { ForwardSession, SPDY_FORWARD_PROTOCOLS } from './forward/spdy.ts';
import { keepAlive } from './keepalive.ts';
import { SpdyConnection } from './spdy/connection.ts';
import type { Tokens } from './tokens.ts';
import { refuse, upgradeToSpdy, wantsUpgrade } from './upgrade.ts';

export type StreamTarget =
  | { readonly kind: 'exec'; readonly request: ExecRequest }
  | { readonly kind: 'attach'; readonly request: AttachRequest }
  | { readonly kind: 'portforward'; readonly request: PortForwardRequest };

export interface StreamContext {
  readonly tokens: Tokens<StreamTarget>;
  readonly log: Logger;
  readonly idleTimeoutMs: number;
}

/** Clients whose machine has gone are found out by the kernel after this and its own retries. */
const TCP_KEEPALIVE_MS = 30_000;

/** A request to leave HTTP: to a stream, if its URL is one that we gave out. */
export function route(context: StreamContext, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  socket.on('error', (error) => context.log.debug('stream connection broke', { error: errorText(error) }));
  const [, kind, token] = /^\/(exec|attach|portforward)\/([\w-]+)$/.exec(request.url?.split('?')[0] ?? '') ?? [];
  const target = token === undefined ? undefined : context.tokens.redeem(token);
  if (!target || target.kind !== kind) refuse(socket, 404, '404 page not found');
  else if (request.method !== 'GET' && request.method !== 'POST') refuse(socket, 405, 'method not allowed');
  else if (wantsUpgrade(request, 'SPDY/3.1')) overSpdy(context, target, request, socket, head);
  else refuse(socket, 400, 'unable to upgrade: missing upgrade headers in request');
}

function overSpdy(context: StreamContext, target: StreamTarget, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const protocol = upgradeToSpdy(request, socket, target.kind === 'portforward' ? SPDY_FORWARD_PROTOCOLS : SPDY_COMMAND_PROTOCOLS);
  if (protocol !== undefined) serveSpdy(context, target, protocol, socket, head);
}

/** A connection that speaks SPDY from here on. */
export function serveSpdy(context: StreamContext, target: StreamTarget, protocol: string, socket: Duplex, head: Buffer): void {
  const { log } = context;
  if (socket instanceof Socket) socket.setKeepAlive(true, TCP_KEEPALIVE_MS);
  const begun = performance.now();
  const connection: SpdyConnection = new SpdyConnection(socket, {
    onStream: (stream) => session.onStream(stream),
    onEnd: (error) => {
      stopKeepAlive();
      session.onEnd();
      log.debug('stream ended', { kind: target.kind, protocol, ms: Math.round(performance.now() - begun), bytes: connection.traffic, ...(error ? { error: errorText(error) } : {}) });
    },
  });
  const stopKeepAlive = keepAlive(connection, context.idleTimeoutMs);
  const session = target.kind === 'portforward' ? new ForwardSession(target.request, log) : commandOverSpdy(target, protocol, connection);
  connection.unshift(head);
}
