import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { STREAM_CREATION_TIMEOUT_MS } from '../limits.ts';
import { spdy } from '../testing/clients.ts';
import { TestServer } from '../testing/test-server.ts';

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
