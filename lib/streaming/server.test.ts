import assert from 'node:assert/strict';
import { test } from 'node:test';
import { silentLogger } from '#log';
import { createStreamingServer } from './server.ts';
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

for (const [address, host] of [['127.0.0.1', '127.0.0.1'], ['0.0.0.0', '127.0.0.1'], ['', '127.0.0.1']] as const) {
  test(`clients of this node are sent to ${host} when streams are served at "${address}"`, async () => {
    await using streaming = await createStreamingServer({ address, port: 0, tls: undefined, idleTimeoutMs: 60_000, log: silentLogger });
    const server = new TestServer(streaming);
    assert.match(server.exec(), new RegExp(`^http://${host}:[1-9]\\d*/exec/[\\w-]{22}$`));
    const client = await spdy(server.exec());
    client.socket.destroy();
  });
}
