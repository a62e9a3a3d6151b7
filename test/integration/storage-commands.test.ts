/** The operator's view of the storage: `davit check`, with the daemon and without it. */
import { strict as assert } from 'node:assert';
import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { buildImage, buildLayer } from '../fixtures/images/index.ts';
import type { BuiltImage } from '../fixtures/images/index.ts';
import { createRegistry } from '../fixtures/registry/index.ts';
import type { Registry } from '../fixtures/registry/index.ts';
import { BUSYBOX_IMAGE, eventually, runContainer, runPod, startNode } from '../harness/index.ts';
import type { TestNode } from '../harness/index.ts';
import { DAVIT } from '../harness/places.ts';

const HOST = 'stored.example.com';
const NAME = `${HOST}/app:1`;

let directory: string;
let registry: Registry;
let node: TestNode;
let image: BuiltImage;

before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'davit-storage-'));
  registry = await createRegistry({ directory, port: 0 });
  node = await startNode({ mirrors: { [HOST]: registry.address } });
  const layers = await Promise.all(['one', 'two'].map((name) => buildLayer(registry.store, [{ path: name, type: 'file', data: Buffer.from(`data of ${name}`) }], { compression: 'gzip' })));
  image = await buildImage(registry.store, `${HOST}/app`, '1', { layers });
  await node.davit.client.call('PullImage', { image: { image: NAME } });
});
after(async () => {
  await using undo = new AsyncDisposableStack();
  undo.defer(() => rm(directory, { recursive: true }));
  undo.defer(() => registry[Symbol.asyncDispose]());
  undo.use(node);
  await node.davit.client.call('RemoveImage', { image: { image: NAME } });
});

interface Result { readonly code: number; readonly stdout: string; readonly stderr: string }

function placeArgs(): string[] {
  const { root, runroot, directory: configDirectory } = node.davit;
  return [`--config=${join(configDirectory, 'davit.conf')}`, '--config-dir=', `--root=${root}`, `--runroot=${runroot}`, `--registries-conf=${join(configDirectory, 'registries.conf')}`];
}

function davit(...args: string[]): Promise<Result> {
  return new Promise((resolve) => {
    execFile(DAVIT, [...args, ...placeArgs()], (error, stdout, stderr) => resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }));
  });
}

/** The file of that path in whatever layer has it. */
async function fileInLayer(path: string): Promise<string> {
  const layers = join(node.davit.root, 'layers');
  const found = (await readdir(layers)).map((layer) => join(layers, layer, 'diff', path)).find((file) => existsSync(file));
  return found ?? assert.fail(`no layer has ${path}`);
}

async function damagedFoundAndRepaired(): Promise<void> {
  const file = await fileInLayer('two');
  await truncate(file, 0);
  const quick = await davit('check');
  assert.deepEqual([quick.code, quick.stdout], [0, '2 layers: no damage found\n']);
  const full = await davit('check', '--full');
  assert.equal(full.code, 1, full.stderr);
  assert.match(full.stdout, new RegExp(`sha256:[0-9a-f]{64} of ${NAME}: 1 problem\n {2}"two": it has 0 bytes, want 11\n2 layers, 2 files, .*: 1 damaged, 0 repaired; davit check --full --repair`));
  const untouched = await fileInLayer('one');
  await writeFile(join(untouched, '../../mark'), '');
  const repair = await davit('check', '--full', '--repair');
  assert.equal(repair.code, 0, repair.stderr + repair.stdout);
  assert.match(repair.stdout, new RegExp(`: repaired from ${HOST}/app@sha256:[0-9a-f]{64}\n2 layers, .*: 1 damaged, 1 repaired\n$`));
  assert.equal(await readFile(file, 'utf8'), 'data of two');
  // The other layer is the one that was there.
  await rm(join(untouched, '../../mark'));
  assert.deepEqual((await davit('check', '--full')).code, 0);
}

test('davit check finds a damaged file and --repair fetches its layer, while the daemon runs', damagedFoundAndRepaired);

test('davit check and its --repair work without the daemon', async () => {
  await node.davit.stop();
  try {
    await damagedFoundAndRepaired();
  } finally {
    await node.davit.start();
  }
  assert.ok((await node.davit.client.call('ImageStatus', { image: { image: image.imageId } })).image);
});

test('davit check --repair while containers run: they go on with the layer that they have, new ones have the whole one, and the old one goes with its last user', async () => {
  const { client } = node.davit;
  const layers = async (): Promise<number> => (await readdir(join(node.davit.root, 'layers'))).length;
  await client.call('PullImage', { image: { image: BUSYBOX_IMAGE } });
  const pod = await runPod(node.davit, { name: 'runs' });
  const said = async (containerId: string, ...cmd: string[]): Promise<string> => Buffer.from((await client.call('ExecSync', { containerId, cmd, timeout: 60n })).stdout).toString();
  const old = await runContainer(node.davit, pod, { name: 'old', command: ['sleep', '1000'] });
  const accounts = await said(old, 'cat', '/etc/passwd');
  const count = await layers();
  await truncate(await fileInLayer('etc/passwd'), 0);
  const { code, stdout, stderr } = await davit('check', '--full', '--repair');
  assert.deepEqual([code, stdout.includes(': 1 damaged, 1 repaired')], [0, true], stdout + stderr);
  assert.deepEqual([await said(old, 'cat', '/etc/passwd'), await said(old, 'echo', 'runs')], ['', 'runs\n'], 'what it had, nothing is changed below it');
  const fresh = await runContainer(node.davit, pod, { name: 'fresh', command: ['sleep', '1000'] });
  assert.equal(await said(fresh, 'cat', '/etc/passwd'), accounts);
  await client.call('RemovePodSandbox', { podSandboxId: pod.id });
  await eventually('the old layer has gone', async () => await layers() === count);
  assert.equal((await davit('check', '--full')).code, 0);
  await client.call('RemoveImage', { image: { image: BUSYBOX_IMAGE } });
});

test('a scrub of the configured interval says in the log what is damaged, and reads on', async () => {
  const config = join(node.davit.directory, 'davit.conf');
  const file = await fileInLayer('two');
  const data = await readFile(file);
  await node.davit.stop();
  try {
    await writeFile(config, '[crio]\nscrub_interval = "1s"\n');
    await truncate(file, 0);
    await node.davit.start();
    const found = (): number => node.davit.log().split('damage found; run davit check --repair').length - 1;
    await eventually('two runs have found it', () => found() >= 2);
    assert.match(node.davit.log(), /error damage found.*layer=sha256:[0-9a-f]{64}.*"\\"two\\": it has 0 bytes, want 11"\n.*info  layers checked part=scrub layers=2\n/);
  } finally {
    await node.davit.stop();
    await writeFile(config, '');
    await writeFile(file, data);
    await node.davit.start();
  }
});

test('davit image ls and inspect show the image; save writes a layout whose every blob has its digest and whose config has the image id', async () => {
  assert.match((await davit('image', 'ls')).stdout, new RegExp(`^${image.imageId.slice(7, 19)} .* ${NAME}\n$`));
  assert.equal((JSON.parse((await davit('image', 'inspect', NAME)).stdout) as { id: string }).id, image.imageId);
  const layout = join(directory, 'layout');
  const saved = await davit('image', 'save', NAME, layout);
  assert.deepEqual([saved.code, saved.stdout], [0, `${image.imageId}: 2 layers\n`], saved.stderr);
  const read = async <T>(path: string): Promise<T> => JSON.parse(await readFile(join(layout, path), 'utf8')) as T;
  for (const name of await readdir(join(layout, 'blobs/sha256'))) assert.equal(createHash('sha256').update(await readFile(join(layout, 'blobs/sha256', name))).digest('hex'), name);
  const { manifests: [entry] } = await read<{ manifests: { digest: string; size: number; annotations: Record<string, string> }[] }>('index.json');
  assert.equal(entry?.annotations['org.opencontainers.image.ref.name'], NAME);
  const manifest = await read<{ config: { digest: string }; layers: { digest: string }[] }>(`blobs/sha256/${entry?.digest.slice(7)}`);
  assert.equal(manifest.config.digest, image.imageId);
  const config = await read<{ rootfs: { diff_ids: string[] } }>(`blobs/sha256/${image.imageId.slice(7)}`);
  assert.deepEqual(manifest.layers.map(({ digest }) => digest), config.rootfs.diff_ids);
  const [docker] = await read<{ Config: string; RepoTags: string[]; Layers: string[] }[]>('manifest.json');
  assert.deepEqual([docker?.RepoTags, docker?.Layers.length, docker?.Config], [[NAME], 2, `blobs/sha256/${image.imageId.slice(7)}`]);
  const again = await davit('image', 'save', NAME, layout);
  assert.equal(again.code, 1);
  assert.match(again.stderr, /expected a new directory/);
  assert.equal((await davit('image', 'eat')).code, 2);
});

test('davit image save that cannot be finished leaves nothing, and says why', async () => {
  const layout = join(directory, 'half');
  const file = await fileInLayer('two');
  const data = await readFile(file);
  await truncate(file, 3);
  try {
    const { code, stderr } = await davit('image', 'save', NAME, layout);
    assert.equal(code, 1);
    assert.match(stderr, /export layer sha256:[0-9a-f]{64}: "two": it has 3 bytes, want 11/);
    assert.equal((await readdir(directory)).includes('half'), false);
  } finally {
    await writeFile(file, data);
  }
});

test('output that nobody takes ends a command without a stack trace: silently when the reader has gone, else with the reason', async () => {
  const place = placeArgs().join(' ');
  const shell = async (script: string): Promise<Result> => new Promise((resolve) => {
    execFile('bash', ['-c', script], (error, stdout, stderr) => resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }));
  });
  // The reader has gone before davit begins.
  assert.deepEqual(await shell(`exec 3> >(exec true); wait $!; ${DAVIT} image ls ${place} >&3`), { code: 141, stdout: '', stderr: '' });
  const full = await shell(`${DAVIT} image ls ${place} > /dev/full`);
  assert.equal(full.code, 1);
  assert.match(full.stderr, /^davit: write the output: ENOSPC[^\n]*\n$/);
});

test('without a daemon: a root that is not there is said, and an interrupt closes the storage', async () => {
  const nowhere = await new Promise<string>((resolve) => { execFile(DAVIT, ['image', 'ls', '--config=', '--config-dir=', `--root=${directory}/none`, `--runroot=${directory}/none`], (_error, _stdout, stderr) => resolve(stderr)); });
  assert.match(nowhere, /^davit image: no davit answers at "[^"]*", and there is no storage at "[^"]*"; expected the root and runroot of the daemon\n$/);
  await node.davit.stop();
  const file = await fileInLayer('two');
  try {
    await truncate(file, 0);
    registry.faults.add({ when: (target) => target.kind === 'blob', action: { do: 'hang-body', afterBytes: 0 } });
    const before = registry.requests.length;
    const child = spawn(DAVIT, ['check', '--full', '--repair', ...placeArgs()], { stdio: ['ignore', 'ignore', 'pipe'] });
    const ended = Promise.all([text(child.stderr), once(child, 'exit') as Promise<[number | null]>]);
    await eventually('the layer is fetched', async () => registry.requests.slice(before).some(({ kind }) => kind === 'blob'));
    child.kill('SIGINT');
    const [stderr, [code]] = await ended;
    assert.deepEqual([code, stderr.includes('interrupted by SIGINT')], [1, true], stderr);
    assert.deepEqual(await readdir(join(node.davit.root, 'staging')), []);
  } finally {
    registry.faults.clear();
    await writeFile(file, 'data of two');
    await node.davit.start();
  }
});

test('a layer that cannot be repaired is named with the reason, and the exit code says it', async () => {
  const file = await fileInLayer('one');
  await truncate(file, 1);
  registry.faults.clear();
  const stopped = registry;
  await stopped[Symbol.asyncDispose]();
  const { code, stdout } = await davit('check', '--full', '--repair');
  assert.equal(code, 1);
  assert.match(stdout, /: not repaired: .*RegistryUnavailable/);
});
