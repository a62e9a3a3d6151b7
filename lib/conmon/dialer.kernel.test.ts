/** Connections into network namespaces: real ones, with the helper process, the call back and the taken descriptor. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { createDialer } from './dialer.ts';
import type { Connection, Dialer } from './dialer.ts';
import { BINARY, createTestNode, deadline } from './test-node.ts';
import type { TestNode } from './test-node.ts';

/** More than are dialled at once. */
const MANY = 150;
const NOBODY = 1;

let node: TestNode;
let dialer: Dialer;
let network: string;
const servers: ChildProcess[] = [];

before(async () => {
  node = await createTestNode();
  ({ net: network = '' } = await node.monitors.pin({ directory: node.path('ns/pod'), net: true, ipc: false, uts: false, hostname: '', sysctls: {}, loopback: true }, { signal: deadline() }));
  dialer = await createDialer({ binary: BINARY, launcher: node.launcher, socketPath: node.path('dial.sock') });
});
after(async () => {
  for (const server of servers) {
    server.kill('SIGKILL');
    if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
  }
  await dialer[Symbol.asyncDispose]();
  await node.monitors.unpin(node.path('ns/pod'));
  await node[Symbol.asyncDispose]();
});

/** Starts a server in the pod's network that says `name`, then all that it hears. */
async function serve(address: string, port: number, name: string): Promise<void> {
  const program = `require('net').createServer({ allowHalfOpen: true }, (s) => { s.on('error', () => {}); s.write('${name}:'); s.pipe(s); }).listen({ port: ${port}, host: '${address}', ipv6Only: true, backlog: 500 }, () => console.log('listens'))`;
  const server = spawn('/usr/bin/nsenter', [`--net=${network}`, process.execPath, '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  servers.push(server);
  await once(server.stdout, 'data');
}

/** Says `words`, ends, and hears all. */
async function talk(connection: Connection, words: string): Promise<string> {
  const heard: Buffer[] = [];
  const ended = Promise.withResolvers<void>();
  connection.open({ take: (piece, done) => { heard.push(Buffer.from(piece)); done(); }, end: ended.resolve });
  connection.write(Buffer.from(words), () => undefined);
  connection.end();
  await ended.promise;
  connection.close();
  return Buffer.concat(heard).toString();
}

async function hear(port: number, words: string, namespace = network): Promise<string> {
  return talk(await dialer.dial(namespace, port, { signal: deadline() }), words);
}

test('dial() reaches 127.0.0.1, then ::1, whoever listens; the end of one direction is not that of the other', async () => {
  await Promise.all([serve('127.0.0.1', 7001, 'four'), serve('::1', 7001, 'six'), serve('::1', 7002, 'six alone')]);
  assert.equal(await hear(7001, 'hello'), 'four:hello');
  assert.equal(await hear(7002, 'x'.repeat(300_000)), `six alone:${'x'.repeat(300_000)}`);
});

test('dial() without a namespace is in the host\'s network', async () => {
  const server = createServer({ allowHalfOpen: true }, (socket) => { socket.pipe(socket); }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  assert.equal(await hear((server.address() as AddressInfo).port, 'to the host', ''), 'to the host');
  await assert.rejects(dialer.dial(network, (server.address() as AddressInfo).port, { signal: deadline() }), /Connection refused/);
  server.close();
});

test('dial() to a port that nobody listens on says why, for both addresses', async () => {
  await assert.rejects(dialer.dial(network, NOBODY, { signal: deadline() }), { code: 'Internal', message: /connect to port 1: .*127\.0\.0\.1:1: Connection refused; \[::1\]:1: Connection refused/ });
});

for (const [what, path] of [['does not exist', 'ns/nowhere'], ['is not one any more', 'plain-file']] as const) {
  test(`dial() into a namespace that ${what} says so`, async () => {
    await writeFile(node.path('plain-file'), '');
    await assert.rejects(dialer.dial(node.path(path), 7001, { signal: deadline() }), (error: Error) => error.message.includes(`enter network namespace "${node.path(path)}"`));
  });
}

test(`${MANY} connections at once are each what was asked for, and none is left when they are closed`, async () => {
  await serve('127.0.0.1', 7003, 'many');
  await hear(7003, 'first');
  const before = await descriptors();
  const heard = await Promise.all(Array.from({ length: MANY }, (_, n) => n % 10 === 9 ? hear(NOBODY, '').catch(() => 'refused') : hear(7003, `number ${n}`)));
  assert.deepEqual(heard, Array.from({ length: MANY }, (_, n) => n % 10 === 9 ? 'refused' : `many:number ${n}`));
  await eventually(async () => await descriptors() <= before);
});

test('callers who go away while they are dialled for get nothing, and their places and connections are given back', async () => {
  const before = await descriptors();
  await Promise.all(Array.from({ length: MANY }, async (_, n) => {
    const gone = new AbortController();
    const dialled = dialer.dial(network, 7003, { signal: gone.signal });
    setTimeout(() => gone.abort(), n % 40);
    // Some are served first.
    (await dialled.catch(() => undefined))?.close();
  }));
  assert.equal(await hear(7003, 'and on'), 'many:and on');
  await eventually(async () => await descriptors() <= before);
});

for (const [what, words] of [['an unknown token', 'token=0123\npid=1\nfd=1\n'], ['no end', 'x'.repeat(5000)], ['nothing that is known', '\n\nfd=3\n'], ['numbers that are none', 'token=\npid=a\nfd=1\n']] as const) {
  test(`who calls with ${what} is hung up on`, async () => {
    const stranger = connect(node.path('dial.sock'));
    stranger.on('error', () => undefined);
    stranger.write(words);
    assert.equal(await text(stranger), '');
  });
}

async function descriptors(): Promise<number> {
  return (await readdir('/proc/self/fd')).length;
}

async function eventually(condition: () => Promise<boolean>): Promise<void> {
  for (const signal = deadline(); !await condition();) {
    signal.throwIfAborted();
    await new Promise((resolve) => { setTimeout(resolve, 5); });
  }
}
