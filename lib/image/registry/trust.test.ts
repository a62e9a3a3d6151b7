import { strict as assert } from 'node:assert';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { errorText, FailedPreconditionError } from '#errors';
import { PullNode } from '../../../test/fixtures/pulls/index.ts';
import { certificatePath, registryTls } from '../../../test/fixtures/registry/index.ts';
import { DEFAULT_PULL_LIMITS } from '../limits.ts';
import { Transport } from './transport.ts';
import { CertificateStore, Trust } from './trust.ts';

const signal = new AbortController().signal;

test("an authority that is added to the system's, or taken from them, counts from the next pull on", async () => {
  await using node = await PullNode.open();
  const registry = await node.registry('r', { tls: registryTls() });
  using transport = new Transport(DEFAULT_PULL_LIMITS);
  const bundle = join(node.directory, 'bundle.pem');
  const store = new CertificateStore([], [join(node.directory, 'absent.pem'), bundle]);
  const ask = async (): Promise<number | undefined> => {
    const response = await transport.send({ url: new URL(`https://${registry.address}/v2/`), method: 'GET', headers: {}, trust: new Trust(store, false) }, signal);
    // The connection is there for the next.
    response.resume();
    await new Promise((resolve) => { response.once('end', resolve); });
    return response.statusCode;
  };
  for (const authority of ['stranger.pem', 'ca.pem', 'ca.pem', 'stranger.pem']) {
    await copyFile(certificatePath(authority), bundle);
    if (authority === 'ca.pem') assert.equal(await ask(), 200);
    else await assert.rejects(ask(), /unable to verify|self.signed/);
  }
});

test('the context of the system is made once while its file stays, and without a file there are those that Node brings', async () => {
  await using node = await PullNode.open();
  const bundle = join(node.directory, 'bundle.pem');
  await copyFile(certificatePath('ca.pem'), bundle);
  for (const bundles of [[bundle], []]) {
    const store = new CertificateStore([], bundles);
    const [first, second] = [await store.context('x.io'), await store.context('y.io')];
    assert.equal(first.secureContext, second.secureContext);
    assert.equal(first.name, second.name);
  }
});

for (const [directory, host, found] of [
  ['x.io', 'x.io', true], ['x.io:443', 'x.io', true], ['x.io:5000', 'x.io', false], ['x.io', 'x.io:5000', false], ['x.io:443', 'x.io:5000', false], ['[::1]:443', '[::1]', true], ['[::1]:5000', '[::1]:5000', true],
  ['docker.io', 'registry-1.docker.io', true], ['registry-1.docker.io', 'registry-1.docker.io', false],
] as const) {
  test(`certs.d has ${directory}: ${found ? '' : 'not '}for https://${host}`, async () => {
    await using node = await PullNode.open();
    await mkdir(join(node.directory, 'certs', directory), { recursive: true });
    // What is wrong with it says that it was looked into.
    await writeFile(join(node.directory, 'certs', directory, 'me.cert'), '');
    const context = new CertificateStore([join(node.directory, 'certs')], []).context(host);
    if (found) await assert.rejects(context, { code: 'FailedPrecondition', message: new RegExp(`certs/${directory.replace(/[[\]]/g, '\\$&')}`) });
    else await context;
  });
}

const pem = (name: string): string => readFileSync(certificatePath(name), 'latin1');
const damaged = pem('ca.pem').replace(/\n[A-Za-z0-9+/]{8}/, '\nAAAAAAAA');
const NONE = /": there is none in it; expected PEM, "-----BEGIN CERTIFICATE-----"$/;

for (const [what, files, message] of [
  ['an authority in DER', { 'ca.crt': new X509Certificate(pem('ca.pem')).raw }, NONE], ['an empty authority', { 'ca.crt': '' }, NONE], ['a key as an authority', { 'ca.crt': pem('client.key') }, NONE],
  ['a cut authority', { 'ca.crt': pem('ca.pem').slice(0, -20) }, NONE], ['a damaged authority behind a good one', { 'ca.crt': pem('ca.pem') + damaged }, /": expected PEM certificates: /],
  ['a certificate in DER', { 'me.cert': new X509Certificate(pem('client.pem')).raw, 'me.key': pem('client.key') }, NONE], ['an empty key', { 'me.cert': pem('client.pem'), 'me.key': '' }, /": expected a PEM key without a passphrase: /],
  ['a key with a passphrase', { 'me.cert': pem('client.pem'), 'me.key': createPrivateKey(pem('client.key')).export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }) }, /": expected a PEM key without a passphrase: /],
  ['the key of another', { 'me.cert': pem('client.pem'), 'me.key': pem('stranger.key') }, /me\.cert": it is not of the key ".*me\.key"$/],
] as const) {
  test(`certs.d with ${what} is an error that names the file`, async () => {
    await using node = await PullNode.open();
    const directory = join(node.directory, 'x.io');
    await mkdir(directory);
    for (const [name, data] of Object.entries(files)) await writeFile(join(directory, name), data);
    const error = await new CertificateStore([node.directory], []).context('x.io').catch((thrown: unknown) => thrown);
    assert.ok(error instanceof FailedPreconditionError);
    assert.match(errorText(error), new RegExp(`^read certificate "${directory}/(${Object.keys(files).join('|')})": `));
    assert.match(errorText(error), message);
  });
}

test('certs.d with several authorities in a file and text around them is taken, two pairs for one type of key are an error', async () => {
  await using node = await PullNode.open();
  const directory = join(node.directory, 'x.io');
  await mkdir(directory);
  const write = (files: Readonly<Record<string, string>>): Promise<unknown> => Promise.all(Object.entries(files).map(([name, data]) => writeFile(join(directory, name), data)));
  const context = (): Promise<unknown> => new CertificateStore([node.directory], []).context('x.io');
  await write({ 'ca.crt': `# ours\r\n${pem('ca.pem').replaceAll('\n', '\r\n')} theirs ${pem('stranger.pem')}`, 'a.cert': pem('client.pem') + pem('ca.pem'), 'a.key': pem('client.key'), README: '' });
  await context();
  await write({ 'b.cert': pem('stranger.pem'), 'b.key': pem('stranger.key') });
  await assert.rejects(context(), { code: 'FailedPrecondition', message: /x\.io": expected no two pairs of NAME\.cert and NAME\.key whose keys are of one type$/ });
});
