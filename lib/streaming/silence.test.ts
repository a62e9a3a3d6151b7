/** Clients that connect and do not go on: each has a deadline, and costs nothing after it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { STREAM_CREATION_TIMEOUT_MS } from './limits.ts';
import { Opcode, rawWebSocket, spdy, webSocketFrame } from './testing/clients.ts';
import { openDescriptors, TestServer, until } from './testing/test-server.ts';
import { LINGER_MS } from './websocket/connection.ts';

for (const [what, streams] of [['no stream', []], ['all streams but the error stream', ['stdin', 'stdout', 'stderr']], ['all streams but stdin', ['error', 'stdout', 'stderr']]] as const) {
  test(`a client that opens ${what} is hung up on after ${STREAM_CREATION_TIMEOUT_MS} ms, and nothing was started`, async (t: TestContext) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    await using server = await TestServer.start();
    const before = await openDescriptors();
    const client = await spdy(server.exec());
    const ids = streams.map((streamtype) => client.open({ streamtype }));
    await client.until(() => ids.every((id) => client.at(id).replied));
    t.mock.timers.tick(STREAM_CREATION_TIMEOUT_MS - 1);
    client.control1(6, 1);
    await client.until(() => client.control.some(({ type }) => type === 6));
    t.mock.timers.tick(1);
    await client.closed();
    await until(async () => await openDescriptors() <= before);
    assert.equal(server.processes.length, 0);
  });
}

test('a client whose streams are all there has no such deadline', async (t: TestContext) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  await using server = await TestServer.start();
  const client = await spdy(server.exec());
  const [error] = ['error', 'stdin', 'stdout', 'stderr'].map((streamtype) => client.open({ streamtype }));
  const process = await server.process();
  t.mock.timers.tick(10 * STREAM_CREATION_TIMEOUT_MS);
  process.exit(0);
  await client.until(() => client.at(error ?? 0).ended);
  assert.match(client.at(error ?? 0).data.toString(), /"Success"/);
  client.socket.destroy();
});

test('a WebSocket client that is told good-bye and does not answer is hung up on after its time', async (t: TestContext) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  await using server = await TestServer.start();
  const before = await openDescriptors();
  const socket = await rawWebSocket(server.exec(), 'v5.channel.k8s.io');
  let received = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => { received = Buffer.concat([received, chunk]); });
  (await server.process()).exit(0);
  await until(() => received.includes(webSocketFrame(Opcode.close, Buffer.of(0x03, 0xe8), { mask: Buffer.alloc(0) })));
  assert.ok(await openDescriptors() > before);
  t.mock.timers.tick(LINGER_MS);
  await until(async () => await openDescriptors() <= before);
});
