/** The request for a WebSocket; what comes in one piece with it is no part of it. */
import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { Duplex } from 'node:stream';
import { test } from 'node:test';
import { ControlType, controlFrame, dataHeader } from '../spdy/frames.ts';
import { HeaderWriter } from '../spdy/headers.ts';
import { Opcode, tcp, webSocketFrame } from '../testing/clients.ts';
import { TestServer, until } from '../testing/test-server.ts';
import { upgradeToWebSocket } from './handshake.ts';

const WORDS = 'early';

function request(url: URL, protocol: string): Buffer {
  return Buffer.from([`GET ${url.pathname} HTTP/1.1`, `Host: ${url.host}`, 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', `Sec-WebSocket-Protocol: ${protocol}`, '', ''].join('\r\n'));
}

/** A connection of port-forward with words on it, in SPDY. */
function tunnelled(): Buffer {
  const writer = new HeaderWriter();
  const opened = [[1, 'error'], [3, 'data']] as const;
  return Buffer.concat([
    ...opened.map(([id, streamtype]) => controlFrame(ControlType.synStream, 0, [id, 0], Buffer.concat([Buffer.alloc(2), writer.write(new Map([['streamtype', streamtype], ['port', '80'], ['requestid', '1']]))]))),
    dataHeader(3, WORDS.length, false), Buffer.from(WORDS),
  ]);
}

for (const [what, protocol, payload, url, told] of [
  ['exec', 'v5.channel.k8s.io', Buffer.from(`\0${WORDS}`), (server) => server.exec(), (server) => server.processes[0]?.input],
  ['port-forward', 'v4.channel.k8s.io', Buffer.from(`\0${WORDS}`), (server) => server.portForward({ ports: [80] }), (server) => server.connections[0]?.told],
  ['port-forward in SPDY', 'SPDY/3.1+portforward.k8s.io', tunnelled(), (server) => server.portForward(), (server) => server.connections[0]?.told],
] as const satisfies readonly (readonly [string, string, Buffer, (server: TestServer) => string, (server: TestServer) => Buffer | undefined])[]) {
  test(`${what}: a message that comes with the request reaches its stream`, async () => {
    await using server = await TestServer.start();
    const at = new URL(url(server));
    const socket = await tcp(Number(at.port), Buffer.concat([request(at, protocol), webSocketFrame(Opcode.binary, payload)]));
    await until(() => told(server)?.toString() === WORDS);
    assert.equal(server.held > 0, true);
    socket.destroy();
    await until(() => server.held === 0);
  });
}

/** RFC 6455, 1.3. */
const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
const ACCEPT = 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=';

/** What is agreed on, and what the client gets. */
function handshake(headers: Readonly<Record<string, string>>, known: readonly string[], method = 'GET'): { readonly protocol: string | undefined; readonly answer: string } {
  const written: Buffer[] = [];
  const socket = new Duplex({ read: () => undefined, write(chunk: Buffer, _encoding, done) { written.push(chunk); done(); } });
  const protocol = upgradeToWebSocket({ method, headers: { 'sec-websocket-version': '13', 'sec-websocket-key': KEY, ...headers } } as unknown as IncomingMessage, socket, known);
  return { protocol, answer: Buffer.concat(written).toString() };
}

for (const [offer, known, chosen] of [
  ['b, a', ['a', 'b'], 'b'], ['x,\ta ,b', ['b', 'a'], 'a'], [' , ,a', ['', 'a'], 'a'], [',', ['a', ''], ''], ['', ['a', ''], ''], ['', ['a'], undefined], ['x', ['', 'a'], undefined],
] as const) {
  test(`of ${JSON.stringify(offer)} a server of ${JSON.stringify(known)} takes ${JSON.stringify(chosen)}`, () => {
    const { protocol, answer } = handshake(offer === '' ? {} : { 'sec-websocket-protocol': offer }, known);
    assert.equal(protocol, chosen);
    const name = chosen === undefined || chosen === '' ? '' : `Sec-WebSocket-Protocol: ${chosen}\r\n`;
    if (chosen === undefined) assert.match(answer, /^HTTP\/1\.1 403 /);
    else assert.equal(answer, `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${ACCEPT}\r\n${name}\r\n`);
  });
}

for (const [what, headers, method, code, also] of [
  ['another method', {}, 'POST', 405, /\r\nAllow: GET\r\n/], ['another version', { 'sec-websocket-version': '8' }, 'GET', 426, /\r\nSec-WebSocket-Version: 13\r\n/],
  ...[KEY.slice(1), `a${KEY}`, `${KEY}=`, KEY.slice(0, -1), `${KEY.slice(0, -3)}-==`, `${KEY.slice(2)}==`].map((key) => [`the key ${key}`, { 'sec-websocket-key': key }, 'GET', 400, /expected 16 bytes in base64/] as const),
] as const) {
  test(`a WebSocket is refused to ${what}, and the client is told what would be taken`, () => {
    const { protocol, answer } = handshake(headers, [''], method);
    assert.equal(protocol, undefined);
    assert.match(answer, new RegExp(`^HTTP/1\\.1 ${code} `));
    assert.match(answer, also);
  });
}
