/** Bodies so large that they come past node's parser, over plain connections and TLS. */
import { strict as assert } from 'node:assert';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { test } from 'node:test';
import { registryTls } from '../../../test/fixtures/registry/index.ts';
import { DEFAULT_PULL_LIMITS } from '../limits.ts';
import { readBody } from './body.ts';
import { SpoilingMemory } from './spoiling-memory-fixture.ts';
import { Transport } from './transport.ts';
import { CertificateStore, Trust } from './trust.ts';

const signal = new AbortController().signal;
const STALL_MS = 1000;
const LENGTH = 20 * 1024 * 1024 + 3;
/** Different everywhere: a piece that is lost, twice or in the wrong place shows. */
const BODY = Buffer.from(Uint32Array.from({ length: LENGTH / 4 + 1 }, (_, n) => n * 2_654_435_761).buffer).subarray(0, LENGTH);

interface Server extends AsyncDisposable { readonly url: URL; connections: number }

async function serve(secure: boolean, answer: (response: ServerResponse) => void): Promise<Server> {
  const listener = (_: unknown, response: ServerResponse): void => { response.on('error', () => undefined); answer(response); };
  const server = secure ? createTlsServer(registryTls(), listener) : createServer(listener);
  // However long this machine lets us wait between two requests.
  server.keepAliveTimeout = 60_000;
  let connections = 0;
  server.on(secure ? 'secureConnection' : 'connection', () => { connections++; });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: new URL(`${secure ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}/`),
    get connections() { return connections; },
    [Symbol.asyncDispose]: async () => { server.closeAllConnections(); server.close(); await once(server, 'close'); },
  };
}

/** Reads the body, a little slower than it comes. @returns what came before the end or the error */
async function read(transport: Transport, { url }: Server, limits = DEFAULT_PULL_LIMITS): Promise<{ bytes: Buffer; error: unknown }> {
  const response = await transport.send({ url, method: 'GET', headers: {}, trust: new Trust(new CertificateStore([]), true) }, signal);
  const memory = new SpoilingMemory();
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of readBody(response, { limits, signal, memory })) {
      await turn();
      chunks.push(Buffer.from(chunk));
    }
  } catch (error) {
    return { bytes: Buffer.concat(chunks), error };
  } finally {
    await turn();
    assert.equal(memory.out.size, 0, 'blocks that were not given back');
    assert.ok(memory.untouched, 'a block was written to that had been given back');
  }
  return { bytes: Buffer.concat(chunks), error: undefined };
}

for (const secure of [false, true]) {
  const over = secure ? 'TLS' : 'a plain connection';

  test(`a large body over ${over} comes whole, and its connection serves nothing after it`, async () => {
    await using server = await serve(secure, (response) => response.writeHead(200, { 'content-length': LENGTH }).end(BODY));
    using transport = new Transport(DEFAULT_PULL_LIMITS);
    for (const connections of [1, 2]) {
      const { bytes, error } = await read(transport, server);
      assert.equal(error, undefined);
      assert.ok(bytes.equals(BODY));
      assert.equal(server.connections, connections);
    }
  });

  test(`a large body over ${over} that is left early keeps the memory of its last chunk, and what follows is not read`, async () => {
    await using server = await serve(secure, (response) => response.writeHead(200, { 'content-length': LENGTH }).end(BODY));
    using transport = new Transport(DEFAULT_PULL_LIMITS);
    const memory = new SpoilingMemory();
    const response = await transport.send({ url: server.url, method: 'GET', headers: {}, trust: new Trust(new CertificateStore([]), true) }, signal);
    let at = 0;
    for await (const chunk of readBody(response, { limits: DEFAULT_PULL_LIMITS, signal, memory })) {
      const begin = at;
      at += chunk.length;
      if (at < LENGTH / 2) continue;
      queueMicrotask(() => assert.ok(chunk.equals(BODY.subarray(begin, at))));
      break;
    }
    assert.ok(response.socket.destroyed);
    assert.ok(memory.out.size > 0);
  });

  test(`what came of a large body over ${over} is there before the error that ended it`, async () => {
    const half = LENGTH >> 1;
    await using server = await serve(secure, (response) => response.writeHead(200, { 'content-length': LENGTH }).write(BODY.subarray(0, half), () => response.destroy()));
    using transport = new Transport(DEFAULT_PULL_LIMITS);
    const { bytes, error } = await read(transport, server);
    assert.match(String(error), /aborted|ECONNRESET/);
    assert.ok(bytes.equals(BODY.subarray(0, bytes.length)));
    assert.ok(bytes.length > half - 1024 * 1024, `${bytes.length} bytes`);
  });

  test(`a large body over ${over} that stalls is ended`, async () => {
    await using server = await serve(secure, (response) => response.writeHead(200, { 'content-length': LENGTH }).write(BODY.subarray(0, LENGTH - 1)));
    using transport = new Transport(DEFAULT_PULL_LIMITS);
    const { bytes, error } = await read(transport, server, { ...DEFAULT_PULL_LIMITS, idleBodyTimeoutMs: STALL_MS });
    assert.match(String(error), /no byte of the body for 1000 ms/);
    assert.ok(bytes.equals(BODY.subarray(0, bytes.length)));
  });
}

test('bytes that came while this process stood still are read before the body counts as silent', async () => {
  const idleBodyTimeoutMs = 200;
  await using server = await serve(false, (response) => {
    response.writeHead(200, { 'content-length': 20 }).write('0123456789');
    // The loop goes from immediates to timers without a look at sockets.
    setTimeout(() => setImmediate(() => {
      response.end('0123456789');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3 * idleBodyTimeoutMs);
    }), idleBodyTimeoutMs / 4);
  });
  using transport = new Transport(DEFAULT_PULL_LIMITS);
  const { bytes, error } = await read(transport, server, { ...DEFAULT_PULL_LIMITS, idleBodyTimeoutMs });
  assert.equal(error, undefined);
  assert.equal(bytes.toString(), '01234567890123456789');
});

test('small bodies and those without a length leave their connection to the next', async () => {
  await using server = await serve(false, (response) => { response.write(BODY.subarray(0, 1_000_000)); response.end(); });
  using transport = new Transport(DEFAULT_PULL_LIMITS);
  for (let n = 0; n < 3; n++) {
    const { bytes, error } = await read(transport, server);
    assert.equal(error, undefined);
    assert.ok(bytes.equals(BODY.subarray(0, 1_000_000)));
    await turn();
  }
  assert.equal(server.connections, 1);
});
