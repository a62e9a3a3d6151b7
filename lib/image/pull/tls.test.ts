/** certs.d and proxies, with registries that speak https. */
import { strict as assert } from 'node:assert';
import { once } from 'node:events';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { errorText } from '#errors';
import type { RegistriesConfig } from '#image';
import { HANG_MS, PullNode, redirectTo, smallImage } from '../../../test/fixtures/pulls/index.ts';
import { certificatePath, createProxy, registryTls } from '../../../test/fixtures/registry/index.ts';
import type { Registry } from '../../../test/fixtures/registry/index.ts';

const signal = new AbortController().signal;
const NAME = 'example.com/app:1';
/** First byte of a TLS connection (RFC 8446 section 5.1). */
const TLS_HANDSHAKE = 0x16;

/** Sends example.com to the registry, whose certificate is verified. */
function verified(registry: Registry): RegistriesConfig {
  const config = redirectTo([registry]);
  return { ...config, registries: config.registries.map((r) => ({ ...r, insecure: false })) };
}

async function certsDir(node: PullNode, name: string, host: string, files: Readonly<Record<string, string>>): Promise<string> {
  const directory = join(node.directory, name);
  await mkdir(join(directory, host), { recursive: true });
  for (const [file, source] of Object.entries(files)) await copyFile(certificatePath(source), join(directory, host, file));
  return directory;
}

test('an authority of certs.d makes its host trusted, and no other port of it', async () => {
  await using node = await PullNode.open();
  const registry = await node.registry('r', { tls: registryTls() });
  const image = await smallImage(registry, 'example.com/app', '1');
  const right = await certsDir(node, 'certs', registry.address, { 'ca.crt': 'ca.pem' });
  const other = await certsDir(node, 'other', '127.0.0.1:1', { 'ca.crt': 'ca.pem' });
  await assert.rejects(node.images(verified(registry), { certsDirs: [other] }).pull(NAME, { signal }), { message: /^RegistryUnavailable: .*unable to verify the first certificate|^RegistryUnavailable: .*self.signed/ });
  assert.equal((await node.images(verified(registry), { certsDirs: [other, right] }).pull(NAME, { signal })).imageId, image.imageId);
});

test('insecure registries speak https too, unverified, before http', async () => {
  await using node = await PullNode.open();
  const registry = await node.registry('r', { tls: registryTls() });
  const image = await smallImage(registry, 'example.com/app', '1');
  assert.equal((await node.images(redirectTo([registry])).pull(NAME, { signal })).imageId, image.imageId);
});

/** Passes connections on to a registry, and notes what each begins with. */
async function recorder(node: PullNode, to: Registry): Promise<{ readonly registry: Registry; readonly begun: ('TLS' | 'plain')[] }> {
  const begun: ('TLS' | 'plain')[] = [];
  const server = createServer((client) => {
    client.on('error', () => undefined);
    client.once('data', (first) => {
      begun.push(first[0] === TLS_HANDSHAKE ? 'TLS' : 'plain');
      const upstream = connect(Number(to.address.split(':')[1]), '127.0.0.1', () => { upstream.write(first); client.pipe(upstream).pipe(client); });
      upstream.on('error', () => client.destroy());
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  node.use({ [Symbol.asyncDispose]: async () => { server.close(); await Promise.resolve(); } });
  return { registry: { ...to, address: `127.0.0.1:${(server.address() as AddressInfo).port}` }, begun };
}

test('plain http is asked of no registry but an insecure one, and there after TLS has got no answer', async () => {
  await using node = await PullNode.open();
  const plain = await node.registry('plain');
  const image = await smallImage(plain, 'example.com/app', '1');
  const insecure = await recorder(node, plain);
  assert.equal((await node.images(redirectTo([insecure.registry])).pull(NAME, { signal })).imageId, image.imageId);
  assert.equal(insecure.begun[0], 'TLS');
  assert.equal(insecure.begun.indexOf('plain'), insecure.begun.lastIndexOf('TLS') + 1, insecure.begun.join());
  const secure = await recorder(node, plain);
  await assert.rejects(node.images(verified(secure.registry)).pull(NAME, { signal }), { message: /^RegistryUnavailable: / });
  assert.deepEqual([...new Set(secure.begun)], ['TLS']);
});

test('an insecure registry that answers over TLS, whatever it answers, is not asked by plain http', async () => {
  await using node = await PullNode.open();
  const registry = await node.registry('r', { tls: registryTls() });
  const { registry: recorded, begun } = await recorder(node, registry);
  for (const action of [{ do: 'status', status: 404 }, { do: 'status', status: 500 }, { do: 'redirect', to: 'http://127.0.0.1:1' }, { do: 'redirect', to: 'ftp://127.0.0.1' }] as const) {
    registry.faults.clear();
    registry.faults.add({ action });
    await assert.rejects(node.images(redirectTo([recorded])).pull(NAME, { signal }));
  }
  assert.deepEqual([...new Set(begun)], ['TLS']);
});

test('a client certificate of certs.d is shown to its host', async () => {
  await using node = await PullNode.open();
  const registry = await node.registry('r', { tls: registryTls({ askClient: true }) });
  const image = await smallImage(registry, 'example.com/app', '1');
  const without = await certsDir(node, 'without', registry.address, { 'ca.crt': 'ca.pem' });
  const certs = await certsDir(node, 'certs', registry.address, { 'ca.crt': 'ca.pem', 'me.cert': 'client.pem', 'me.key': 'client.key' });
  await assert.rejects(node.images(verified(registry), { certsDirs: [without] }).pull(NAME, { signal }), { message: /^RegistryUnavailable: / });
  assert.equal((await node.images(verified(registry), { certsDirs: [certs] }).pull(NAME, { signal })).imageId, image.imageId);
});

for (const [what, bytes, text] of [['an alert', Buffer.from('1503030002 0274'.replace(' ', ''), 'hex'), 'tlsv13 alert certificate required'], ['plain http', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'), 'wrong version number']] as const) {
  test(`${what} in place of TLS is told in a few words`, async () => {
    await using node = await PullNode.open();
    const server = createServer((client) => { client.on('error', () => undefined); client.once('data', () => client.end(bytes)); }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    node.use({ [Symbol.asyncDispose]: async () => { server.close(); await Promise.resolve(); } });
    const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const error: unknown = await node.images(verified({ ...await node.registry('r'), address })).pull(NAME, { signal }).catch((e: unknown) => e);
    assert.match(errorText(error), new RegExp(`^RegistryUnavailable: .* \\(anonymous\\): TLS: ${text}$`));
  });
}

for (const [name, files, message] of [
  ['a certificate without its key', { 'me.cert': 'client.pem' }, /me\.cert": expected NAME\.cert and NAME\.key beside each other/], ['a key that is none', { 'me.cert': 'client.pem', 'me.key': 'README.md' }, /me\.key": expected a PEM key without a passphrase/], ['an authority that is none', { 'ca.crt': 'README.md' }, /ca\.crt": there is none in it; expected PEM/],
] as const) {
  test(`certs.d with ${name} is said, with the path`, async () => {
    await using node = await PullNode.open();
    const registry = await node.registry('r', { tls: registryTls() });
    const certs = await certsDir(node, 'certs', registry.address, files);
    await assert.rejects(node.images(verified(registry), { certsDirs: [certs] }).pull(NAME, { signal }), { message });
  });
}

test('the first certs.d directory that has the host counts, as in other runtimes', async () => {
  await using node = await PullNode.open();
  const registry = await node.registry('r', { tls: registryTls() });
  await smallImage(registry, 'example.com/app', '1');
  const empty = join(node.directory, 'empty');
  await mkdir(join(empty, registry.address), { recursive: true });
  await writeFile(join(empty, 'note'), '');
  const certs = await certsDir(node, 'certs', registry.address, { 'ca.crt': 'ca.pem' });
  await assert.rejects(node.images(verified(registry), { certsDirs: [empty, certs] }).pull(NAME, { signal }), { message: /^RegistryUnavailable: / });
});

for (const [scheme, tls] of [['http', false], ['https', true]] as const) {
  test(`${scheme} requests go through the proxy, and its credentials only to it`, async () => {
    await using node = await PullNode.open();
    const registry = await node.registry('r', tls ? { tls: registryTls() } : {});
    const image = await smallImage(registry, 'app', '1');
    const proxy = node.use(await createProxy(registry.address));
    const address = `http://user:p%40ss@${proxy.address}`;
    const rule = { prefix: 'registry.test', location: 'registry.test', insecure: !tls, blocked: false, file: 'test.conf', mirrors: [] };
    const certs = await certsDir(node, 'certs', 'registry.test', { 'ca.crt': 'ca.pem' });
    const images = node.images({ ...redirectTo([registry]), registries: [rule] }, { certsDirs: [certs], proxies: { httpProxy: address, httpsProxy: tls ? address : '', noProxy: 'other.test' } });
    assert.equal((await images.pull('registry.test/app:1', { signal })).imageId, image.imageId);
    assert.match(proxy.asked[0] ?? '', tls ? /^registry\.test:443$/ : /^http:\/\/registry\.test\/v2\/app\/manifests\/1$/);
    assert.equal(proxy.authorizations[0], `Basic ${Buffer.from('user:p@ss').toString('base64')}`);
    if (tls) assert.ok(registry.requests.every((r) => r.headers['proxy-authorization'] === undefined));
  });
}

test('a proxy that refuses is said without its password', async () => {
  await using node = await PullNode.open();
  const rule = { prefix: 'registry.test', location: 'registry.test', insecure: false, blocked: false, file: 'test.conf', mirrors: [] };
  const registry = await node.registry();
  await registry[Symbol.asyncDispose]();
  const images = node.images({ ...redirectTo([registry]), registries: [rule] }, { proxies: { httpProxy: '', httpsProxy: `http://user:secret@${registry.address}`, noProxy: '' } });
  await assert.rejects(images.pull('registry.test/app:1', { signal }), (error: Error) => /^RegistryUnavailable: .*registry\.test \(anonymous\): .*ECONNREFUSED/.test(error.message) && !error.message.includes('secret'));
});

test('a host that takes the connection and says nothing of TLS is given up by the deadline of connecting, not by that of answers', async () => {
  await using node = await PullNode.open();
  const silent = createServer((socket) => socket.on('error', () => undefined).resume()).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const address = `127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const config = redirectTo([]);
  const registries = { ...config, registries: [{ prefix: 'example.com', location: address, insecure: false, blocked: false, file: 'test.conf', mirrors: [] }] };
  await assert.rejects(node.images(registries, { limits: { dialTimeoutMs: HANG_MS, headersTimeoutMs: 60_000 } }).pull(NAME, { signal }), { message: /^RegistryUnavailable: .*no connection after 1000 ms/ });
  silent.close();
});
