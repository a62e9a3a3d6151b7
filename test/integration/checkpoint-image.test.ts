/** Containers that go on from an image that holds a checkpoint's files, as `buildah add` and `checkpointctl build` make them. */
import { strict as assert } from 'node:assert';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { buildImage, buildLayer, treeEntries } from '../fixtures/images/index.ts';
import type { TarEntry } from '../fixtures/images/index.ts';
import { createRegistry } from '../fixtures/registry/index.ts';
import { containerConfig, eventually, runPod } from '../harness/index.ts';
import { useCriuNode } from './checkpoints/criu-node.ts';

const run = promisify(execFile);
const HOST = 'checkpoints.example.com';
const NAMES = ['org.criu.checkpoint.container.name', 'io.kubernetes.cri-o.annotations.checkpoint.name'];
const directory = await mkdtemp(join(tmpdir(), 'davit-checkpoint-images-'));
const registry = await createRegistry({ directory: join(directory, 'registry'), port: 0 });
// Before the node's own hook: one that fails keeps later ones from running, and an open registry the process from ending.
after(async () => {
  await registry[Symbol.asyncDispose]();
  await rm(directory, { recursive: true });
});
const criu = useCriuNode({ mirrors: { [HOST]: registry.address } });
const { client, counting, counts, last, exec, status, RUNNING, CREATED } = criu;

/** Pulls an image of these files whose manifest has the annotation. @returns its name */
async function pulled(name: string, entries: Iterable<TarEntry> | AsyncIterable<TarEntry>, annotations: Readonly<Record<string, string>>): Promise<string> {
  const layers = [await buildLayer(registry.store, entries)];
  await buildImage(registry.store, `${HOST}/${name}`, '1', { layers, tamperManifest: (manifest) => { manifest['annotations'] = annotations; } });
  const image = `${HOST}/${name}:1`;
  await client().call('PullImage', { image: { image } });
  return image;
}

/** A checkpoint of the container, unpacked. */
async function unpacked(id: string, name: string): Promise<string> {
  const location = join(criu.directory, `${name}.tar`);
  await client().call('CheckpointContainer', { containerId: id, location });
  const files = join(directory, name);
  await run('sh', ['-ec', `mkdir ${files}; tar -xf ${location} -C ${files}`]);
  return files;
}

const volumes = (): Promise<string[]> => readdir(join(criu.davit().root, 'volumes'));

test('under either annotation: created from the image, which may go then; started, it goes on in another pod', async () => {
  const { pod, id } = await counting('newer');
  const files = await unpacked(id, 'whole');
  const at = last(pod);
  for (const [i, annotation] of NAMES.entries()) {
    const image = await pulled(`whole${i}`, treeEntries(files), { [annotation]: 'c' });
    const other = await runPod(criu.davit(), { name: `other${i}`, runtimeHandler: 'newer', ...criu.pidMode('container') });
    const request = { podSandboxId: other.id, config: containerConfig({ name: 'c', image: { image }, ...criu.pidMode('container') }), sandboxConfig: other.config };
    const { containerId } = await client().call('CreateContainer', request);
    assert.equal((await client().call('CreateContainer', request)).containerId, containerId, 'the same request again');
    assert.equal((await status(containerId)).state, CREATED);
    assert.deepEqual(await volumes(), []);
    await client().call('RemoveImage', { image: { image } });
    await client().call('StartContainer', { containerId });
    assert.equal((await status(containerId)).state, RUNNING);
    await eventually('it counts on', () => counts(other).length >= 3);
    assert.ok((counts(other)[0] ?? 0) > 1 && (counts(other)[0] ?? 0) <= at + 1, `began with ${counts(other).join(' ')}, the checkpoint was at ${at} at the latest`);
    assert.equal(await exec(containerId, 'cat /file; ls /bin/true 2>/dev/null; hostname'), `written\nother${i}`);
  }
});

test('what holds no checkpoint, or one that does not fit, is refused as an archive is, and leaves nothing', async () => {
  const { pod, id } = await counting('newer');
  const files = await unpacked(id, 'parts');
  const annotations = { [NAMES[0] ?? '']: 'c' };
  const refused = async (image: string, code: string, message: RegExp, more: object = {}): Promise<void> => {
    await assert.rejects(criu.created(pod, image, 'refused', more), { code, message });
    assert.deepEqual(await volumes(), []);
  };
  const whole = await pulled('fits', treeEntries(files), annotations);
  await refused(whole, 'FailedPrecondition', /restore "checkpoints\.example\.com\/fits:1": .*did not have the mounts \/extra/, { mounts: [{ containerPath: '/extra', hostPath: directory }] });
  await refused(whole, 'FailedPrecondition', /no terminal/, { tty: true });
  await refused(await pulled('empty', [{ path: 'readme', type: 'file', data: 'none' }], annotations), 'InvalidArgument', /inventory\.img" of CRIU is not in it/);
  const linked = (name: string): AsyncIterable<TarEntry> => treeEntries(files, { map: (entry) => entry.path === name ? { path: name, type: 'symlink', target: '/etc/hostname' } : entry });
  await refused(await pulled('linked', linked('config.dump'), annotations), 'InvalidArgument', /"config\.dump" is a symlink/);
  await refused(await pulled('linked-image', linked('checkpoint/inventory.img'), annotations), 'InvalidArgument', /"checkpoint\/inventory\.img" is a symlink/);
  // Without the annotation it is an image like any other, and this one has no program.
  const plain = await pulled('plain', treeEntries(files), { 'org.opencontainers.image.title': 'c' });
  await assert.rejects(criu.created(pod, plain, 'plain', { command: ['/nothing'] }), { message: /nothing/ });
});
