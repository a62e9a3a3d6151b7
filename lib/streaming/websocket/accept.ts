import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { refuse } from '../upgrade.ts';

const OFFER_HEADER = 'sec-websocket-protocol';
/** Clients send pieces of at most 32 KiB. */
const MESSAGE_MAX_BYTES = 1024 * 1024;

/**
 * The protocol that client and server agree on, by the client's order; '' when the client names none and that is allowed.
 * @returns undefined when there is none
 */
export function chooseProtocol(request: IncomingMessage, known: readonly string[]): string | undefined {
  const offered = (request.headers[OFFER_HEADER] ?? '').split(',').map((word) => word.trim()).filter((word) => word !== '');
  return offered.length === 0 ? known.find((protocol) => protocol === '') : offered.find((protocol) => known.includes(protocol));
}

/** Completes the handshake. The library is loaded with the first client that wants it. @returns undefined when the client was refused or has gone */
export async function acceptWebSocket(request: IncomingMessage, socket: Duplex, head: Buffer, protocol: string | undefined): Promise<WebSocket | undefined> {
  if (protocol === undefined) {
    refuse(socket, 403, `unable to upgrade: none of the protocols ${JSON.stringify(request.headers[OFFER_HEADER] ?? '')} is known`);
    return undefined;
  }
  const { WebSocketServer } = await import('ws');
  const server = new WebSocketServer({ noServer: true, clientTracking: false, perMessageDeflate: false, maxPayload: MESSAGE_MAX_BYTES });
  // The library refuses the "/" in the name of the tunnel: it is not told what the client offers, and answers what we have chosen.
  delete request.headers[OFFER_HEADER];
  if (protocol !== '') server.on('headers', (headers) => headers.push(`Sec-WebSocket-Protocol: ${protocol}`));
  return new Promise((resolve) => {
    socket.once('close', () => resolve(undefined));
    server.handleUpgrade(request, socket, head, resolve);
  });
}
