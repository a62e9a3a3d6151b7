import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { HANG_MS, PullNode, redirectTo, smallImage } from '../../../test/fixtures/pulls/index.ts';
import type { FaultTarget, Registry } from '../../../test/fixtures/registry/index.ts';

const signal = new AbortController().signal;
const NAME = 'example.com/app:1';
const LAYER_BYTES = 300_000;
const isBlob = (t: FaultTarget): boolean => t.kind === 'blob';

async function mirrorAndPrimary(node: PullNode): Promise<{ mirror: Registry; primary: Registry; layer: string; imageId: string }> {
  const [mirror, primary] = [await node.registry('mirror'), await node.registry('primary')];
  let image;
  for (const registry of [mirror, primary]) image = await smallImage(registry, 'example.com/app', '1', { content: [{ seed: 'a', bytes: LAYER_BYTES }], compression: 'plain' });
  return { mirror, primary, layer: image?.layers[0]?.descriptor.digest ?? '', imageId: image?.imageId ?? '' };
}

test('pull() asks the mirrors first and keeps the original name', async () => {
  await using node = await PullNode.open();
  const { mirror, primary, imageId } = await mirrorAndPrimary(node);
  const images = node.images(redirectTo([mirror, primary]));
  await images.pull(NAME, { signal });
  assert.deepEqual(images.resolve(imageId)?.repoTags, [NAME]);
  assert.equal(primary.requests.length, 0);
});

for (const [name, action] of [
  ['answers 500', { do: 'status', status: 500 }], ['does not have the image', { do: 'status', status: 404 }], ['wants credentials', { do: 'status', status: 401 }],
  ['hangs', { do: 'hang' }], ['throttles', { do: 'status', status: 429, headers: { 'retry-after': '3600' } }], ['answers with a web page', { do: 'replace', body: Buffer.from('<html>'), contentType: 'text/html' }],
] as const) {
  test(`pull() goes on with the next endpoint when a mirror ${name}`, async () => {
    await using node = await PullNode.open();
    const { mirror, primary, imageId } = await mirrorAndPrimary(node);
    mirror.faults.add({ action });
    const limits = action.do === 'hang' ? { headersTimeoutMs: HANG_MS } : {};
    assert.equal((await node.images(redirectTo([mirror, primary]), { limits }).pull(NAME, { signal })).imageId, imageId);
  });
}

test('pull() goes on at the next endpoint in the middle of a body, at the byte where the mirror broke', async () => {
  await using node = await PullNode.open();
  const { mirror, primary, layer } = await mirrorAndPrimary(node);
  mirror.faults.add({ when: (t) => t.reference === layer, action: { do: 'cut', afterBytes: 100_000 } });
  await node.images(redirectTo([mirror, primary])).pull(NAME, { signal });
  const asked = primary.requests.filter((r) => r.reference === layer);
  assert.match(asked[0]?.headers.range ?? '', /^bytes=[1-9]\d*-$/);
  assert.deepEqual(node.storage.begun, [layer]);
});

test('pull() leaves out a mirror whose bytes are wrong, and fetches the blob anew', async () => {
  await using node = await PullNode.open();
  const { mirror, primary, layer, imageId } = await mirrorAndPrimary(node);
  mirror.faults.add({ when: isBlob, action: { do: 'corrupt', atByte: 50 } });
  assert.equal((await node.images(redirectTo([mirror, primary])).pull(NAME, { signal })).imageId, imageId);
  assert.deepEqual(node.storage.begun, [layer, layer]);
});

test('the error of a pull names each endpoint with its answer', async () => {
  await using node = await PullNode.open();
  const { mirror, primary } = await mirrorAndPrimary(node);
  mirror.faults.add({ action: { do: 'status', status: 404 } });
  primary.faults.add({ action: { do: 'status', status: 503 } });
  await assert.rejects(node.images(redirectTo([mirror, primary])).pull(NAME, { signal }), (error: Error) => {
    assert.match(error.message, /^RegistryUnavailable: /);
    assert.ok(error.message.includes(`${mirror.address} (mirror, anonymous): 404`), error.message);
    assert.ok(error.message.includes(`${primary.address} (anonymous): 503`), error.message);
    return true;
  });
});

test('a mirror that does not answer costs one wait and not one for each blob', async () => {
  await using node = await PullNode.open();
  const { mirror, primary } = await mirrorAndPrimary(node);
  mirror.faults.add({ action: { do: 'hang' } });
  await node.images(redirectTo([mirror, primary]), { limits: { headersTimeoutMs: HANG_MS } }).pull(NAME, { signal });
  assert.deepEqual(mirror.requests.map((r) => r.kind), ['manifest']);
});

test('a digest-only mirror is not asked for a tag', async () => {
  await using node = await PullNode.open();
  const { mirror, primary } = await mirrorAndPrimary(node);
  const digest = (await primary.store.manifest('example.com/app', '1'))?.digest ?? '';
  const images = node.images(redirectTo([mirror, primary], { pullFrom: 'digest-only' }));
  await images.pull(NAME, { signal });
  assert.equal(mirror.requests.length, 0);
  await images.pull(`example.com/app@${digest}`, { signal });
  assert.ok(mirror.requests.length > 0);
});

test('a blocked registry is refused with the file that blocks it', async () => {
  await using node = await PullNode.open();
  const registry = await node.registry();
  const config = redirectTo([registry]);
  const blocked = { ...config, registries: config.registries.map((r) => ({ ...r, blocked: true })) };
  await assert.rejects(node.images(blocked).pull(NAME, { signal }), { code: 'FailedPrecondition', message: /"example\.com" is blocked in test\.conf/ });
  assert.equal(registry.requests.length, 0);
});

test('a short name is looked for in each search registry in turn', async () => {
  await using node = await PullNode.open();
  const registry = await node.registry();
  const image = await smallImage(registry, 'second.example.com/tool', 'latest');
  const rules = ['first.example.com', 'second.example.com'].flatMap((host) => redirectTo([registry], { host }).registries);
  const images = node.images({ registries: rules, unqualifiedSearchRegistries: ['first.example.com', 'second.example.com'], shortNameMode: 'permissive', aliases: {}, credentialHelpers: [], warnings: [] });
  assert.equal((await images.pull('tool', { signal })).imageId, image.imageId);
  assert.deepEqual(images.resolve('tool')?.repoTags, ['second.example.com/tool:latest']);
});

test('a short name that no search registry gives: the error has what each of them said', async () => {
  await using node = await PullNode.open();
  const registries = [await node.registry(), await node.registry(), await node.registry()];
  const hosts = registries.map((_, i) => `r${i}.example.com`);
  registries[0]?.faults.add({ action: { do: 'status', status: 404 } });
  registries[1]?.faults.add({ action: { do: 'status', status: 503 } });
  registries[2]?.faults.add({ action: { do: 'status', status: 403 } });
  const rules = registries.flatMap((registry, i) => redirectTo([registry], { host: hosts[i] ?? '' }).registries);
  const pull = (unqualifiedSearchRegistries: string[]): Promise<unknown> => node.images({ registries: rules, unqualifiedSearchRegistries, shortNameMode: 'permissive', aliases: {}, credentialHelpers: [], warnings: [] }).pull('tool', { signal });
  const [none = '', down = '', closed = ''] = hosts;
  await assert.rejects(pull([none, down]), { code: 'Unknown', message: /^RegistryUnavailable: pull image "r1\.example\.com\/tool:latest": .* 503 .*; before that: pull image "r0\.example\.com\/tool:latest": .* 404 / });
  await assert.rejects(pull([none, down, closed]), { code: 'FailedPrecondition', message: /^pull image "r2\..* 403 .*; before that: RegistryUnavailable: pull image "r1\..* 503 .*; before that: pull image "r0\..* 404 / });
  await assert.rejects(pull([none]), (error: Error) => !error.message.includes('before that'));
});

test('a verified https endpoint is not fallen back to http', async () => {
  await using node = await PullNode.open();
  const { primary } = await mirrorAndPrimary(node);
  const config = redirectTo([primary]);
  const secure = { ...config, registries: config.registries.map((r) => ({ ...r, insecure: false })) };
  await assert.rejects(node.images(secure).pull(NAME, { signal }), { code: 'Unknown', message: /^RegistryUnavailable: / });
  assert.equal(primary.requests.length, 0);
});
