/** The limits of the server: who is beyond them is turned away, and the others go on. */
import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import { CONNECTIONS_MAX, REQUEST_HEAD_MAX_BYTES } from './limits.ts';
import { ControlType, ResetStatus } from './spdy/frames.ts';
import { STREAMS_MAX } from './spdy/limits.ts';
import { rawWebSocket, spdy, tcp } from './testing/clients.ts';
import { openDescriptors, TestServer, until } from './testing/test-server.ts';

test(`connection ${CONNECTIONS_MAX + 1} is hung up on, the others go on, and its place is there when one has gone`, async () => {
  // So long that nobody is hung up on for that.
  await using server = await TestServer.start({ requestTimeoutMs: 3_600_000 });
  const client = await spdy(server.exec());
  const others = await Promise.all(Array.from({ length: CONNECTIONS_MAX - 1 }, () => tcp(server.port, '')));
  const beyond = await tcp(server.port, '');
  beyond.resume();
  await until(() => beyond.closed);
  client.control1(ControlType.ping, 1);
  await client.until(() => client.control.some(({ type }) => type === ControlType.ping));
  others.pop()?.destroy();
  await until(async () => (await rawWebSocket(server.attach(), 'v5.channel.k8s.io').catch(() => undefined)) !== undefined);
  for (const { socket } of [client, ...others.map((socket) => ({ socket }))]) socket.destroy();
});

test(`stream ${STREAMS_MAX + 1} of a connection is refused, and the next is served when one has ended`, async () => {
  await using server = await TestServer.start();
  const client = await spdy(server.portForward(), 'portforward.k8s.io');
  const ids = Array.from({ length: STREAMS_MAX }, (_, n) => client.open({ streamtype: n % 2 === 0 ? 'error' : 'data', port: '80', requestid: String(n >> 1) }));
  const beyond = client.open({ streamtype: 'error', port: '80', requestid: 'beyond' });
  await client.until(() => client.at(beyond).reset !== undefined);
  assert.equal(client.at(beyond).reset, ResetStatus.refusedStream);
  assert.ok(ids.every((id) => client.at(id).replied));
  await until(() => server.connections.length === STREAMS_MAX / 2);
  for (const id of ids.slice(0, 2)) client.control1(ControlType.rstStream, id, ResetStatus.cancel);
  const next = client.open({ streamtype: 'error', port: '80', requestid: 'next' });
  await client.until(() => client.at(next).replied);
  client.socket.destroy();
});

for (const [what, headers] of [['another type', { streamtype: 'stdout', port: '80' }], ['no port', { streamtype: 'data' }], ['port 0', { streamtype: 'data', port: '0' }], ['port 65536', { streamtype: 'error', port: '65536' }], ['a port that is none', { streamtype: 'data', port: 'http' }]] as const) {
  test(`a stream of port-forward with ${what} is refused, and the next pair is served`, async () => {
    await using server = await TestServer.start();
    const client = await spdy(server.portForward(), 'portforward.k8s.io');
    const bad = client.open({ ...headers, requestid: '1' });
    // Old clients number nothing.
    const [, data = 0] = ['error', 'data'].map((streamtype) => client.open({ streamtype, port: '80' }));
    client.send(data, 'all the same');
    await client.until(() => client.at(data).data.toString() === 'all the same');
    assert.equal(client.at(bad).reset, ResetStatus.protocolError);
    client.socket.destroy();
  });
}

for (const [what, words] of [['says nothing', ''], ['sends half a request', 'GET /exec/'], ['sends a header now and then', 'GET /exec/x HTTP/1.1\r\nA: b\r\n']] as const) {
  test(`a client that ${what} is hung up on after its time`, async () => {
    await using server = await TestServer.start({ requestTimeoutMs: 200 });
    const before = await openDescriptors();
    const client = await tcp(server.port, words);
    const more = words.endsWith('\n') ? setInterval(() => client.write('A: b\r\n'), 20) : undefined;
    await closed(client);
    clearInterval(more);
    await until(async () => await openDescriptors() <= before);
  });
}

test(`a request of more than ${REQUEST_HEAD_MAX_BYTES} bytes is refused`, async () => {
  await using server = await TestServer.start();
  const client = await tcp(server.port, `GET /exec/x HTTP/1.1\r\nA: ${'b'.repeat(2 * REQUEST_HEAD_MAX_BYTES)}\r\n`);
  await closed(client);
});

/** However it is closed: who is hung up on in the middle of a word may see a reset. */
async function closed(socket: Socket): Promise<void> {
  socket.resume();
  if (!socket.closed) await new Promise<void>((resolve) => { socket.once('close', () => resolve()); });
}
