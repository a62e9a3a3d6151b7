/** Loading archives and layouts into a storage in memory. Against the real storage and real tools: test/integration/image-archives.test.ts. */
import { strict as assert } from 'node:assert';
import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { EMPTY_REGISTRIES } from '#image';
import type { ImagesOptions, LoadedImage } from '#image';
import { PullNode } from '../../../test/fixtures/pulls/index.ts';
import type { TarEntry } from '../../../test/fixtures/images/tar-writer.ts';
import { configOf, dockerFiles, entriesOf, json, layerOf, layoutFiles, sha256, tarOf, writeDirectory } from '../../../test/fixtures/images/archives.ts';
import type { Files } from '../../../test/fixtures/images/archives.ts';

let directory: string;
let one: Buffer;
let two: Buffer;
let next = 0;

before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'davit-archive-'));
  [one, two] = await Promise.all([layerOf('one'), layerOf('two')]);
});
after(() => rm(directory, { recursive: true }));

const fresh = (): string => join(directory, String(next++));

async function tarFile(entries: readonly TarEntry[]): Promise<string> {
  const path = fresh();
  await writeFile(path, await tarOf(entries));
  return path;
}

async function load(path: string, { name, options, signal = new AbortController().signal, node: given }: { name?: string; options?: Partial<ImagesOptions>; signal?: AbortSignal; node?: PullNode } = {}): Promise<LoadedImage[]> {
  await using opened = new AsyncDisposableStack();
  const node = given ?? opened.use(await PullNode.open());
  await using images = node.images(EMPTY_REGISTRIES, options);
  const loaded: LoadedImage[] = [];
  for await (const image of images.load({ path, label: path, signal, ...(name !== undefined && { name }) })) {
    loaded.push(image);
    assert.equal(images.resolve(image.imageId)?.chainIDs.length, images.resolve(image.imageId)?.config.diffIDs.length);
  }
  return loaded;
}

const named = (name: string): { annotations: Record<string, string> } => ({ annotations: { 'org.opencontainers.image.ref.name': name } });
const loadsAs = async (path: string, names: readonly (string | RegExp)[], options: Parameters<typeof load>[1] = {}): Promise<void> => {
  const loaded = await load(path, options);
  const got = loaded.flatMap((image) => image.names);
  assert.equal(got.length, names.length, got.join(' '));
  got.forEach((name, i) => { assert.match(name, names[i] instanceof RegExp ? names[i] : new RegExp(`^${names[i]}$`)); });
};

test('load() takes what docker save writes, with names as a user would write them', async () => {
  await loadsAs(await tarFile(entriesOf(dockerFiles([one, two], { names: ['busybox', 'example.com/b:2'] }))), ['docker.io/library/busybox:latest', 'example.com/b:2']);
});

test('load() takes layers of docker archives that are compressed, and links of one layer to an equal one', async () => {
  await loadsAs(await tarFile(entriesOf(dockerFiles([one, two], { stored: [gzipSync(one), zstdCompressSync(two)] }))), ['example.com/app:1']);
  const links = entriesOf(dockerFiles([one, one])).map((entry): TarEntry => (entry.path === '1/layer.tar' ? { path: entry.path, type: 'symlink', target: '../0/layer.tar' } : entry));
  await loadsAs(await tarFile(links), ['example.com/app:1']);
});

test('load() takes a docker archive without names, and says so', async () => {
  const [image] = await load(await tarFile(entriesOf(withEntry(dockerFiles([one]), { RepoTags: null }))));
  assert.deepEqual(image?.names, []);
});

for (const nested of [false, true]) {
  test(`load() takes an OCI layout as archive and as directory${nested ? ', through an index' : ''}, with the digest that a registry knows it by`, async () => {
    const files = layoutFiles([{ layers: [one, two], ...named('example.com/app:1') }], { nested });
    const { manifests: [entry] } = JSON.parse(files.get('index.json')?.toString() ?? '') as { manifests: { digest: string }[] };
    const names = ['example.com/app:1', `example.com/app@${entry?.digest}`];
    await loadsAs(await tarFile(entriesOf(files)), names);
    await loadsAs(await writeDirectory(fresh(), files), names);
    // Packed by tar, with directories and './'.
    await loadsAs(await tarFile([{ path: './', type: 'directory' }, ...entriesOf(files).map((e): TarEntry => ({ ...e, path: `./${e.path}` }))]), names);
  });
}

test('load() takes the image of this platform, each image of several, and containerd\'s names', async () => {
  const host = { os: 'linux', architecture: process.arch === 'arm64' ? 'arm64' : 'amd64' };
  const other = { os: 'linux', architecture: 's390x' };
  const files = layoutFiles([
    { layers: [one], platform: other, ...named('example.com/a:1') }, { layers: [two], platform: host, ...named('example.com/a:1') },
    { layers: [one, two], annotations: { 'org.opencontainers.image.ref.name': '3', 'io.containerd.image.name': 'example.com/b:3' } }, { layers: [two, one], ...named('tag-alone') },
    { layers: [one], platform: { os: 'unknown', architecture: 'unknown' }, config: { os: 'unknown' } },
  ]);
  const loaded = await load(await tarFile(entriesOf(files)));
  assert.deepEqual(loaded.map(({ names: [name] }) => name), ['example.com/a:1', 'example.com/b:3', undefined]);
  assert.equal(loaded[0]?.imageId, sha256(configOf([two])));
});

test('load() gives a name to the one image of an archive, and to none of several', async () => {
  await loadsAs(await tarFile(entriesOf(dockerFiles([one]))), ['docker.io/library/x:7'], { name: 'x:7' });
  const several = await tarFile(entriesOf(layoutFiles([{ layers: [one], ...named('example.com/a:1') }, { layers: [two], ...named('example.com/b:1') }])));
  await assert.rejects(load(several, { name: 'x:7' }), { code: 'InvalidArgument', message: /2 images; a name can be given to one only/ });
});

const with_ = (files: Files, path: string, data: Buffer | undefined): Files => {
  const changed = new Map(files);
  if (data) changed.set(path, data); else changed.delete(path);
  return changed;
};
/** With other fields in the one entry of manifest.json. */
const withEntry = (files: Files, fields: Record<string, unknown>): Files => {
  const [entry] = JSON.parse(files.get('manifest.json')?.toString() ?? '') as [Record<string, unknown>];
  return with_(files, 'manifest.json', json([{ ...entry, ...fields }]));
};
const blobs = (files: Files): string[] => [...files.keys()].filter((path) => path.startsWith('blobs/')).sort((a, b) => (files.get(b)?.length ?? 0) - (files.get(a)?.length ?? 0));
const docker = (): Files => dockerFiles([one, two]);
const layout = (): Files => layoutFiles([{ layers: [one, two], ...named('example.com/app:1') }]);
const entryAs = (files: Files, path: string, entry: Omit<TarEntry, 'path'>): TarEntry[] => entriesOf(files).map((e) => (e.path === path ? { path, ...entry } : e));

for (const [name, entries, code, message] of [
  ['a name that leads out', () => [...entriesOf(docker()), { path: '../x', type: 'file' }], 'DataLoss', /the name "\.\.\/x"; expected names inside/],
  ['an absolute name', () => [...entriesOf(docker()), { path: '/etc/x', type: 'file' }], 'DataLoss', /the name "\/etc\/x"/],
  ['a name twice', () => [...entriesOf(docker()), { path: 'manifest.json', type: 'file', data: '[]' }], 'DataLoss', /has "manifest\.json" twice/],
  ['a name twice, once with ./', () => [...entriesOf(layout()), { path: './index.json', type: 'file', data: '{}' }], 'DataLoss', /has "index\.json" twice/],
  ['a layer that is a link out', () => entryAs(docker(), '0/layer.tar', { type: 'symlink', target: '../../etc/passwd' }), 'DataLoss', /is a link out of it/],
  ['a layer that is an absolute link', () => entryAs(docker(), '0/layer.tar', { type: 'symlink', target: '/etc/passwd' }), 'DataLoss', /is a link out of it/],
  ['a layer that is a link to a link', () => [...entryAs(docker(), '0/layer.tar', { type: 'symlink', target: 'a' }), { path: '0/a', type: 'symlink', target: 'layer.tar' }], 'DataLoss', /is a symlink; expected a file/],
  ['a layer that is a link to nothing', () => entryAs(docker(), '0/layer.tar', { type: 'symlink', target: 'nothing' }), 'NotFound', /a link to "nothing", which is not there/],
  ['a manifest that is a link', () => [...entryAs(docker(), 'manifest.json', { type: 'symlink', target: 'm' }), { path: 'm', type: 'file', data: '[]' }], 'DataLoss', /"manifest\.json" is a symlink/],
  ['a layer that is a device', () => entryAs(docker(), '0/layer.tar', { type: 'char', device: { major: 1, minor: 5 } }), 'DataLoss', /is a char; expected a file/],
  ['a layer that is missing', () => entriesOf(with_(docker(), '1/layer.tar', undefined)), 'NotFound', /has no "1\/layer\.tar"/],
  ['a layer with other bytes', () => entriesOf(with_(docker(), '1/layer.tar', one)), 'DataLoss', /its digest is sha256:/],
  ['a config of another name', () => entriesOf(docker()).map((e): TarEntry => (e.path.endsWith('.json') && e.path !== 'manifest.json' ? { ...e, data: configOf([two, one]) } : e)), 'DataLoss', /expected the one that it is named by/],
  ['a manifest of megabytes', () => entriesOf(with_(docker(), 'manifest.json', Buffer.alloc(4 * 1024 * 1024 + 1, ' '))), 'DataLoss', /4194305 bytes; expected at most 4194304/],
  ['a manifest that is no JSON', () => entriesOf(with_(docker(), 'manifest.json', Buffer.from('['))), 'DataLoss', /manifest\.json is no JSON/],
  ['a manifest of numbers', () => entriesOf(with_(docker(), 'manifest.json', json([{ Config: 'x', Layers: [1] }]))), 'DataLoss', /Layers is no list/],
  ['a config path out of the archive', () => entriesOf(with_(docker(), 'manifest.json', json([{ Config: '/etc/passwd', Layers: [] }]))), 'NotFound', /has no "\/etc\/passwd"/],
  ['fewer layers than diff_ids', () => entriesOf(withEntry(docker(), { Layers: ['0/layer.tar'] })), 'DataLoss', /has 1 layers, the image config 2 diff_ids/],
  ['a blob that is a link', () => { const files = layout(); return entryAs(files, blobs(files)[0] ?? '', { type: 'symlink', target: '../../index.json' }); }, 'DataLoss', /is a symlink; expected a file/],
  ['a blob that is missing', () => { const files = layout(); return entriesOf(with_(files, blobs(files).at(-1) ?? '', undefined)); }, 'NotFound', /has no "blobs\/sha256\//],
  ['a blob with other bytes', () => { const files = layout(); const path = blobs(files).at(-1) ?? ''; const data = Buffer.from(files.get(path) ?? ''); data[data.length - 2] = 0x20; return entriesOf(with_(files, path, data)); }, 'DataLoss', /has digest sha256:/],
  ['a blob of another size', () => { const files = layout(); const path = blobs(files)[0] ?? ''; return entriesOf(with_(files, path, Buffer.concat([one, two]))); }, 'DataLoss', /bytes; the manifest says/],
  ['an index that is a manifest', () => entriesOf(with_(layout(), 'index.json', json({ schemaVersion: 2, config: {}, layers: [], manifests: [] }))), 'DataLoss', /of an index and of a manifest/],
  ['a layout of another version', () => entriesOf(with_(layout(), 'oci-layout', json({ imageLayoutVersion: '2.0.0' }))), 'DataLoss', /version "2\.0\.0"; expected "1\.0\.0"/],
  ['images for other platforms alone', () => entriesOf(layoutFiles([{ layers: [one], platform: { os: 'linux', architecture: 's390x' } }])), 'NotFound', /no image for linux\/\w+ in index\.json; it has linux\/s390x/],
  ['a name that is none', () => entriesOf(dockerFiles([one], { names: ['../x:1'] })), 'InvalidArgument', /is not a path component|host name/],
  ['neither form', () => [{ path: 'x', type: 'file' }], 'NotFound', /neither oci-layout nor manifest\.json/],
] as const satisfies readonly (readonly [string, () => readonly TarEntry[], string, RegExp])[]) {
  test(`load() refuses ${name}`, async () => assert.rejects(load(await tarFile(entries())), { code, message }));
}

test('load() refuses an archive that ends inside a file, and one that is none', async () => {
  const short = await tarFile([...entriesOf(docker()), { path: 'more', type: 'file', data: Buffer.alloc(4096) }]);
  await truncate(short, (await tarOf(entriesOf(docker()))).length);
  await assert.rejects(load(short), { code: 'DataLoss', message: /"more" has 4096 bytes, the archive only \d+ more/ });
  const text = fresh();
  await writeFile(text, 'x'.repeat(2000));
  await assert.rejects(load(text), { code: 'DataLoss', message: /read tar header/ });
  await assert.rejects(load(fresh()), { code: 'NotFound' });
});

test('load() refuses links and devices in a layout directory', async () => {
  const files = layout();
  const path = await writeDirectory(fresh(), files);
  const blob = join(path, blobs(files)[0] ?? '');
  await rm(blob);
  await symlink('/etc/passwd', blob);
  await assert.rejects(load(path), { code: 'DataLoss', message: /is a link or no file/ });
  await rm(blob);
  await mkdir(blob);
  await assert.rejects(load(path), { code: 'DataLoss', message: /is no regular file/ });
  const linked = await writeDirectory(fresh(), with_(files, 'x', Buffer.alloc(0)));
  await rm(join(linked, 'blobs'), { recursive: true });
  await symlink(join(path, 'blobs'), join(linked, 'blobs'));
  await assert.rejects(load(linked), { code: 'DataLoss', message: /is a link or no file/ });
});

test('load() keeps the images before one that fails, and nothing of that', async () => {
  const files = layoutFiles([{ layers: [one], ...named('example.com/a:1') }, { layers: [two], ...named('example.com/b:1') }]);
  await using node = await PullNode.open();
  const path = await tarFile(entriesOf(with_(files, `blobs/sha256/${sha256(two).slice(7)}`, one)));
  await assert.rejects(load(path, { node }), { code: 'DataLoss' });
  assert.deepEqual([...node.storage.records.values()].map(({ names }) => names), [['example.com/a:1']]);
});

test('load() that is cancelled leaves nothing', async () => {
  await using node = await PullNode.open();
  const cancel = new AbortController();
  node.storage.beforeWrite = async () => cancel.abort();
  await assert.rejects(load(await tarFile(entriesOf(docker())), { node, signal: cancel.signal }), { code: 'Cancelled' });
  assert.equal(node.storage.records.size, 0);
});

for (const [policy, code] of [
  [{ default: [{ type: 'reject' }] }, 'Unknown'],
  [{ default: [{ type: 'reject' }], transports: { 'docker-archive': { '': [{ type: 'insecureAcceptAnything' }] } } }, undefined],
  [{ default: [{ type: 'insecureAcceptAnything' }], transports: { 'docker-archive': { '': [{ type: 'sigstoreSigned', keyPath: '/none' }] } } }, 'Unknown'],
  [{ default: [{ type: 'reject' }], transports: { oci: { '': [{ type: 'insecureAcceptAnything' }] } } }, 'Unknown'],
] as const) {
  test(`load() ${code === undefined ? 'takes' : 'refuses'} an archive by the policy ${JSON.stringify(policy)}`, async () => {
    const path = fresh();
    await writeFile(path, JSON.stringify(policy));
    const loading = load(await tarFile(entriesOf(docker())), { options: { signaturePolicy: { path, optional: false } } });
    if (code === undefined) assert.equal((await loading).length, 1);
    else await assert.rejects(loading, { code, message: /SignatureValidationFailed/ });
  });
}

test('load() takes the rule of the directory that the archive lies in', async () => {
  const path = fresh();
  await writeFile(path, JSON.stringify({ default: [{ type: 'reject' }], transports: { 'docker-archive': { [directory]: [{ type: 'insecureAcceptAnything' }] } } }));
  assert.equal((await load(await tarFile(entriesOf(docker())), { options: { signaturePolicy: { path, optional: false } } })).length, 1);
});
