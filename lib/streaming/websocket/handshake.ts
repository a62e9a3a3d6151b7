import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { refuse } from '../upgrade.ts';

/** RFC 6455, 1.3. */
const ACCEPT_SUFFIX = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const VERSION = '13';

/**
 * Agrees on a protocol by the client's order and answers 101 (RFC 6455, 4.2); otherwise answers why not.
 * @param known '' is for a client that names none
 * @returns the protocol, or undefined when the client was refused
 */
export function upgradeToWebSocket(request: IncomingMessage, socket: Duplex, known: readonly string[]): string | undefined {
  const { 'sec-websocket-protocol': offer = '', 'sec-websocket-version': version, 'sec-websocket-key': key = '' } = request.headers;
  const protocol = chooseProtocol(offer, known);
  if (request.method !== 'GET') refuse(socket, 405, 'unable to upgrade: a WebSocket is asked for by GET', ['Allow: GET']);
  else if (version !== VERSION) refuse(socket, 426, `unable to upgrade: version ${JSON.stringify(version ?? '')} of WebSocket, expected ${VERSION}`, [`Sec-WebSocket-Version: ${VERSION}`]);
  else if (!/^[+/0-9A-Za-z]{22}==$/.test(key)) refuse(socket, 400, `unable to upgrade: Sec-WebSocket-Key ${JSON.stringify(key)}, expected 16 bytes in base64`);
  else if (protocol === undefined) refuse(socket, 403, `unable to upgrade: none of the protocols ${JSON.stringify(offer)} is known`);
  else {
    const accept = createHash('sha1').update(key + ACCEPT_SUFFIX).digest('base64');
    socket.write(['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade', `Sec-WebSocket-Accept: ${accept}`, ...protocol === '' ? [] : [`Sec-WebSocket-Protocol: ${protocol}`], '', ''].join('\r\n'));
    return protocol;
  }
  return undefined;
}

function chooseProtocol(offer: string, known: readonly string[]): string | undefined {
  const offered = offer.split(',').map((word) => word.trim()).filter((word) => word !== '');
  return offered.length === 0 ? known.find((protocol) => protocol === '') : offered.find((protocol) => known.includes(protocol));
}
