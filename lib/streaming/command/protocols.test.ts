/** What each protocol of exec and attach promises: which streams there are, and how a client hears how its command ended. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { WebSocket } from 'ws';
import { ResetStatus } from '../spdy/frames.ts';
import { spdy, upgrade } from '../testing/clients.ts';
import { TestServer, until } from '../testing/test-server.ts';

const SUCCESS = '{"metadata":{},"status":"Success"}';
const EXIT_7 = 'command terminated with non-zero exit code: error executing command [sh -c x], exit code 7';
const EXIT_7_JSON = JSON.stringify({ metadata: {}, status: 'Failure', message: EXIT_7, reason: 'NonZeroExitCode', details: { causes: [{ reason: 'ExitCode', message: '7' }] } });
const BROKEN = 'error executing command in container: it is broken';
const BROKEN_JSON = JSON.stringify({ metadata: {}, status: 'Failure', message: `Internal error occurred: ${BROKEN}`, reason: 'InternalError', details: { causes: [{ message: BROKEN }] }, code: 500 });

type Ending = number | 'broken';
/** What is on the error stream: since v4 always, before only of a failure. */
const TOLD: readonly (readonly [Ending, { readonly json: string; readonly words: string }])[] = [
  [0, { json: SUCCESS, words: '' }], [7, { json: EXIT_7_JSON, words: EXIT_7 }], ['broken', { json: BROKEN_JSON, words: `Internal error occurred: ${BROKEN}` }],
];

/** An exec that ends so. */
function ending(server: TestServer, how: Ending): string {
  const command = ['sh', '-c', 'x'];
  return how === 'broken' ? server.exec({ command, start: () => Promise.reject(new Error('it is broken')) }) : server.exec({ command });
}

async function end(server: TestServer, how: Ending): Promise<void> {
  if (how !== 'broken') (await server.process()).exit(how);
}

for (const [protocol, hasResize, isJson] of [['v4.channel.k8s.io', true, true], ['v3.channel.k8s.io', true, false], ['v2.channel.k8s.io', false, false], ['channel.k8s.io', false, false]] as const) {
  for (const [how, { json, words }] of TOLD) {
    test(`SPDY ${protocol}: the error stream of a command that ends with ${how}`, async () => {
      await using server = await TestServer.start();
      const client = await spdy(ending(server, how), protocol);
      const [error = 0, ...others] = ['error', 'stdin', 'stdout', 'stderr'].map((streamtype) => client.open({ streamtype }));
      await end(server, how);
      await client.until(() => [error, ...others.slice(1)].every((id) => client.at(id).ended));
      assert.equal(client.at(error).data.toString(), isJson ? json : words);
      client.socket.destroy();
    });
  }

  test(`SPDY ${protocol}: a terminal ${hasResize ? 'begins when its resize stream is there, and hears its sizes' : 'has no resize stream'}`, async () => {
    await using server = await TestServer.start();
    const client = await spdy(server.exec({ tty: true, stderr: false }), protocol);
    const [, , stderr = 0, resize = 0] = ['error', 'stdout', 'stderr', 'resize'].map((streamtype) => client.open({ streamtype }));
    await client.until(() => client.at(stderr).reset === ResetStatus.refusedStream && (client.at(resize).replied || client.at(resize).reset !== undefined));
    assert.equal(client.at(resize).replied, hasResize);
    assert.equal(server.processes.length, 0);
    client.open({ StreamType: 'stdin' });
    const process = await server.process();
    if (hasResize) {
      client.send(resize, '{"Width":80,"Height":25}\n{"Width":1');
      client.send(resize, '20,"Height":50}{"Width":-1,"Height":5}{"Width":65536,"Height":5}nonsense}{"Width":7,"Height":8}');
      await until(() => process.sizes.length === 3);
      assert.deepEqual(process.sizes, ['80x25', '120x50', '7x8']);
    }
    client.socket.destroy();
  });
}

for (const [protocol, isJson] of [
  ['v5.channel.k8s.io', true], ['v4.channel.k8s.io', true], ['v4.base64.channel.k8s.io', true], ['channel.k8s.io', false], ['base64.channel.k8s.io', false], ['', false],
] as const) {
  for (const [how, { json, words }] of TOLD) {
    test(`WebSocket ${protocol || 'without a protocol'}: the error channel of a command that ends with ${how}`, async () => {
      await using server = await TestServer.start();
      const client = new WebSocket(ending(server, how).replace('http:', 'ws:'), protocol === '' ? [] : protocol);
      const messages: [channel: number, bytes: string][] = [];
      client.on('message', (data) => {
        const bytes = data as Buffer;
        messages.push(protocol.includes('base64') ? [(bytes[0] ?? 0) - 0x30, Buffer.from(bytes.toString('latin1', 1), 'base64').toString()] : [bytes[0] ?? 255, bytes.toString('utf8', 1)]);
      });
      const closed = once(client, 'close') as Promise<[number]>;
      await once(client, 'open');
      assert.equal(client.protocol, protocol);
      await end(server, how);
      assert.equal((await closed)[0], 1000);
      const said = isJson ? json : words;
      // The first, empty one says that all is set up.
      assert.deepEqual(messages, [[1, ''], ...said === '' ? [] : [[3, said]]]);
    });
  }
}

test('WebSocket v5: [255, 0] is the end of stdin and of nothing else', async () => {
  await using server = await TestServer.start();
  const client = new WebSocket(server.exec().replace('http:', 'ws:'), 'v5.channel.k8s.io');
  const received: Buffer[] = [];
  client.on('message', (data) => { received.push(data as Buffer); });
  await once(client, 'open');
  client.send(Buffer.from('\0all of it'));
  client.send(Buffer.of(255, 0));
  const process = await server.process();
  await until(() => process.inputEnded);
  assert.equal(process.input.toString(), 'all of it');
  await process.stdout.give('and out');
  await until(() => received.some((bytes) => bytes.toString() === '\x01and out'));
  client.terminate();
  await until(() => server.held === 0);
});

for (const [what, options, endsStdin] of [
  ['an attach', {}, false], ['an attach to a container whose stdin is for one client', { stdinOnce: true }, true], ['the same at a terminal, which would hang up on the shell', { stdinOnce: true, tty: true, stderr: false }, false],
] as const) {
  test(`the end of a client's stdin in ${what} ${endsStdin ? 'is the end of the container\'s' : 'leaves the container alone'}`, async () => {
    await using server = await TestServer.start();
    const client = await spdy(server.attach(options));
    const names = ['error', 'stdin', 'stdout', ...'stderr' in options ? ['resize'] : ['stderr']];
    const [error = 0, stdin = 0] = names.map((streamtype) => client.open({ streamtype }));
    const process = await server.process();
    client.send(stdin, 'all of it', true);
    await until(() => process.inputEnded || process.isDisposed);
    assert.equal(process.inputEnded, endsStdin);
    if (endsStdin) process.exit(0);
    await client.until(() => client.at(error).ended);
    assert.equal(client.at(error).data.toString(), SUCCESS);
    assert.equal(process.input.toString(), 'all of it');
    client.socket.destroy();
  });
}

test('output that the client has not asked for is taken all the same, so that its writer goes on', async () => {
  await using server = await TestServer.start();
  const client = await spdy(server.exec({ stderr: false, stdin: false }));
  const [, stdout = 0] = ['error', 'stdout'].map((streamtype) => client.open({ streamtype }));
  const process = await server.process();
  for (let piece = 0; piece < 100; piece++) await process.stderr.give('to nobody');
  await process.stdout.give('to the client');
  await client.until(() => client.at(stdout).data.toString() === 'to the client');
  client.socket.destroy();
});

test('a second stream of one type is refused, and the first one serves', async () => {
  await using server = await TestServer.start();
  const client = await spdy(server.exec());
  const stdout = client.open({ streamtype: 'stdout' });
  const again = client.open({ streamtype: 'stdout' });
  await client.until(() => client.at(again).reset === ResetStatus.refusedStream);
  for (const streamtype of ['error', 'stdin', 'stderr']) client.open({ streamtype });
  const process = await server.process();
  await process.stdout.give('out');
  await client.until(() => client.at(stdout).data.toString() === 'out');
  const late = client.open({ streamtype: 'stderr' });
  await client.until(() => client.at(late).reset === ResetStatus.refusedStream);
  client.socket.destroy();
});

test('a failed attach says that it was one', async () => {
  await using server = await TestServer.start();
  const client = await spdy(server.attach({ start: () => Promise.reject(new Error('it is broken')) }));
  const [error = 0] = ['error', 'stdin', 'stdout', 'stderr'].map((streamtype) => client.open({ streamtype }));
  await client.until(() => client.at(error).ended);
  assert.equal((JSON.parse(client.at(error).data.toString()) as { message: string }).message, 'Internal error occurred: error attaching to container: it is broken');
  client.socket.destroy();
});

for (const [offer, chosen] of [
  ['v9.channel.k8s.io, v3.channel.k8s.io, v4.channel.k8s.io', 'v3.channel.k8s.io'], ['v5.channel.k8s.io,v4.channel.k8s.io,v3.channel.k8s.io,v2.channel.k8s.io,channel.k8s.io', 'v4.channel.k8s.io'],
] as const) {
  test(`of "${offer}" the first that is known is spoken`, async () => {
    await using server = await TestServer.start();
    const answer = await upgrade(server.exec(), { Upgrade: 'SPDY/3.1', 'X-Stream-Protocol-Version': offer });
    assert.ok('response' in answer);
    assert.equal(answer.response.headers['x-stream-protocol-version'], chosen);
    answer.socket.destroy();
  });
}

const SPDY = { Upgrade: 'SPDY/3.1', 'X-Stream-Protocol-Version': 'v4.channel.k8s.io' };
const WEBSOCKET = { Upgrade: 'websocket', 'Sec-WebSocket-Version': '13', 'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==', 'Sec-WebSocket-Protocol': 'v4.channel.k8s.io' };

for (const [what, ask, code, words] of [
  ['no protocol', (server) => upgrade(server.exec(), { Upgrade: 'SPDY/3.1' }), 400, /"X-Stream-Protocol-Version" header is required/],
  ['unknown protocols', (server) => upgrade(server.exec(), { ...SPDY, 'X-Stream-Protocol-Version': 'v9.channel.k8s.io' }), 403, /client supports \["v9\.channel\.k8s\.io"\], server accepts \["v4\.channel\.k8s\.io",/],
  ['an unknown protocol of WebSocket', (server) => upgrade(server.exec(), { ...WEBSOCKET, 'Sec-WebSocket-Protocol': 'v9.channel.k8s.io' }), 403, /none of the protocols "v9\.channel\.k8s\.io" is known/],
  ['another version of WebSocket', (server) => upgrade(server.exec(), { ...WEBSOCKET, 'Sec-WebSocket-Version': '8' }), 426, /version "8" of WebSocket, expected 13/],
  ['a short key for WebSocket', (server) => upgrade(server.exec(), { ...WEBSOCKET, 'Sec-WebSocket-Key': 'c2hvcnQ=' }), 400, /Sec-WebSocket-Key "c2hvcnQ=", expected 16 bytes/],
  ['a POST for WebSocket', (server) => upgrade(server.exec(), WEBSOCKET, { method: 'POST' }), 405, /asked for by GET/],
  ["port-forward's protocol for an exec", (server) => upgrade(server.exec(), { ...SPDY, 'X-Stream-Protocol-Version': 'portforward.k8s.io' }), 403, /unable to negotiate protocol/],
  ['an upgrade to something else', (server) => upgrade(server.exec(), { Upgrade: 'h2c' }), 400, /missing upgrade headers/],
  ['no upgrade', (server) => upgrade(server.exec(), { Connection: 'close' }), 400, /missing upgrade headers/],
  ['another method', (server) => upgrade(server.exec(), SPDY, { method: 'PUT' }), 405, /method not allowed/],
  ['a word that nobody gave out', (server) => upgrade(server.exec().replace(/[\w-]{22}$/, 'x'.repeat(22)), SPDY), 404, /404 page not found/],
  ["exec's word for an attach", (server) => upgrade(server.exec().replace('/exec/', '/attach/'), SPDY), 404, /404 page not found/],
] as const satisfies readonly (readonly [string, (server: TestServer) => ReturnType<typeof upgrade>, number, RegExp])[]) {
  test(`a client with ${what} is answered ${code}`, async () => {
    await using server = await TestServer.start();
    const answer = await ask(server);
    assert.ok('code' in answer);
    assert.equal(answer.code, code);
    assert.match(answer.text, words);
    assert.equal(server.processes.length, 0);
  });
}
