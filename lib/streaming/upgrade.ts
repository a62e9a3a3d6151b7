import type { IncomingMessage } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

const PROTOCOL_HEADER = 'X-Stream-Protocol-Version';
const ACCEPTED_HEADER = 'X-Accepted-Stream-Protocol-Versions';

/** Answers with an error and hangs up when that has been sent. */
export function refuse(socket: Duplex, code: number, text: string, headers: readonly string[] = []): void {
  const body = `${text}\n`;
  socket.end([`HTTP/1.1 ${code} ${STATUS_CODES[code] ?? ''}`, 'Connection: close', 'Content-Type: text/plain; charset=utf-8', `Content-Length: ${Buffer.byteLength(body)}`, ...headers, '', body].join('\r\n'));
}

/** Whether the client wants to speak `protocol` instead of HTTP. */
export function wantsUpgrade(request: IncomingMessage, protocol: string): boolean {
  return (request.headers.upgrade ?? '').toLowerCase() === protocol.toLowerCase();
}

/**
 * Agrees on a protocol by the client's order and answers 101; otherwise answers why not.
 * @returns the protocol, or undefined when the client was refused
 */
export function upgradeToSpdy(request: IncomingMessage, socket: Duplex, known: readonly string[]): string | undefined {
  const offered = (request.headersDistinct[PROTOCOL_HEADER.toLowerCase()] ?? []).flatMap((line) => line.split(',')).map((word) => word.trim()).filter((word) => word !== '');
  if (offered.length === 0) {
    refuse(socket, 400, `unable to upgrade: "${PROTOCOL_HEADER}" header is required`);
    return undefined;
  }
  const chosen = offered.find((protocol) => known.includes(protocol));
  if (chosen === undefined) {
    refuse(socket, 403, `unable to upgrade: unable to negotiate protocol: client supports ${JSON.stringify(offered)}, server accepts ${JSON.stringify(known)}`, known.map((p) => `${ACCEPTED_HEADER}: ${p}`));
    return undefined;
  }
  socket.write(['HTTP/1.1 101 Switching Protocols', 'Connection: Upgrade', 'Upgrade: SPDY/3.1', `${PROTOCOL_HEADER}: ${chosen}`, '', ''].join('\r\n'));
  return chosen;
}
