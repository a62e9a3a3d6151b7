/** Clients that leave HTTP, for tests of this folder. */
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { RequestOptions } from 'node:https';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { SpdyClient } from './spdy-client.ts';

/** Asks for an upgrade. @returns the connection, or the refusal's code and words; rejects when the server hangs up */
export async function upgrade(url: string, headers: Record<string, string>, options: RequestOptions = {}): Promise<{ socket: Socket; head: Buffer; response: IncomingMessage } | { code: number; text: string }> {
  const request = (url.startsWith('https:') ? httpsRequest : httpRequest)(url, { agent: false, ...options, headers: { Connection: 'Upgrade', ...headers } });
  const refused = Promise.withResolvers<IncomingMessage>();
  request.on('response', refused.resolve);
  const upgraded = once(request, 'upgrade') as Promise<[IncomingMessage, Socket, Buffer]>;
  request.end();
  const answer = await Promise.race([upgraded, refused.promise]);
  if (!Array.isArray(answer)) return { code: answer.statusCode ?? 0, text: await text(answer) };
  const [response, socket, head] = answer;
  socket.on('error', () => undefined);
  return { socket, head, response };
}

/** A client of SPDY. @throws when the server refuses */
export async function spdy(url: string, protocol = 'v4.channel.k8s.io', options: RequestOptions = {}): Promise<SpdyClient & { readonly socket: Socket }> {
  const answer = await upgrade(url, { Upgrade: 'SPDY/3.1', 'X-Stream-Protocol-Version': protocol }, options);
  if ('code' in answer) throw new Error(`${answer.code} ${answer.text}`);
  answer.socket.unshift(answer.head);
  return new SpdyClient(answer.socket) as SpdyClient & { readonly socket: Socket };
}

/** A connection that speaks WebSocket, whose frames a test makes itself. */
export async function rawWebSocket(url: string, protocol: string): Promise<Socket> {
  const answer = await upgrade(url, { Upgrade: 'websocket', 'Sec-WebSocket-Version': '13', 'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==', ...(protocol === '' ? {} : { 'Sec-WebSocket-Protocol': protocol }) });
  if ('code' in answer) throw new Error(`${answer.code} ${answer.text}`);
  answer.socket.unshift(answer.head);
  return answer.socket;
}

export const Opcode = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9 } as const;

export interface FrameShape {
  readonly fin?: boolean;
  /** Four bytes, or none for a frame without a mask, which only servers may send. */
  readonly mask?: Buffer;
  /** Of the three reserved ones. */
  readonly reservedBits?: number;
}

/** A frame as clients send it; the mask is zero unless said otherwise. */
export function webSocketFrame(opcode: number, payload: Buffer, { fin = true, mask = Buffer.alloc(4), reservedBits = 0 }: FrameShape = {}): Buffer {
  const masked = mask.length > 0 ? 0x80 : 0;
  const head = [Buffer.of((fin ? 0x80 : 0) | (reservedBits << 4) | opcode)];
  if (payload.length < 126) head.push(Buffer.of(masked | payload.length));
  else if (payload.length <= 0xffff) head.push(Buffer.of(masked | 126, payload.length >> 8, payload.length & 0xff));
  else {
    const length = Buffer.alloc(9, 0);
    length[0] = masked | 127;
    length.writeBigUInt64BE(BigInt(payload.length), 1);
    head.push(length);
  }
  return Buffer.concat([...head, mask, mask.some((byte) => byte !== 0) ? payload.map((byte, i) => byte ^ (mask[i % 4] ?? 0)) : payload]);
}

/** A connection that says `words` and nothing more. */
export async function tcp(port: number, words: string | Buffer): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  if (words.length > 0) await new Promise<void>((resolve) => { socket.write(words, () => resolve()); });
  return socket;
}
