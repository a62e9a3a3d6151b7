/** What comes in one piece with the request for a WebSocket is no part of the request. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ControlType, controlFrame, dataHeader } from '../spdy/frames.ts';
import { HeaderWriter } from '../spdy/headers.ts';
import { Opcode, tcp, webSocketFrame } from '../testing/clients.ts';
import { TestServer, until } from '../testing/test-server.ts';

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
