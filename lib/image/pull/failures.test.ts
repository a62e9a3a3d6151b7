/** What a pull must withstand: each failure has an error that names the thing, leaves nothing in staging, and the retry works. */
import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { DataLossError, DavitError, FailedPreconditionError, InvalidArgumentError, NotFoundError, UnimplementedError, UnknownError } from '#errors';
import type { PullLimits } from '#image';
import { buildIndex } from '../../../test/fixtures/images/index.ts';
import type { ManifestDocument } from '../../../test/fixtures/images/index.ts';
import { HANG_MS, PullNode, redirectTo, smallImage } from '../../../test/fixtures/pulls/index.ts';
import type { Fault, FaultTarget } from '../../../test/fixtures/registry/index.ts';

const signal = new AbortController().signal;
const NAME = 'example.com/app:1';
const LAYER_BYTES = 300_000;
const CONTENT = [{ seed: 'a', bytes: LAYER_BYTES }, { seed: 'b', bytes: LAYER_BYTES }, { seed: 'c' }];

const isManifest = (t: FaultTarget): boolean => t.kind === 'manifest';
const isBlob = (t: FaultTarget): boolean => t.kind === 'blob';
const always = (when: Fault['when'], action: Fault['action']): Fault[] => [{ action, ...(when && { when }) }];

interface Case { readonly name: string; readonly faults: (registry: string) => Fault[]; readonly type: new (m: string) => DavitError; readonly message: RegExp; readonly limits?: Partial<PullLimits> }

/** Enough for a small layer to be staged on a busy machine. */
const STAGED_MS = 3000;
const NO_ANSWER = { headersTimeoutMs: HANG_MS };
/** A trickle does not reach it. */
const SLOW_BODY = { minBytesPerSecond: 100_000, rateWindowMs: HANG_MS };
const NO_BODY = { idleBodyTimeoutMs: HANG_MS };

const CASES: readonly Case[] = [
  { name: 'manifest: 500', faults: () => always(isManifest, { do: 'status', status: 500, body: 'boom' }), type: UnknownError, message: /^RegistryUnavailable: pull image "example.com\/app:1": manifest 1: 127\.0\.0\.1:\d+ \(anonymous\): 500 .*boom$/ },
  { name: 'manifest: 404', faults: () => always(isManifest, { do: 'status', status: 404, body: '{"errors":[{"code":"MANIFEST_UNKNOWN","message":"no such tag"}]}' }), type: NotFoundError, message: /manifest 1: .*404.*MANIFEST_UNKNOWN: no such tag/ },
  { name: 'manifest: 403', faults: () => always(isManifest, { do: 'status', status: 403 }), type: FailedPreconditionError, message: /anonymous\): 403/ },
  { name: 'manifest: 404 in other words than registries have', faults: () => always(isManifest, { do: 'status', status: 404, body: '{"errors":[],"detail":"no\\u0007 such tag"}' }), type: NotFoundError, message: /404 Not Found: \{"errors":\[\],"detail":"no\\u0007 such tag"\}$/ },
  { name: 'manifest: hangs', faults: () => always(isManifest, { do: 'hang' }), type: UnknownError, message: /^RegistryUnavailable: .*no answer after 1000 ms/, limits: NO_ANSWER },
  { name: 'manifest: hangs in the body', faults: () => always(isManifest, { do: 'hang-body', afterBytes: 10 }), type: UnknownError, message: /^RegistryUnavailable: .*no byte of the body for 1000 ms/, limits: NO_BODY },
  { name: 'manifest: cut', faults: () => always(isManifest, { do: 'cut', afterBytes: 10 }), type: UnknownError, message: /^RegistryUnavailable: .*cut/ },
  { name: 'manifest: a web page', faults: () => always(isManifest, { do: 'replace', body: Buffer.from('<html>log in</html>'), contentType: 'text/html' }), type: DataLossError, message: /no JSON/ },
  { name: 'manifest: endless', faults: () => always(isManifest, { do: 'endless' }), type: DataLossError, message: /longer than 4194304 bytes/ },
  { name: 'manifest: redirects without end', faults: (registry) => always(isManifest, { do: 'redirect', to: `http://${registry}` }), type: DataLossError, message: /more than 10 redirects/ },
  { name: 'blob: 500', faults: () => always(isBlob, { do: 'status', status: 500 }), type: UnknownError, message: /^RegistryUnavailable: .*sha256:[0-9a-f]{64}: .*500/ },
  { name: 'blob: 404', faults: () => always(isBlob, { do: 'status', status: 404 }), type: NotFoundError, message: /sha256:[0-9a-f]{64}.*404/ },
  { name: 'blob: hangs', faults: () => always(isBlob, { do: 'hang' }), type: UnknownError, message: /^RegistryUnavailable: .*no answer/, limits: NO_ANSWER },
  { name: 'blob: hangs in the body', faults: () => always(isBlob, { do: 'hang-body', afterBytes: 100 }), type: UnknownError, message: /^RegistryUnavailable: .*no byte of the body/, limits: NO_BODY },
  { name: 'blob: cut again and again', faults: () => always(isBlob, { do: 'cut', afterBytes: 100 }), type: UnknownError, message: /^RegistryUnavailable: .*cut/ },
  { name: 'blob: wrong bytes', faults: () => always(isBlob, { do: 'corrupt', atByte: 20 }), type: DataLossError, message: /digest sha256:[0-9a-f]{64}; expected sha256/ },
  { name: 'blob: wrong size', faults: () => always(isBlob, { do: 'replace', body: Buffer.alloc(7) }), type: DataLossError, message: /sends 7 bytes where the manifest says/ },
  { name: 'blob: endless', faults: () => always(isBlob, { do: 'endless' }), type: DataLossError, message: /longer than the \d+ bytes that the manifest says/ },
  { name: 'blob: shorter than said', faults: () => always(isBlob, { do: 'resize', by: -1 }), type: DataLossError, message: /sends \d+ bytes where the manifest says/ },
  { name: 'blob: shorter, without a length', faults: () => always(isBlob, { do: 'resize', by: -1, withoutLength: true }), type: UnknownError, message: /^RegistryUnavailable: .*the body ended at \d+ of \d+ bytes/ },
  { name: 'blob: longer, without a length', faults: () => always(isBlob, { do: 'resize', by: 1, withoutLength: true }), type: DataLossError, message: /longer than the \d+ bytes that the manifest says/ },
  { name: 'blob: compressed on the way', faults: () => always(isBlob, { do: 'gzip-encoding' }), type: DataLossError, message: /encoded as gzip, although identity was asked for/ },
  { name: 'blob: trickles', faults: () => always(isBlob, { do: 'trickle', chunkBytes: 10, everyMs: 5 }), type: UnknownError, message: /^RegistryUnavailable: .*bytes a second over \d+ ms; expected at least 100000/, limits: SLOW_BODY },
  { name: 'manifest: trickles', faults: () => always(isManifest, { do: 'trickle', chunkBytes: 1, everyMs: 5 }), type: UnknownError, message: /^RegistryUnavailable: .*expected at least 100000/, limits: SLOW_BODY },
  { name: 'manifest: an error whose text never ends', faults: () => always(isManifest, { do: 'status', status: 404, body: 'x'.repeat(10_000_000) }), type: NotFoundError, message: /404/ },
  { name: 'manifest: 401 again and again', faults: (registry) => always(isManifest, { do: 'status', status: 401, headers: { 'www-authenticate': `Bearer realm="http://${registry}/token",service="s"` } }), type: FailedPreconditionError, message: /anonymous\): token server .* answered 404/ },
  { name: 'throttled until a date too far away', faults: () => always(isManifest, { do: 'status', status: 503, headers: { 'retry-after': new Date(Date.now() + 3_600_000).toUTCString() } }), type: UnknownError, message: /^RegistryUnavailable: .*503.*asks to wait 3(600|5\d\d) s/ },
  { name: 'layer only: wrong bytes', faults: () => [{ when: isBlob, times: 1, action: { do: 'ignore-range' } }, ...always(isBlob, { do: 'corrupt', atByte: 1000 })], type: DataLossError, message: /digest is sha256:[0-9a-f]{64}, expected sha256/ },
  { name: 'throttled for longer than we wait', faults: () => always(isManifest, { do: 'status', status: 429, headers: { 'retry-after': '3600' } }), type: UnknownError, message: /^RegistryUnavailable: .*429.*asks to wait 3600 s/ },
];

for (const c of CASES) {
  test(`pull() survives ${c.name}`, async () => {
    await using node = await PullNode.open();
    const registry = await node.registry();
    const image = await smallImage(registry, 'example.com/app', '1', { content: CONTENT, compression: 'plain' });
    const images = node.images(redirectTo([registry]), { limits: c.limits ?? {} });
    for (const fault of c.faults(registry.address)) registry.faults.add(fault);
    await assert.rejects(images.pull(NAME, { signal }), (error) => {
      assert.ok(error instanceof c.type, String(error));
      assert.match(error.message, c.message);
      assert.match(error.message, /pull image "example\.com\/app:1": /);
      return true;
    });
    assert.deepEqual([...node.storage.staging], []);
    assert.deepEqual(images.list(), []);
    registry.faults.clear();
    assert.equal((await node.images(redirectTo([registry])).pull(NAME, { signal })).imageId, image.imageId);
  });
}

const LIES: readonly { name: string; tamper: (m: ManifestDocument) => void; type: new (m: string) => DavitError; message: RegExp }[] = [
  { name: 'a layer that is said to be shorter', tamper: (m) => { m.layers[0] = { ...first(m), size: 10 }; }, type: DataLossError, message: /sends \d+ bytes where the manifest says 10/ },
  { name: 'a layer that is said to be longer', tamper: (m) => { m.layers[0] = { ...first(m), size: 1e9 }; }, type: DataLossError, message: /sends \d+ bytes where the manifest says 1000000000/ },
  { name: 'a config that is said to be longer', tamper: (m) => { m.config = { ...m.config, size: m.config.size + 1 }; }, type: DataLossError, message: /where the manifest says/ },
  { name: 'a config of a gigabyte', tamper: (m) => { m.config = { ...m.config, size: 2 ** 30 }; }, type: DataLossError, message: /expected at most 4194304/ },
  { name: 'a negative size', tamper: (m) => { m.layers[0] = { ...first(m), size: -1 }; }, type: DataLossError, message: /layers\[0\]\.size is -1/ },
  { name: 'a digest with a path in it', tamper: (m) => { m.layers[0] = { ...first(m), digest: 'sha256:../../../etc/passwd' }; }, type: DataLossError, message: /layers\[0\]\.digest is "sha256:\.\..*hex digits/ },
  { name: 'a digest of another layer', tamper: (m) => { m.layers[0] = { ...first(m), digest: `sha256:${'0'.repeat(64)}` }; }, type: NotFoundError, message: /BLOB_UNKNOWN/ },
  { name: 'a layer too few', tamper: (m) => { m.layers.pop(); }, type: DataLossError, message: /the manifest has 2 layers, the image config 3 diff_ids/ },
  { name: 'a layer of an unknown type', tamper: (m) => { m.layers[0] = { ...first(m), mediaType: 'text/plain' }; }, type: InvalidArgumentError, message: /is of type "text\/plain"/ },
  { name: 'an encrypted layer', tamper: (m) => { m.layers[0] = { ...first(m), mediaType: `${first(m).mediaType}+encrypted` }; }, type: UnimplementedError, message: /is encrypted/ },
  { name: 'schema 1', tamper: (m) => { m.schemaVersion = 1; }, type: UnimplementedError, message: /schema version 1/ },
  { name: 'the fields of an index as well', tamper: (m) => { m['manifests'] = []; }, type: DataLossError, message: /of an index and of a manifest/ },
  { name: 'a chart instead of an image', tamper: (m) => { m.config = { ...m.config, mediaType: 'application/vnd.cncf.helm.config.v1+json' }; }, type: InvalidArgumentError, message: /helm.*expected a container image/ },
];

for (const lie of LIES) {
  test(`pull() refuses a manifest with ${lie.name}`, async () => {
    await using node = await PullNode.open();
    const registry = await node.registry();
    await smallImage(registry, 'example.com/app', '1', { content: CONTENT, tamperManifest: lie.tamper });
    const images = node.images(redirectTo([registry]));
    await assert.rejects(images.pull(NAME, { signal }), (error) => {
      assert.ok(error instanceof lie.type, String(error));
      assert.match(error.message, lie.message);
      return true;
    });
    assert.deepEqual([...node.storage.staging], []);
    await smallImage(registry, 'example.com/app', '1', { content: CONTENT });
    await images.pull(NAME, { signal });
  });
}

test('pull() refuses a manifest whose Content-Type says something else', async () => {
  await using node = await PullNode.open();
  const registry = await node.registry();
  const image = await smallImage(registry, 'example.com/app', undefined);
  const bytes = (await registry.store.manifest('example.com/app', image.manifest.digest))?.bytes ?? Buffer.alloc(0);
  await registry.store.putManifest('example.com/app', '1', 'application/vnd.oci.image.index.v1+json', bytes);
  await assert.rejects(node.images(redirectTo([registry])).pull(NAME, { signal }), { code: 'DataLoss', message: /the registry calls it "application\/vnd.oci.image.index.v1\+json", the document itself/ });
});

test('pull() refuses a config whose diffID is not the layer\'s', async () => {
  await using node = await PullNode.open();
  const registry = await node.registry();
  await smallImage(registry, 'example.com/app', '1', { tamperConfig: (c) => { (c['rootfs'] as { diff_ids: string[] }).diff_ids[0] = `sha256:${'1'.repeat(64)}`; } });
  await assert.rejects(node.images(redirectTo([registry])).pull(NAME, { signal }), { code: 'DataLoss', message: /expected sha256:1{64}/ });
});

test('pull() says which platforms an index has when ours is missing', async () => {
  await using node = await PullNode.open();
  const registry = await node.registry();
  const other = await smallImage(registry, 'example.com/app', undefined);
  await buildIndex(registry.store, 'example.com/app', '1', [{ ...other.manifest, platform: { os: 'linux', architecture: 'mips', variant: 'v9' } }, { ...other.manifest, platform: { os: 'unknown', architecture: 'unknown' } }]);
  await assert.rejects(node.images(redirectTo([registry])).pull(NAME, { signal }), { code: 'NotFound', message: /no image for linux\/\w+ in index sha256:\w+; it has linux\/mips\/v9$/ });
});

test('pull() by a digest that the registry answers with another document is refused', async () => {
  await using node = await PullNode.open();
  const registry = await node.registry();
  await smallImage(registry, 'example.com/app', '1');
  const wrong = `sha256:${'2'.repeat(64)}`;
  registry.faults.add({ when: isManifest, action: { do: 'replace', body: Buffer.from('{}'), contentType: 'application/vnd.oci.image.manifest.v1+json' } });
  await assert.rejects(node.images(redirectTo([registry])).pull(`example.com/app@${wrong}`, { signal }), { code: 'DataLoss', message: new RegExp(`expected ${wrong}`) });
});

test('pull() from a host that refuses connections is RegistryUnavailable', async () => {
  await using node = await PullNode.open();
  const registry = await node.registry();
  await registry[Symbol.asyncDispose]();
  await assert.rejects(node.images(redirectTo([registry])).pull(NAME, { signal }), { code: 'Unknown', message: /^RegistryUnavailable: .*ECONNREFUSED/ });
});

test('pull() goes on after a 429 that asks for a short wait, and after a 500 that passes', async () => {
  await using node = await PullNode.open();
  const registry = await node.registry('r', { faults: [
    { when: isManifest, times: 1, action: { do: 'status', status: 429, headers: { 'retry-after': '0' } } },
    { when: isManifest, times: 1, action: { do: 'status', status: 500 } },
    { when: isBlob, times: 1, action: { do: 'status', status: 503 } },
  ] });
  await smallImage(registry, 'example.com/app', '1');
  await node.images(redirectTo([registry])).pull(NAME, { signal });
  assert.deepEqual(registry.requests.map(({ status }) => status).filter((status) => status >= 400).sort(), [429, 500, 503]);
});

test('pull() goes on inside a body that is cut, at the byte where it was, also when the server ignores Range', async () => {
  for (const resume of [[], [{ when: isBlob, action: { do: 'ignore-range' } }]] as Fault[][]) {
    await using node = await PullNode.open();
    const registry = await node.registry();
    const image = await smallImage(registry, 'example.com/app', '1', { content: [{ seed: 'a', bytes: LAYER_BYTES }], compression: 'plain' });
    const isLayer = (t: FaultTarget): boolean => t.reference === image.layers[0]?.descriptor.digest;
    registry.faults.add({ when: isLayer, times: 1, action: { do: 'cut', afterBytes: 100_000 } });
    for (const fault of resume) registry.faults.add(fault);
    await node.images(redirectTo([registry])).pull(NAME, { signal });
    const asked = registry.requests.filter(isLayer).map((r) => r.headers.range);
    assert.equal(asked[0], undefined);
    assert.match(asked[1] ?? '', /^bytes=\d+-$/);
    assert.ok(Number(/\d+/.exec(asked[1] ?? '')?.[0]) > 0);
    assert.equal(node.storage.begun.length, 1);
  }
});

for (const text of ['', 'app/UPPER', 'app@sha256:12', 'app:bad tag', 'a'.repeat(64), 'http://x/y', '-x/y:z', `app@md5:${'0'.repeat(32)}`]) {
  test(`pull() refuses the reference "${text.slice(0, 20)}" before any request`, async () => {
    await using node = await PullNode.open();
    const registry = await node.registry();
    await assert.rejects(node.images(redirectTo([registry])).pull(text, { signal }), InvalidArgumentError);
    assert.equal(registry.requests.length, 0);
  });
}

function first(manifest: ManifestDocument): ManifestDocument['config'] {
  const [layer] = manifest.layers;
  assert.ok(layer);
  return layer;
}

test('a layer that was staged before another one failed does not stay', async () => {
  await using node = await PullNode.open();
  const registry = await node.registry();
  const image = await smallImage(registry, 'example.com/app', '1');
  registry.faults.add({ when: (t) => t.reference === image.layers[1]?.descriptor.digest, action: { do: 'hang' } });
  let staged = false;
  const images = node.images(redirectTo([registry]), { limits: { headersTimeoutMs: STAGED_MS } });
  await assert.rejects(images.pull(NAME, { signal, onProgress: (p) => { staged ||= p.layers[0]?.stage === 'unpacked'; } }), { code: 'Unknown' });
  assert.ok(staged);
  assert.deepEqual([...node.storage.staging], []);
});

test('pulling again heals an image that has lost a layer', async () => {
  await using node = await PullNode.open();
  const registry = await node.registry();
  await smallImage(registry, 'example.com/app', '1');
  const images = node.images(redirectTo([registry]));
  await images.pull(NAME, { signal });
  const lost = images.resolve(NAME)?.chainIDs[0] ?? '';
  node.storage.committed.delete(lost);
  await images.pull(NAME, { signal });
  assert.equal(node.storage.begun.length, 3);
  assert.ok(node.storage.layers.has(lost));
});
