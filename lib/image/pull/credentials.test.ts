import { strict as assert } from 'node:assert';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { AuthConfig } from '#image';
import { PullNode, redirectTo, smallImage } from '../../../test/fixtures/pulls/index.ts';
import { BEARER_TOKEN } from '../../../test/fixtures/registry/index.ts';
import type { Fault, FaultTarget, Registry, RegistryAuth } from '../../../test/fixtures/registry/index.ts';

const signal = new AbortController().signal;
const USER = { username: 'bob', password: 'p:ss-w0rd' };
const AUTH = Buffer.from('bob:p:ss-w0rd').toString('base64');
const SECRETS = ['p:ss-w0rd', AUTH, 'refresh-secret', BEARER_TOKEN];

/** The name that a test pulls is the registry's own address, so that the request's credentials are for it. */
async function own(node: PullNode, auth?: RegistryAuth): Promise<{ registry: Registry; name: string; config: ReturnType<typeof redirectTo> }> {
  const registry = await node.registry('r', auth && { auth });
  await smallImage(registry, 'app', '1');
  const config = redirectTo([registry], { host: registry.address });
  return { registry, name: `${registry.address}/app:1`, config: { ...config, registries: config.registries.map((r) => ({ ...r, location: registry.address })) } };
}

const CASES: readonly { name: string; server: RegistryAuth; auth: AuthConfig }[] = [
  { name: 'basic with username and password', server: { type: 'basic', ...USER }, auth: USER },
  { name: 'basic with auth', server: { type: 'basic', ...USER }, auth: { auth: AUTH } },
  { name: 'a token without credentials', server: { type: 'bearer' }, auth: {} },
  { name: 'a token for username and password', server: { type: 'bearer', ...USER }, auth: USER },
  { name: 'a token for an identity token', server: { type: 'bearer', identityToken: 'refresh-secret' }, auth: { identityToken: 'refresh-secret' } },
  { name: 'a registry token', server: { type: 'bearer', realm: 'http://127.0.0.1:1/token' }, auth: { registryToken: BEARER_TOKEN } },
];

for (const { name, server, auth } of CASES) {
  test(`pull() authenticates by ${name}, and asks for one token at most`, async () => {
    await using node = await PullNode.open();
    const { registry, name: reference, config } = await own(node, server);
    await node.images(config).pull(reference, { signal, auth });
    assert.ok(registry.requests.filter((r) => r.kind === 'token').length <= 1);
    assert.equal(registry.requests.filter((r) => r.status === 401).length, auth.registryToken === undefined ? 1 : 0);
  });
}

for (const { name, server, auth } of CASES.filter((c) => Object.keys(c.auth).length > 0)) {
  test(`pull() without what it takes for ${name} names the endpoint and no secret`, async () => {
    await using node = await PullNode.open();
    const { name: reference, config } = await own(node, server);
    const wrong = { ...auth, ...(auth.password !== undefined && { password: `${auth.password}x` }), ...(auth.auth !== undefined && { auth: Buffer.from('bob:p:ss-w0rdx').toString('base64') }), ...(auth.identityToken !== undefined && { identityToken: 'refresh-secretx' }), ...(auth.registryToken !== undefined && { registryToken: `${BEARER_TOKEN}x` }) };
    await assert.rejects(node.images(config).pull(reference, { signal, auth: wrong }), (error: Error) => {
      assert.match(error.message, /127\.0\.0\.1:\d+ \(credentials from the pull request\): .*401/);
      for (const secret of SECRETS) assert.ok(!error.message.includes(secret));
      return true;
    });
  });
}

test('pull() with other credentials, or none, does not profit from one under way with the right ones', async () => {
  await using node = await PullNode.open();
  const { name, config } = await own(node, { type: 'basic', ...USER });
  const images = node.images(config);
  const outcomes = await Promise.allSettled([USER, { ...USER, password: 'wrong' }, undefined].map((auth) => images.pull(name, { signal, ...(auth && { auth }) })));
  assert.deepEqual(outcomes.map(({ status }) => status), ['fulfilled', 'rejected', 'rejected']);
});

test('a token that is said to be good for a second is used for the minute that it must be', async () => {
  await using node = await PullNode.open();
  const { registry, name, config } = await own(node, { type: 'bearer', expiresInSeconds: 1 });
  await node.images(config).pull(name, { signal });
  assert.equal(registry.requests.filter((r) => r.kind === 'token').length, 1);
});

for (const { secondsLeft, tokens } of [{ secondsLeft: 11, tokens: 1 }, { secondsLeft: 9, tokens: 2 }, { secondsLeft: -1, tokens: 2 }]) {
  test(`a token that has ${secondsLeft} of its 300 seconds left when blobs are asked for is ${tokens === 1 ? 'used' : 'renewed, once for all of them'}`, async (t) => {
    t.mock.timers.enable({ apis: ['Date'], now: Date.now() });
    const begun = Date.now();
    await using node = await PullNode.open();
    const { registry, name, config } = await own(node, { type: 'bearer', expiresInSeconds: 300 });
    const asked = (): number => registry.requests.filter((r) => r.kind === 'token').length;
    // The clock goes on while the manifest is on its way, for which there was a token.
    registry.faults.add({ when: ({ kind }) => { if (kind === 'manifest' && asked() > 0) t.mock.timers.setTime(begun + (300 - secondsLeft) * 1000); return false; }, action: { do: 'status', status: 500 } });
    await node.images(config).pull(name, { signal });
    assert.equal(Date.now() - begun, (300 - secondsLeft) * 1000);
    assert.ok(registry.requests.filter((r) => r.kind === 'blob').length > 1);
    assert.equal(asked(), tokens);
  });
}

test('pull() takes credentials from the file, the most specific key first', async () => {
  await using node = await PullNode.open();
  const { registry, name, config } = await own(node, { type: 'basic', ...USER });
  const authFile = join(node.directory, 'auth.json');
  await writeFile(authFile, JSON.stringify({ auths: { [registry.address]: { auth: Buffer.from('x:y').toString('base64') }, [`https://${registry.address}/app/`]: { auth: AUTH } } }));
  await node.images(config, { authFiles: [authFile] }).pull(name, { signal });
});

test('credentials of the request are not shown to a mirror, to another server address, or to the host of a redirect', async () => {
  await using node = await PullNode.open();
  const { registry, name, config } = await own(node, { type: 'basic', ...USER });
  const other = await node.registry('r');
  const withMirror = { ...config, registries: config.registries.map((r) => ({ ...r, mirrors: [{ location: other.address, insecure: true, pullFrom: 'all' as const }] })) };
  other.faults.add({ when: (t) => t.kind === 'manifest', action: { do: 'status', status: 401, headers: { 'www-authenticate': 'Basic realm="give me"' } } });
  other.faults.add({ when: (t) => t.kind === 'blob', action: { do: 'status', status: 404 } });
  // Neither what this host has been shown nor what it would have the next one be shown.
  const elsewhere = await node.registry('r');
  registry.faults.add({ when: (t) => t.kind === 'blob', action: { do: 'redirect', to: `http://user:pw@${elsewhere.address}` } });
  await node.images(withMirror).pull(name, { signal, auth: USER });
  assert.ok(other.requests.some((r) => r.kind === 'manifest') && other.requests.some((r) => r.kind === 'blob') && elsewhere.requests.some((r) => r.kind === 'blob'));
  assert.deepEqual([...other.requests, ...elsewhere.requests].filter((r) => r.headers.authorization !== undefined), []);
  registry.requests.length = 0;
  await assert.rejects(node.images(config).pull(name, { signal, auth: { ...USER, serverAddress: 'https://elsewhere.example.com' } }), /\(anonymous\): 401/);
  assert.deepEqual(registry.requests.filter((r) => r.headers.authorization !== undefined), []);
});

test('a challenge of the host that a redirect led to is not answered', async () => {
  await using node = await PullNode.open();
  const { registry, name, config } = await own(node);
  const other = await node.registry('r');
  registry.faults.add({ when: (t) => t.kind === 'blob', action: { do: 'redirect', to: `http://${other.address}` } });
  other.faults.add({ when: (t) => t.kind === 'blob', action: { do: 'status', status: 401, headers: { 'www-authenticate': `Bearer realm="http://${other.address}/token",service="x"` } } });
  await assert.rejects(node.images(config).pull(name, { signal, auth: USER }), /401/);
  assert.deepEqual(other.requests.filter((r) => r.kind === 'token' || r.headers.authorization !== undefined), []);
});

test('foreign layers are fetched from their urls without credentials when the registry lacks them', async () => {
  await using node = await PullNode.open();
  const registry = await node.registry('r', { auth: { type: 'basic', ...USER } });
  const elsewhere = await node.registry('r');
  await smallImage(registry, 'app', '1', { tamperManifest: (m) => {
    m.layers = m.layers.map((l) => ({ ...l, mediaType: 'application/vnd.oci.image.layer.nondistributable.v1.tar+gzip', urls: [`http://user:pw@${elsewhere.address}/v2/app/blobs/${l.digest}`] }));
    for (const { digest } of m.layers) registry.faults.add({ when: (t) => t.reference === digest, action: { do: 'status', status: 404 } });
  } });
  const config = redirectTo([registry], { host: registry.address });
  await node.images({ ...config, registries: config.registries.map((r) => ({ ...r, location: registry.address })) }).pull(`${registry.address}/app:1`, { signal, auth: USER });
  assert.equal(elsewhere.requests.length, 2);
  assert.deepEqual(elsewhere.requests.filter((r) => r.headers.authorization !== undefined), []);
});

test('a token server that asks for patience is left alone for so long, within the bound', async () => {
  await using node = await PullNode.open();
  const { registry, name, config } = await own(node, { type: 'bearer' });
  const isToken = (t: FaultTarget): boolean => t.kind === 'token';
  const throttled = (seconds: number): Fault => ({ when: isToken, times: 1, action: { do: 'status', status: 429, headers: { 'retry-after': String(seconds) } } });
  registry.faults.add(throttled(1));
  const begun = performance.now();
  await node.images(config).pull(name, { signal });
  assert.ok(performance.now() - begun >= 1000);
  assert.equal(registry.requests.filter(isToken).length, 2);
  registry.faults.add(throttled(3600));
  await assert.rejects(node.images(config).pull(name, { signal }), { message: /^RegistryUnavailable: .*token server .* answered 429 .*\(asks to wait 3600 s\)$/ });
});

test('the error of a pull has what the token server said, in a few words, and no more than that is read', async () => {
  await using node = await PullNode.open();
  const { registry, name, config } = await own(node, { type: 'bearer', ...USER });
  for (const [body, said] of [['{"details":"incorrect username or password"}', '401 Unauthorized: {"details":"incorrect username or password"}'], ['{"errors":[{"code":"DENIED","message":"access expired"}]}', '401 Unauthorized: DENIED: access expired'], ['x'.repeat(10_000_000), '401 Unauthorized']] as const) {
    registry.faults.clear();
    registry.faults.add({ when: (t) => t.kind === 'token', action: { do: 'status', status: 401, body } });
    await assert.rejects(node.images(config).pull(name, { signal, auth: USER }), (error: Error) => {
      assert.ok(error.message.endsWith(`token server http://${registry.address} answered ${said}`), error.message.slice(0, 1000));
      return true;
    });
  }
});

test('an endless token answer is refused', async () => {
  await using node = await PullNode.open();
  const { registry, name, config } = await own(node, { type: 'bearer' });
  registry.faults.add({ when: (t) => t.kind === 'token', action: { do: 'endless' } });
  await assert.rejects(node.images(config).pull(name, { signal }), { code: 'DataLoss', message: /longer than 1048576 bytes/ });
});

test('however many layers are challenged at once, one token is asked for', async () => {
  await using node = await PullNode.open();
  const { registry, config } = await own(node);
  const image = await smallImage(registry, 'app', 'six', { content: ['a', 'b', 'c', 'd', 'e', 'f'].map((seed) => ({ seed })) });
  registry.faults.add({ when: (t) => t.kind === 'token', action: { do: 'replace', body: Buffer.from('{"token":"t"}') } });
  for (const { descriptor } of image.layers) {
    registry.faults.add({ when: (t) => t.reference === descriptor.digest, times: 1, action: { do: 'status', status: 401, headers: { 'www-authenticate': `Bearer realm="http://${registry.address}/token",service="s"` } } });
  }
  await node.images(config).pull(`${registry.address}/app:six`, { signal });
  assert.equal(registry.requests.filter((r) => r.status === 401).length, 6);
  assert.equal(registry.requests.filter((r) => r.kind === 'token').length, 1);
});
