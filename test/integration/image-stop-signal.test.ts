/** STOPSIGNAL of images, in the forms that builders write. */
import { strict as assert } from 'node:assert';
import { createReadStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { buildImage } from '../fixtures/images/index.ts';
import type { BuiltLayer, ManifestDocument } from '../fixtures/images/index.ts';
import { createRegistry } from '../fixtures/registry/index.ts';
import type { Registry } from '../fixtures/registry/index.ts';
import { containerConfig, eventually, runPod, startNode } from '../harness/index.ts';
import type { TestNode } from '../harness/index.ts';

const HOST = 'signals.example.com';
/** Has one manifest, no list. */
const BASE = 'gcr.io/k8s-staging-cri-tools/test-image-latest';
/** Of CRI's enum. */
const [SIGQUIT, SIGUSR1, SIGRTMIN_3] = [18, 29, 38];
const LONG_S = 3600n;

let directory: string;
let registry: Registry;
let node: TestNode;
before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'davit-signals-'));
  registry = await createRegistry({ directory, port: 0 });
  node = await startNode({ mirrors: { [HOST]: registry.address } });
});
afterEach(async () => {
  await node.removeAllPods();
  await node.assertClean();
});
after(async () => {
  await using undo = new AsyncDisposableStack();
  undo.defer(() => rm(directory, { recursive: true }));
  undo.defer(() => registry[Symbol.asyncDispose]());
  undo.use(node);
});

/** The layers of an image of all tests, put into the registry of this one. */
async function baseLayers(): Promise<BuiltLayer[]> {
  const { store } = node.images;
  const { bytes } = await store.manifest(BASE, 'latest') ?? assert.fail(`no ${BASE}`);
  const { config, layers } = JSON.parse(bytes.toString()) as ManifestDocument;
  const { rootfs } = JSON.parse(await readFile(store.blobPath(config.digest), 'utf8')) as { rootfs: { diff_ids: string[] } };
  for (const { digest } of layers) await registry.store.putBlob(createReadStream(store.blobPath(digest)));
  return layers.map((descriptor, i) => ({ descriptor, diffID: rootfs.diff_ids[i] ?? '' }));
}

/** A container of an image with this STOPSIGNAL that ends with a code of its own for each signal. */
async function started(StopSignal: string, stopSignal = 0): Promise<string> {
  const image = { image: `${HOST}/app:1` };
  await buildImage(registry.store, `${HOST}/app`, '1', { layers: await baseLayers(), config: { Cmd: ['sh', '-c', 'trap "exit 3" QUIT; trap "exit 10" USR1; trap "exit 37" 37; trap "exit 15" TERM; echo ready; while :; do sleep 0.02; done'], StopSignal } });
  await node.davit.client.call('PullImage', { image });
  const pod = await runPod(node.davit, { name: 'signalled' });
  const { containerId } = await node.davit.client.call('CreateContainer', { podSandboxId: pod.id, sandboxConfig: pod.config, config: containerConfig({ name: 'c', image, stopSignal }) });
  await node.davit.client.call('StartContainer', { containerId });
  await eventually('it is ready', async () => (await readFile(join(pod.config.logDirectory ?? '', 'c.log'), 'utf8')).includes('ready'));
  return containerId;
}

const CASES = [
  { says: 'SIGQUIT', told: SIGQUIT, exitCode: 3 }, { says: '10', told: SIGUSR1, exitCode: 10 },
  { says: 'RTMIN+3', told: SIGRTMIN_3, exitCode: 37 }, { says: 'SIGQUIT', asked: SIGUSR1, told: SIGUSR1, exitCode: 10 }, { says: 'nonsense', told: 23, exitCode: 15 },
];
for (const { says, asked, told, exitCode } of CASES) {
  test(`an image that says STOPSIGNAL ${says}${asked === undefined ? '' : ', and a pod that asks for another'}`, async () => {
    const containerId = await started(says, asked);
    const status = async () => (await node.davit.client.call('ContainerStatus', { containerId })).status;
    assert.equal((await status())?.stopSignal, told);
    await node.davit.client.call('StopContainer', { containerId, timeout: LONG_S });
    assert.equal((await status())?.exitCode, exitCode);
  });
}
