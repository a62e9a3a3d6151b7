import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { WebSocket } from 'ws';
import { TestServer, until } from '../testing/test-server.ts';

for (const [protocol, encode] of [
  ['v4.channel.k8s.io', (channel: number, text: string) => Buffer.concat([Buffer.of(channel), Buffer.from(text)])],
  ['v4.base64.channel.k8s.io', (channel: number, text: string) => `${channel}${Buffer.from(text).toString('base64')}`],
] as const) {
  test(`${protocol}: each port has its channels, which begin with its number and carry its connection`, async () => {
    await using server = await TestServer.start();
    const client = new WebSocket(server.portForward({ ports: [80, 8080] }).replace('http:', 'ws:'), protocol);
    const received = new Map<number, string>();
    client.on('message', (data) => {
      const bytes = data as Buffer;
      const [channel, text] = protocol.includes('base64') ? [Number(bytes.toString('latin1', 0, 1)), Buffer.from(bytes.toString('latin1', 1), 'base64')] : [bytes[0] ?? 255, bytes.subarray(1)];
      received.set(channel, (received.get(channel) ?? '') + text.toString('latin1'));
    });
    await once(client, 'open');
    client.send(encode(0, 'to eighty'));
    client.send(encode(2, 'to the other'));
    await until(() => received.size === 4 && (received.get(0)?.length ?? 0) > 2 && (received.get(2)?.length ?? 0) > 2);
    assert.deepEqual([0, 1, 2, 3].map((channel) => received.get(channel)), ['P\0to eighty', 'P\0', '\x90\x1fto the other', '\x90\x1f']);
    client.close();
    await until(() => server.held === 0);
  });
}
