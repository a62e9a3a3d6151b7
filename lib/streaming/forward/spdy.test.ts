import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { STREAM_CREATION_TIMEOUT_MS } from '../limits.ts';
import { ResetStatus } from '../spdy/frames.ts';
import { spdy } from '../testing/clients.ts';
import { TestConnection, TestServer, until } from '../testing/test-server.ts';

test('half a pair of port-forward streams is given up after its time; its words say so, and other pairs go on', async (t: TestContext) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  await using server = await TestServer.start();
  const client = await spdy(server.portForward(), 'portforward.k8s.io');
  const pair = ['error', 'data'].map((streamtype) => client.open({ streamtype, port: '80', requestid: '1' }));
  const lonelyError = client.open({ streamtype: 'error', port: '80', requestid: '2' });
  const lonelyData = client.open({ streamtype: 'data', port: '80', requestid: '3' });
  await client.until(() => client.at(lonelyData).replied);
  t.mock.timers.tick(STREAM_CREATION_TIMEOUT_MS);
  await client.until(() => client.at(lonelyError).ended && client.at(lonelyData).reset !== undefined);
  assert.match(client.at(lonelyError).data.toString(), /timed out waiting for streams/);
  const [, data = 0] = pair;
  client.send(data, 'still here');
  await client.until(() => client.at(data).data.toString() === 'still here');
  assert.equal(server.connections.length, 1);
  client.socket.destroy();
});

test('clients that number nothing have pairs of an error stream and the data stream right after it', async () => {
  const ports: number[] = [];
  await using server = await TestServer.start();
  const dial = server.portForward.bind(server);
  const client = await spdy(dial({ dial: (port) => { ports.push(port); const connection = new TestConnection(); server.connections.push(connection); return Promise.resolve(connection); } }), 'portforward.k8s.io');
  const pairs = [80, 81].map((port) => ['error', 'data'].map((streamtype) => client.open({ streamtype, port: String(port) })));
  for (const [, data = 0] of pairs) client.send(data, `over ${data}`);
  for (const [, data = 0] of pairs) await client.until(() => client.at(data).data.toString() === `over ${data}`);
  assert.deepEqual(ports, [80, 81]);
  client.socket.destroy();
});

test('a stream that is neither error nor data, or of no port, is refused, and nothing is dialled', async () => {
  await using server = await TestServer.start();
  const client = await spdy(server.portForward(), 'portforward.k8s.io');
  const wrong: Record<string, string>[] = [{ streamtype: 'stdin', port: '80' }, { port: '80' }, ...['0', '-1', '65536', '80.5', 'http'].map((port) => ({ streamtype: 'error', port })), { streamtype: 'data' }];
  const ids = wrong.map((headers) => client.open({ ...headers, requestid: '1' }));
  await client.until(() => ids.every((id) => client.at(id).reset === ResetStatus.protocolError));
  const highest = ['error', 'data'].map((streamtype) => client.open({ streamtype, port: '65535', requestid: '2' }));
  await client.until(() => highest.every((id) => client.at(id).replied));
  const second = ['error', 'error'].map((streamtype) => client.open({ streamtype, port: '80', requestid: '3' }));
  await client.until(() => client.at(second[1] ?? 0).reset === ResetStatus.refusedStream && client.at(second[0] ?? 0).replied);
  await until(() => server.connections.length === 1);
  client.socket.destroy();
});
