/** certs.d through the socket: which authority makes a registry trusted, what is shown to one that asks for it, and what a pull says where neither is there. */
import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { buildImage, buildLayer } from '../fixtures/images/index.ts';
import type { BuiltImage } from '../fixtures/images/index.ts';
import { certificatePath, createRegistry, registryTls } from '../fixtures/registry/index.ts';
import type { Registry } from '../fixtures/registry/index.ts';
import { startNode } from '../harness/index.ts';
import type { TestNode } from '../harness/index.ts';

/** Where other runtimes look, too (containers-certs.d.5): no setting of davit's. */
const [FIRST, SECOND] = ['/etc/containers/certs.d', '/etc/docker/certs.d'] as const;

let image: BuiltImage;
let open: Registry;
let asking: Registry;
let node: TestNode;
const resources = new AsyncDisposableStack();

before(async () => {
  const directory = await mkdtemp(join(tmpdir(), 'davit-certificates-'));
  resources.defer(() => rm(directory, { recursive: true }));
  await shadowEtc(directory);
  open = resources.use(await createRegistry({ directory, port: 0, tls: registryTls() }));
  asking = resources.use(await createRegistry({ directory, port: 0, tls: registryTls({ askClient: true }) }));
  const layers = [await buildLayer(open.store, [{ path: 'file', type: 'file', data: Buffer.from('data') }], { compression: 'gzip' })];
  image = await buildImage(open.store, 'app', '1', { layers });
  node = resources.use(await startNode());
});
after(() => resources.disposeAsync());
afterEach(async () => {
  await node.davit.client.call('RemoveImage', { image: { image: image.imageId } });
  for (const directory of [FIRST, SECOND]) await rm(directory, { recursive: true, force: true });
});

/** What is written to /etc from here on goes to memory, in the mounts of this run alone. */
async function shadowEtc(directory: string): Promise<void> {
  const memory = join(directory, 'etc');
  await mkdir(memory);
  const mount = (...words: string[]): void => { execFileSync('mount', words); };
  mount('-t', 'tmpfs', 'davit-certificates', memory);
  resources.defer(() => { execFileSync('umount', [memory]); });
  for (const name of ['upper', 'work']) await mkdir(join(memory, name));
  mount('-t', 'overlay', '-o', `lowerdir=/etc,upperdir=${join(memory, 'upper')},workdir=${join(memory, 'work')}`, 'davit-certificates', '/etc');
  resources.defer(() => { execFileSync('umount', ['/etc']); });
}

/** Files of certificates/ by the name that they get for the registry. */
async function give(directory: string, { address }: Registry, files: Readonly<Record<string, string>>): Promise<void> {
  await mkdir(join(directory, address), { recursive: true });
  for (const [name, source] of Object.entries(files)) await copyFile(certificatePath(source), join(directory, address, name));
}

const pull = async ({ address }: Registry): Promise<string> => (await node.davit.client.call('PullImage', { image: { image: `${address}/app:1` } })).imageRef;
/** What a pull says, after the registry and whose credentials it was shown. */
const refusal = ({ address }: Registry, reason: RegExp): { message: RegExp } => ({ message: new RegExp(`^RegistryUnavailable: .*${address.replaceAll('.', '\\.')} \\(anonymous\\): .*${reason.source}`) });

for (const directory of [FIRST, SECOND]) {
  test(`an authority of ${directory} makes its registry trusted, and is read at each pull`, async () => {
    await assert.rejects(pull(open), refusal(open, /self-signed certificate in certificate chain/));
    await give(directory, open, { 'ca.crt': 'ca.pem' });
    assert.equal(await pull(open), image.imageId);
    await rm(join(directory, open.address), { recursive: true });
    await assert.rejects(pull(open), refusal(open, /self-signed certificate in certificate chain/));
  });
}

test('an authority that did not sign a registry\'s certificate is told as that', async () => {
  await give(FIRST, open, { 'ca.crt': 'stranger.pem' });
  await assert.rejects(pull(open), refusal(open, /self-signed certificate in certificate chain/));
});

test('a registry that wants a certificate is shown that of certs.d, and one that it does not know is told', async () => {
  await give(FIRST, asking, { 'ca.crt': 'ca.pem' });
  await assert.rejects(pull(asking), refusal(asking, /TLS: tlsv13 alert certificate required/));
  await give(FIRST, asking, { 'me.cert': 'stranger.pem', 'me.key': 'stranger.key' });
  await assert.rejects(pull(asking), refusal(asking, /the connection was cut/));
  await give(FIRST, asking, { 'me.cert': 'client.pem', 'me.key': 'client.key' });
  assert.equal(await pull(asking), image.imageId);
});

test('the first directory that has the registry counts, and a file of it that cannot be used is named', async () => {
  await give(SECOND, open, { 'ca.crt': 'ca.pem' });
  await give(FIRST, open, { 'me.cert': 'client.pem' });
  await assert.rejects(pull(open), { code: 'FailedPrecondition', message: new RegExp(`"${FIRST}/${open.address}/me\\.cert": expected NAME\\.cert and NAME\\.key`) });
});
