import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { hostPlatform } from '../platform.ts';
import { matchingManifests } from './choose-manifest.ts';
import { parseImageConfig } from './image-config.ts';
import { parseManifest } from './manifest.ts';
import type { Descriptor } from './manifest.ts';
import { isForeignLayerType, isLayerType } from './media-types.ts';
import { resolveImage } from './resolve-image.ts';

const D = `sha256:${'a'.repeat(64)}`;
const OCI = 'application/vnd.oci.image.manifest.v1+json';
const INDEX = 'application/vnd.oci.image.index.v1+json';
const descriptor = { mediaType: 'application/vnd.oci.image.config.v1+json', digest: D, size: 1 };
const manifest = { schemaVersion: 2, mediaType: OCI, config: descriptor, layers: [descriptor] };
const bytes = (document: unknown): Buffer => Buffer.from(typeof document === 'string' ? document : JSON.stringify(document));

for (const [name, document, type, kind] of [
  ['a manifest', manifest, OCI, 'manifest'], ['a manifest without mediaType', { ...manifest, mediaType: undefined }, OCI, 'manifest'], ['a manifest of a server that knows no types', manifest, 'text/plain', 'manifest'],
  ['a Docker manifest', { ...manifest, mediaType: 'application/vnd.docker.distribution.manifest.v2+json' }, 'application/vnd.docker.distribution.manifest.v2+json', 'manifest'],
  ['an index', { schemaVersion: 2, manifests: [] }, INDEX, 'index'],
] as const) {
  test(`parseManifest() takes ${name}`, () => assert.equal(parseManifest(bytes(document), type).kind, kind));
}

for (const [named, document, refused] of [
  [INDEX, manifest, /an index, and it is a manifest/], [OCI, { schemaVersion: 2, manifests: [] }, /a manifest, and it is an index/], [INDEX, { schemaVersion: 2, manifests: [] }, undefined], [OCI, manifest, undefined],
  // Nobody reads one for the other: their fields are the same.
  ['application/vnd.docker.distribution.manifest.v2+json', manifest, undefined], ['', manifest, undefined],
] as const) {
  test(`parseManifest() ${refused ? 'refuses' : 'takes'} ${'layers' in document ? 'a manifest' : 'an index'} that an index names as ${JSON.stringify(named)}`, () => {
    const parse = (): unknown => parseManifest(bytes(document), 'layers' in document ? OCI : INDEX, named);
    if (refused) assert.throws(parse, { code: 'DataLoss', message: refused });
    else parse();
  });
}

for (const [name, document, type, code, message] of [
  ['no JSON', '<', OCI, 'DataLoss', /no JSON/], ['bad UTF-8', '\ud800', OCI, 'DataLoss', /no JSON/], ['a list', [], OCI, 'DataLoss', /no JSON object/], ['null', null, OCI, 'DataLoss', /no JSON object/],
  ['no version', { ...manifest, schemaVersion: undefined }, OCI, 'DataLoss', /schemaVersion is missing/],
  ['schema 1 by type', manifest, 'application/vnd.docker.distribution.manifest.v1+prettyjws', 'Unimplemented', /schema version 1/],
  ['schema 1 by version', { schemaVersion: 1, fsLayers: [] }, '', 'Unimplemented', /schema version 1/],
  ['both forms', { ...manifest, manifests: [] }, OCI, 'DataLoss', /of an index and of a manifest/],
  ['neither form', { schemaVersion: 2 }, OCI, 'DataLoss', /neither/],
  ['an index that is called a manifest', { schemaVersion: 2, manifests: [] }, OCI, 'DataLoss', /an index is called/],
  ['a manifest that is called an index', { ...manifest, mediaType: undefined }, INDEX, 'DataLoss', /a manifest is called/],
  ['another type than the header', manifest, INDEX, 'DataLoss', /the document itself/],
  ['an artifact', { ...manifest, artifactType: 'a/b' }, OCI, 'InvalidArgument', /artifact/],
  ['a size that is text', { ...manifest, config: { ...descriptor, size: '1' } }, OCI, 'DataLoss', /config\.size/],
  ['a size beyond 2^53', { ...manifest, config: { ...descriptor, size: 2 ** 60 } }, OCI, 'DataLoss', /config\.size/],
  ['an upper-case digest', { ...manifest, config: { ...descriptor, digest: D.toUpperCase() } }, OCI, 'DataLoss', /config\.digest/],
  ['too many layers', { ...manifest, layers: Array.from({ length: 501 }, () => descriptor) }, OCI, 'DataLoss', /501 layers/],
  ['layers that are no list', { ...manifest, layers: {} }, OCI, 'DataLoss', /layers is no list/],
] as const) {
  test(`parseManifest() refuses ${name}`, () => assert.throws(() => parseManifest(bytes(document), type), { code, message }));
}

const entry = (name: string, platform: string | undefined, annotations: Record<string, unknown> = {}): Descriptor => {
  const [os = '', architecture = '', variant = ''] = platform?.split('/') ?? [];
  return { mediaType: name, digest: D, size: 1, urls: [], annotations, ...(platform !== undefined && { platform: { os, architecture, variant } }) };
};
const ZSTD = { 'io.github.containers.compression.zstd': 'true' };

for (const [name, arch, entries, expected] of [
  ['the host\'s own', 'x64', [entry('arm', 'linux/arm64'), entry('mine', 'linux/amd64')], ['mine']],
  ['not another system', 'x64', [entry('win', 'windows/amd64')], []],
  ['not an attestation', 'x64', [entry('att', 'unknown/unknown')], []],
  ['arm64 v8 before none', 'arm64', [entry('none', 'linux/arm64'), entry('v8', 'linux/arm64/v8')], ['v8', 'none']],
  ['arm from new to old', 'arm', [entry('v5', 'linux/arm/v5'), entry('v6', 'linux/arm/v6'), entry('v7', 'linux/arm/v7'), entry('v9', 'linux/arm/v9')], ['v7', 'v6', 'v5']],
  ['no platform last', 'x64', [entry('bare', undefined), entry('mine', 'linux/amd64')], ['mine', 'bare']],
  ['zstd among equals', 'x64', [entry('gzip', 'linux/amd64'), entry('zstd', 'linux/amd64', ZSTD)], ['zstd', 'gzip']],
  ['the variant before zstd', 'arm64', [entry('none', 'linux/arm64', ZSTD), entry('v8', 'linux/arm64/v8')], ['v8', 'none']],
  ['a newer amd64 behind the common one, as far as the processor goes', 'x64', [entry('v4', 'linux/amd64/v4'), entry('v2', 'linux/amd64/v2', ZSTD), entry('v3', 'linux/amd64/v3'), entry('v1', 'linux/amd64/v1'), entry('none', 'linux/amd64')], ['none', 'v1', 'v3', 'v2']],
  ['none for a newer processor', 'x64', [entry('v4', 'linux/amd64/v4')], []],
] as const) {
  test(`matchingManifests() chooses ${name}`, () => assert.deepEqual(matchingManifests(entries, hostPlatform(arch, 3)).map((d) => d.mediaType), expected));
}

test('resolveImage() follows no indexes without end', async () => {
  const index = { digest: D, bytes: new Uint8Array(), document: parseManifest(bytes({ schemaVersion: 2, manifests: [{ ...descriptor, mediaType: INDEX }] }), INDEX) };
  let fetched = 0;
  await assert.rejects(resolveImage(index, hostPlatform(), async () => { assert.ok(++fetched < 10); return index; }), { code: 'DataLoss', message: /more than 4 indexes, one in the other/ });
});

test('parseImageConfig() fills in what is missing, and keeps what is there', () => {
  const parsed = parseImageConfig(bytes({ os: 'linux', architecture: 'amd64', rootfs: { type: 'layers', diff_ids: [D] }, config: { Env: ['A=b'], Cmd: null, Entrypoint: ['/e'], User: '1', Volumes: { '/v': {} }, Labels: { a: 'b', ['__proto__']: 'c' } } }));
  assert.deepEqual(parsed.env, ['A=b']);
  assert.deepEqual([parsed.cmd, parsed.entrypoint, parsed.user, parsed.workingDir, parsed.volumes, parsed.diffIDs], [[], ['/e'], '1', '', ['/v'], [D]]);
});

for (const [name, document, message] of [
  ['no rootfs', {}, /rootfs is no object/], ['a bad diffID', { rootfs: { diff_ids: ['sha256:x'] } }, /diff_ids\[0\]/], ['Env that is no list', { rootfs: {}, config: { Env: 'A=b' } }, /config\.Env/],
  ['User that is a number', { rootfs: {}, config: { User: 5 } }, /config\.User/], ['no JSON', '{', /no JSON/], ['a label that is no text', { rootfs: {}, config: { Labels: { a: 1 } } }, /config\.Labels\.a/],
] as const) {
  test(`parseImageConfig() refuses ${name}`, () => assert.throws(() => parseImageConfig(bytes(document)), { code: 'DataLoss', message }));
}

for (const [type, layer, foreign] of [
  ['application/vnd.oci.image.layer.v1.tar', true, false], ['application/vnd.oci.image.layer.v1.tar+zstd', true, false], ['application/vnd.docker.image.rootfs.diff.tar.gzip', true, false],
  ['application/vnd.oci.image.layer.nondistributable.v1.tar+gzip', true, true], ['application/vnd.docker.image.rootfs.foreign.diff.tar.gzip', true, true], ['application/vnd.oci.image.layer.v1.tar+gzip+encrypted', false, false], ['', false, false],
] as const) {
  test(`"${type}" is ${layer ? '' : 'no '}layer${foreign ? ' that may be elsewhere' : ''}`, () => assert.deepEqual([isLayerType(type), isForeignLayerType(type)], [layer, foreign]));
}
