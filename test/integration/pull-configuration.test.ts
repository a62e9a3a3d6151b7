/** What the configuration, the environment and the request say about pulls reaches them: signature policies, credentials, short names, pins, proxies, the quota. */
import { strict as assert } from 'node:assert';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { messages } from '#cri';
import { buildImage, buildLayer, signImage } from '../fixtures/images/index.ts';
import type { BuiltImage } from '../fixtures/images/index.ts';
import { BEARER_TOKEN, createProxy, createRegistry } from '../fixtures/registry/index.ts';
import type { Proxy, Registry, RegistryAuth } from '../fixtures/registry/index.ts';
import { podConfig, startNode } from '../harness/index.ts';
import type { TestNode } from '../harness/index.ts';

const [SIGNED, CLOSED, OPEN, PROXIED] = ['signed.example.com', 'closed.example.com', 'open.example.com', 'proxied.example.com'] as const;
const KEY = generateKeyPairSync('ed25519');
const USER = { username: 'bob', password: 'p:ss' };
const AUTH = Buffer.from('bob:p:ss').toString('base64');
const AUTHS = {
  basic: { type: 'basic', ...USER }, bearer: { type: 'bearer', ...USER }, identity: { type: 'bearer', ...USER, identityToken: 'refresh' }, elsewhere: { type: 'bearer', realm: 'http://127.0.0.1:1/token' },
} as const satisfies Record<string, RegistryAuth>;

let directory: string;
let registry: Registry;
let proxy: Proxy;
let image: BuiltImage;
let guarded: Readonly<Record<keyof typeof AUTHS, Registry>>;
let node: TestNode;
const resources = new AsyncDisposableStack();

before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'davit-rules-'));
  resources.defer(() => rm(directory, { recursive: true }));
  registry = resources.use(await createRegistry({ directory, port: 0 }));
  proxy = resources.use(await createProxy(registry.address));
  const guard = async (auth: RegistryAuth): Promise<Registry> => resources.use(await createRegistry({ directory, port: 0, auth }));
  guarded = { basic: await guard(AUTHS.basic), bearer: await guard(AUTHS.bearer), identity: await guard(AUTHS.identity), elsewhere: await guard(AUTHS.elsewhere) };
  const layers = [await buildLayer(registry.store, [{ path: 'file', type: 'file', data: Buffer.from('data') }], { compression: 'gzip' })];
  for (const repository of ['app', 'filed', 'team', `${SIGNED}/app`, `${CLOSED}/app`, `${OPEN}/app`, `${OPEN}/pinned`]) image = await buildImage(registry.store, repository, '1', { layers });
  await writeFiles();
  node = resources.use(await startNode({ config: configuration(), env: { PATH: `${directory}:${process.env['PATH'] ?? ''}`, NO_PROXY: '', HTTP_PROXY: `http://${proxy.address}`, HTTPS_PROXY: `http://${proxy.address}` } }));
});
after(async () => {
  for (const { repoTags } of (await node.davit.client.call('ListImages', {})).images) for (const name of repoTags) await node.davit.client.call('RemoveImage', { image: { image: name } });
  await resources.disposeAsync();
});

const at = (name: string): string => join(directory, name);

function configuration(): string {
  return `[crio]\nstorage_option = ["overlay.size=1G"]\n[crio.image]\nsignature_policy = "${at('policy.json')}"\nsignature_policy_dir = "${at('policies')}"\nglobal_auth_file = "${at('auth.json')}"\nnamespaced_auth_dir = "${at('namespaced')}"\n`
    + `registries_conf_dir = "${at('registries.d')}"\nshort_name_mode = "permissive"\npinned_images = ["${OPEN}/pinned*"]\n`;
}

async function writeFiles(): Promise<void> {
  for (const name of ['policies', 'namespaced', 'registries.d']) await mkdir(at(name));
  await writeFile(at('key.pub'), KEY.publicKey.export({ type: 'spki', format: 'pem' }));
  await writeFile(at('policy.json'), JSON.stringify({ default: [{ type: 'insecureAcceptAnything' }], transports: { docker: {
    [CLOSED]: [{ type: 'reject' }], [SIGNED]: [{ type: 'sigstoreSigned', keyPath: at('key.pub'), signedIdentity: { type: 'matchRepository' } }],
  } } }));
  await writeFile(at('policies/strict.json'), JSON.stringify({ default: [{ type: 'reject' }] }));
  await writeFile(at('auth.json'), JSON.stringify({ auths: { [`${guarded.basic.address}/filed`]: { auth: AUTH } }, credHelpers: { [guarded.bearer.address]: 'rules' } }));
  await writeFile(at('docker-credential-rules'), `#!/bin/sh\necho '{"Username":"bob","Secret":"p:ss"}'\n`, { mode: 0o755 });
  const rule = (prefix: string, location: string): string => `[[registry]]\nprefix = "${prefix}"\nlocation = "${location}"\ninsecure = true\n`;
  await writeFile(at('registries.d/all.conf'), `unqualified-search-registries = ["${CLOSED}", "${OPEN}"]\n${[SIGNED, CLOSED, OPEN].map((host) => rule(host, `${registry.address}/${host}`)).join('')}${rule(PROXIED, PROXIED)}${Object.values(guarded).map(({ address }) => rule(address, address)).join('')}`);
}

interface Asked { readonly auth?: messages.Input<messages.AuthConfig>; readonly namespace?: string }

async function pull(name: string, { auth, namespace }: Asked = {}): Promise<string> {
  const pod = podConfig(node.davit, { name: 'asks' });
  const sandboxConfig = namespace === undefined ? undefined : { ...pod, metadata: { ...pod.metadata, namespace } };
  return (await node.davit.client.call('PullImage', { image: { image: name }, ...auth && { auth }, ...sandboxConfig && { sandboxConfig } })).imageRef;
}

test('signature_policy decides, by scope', async () => {
  await assert.rejects(pull(`${CLOSED}/app:1`), { message: /^SignatureValidationFailed: .*the signature policy rejects it/ });
  await assert.rejects(pull(`${SIGNED}/app:1`), { message: /^SignatureValidationFailed: .*no signature is attached/ });
  await signImage(registry.store, `${SIGNED}/app`, image.manifest.digest, [{ key: KEY.privateKey, name: `${SIGNED}/app` }]);
  assert.equal(await pull(`${SIGNED}/app:1`), image.imageId);
});

test('the policy of a pod\'s namespace counts in place of the node\'s', async () => {
  await assert.rejects(pull(`${OPEN}/app:1`, { namespace: 'strict' }), { message: /^SignatureValidationFailed: .*strict\.json/ });
  assert.equal(await pull(`${OPEN}/app:1`, { namespace: 'other' }), image.imageId);
});

for (const [name, server, auth] of [
  ['username and password', 'basic', USER], ['auth', 'basic', { auth: AUTH }], ['identity_token', 'identity', { identityToken: 'refresh' }], ['registry_token', 'elsewhere', { registryToken: BEARER_TOKEN }],
] as const satisfies readonly (readonly [string, keyof typeof AUTHS, messages.Input<messages.AuthConfig>])[]) {
  test(`credentials of the request: ${name}; those for another server_address are not shown`, async () => {
    const { address, requests } = guarded[server];
    await assert.rejects(pull(`${address}/app:1`), { message: /\(anonymous\): / });
    requests.length = 0;
    await assert.rejects(pull(`${address}/app:1`, { auth: { ...auth, serverAddress: 'https://elsewhere.example.com' } }), { message: /\(anonymous\): / });
    assert.ok(requests.every(({ headers }) => headers.authorization === undefined));
    assert.equal(await pull(`${address}/app:1`, { auth }), image.imageId);
  });
}

test('credentials of global_auth_file, of a helper that it names, and of a namespace\'s own file', async () => {
  const { basic, bearer } = guarded;
  assert.equal(await pull(`${basic.address}/filed:1`), image.imageId);
  assert.equal(await pull(`${bearer.address}/app:1`), image.imageId);
  await assert.rejects(pull(`${basic.address}/team:1`, { namespace: 'team' }), { message: /anonymous\): 401/ });
  const file = `team-${createHash('sha256').update(`${basic.address}/team`).digest('hex')}.json`;
  await writeFile(join(at('namespaced'), file), JSON.stringify({ auths: { [basic.address]: { auth: AUTH } } }));
  assert.equal(await pull(`${basic.address}/team:1`, { namespace: 'team' }), image.imageId);
  assert.deepEqual(await readdir(at('namespaced')), []);
});

test('drop-ins and short_name_mode decide about short names: in permissive mode each search registry in turn', async () => {
  assert.equal(await pull('pinned:1'), image.imageId);
});

test('pinned_images are told as pinned, until their name goes', async () => {
  const pinned = async (): Promise<boolean> => (await node.davit.client.call('ImageStatus', { image: { image: image.imageId } })).image?.pinned ?? assert.fail('no image');
  await node.davit.client.call('RemoveImage', { image: { image: image.imageId } });
  await pull(`${OPEN}/app:1`);
  assert.equal(await pinned(), false);
  await pull(`${OPEN}/pinned:1`);
  assert.equal(await pinned(), true);
});

test('the environment\'s proxies are asked for other hosts than the node itself', async () => {
  const before = proxy.asked.length;
  assert.equal(await pull(`${PROXIED}/app:1`), image.imageId);
  const asked = proxy.asked.slice(before);
  assert.equal(asked[0], `${PROXIED}:443`);
  assert.ok(asked.includes(`http://${PROXIED}/v2/app/manifests/1`), asked.join());
  assert.ok(proxy.asked.every((url) => url.includes(PROXIED)), 'loopback goes through no proxy');
});

test('a quota that the file system cannot keep is said in Status and in the log', async () => {
  const { info } = await node.davit.client.call('Status', { verbose: true });
  const { storage: { writableQuota: { limits, reason } } } = JSON.parse(info['config'] ?? '{}') as { storage: { writableQuota: { limits: boolean; reason: string } } };
  if (limits) return;
  assert.match(reason, /mount(ed)? .*with prjquota/);
  assert.match(node.davit.log(), /writable layers of containers are not limited .*overlay\.size=1G/);
});
