/** `davit image load` and `save` against skopeo: what one writes the other reads, and containers run from it. */
import { strict as assert } from 'node:assert';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, beforeEach, test } from 'node:test';
import { promisify } from 'node:util';
import { BUSYBOX_IMAGE, containerConfig, eventually, podConfig, startNode, writeConfig } from '../harness/index.ts';
import type { TestNode } from '../harness/index.ts';
import { DAVIT } from '../harness/places.ts';

const run = promisify(execFile);
const NAME = 'archives.example.com/busybox:loaded';

let node: TestNode;
let directory: string;
let imageId: string;
/** What `davit image save` wrote, as a directory and packed by tar. */
let saved: string;
let savedTar: string;

const path = (name: string): string => join(directory, name);
const skopeo = async (...args: string[]): Promise<string> => (await run('skopeo', ['--insecure-policy', ...args])).stdout;

interface Result { readonly code: number | null; readonly stdout: string; readonly stderr: string }

/** @param input a file for its standard input */
async function davit(args: readonly string[], input?: string): Promise<Result> {
  const { root, runroot, directory: configDirectory } = node.davit;
  const place = [`--config=${join(configDirectory, 'davit.conf')}`, '--config-dir=', `--root=${root}`, `--runroot=${runroot}`];
  const child = spawn(DAVIT, [...args, ...place], { stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.on('error', () => undefined);
  if (input === undefined) child.stdin.end();
  else createReadStream(input).pipe(child.stdin);
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit') as Promise<[number | null]>]);
  return { code, stdout, stderr };
}

const images = async (): Promise<string[]> => (await node.davit.client.call('ListImages', {})).images.map(({ id }) => id);
const remove = async (): Promise<void> => { await node.davit.client.call('RemoveImage', { image: { image: imageId } }); };

async function loads(args: readonly string[], input?: string): Promise<void> {
  const { code, stdout, stderr } = await davit(['image', 'load', ...args], input);
  assert.equal(code, 0, stderr);
  assert.match(stdout, new RegExp(`^${imageId}  \\S`));
  assert.deepEqual(await images(), [imageId]);
}

before(async () => {
  node = await startNode();
  directory = await mkdtemp(join(tmpdir(), 'davit-archives-'));
  saved = path('saved');
  savedTar = path('saved.tar');
  imageId = (await node.davit.client.call('PullImage', { image: { image: BUSYBOX_IMAGE } })).imageRef;
  const { code, stderr } = await davit(['image', 'save', imageId, saved]);
  assert.equal(code, 0, stderr);
  await run('tar', ['-C', saved, '-cf', savedTar, '.']);
  await skopeo('copy', `oci:${saved}:${BUSYBOX_IMAGE}`, `docker-archive:${path('docker.tar')}:${NAME}`);
  await skopeo('copy', `oci:${saved}:${BUSYBOX_IMAGE}`, `oci-archive:${path('oci.tar')}:${NAME}`);
  await skopeo('copy', `oci:${saved}:${BUSYBOX_IMAGE}`, `oci:${path('layout')}:${NAME}`);
  await run('gzip', ['-k', path('docker.tar')]);
  await run('zstd', ['-q', '-k', path('oci.tar')]);
});
after(async () => {
  await using undo = new AsyncDisposableStack();
  undo.defer(() => rm(directory, { recursive: true }));
  undo.use(node);
  await remove();
});
beforeEach(remove);

test('skopeo reads what davit image save wrote, as a layout and as either archive', async () => {
  for (const source of [`oci:${saved}:${BUSYBOX_IMAGE}`, `oci-archive:${savedTar}:${BUSYBOX_IMAGE}`, `docker-archive:${savedTar}:${BUSYBOX_IMAGE}`]) {
    assert.equal((JSON.parse(await skopeo('inspect', '--config', source)) as { os: string }).os, 'linux', source);
    const copy = path('copy');
    await skopeo('copy', source, `dir:${copy}`);
    const manifest = JSON.parse(await readFile(join(copy, 'manifest.json'), 'utf8')) as { config: { digest: string } };
    assert.equal(manifest.config.digest, imageId, source);
    await rm(copy, { recursive: true });
  }
});

for (const [what, archive, input] of [
  ["skopeo's docker-archive", 'docker.tar'], ["skopeo's oci-archive", 'oci.tar'], ["skopeo's layout", 'layout'], ["davit's own layout", 'saved'], ["davit's own archive", 'saved.tar'],
  ['a docker-archive in gzip', 'docker.tar.gz'], ['an oci-archive in zstd', 'oci.tar.zst'], ['a docker-archive from standard input', '-', 'docker.tar'], ['gzip from standard input', '-', 'docker.tar.gz'],
] as const) {
  test(`davit image load takes ${what}`, async () => {
    await loads([archive === '-' ? '-' : path(archive)], input && path(input));
    const { repoTags = [] } = (await node.davit.client.call('ImageStatus', { image: { image: imageId } })).image ?? {};
    assert.deepEqual(repoTags, [archive.startsWith('saved') ? BUSYBOX_IMAGE : NAME]);
  });
}

test('a container runs from a loaded image, and davit check --full finds its layers whole', async () => {
  await loads([path('docker.tar')]);
  const { davit: daemon } = node;
  const container = containerConfig({ name: 'loaded', command: ['sh', '-c', 'exit 5'], image: { image: NAME } });
  const id = await daemon.crictl.ok('run', '--no-pull', await writeConfig(daemon, container), await writeConfig(daemon, podConfig(daemon, { name: 'loaded' })));
  await eventually('exit code 5', async () => ((await daemon.crictl.json('inspect', id))['status'] as { exitCode: number; state: string }).state === 'CONTAINER_EXITED');
  assert.equal(((await daemon.crictl.json('inspect', id))['status'] as { exitCode: number }).exitCode, 5);
  await node.removeAllPods();
  const { code, stdout } = await davit(['check', '--full']);
  assert.equal(code, 0, stdout);
});

test('--name replaces the name, and a name of a digest finds an image of an OCI archive', async () => {
  const { code, stdout, stderr } = await davit(['image', 'load', '--name', 'other.example.com/app:2', path('oci.tar')]);
  assert.equal(code, 0, stderr);
  const [, tag, digest = ''] = stdout.trim().split(/\s+/);
  assert.equal(tag, 'other.example.com/app:2');
  assert.match(digest, /^other\.example\.com\/app@sha256:/);
  assert.equal((await node.davit.client.call('ImageStatus', { image: { image: digest } })).image?.id, imageId);
});

test('davit image load works without the daemon', async () => {
  await node.davit.stop();
  try {
    const { code, stderr } = await davit(['image', 'load', path('oci.tar.zst')]);
    assert.equal(code, 0, stderr);
  } finally {
    await node.davit.start();
  }
  assert.deepEqual(await images(), [imageId]);
});

const HOSTILE: readonly { name: string; prepare: (layout: string) => Promise<void>; error: RegExp }[] = [
  { name: 'a layer that is a link to a file of the node', error: /is a link or no file/, prepare: async (layout) => { const blob = await largestBlob(layout); await rm(blob); await symlink('/etc/passwd', blob); } },
  { name: 'a layer that is missing', error: /has no "blobs\/sha256\//, prepare: async (layout) => rm(await largestBlob(layout)) },
  { name: 'a layer with other bytes', error: /digest|checksum|malformed|bytes/, prepare: async (layout) => { const blob = await largestBlob(layout); const data = await readFile(blob); data[data.length >> 1] = (data[data.length >> 1] ?? 0) ^ 1; await writeFile(blob, data); } },
  { name: 'no image at all', error: /neither oci-layout nor manifest\.json/, prepare: async (layout) => { await rm(layout, { recursive: true }); await mkdir(layout); } },
];
for (const { name, prepare, error } of HOSTILE) {
  test(`${name} is refused, and nothing is left`, async () => {
    const layout = path('hostile');
    await cp(path('layout'), layout, { recursive: true });
    await prepare(layout);
    const { code, stderr } = await davit(['image', 'load', layout]);
    assert.equal(code, 1);
    assert.match(stderr, error);
    await rm(layout, { recursive: true });
    assert.deepEqual(await images(), []);
    await eventually('no trace in staging', async () => (await readdir(join(node.davit.root, 'staging'))).length === 0);
  });
}

async function largestBlob(layout: string): Promise<string> {
  const { stdout } = await run('find', [join(layout, 'blobs'), '-type', 'f', '-size', '+100k']);
  return stdout.split('\n')[0] ?? '';
}
