/** critest's streaming specs over WebSocket too: its clients then offer v5.channel.k8s.io and SPDY/3.1+portforward.k8s.io only. */
import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { startNode } from '../harness/index.ts';
import { runCritest } from './critest.ts';

const FOCUS = 'runtime should support streaming interfaces';
const SPECS = 5;

test('critest passes every streaming spec over WebSocket', async () => {
  await using node = await startNode();
  const results = await runCritest({ socket: node.davit.socket, focus: FOCUS, flags: ['-websocket-exec', '-websocket-attach', '-websocket-portforward'] });
  const ran = [...results.values()].filter((result) => result.outcome !== 'skipped');
  assert.deepEqual(ran.filter((result) => result.outcome === 'failed'), []);
  assert.equal(ran.length, SPECS);
});
