import assert from 'node:assert/strict';
import { once } from 'node:events';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { TestContext } from 'node:test';
import { connect } from 'node:tls';
import type { ConnectionOptions, TLSSocket } from 'node:tls';
import { createLogger } from '#log';
import { certificatePath } from '../../test/fixtures/registry/index.ts';
import type { TlsFiles } from './api.ts';
import { rawWebSocket, spdy } from './testing/clients.ts';
import { TestServer, until } from './testing/test-server.ts';

const directory = await mkdtemp('/tmp/davit-stream-tls-');
after(() => rm(directory, { recursive: true }));
const ca = await readFile(certificatePath('ca.pem'));
const mine = await pair('client');
const stranger = await pair('stranger');

/** More than any of the intervals at which the files are looked at. */
const RELOAD_MS = 61_000;

const FILES: TlsFiles = { cert: certificatePath('server.pem'), key: certificatePath('server.key'), ca: '', minVersion: 'TLSv1.2', cipherSuites: [] };

/** @throws the reason for which either side hung up */
async function handshake(server: TestServer, options: ConnectionOptions = {}): Promise<{ name: string; protocol: string | null }> {
  const socket: TLSSocket = connect({ port: server.port, host: '127.0.0.1', ca, checkServerIdentity: () => undefined, ...options });
  try {
    await once(socket, 'secureConnect');
    // In TLS 1.3 the server's refusal of our certificate comes after our own end of the handshake: it answers, or hangs up.
    socket.write('GET /exec/none HTTP/1.1\r\nHost: davit\r\n\r\n');
    await Promise.race([once(socket, 'data'), once(socket, 'close').then(() => { throw new Error('the server hung up without an alert'); })]);
    return { name: String(socket.getPeerCertificate().serialNumber), protocol: socket.getProtocol() };
  } finally {
    socket.destroy();
  }
}

async function echo(url: string, options: ConnectionOptions, server: TestServer): Promise<string> {
  const client = await spdy(url, undefined, options);
  const [stdout] = ['stdout', 'stderr', 'stdin', 'error'].map((streamtype) => client.open({ streamtype }));
  const process = await server.process();
  await process.stdout.give('over TLS');
  process.exit(0);
  await client.until(() => client.at(stdout ?? 0).ended);
  return client.at(stdout ?? 0).data.toString();
}

test('over TLS a URL is https, its certificate is the configured one, and exec works over it, once', async () => {
  await using server = await TestServer.start({ tls: FILES });
  const url = server.exec();
  assert.match(url, /^https:\/\/127\.0\.0\.1:\d+\/exec\/[\w-]{22}$/);
  const options = { ca, checkServerIdentity: () => undefined };
  assert.equal(await echo(url, options, server), 'over TLS');
  await assert.rejects(spdy(url, undefined, options), /404/);
  assert.equal(server.processes.length, 1);
});

test('with TLS plain HTTP gets no answer, and its token is not used up', async () => {
  await using server = await TestServer.start({ tls: FILES });
  const url = server.exec();
  const request = get(url.replace('https:', 'http:'), { agent: false });
  await assert.rejects(once(request, 'response'));
  await assert.rejects(rawWebSocket(url.replace('https:', 'http:'), 'v4.channel.k8s.io'));
  assert.equal(await echo(url, { ca, checkServerIdentity: () => undefined }, server), 'over TLS');
});

test('a server that stops hangs up on its clients over TLS, and ends their commands', async () => {
  const server = await TestServer.start({ tls: FILES });
  const client = await spdy(server.exec(), undefined, { ca, checkServerIdentity: () => undefined });
  for (const streamtype of ['stdout', 'stderr', 'stdin', 'error']) client.open({ streamtype });
  await server.process();
  await server[Symbol.asyncDispose]();
  await client.closed();
  await until(() => server.held === 0);
});

test('the least version of TLS is the configured one', async () => {
  await using server = await TestServer.start({ tls: { ...FILES, minVersion: 'TLSv1.3' } });
  assert.equal((await handshake(server)).protocol, 'TLSv1.3');
  await assert.rejects(handshake(server, { maxVersion: 'TLSv1.2' }), /alert|version/i);
  await using older = await TestServer.start({ tls: FILES });
  assert.equal((await handshake(older, { maxVersion: 'TLSv1.2' })).protocol, 'TLSv1.2');
  await assert.rejects(handshake(older, { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }), /alert|version/i);
});

test('only the configured cipher suites are spoken', async () => {
  await using server = await TestServer.start({ tls: { ...FILES, cipherSuites: ['ECDHE-RSA-AES256-GCM-SHA384', 'ECDHE-ECDSA-AES256-GCM-SHA384'] } });
  await handshake(server, { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES256-GCM-SHA384' });
  await assert.rejects(handshake(server, { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES128-GCM-SHA256' }), /alert|handshake/i);
});

test('with stream_tls_ca a client shows a certificate of that authority, or is refused before it can name a token', async () => {
  await using server = await TestServer.start({ tls: { ...FILES, ca: certificatePath('ca.pem') } });
  const url = server.exec();
  await assert.rejects(handshake(server), /alert|certificate|ECONNRESET|hung up/i);
  await assert.rejects(handshake(server, stranger), /alert|certificate|ECONNRESET|hung up/i);
  assert.equal(await echo(url, { ca, checkServerIdentity: () => undefined, ...mine }, server), 'over TLS');
});

test('a changed certificate is used without a restart; one that cannot be used is said and the last stays', async (t: TestContext) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const [cert, key] = [join(directory, 'cert.pem'), join(directory, 'key.pem')];
  const put = async (name: string): Promise<void> => {
    await copyFile(certificatePath(`${name}.pem`), cert);
    await copyFile(certificatePath(`${name}.key`), key);
  };
  await put('server');
  const lines: string[] = [];
  await using server = await TestServer.start({ tls: { ...FILES, cert, key }, log: createLogger({ level: 'info', format: 'text', write: (line) => lines.push(line) }) });
  const looked = async (words: RegExp): Promise<void> => {
    lines.length = 0;
    t.mock.timers.tick(RELOAD_MS);
    await until(() => lines.some((line) => words.test(line)));
  };
  const before = await handshake(server);
  const open = await spdy(server.exec(), undefined, { ca, checkServerIdentity: () => undefined });
  await put('client');
  assert.deepEqual(await handshake(server), before, 'not looked at yet');
  await looked(/the certificate was read again/);
  const changed = await handshake(server);
  assert.notEqual(changed.name, before.name);
  await writeFile(key, 'no key');
  await looked(/cannot be used, the last one stays/);
  assert.deepEqual(await handshake(server), changed);
  await rm(cert);
  await looked(/cannot be used, the last one stays/);
  assert.deepEqual(await handshake(server), changed);
  await put('server');
  await looked(/the certificate was read again/);
  assert.deepEqual(await handshake(server), before);
  // The connection of the first certificate has lived through all that.
  open.open({ streamtype: 'error' });
  await open.until(() => open.at(1).replied);
  open.socket.destroy();
});

for (const [what, files, message] of [
  ['a certificate that is not there', { cert: '/no/such.pem' }, /read "\/no\/such\.pem" for the streaming server/],
  ['a key of another certificate', { key: certificatePath('client.key') }, /use certificate ".*server\.pem" with key ".*client\.key"/],
  ['authorities that are none', { ca: certificatePath('server.key') }, undefined],
] as const) {
  test(`${what} is refused at the start`, async () => {
    await assert.rejects(TestServer.start({ tls: { ...FILES, ...files } }), (error: Error & { code: string }) => error.code === 'InvalidArgument' && (message?.test(error.message) ?? true));
  });
}

async function pair(name: string): Promise<{ cert: Buffer; key: Buffer }> {
  return { cert: await readFile(certificatePath(`${name}.pem`)), key: await readFile(certificatePath(`${name}.key`)) };
}
