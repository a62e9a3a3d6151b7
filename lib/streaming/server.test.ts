import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rawWebSocket, spdy } from './testing/clients.ts';
import { TestServer, until } from './testing/test-server.ts';

for (const transport of ['spdy', 'websocket'] as const) {
  test(`a server that says it has stopped has ended its clients' sessions over ${transport}`, async () => {
    const server = await TestServer.start();
    let gone: AbortSignal | undefined;
    const url = server.exec({ start: ({ signal }) => { gone = signal; return server.never(signal); } });
    if (transport === 'websocket') await rawWebSocket(url, 'v5.channel.k8s.io');
    else {
      const client = await spdy(url);
      for (const streamtype of ['error', 'stdin', 'stdout', 'stderr']) client.open({ streamtype });
    }
    await until(() => gone !== undefined);
    await server[Symbol.asyncDispose]();
    assert.ok(gone?.aborted);
  });
}
