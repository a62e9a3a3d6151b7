import { strict as assert } from 'node:assert';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
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
