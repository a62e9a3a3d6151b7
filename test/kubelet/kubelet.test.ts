/**
 * A real kubelet drives davit, with static pods and without an API server. What is asserted is the pods' status as kubelet tells it
 * (`npm run test:kubelet`; not part of npm test, because building kubelet takes minutes).
 */
import { strict as assert } from 'node:assert';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { eventually, startDavit, startImages } from '../harness/index.ts';
import type { Davit } from '../harness/index.ts';
import { startKubelet } from './kubelet.ts';
import type { Kubelet } from './kubelet.ts';
import { failing, onHost, once, sick, together, versioned, web } from './manifests.ts';
import { containerOf, isReady } from './pod-status.ts';
import type { ContainerStatus, Pod } from './pod-status.ts';

/** kubelet looks at its manifests once a second, pulls images and backs off for ten seconds. */
const POD_TIMEOUT_MS = 120_000;
const READY = 0;

let davit: Davit;
let kubelet: Kubelet;
const started = new AsyncDisposableStack();
before(async () => {
  const images = started.use(await startImages());
  davit = started.use(await startDavit({ images: images.address, logLevel: 'info' }));
  started.defer(removeAllPods);
  kubelet = started.use(await startKubelet(join(davit.directory, 'kubelet'), davit.socket));
});
after(() => started.disposeAsync());

/** What kubelet has stopped and not yet collected; nothing of it may stay in davit's directories. */
async function removeAllPods(): Promise<void> {
  for (const { id } of (await davit.client.call('ListPodSandbox', {})).items) await davit.client.call('RemovePodSandbox', { podSandboxId: id });
  for (const directory of ['root/containers', 'run/bundles', 'run/pods', 'run/ns']) assert.deepEqual(await readdir(join(davit.directory, directory)), [], directory);
}

/** The pod, once `wanted` says that it is as it should be. On failure the error shows how it is instead. */
async function podThat(name: string, what: string, wanted: (pod: Pod | undefined) => boolean): Promise<Pod> {
  let last: Pod | undefined;
  return eventually(`pod "${name}" to be ${what}`, async () => {
    last = (await kubelet.pods()).get(name);
    return wanted(last) ? last : undefined;
  }, POD_TIMEOUT_MS).catch((error: unknown) => {
    throw new Error(`it is ${JSON.stringify(last?.status, undefined, 1)}\nthe daemon:\n${davit.log().split('\n').slice(-30).join('\n')}`, { cause: error });
  });
}

/** kubelet stops its sandbox at once, and removes it when it next collects garbage. */
async function gone(name: string): Promise<void> {
  await eventually(`pod "${name}" to go`, async () => {
    const { items } = await davit.client.call('ListPodSandbox', { filter: { state: { state: READY } } });
    return !(await kubelet.pods()).has(name) && items.every((pod) => pod.metadata?.name !== `${name}-node`);
  }, POD_TIMEOUT_MS);
}

const container = (pod: Pod | undefined, name: string): ContainerStatus => containerOf(pod, name) ?? assert.fail(`no container "${name}" in ${JSON.stringify(pod?.status)}`);

test('a pod is ready when its tcp, http and exec probes say so, has an address, and goes with its manifest', async () => {
  await kubelet.apply('web', web());
  const pod = await podThat('web', 'ready', isReady);
  assert.match(pod.status.podIP ?? '', new RegExp(`^${davit.network.prefix}\\.`));
  const nginx = container(pod, 'nginx');
  assert.deepEqual([pod.status.phase, nginx.started, nginx.restartCount], ['Running', true, 0]);
  assert.match(nginx.imageID, /sha256:[0-9a-f]{64}$/);
  assert.equal((await fetch(`http://${pod.status.podIP ?? ''}/`)).status, 200);
  await kubelet.remove('web');
  await gone('web');
});

test('init container, sidecar and main container run in their order and share volumes with each other and the node', async () => {
  const shared = join(davit.directory, 'shared-with-pods');
  await kubelet.apply('together', together(shared));
  const pod = await podThat('together', 'ready', isReady);
  const [first, sidecar] = [container(pod, 'first'), container(pod, 'sidecar')];
  assert.deepEqual([first.state.terminated?.exitCode, first.state.terminated?.reason, sidecar.state.running === undefined, sidecar.started], [0, 'Completed', false, true]);
  assert.match(await readFile(join(shared, 'seen'), 'utf8'), /^init\n.+/);
  await kubelet.remove('together');
  await gone('together');
});

test('a container that fails is started again, later each time, and its last words are kept', async () => {
  await kubelet.apply('failing', failing());
  const backedOff = (status: ContainerStatus | undefined): boolean => status?.state.waiting?.reason === 'CrashLoopBackOff' && status.restartCount >= 1;
  const pod = await podThat('failing', 'in back-off', (p) => backedOff(containerOf(p, 'tells')) && backedOff(containerOf(p, 'logs')));
  const [tells, logs] = [container(pod, 'tells').lastState.terminated, container(pod, 'logs').lastState.terminated];
  assert.deepEqual([tells?.exitCode, tells?.reason, tells?.message], [3, 'Error', 'by file\n']);
  assert.deepEqual([logs?.exitCode, logs?.message], [4, 'by log\n']);
  await kubelet.remove('failing');
  await gone('failing');
});

test('a container that ends well and is not to be run again makes its pod succeed', async () => {
  await kubelet.apply('once', once());
  const pod = await podThat('once', 'done', (p) => p?.status.phase === 'Succeeded');
  const { terminated } = container(pod, 'job').state;
  assert.deepEqual([terminated?.exitCode, terminated?.reason, terminated?.message, container(pod, 'job').restartCount], [0, 'Completed', 'done\n', 0]);
  await kubelet.remove('once');
  await gone('once');
});

test('a container whose liveness probe fails is killed and started again', async () => {
  await kubelet.apply('sick', sick());
  const pod = await podThat('sick', 'ready', isReady);
  const id = container(pod, 'patient').containerID?.replace(/^.*:\/\//, '') ?? '';
  await davit.client.call('ExecSync', { containerId: id, cmd: ['rm', '/tmp/healthy'], timeout: 30n });
  const after = await podThat('sick', 'restarted', (p) => (containerOf(p, 'patient')?.restartCount ?? 0) >= 1 && containerOf(p, 'patient')?.state.running !== undefined);
  assert.equal(container(after, 'patient').lastState.terminated?.exitCode, 137);
  await kubelet.remove('sick');
  await gone('sick');
});

test('a pod in the node\'s network is reached at the node\'s loopback', async () => {
  await kubelet.apply('host', onHost());
  await podThat('host', 'ready', isReady);
  assert.equal((await fetch('http://127.0.0.1/')).status, 200);
  await kubelet.remove('host');
  await gone('host');
});

test('a changed manifest is a new pod; it lives through restarts of kubelet and of davit, by SIGTERM and by SIGKILL', async () => {
  await kubelet.apply('versioned', versioned('1'));
  const first = await podThat('versioned', 'ready', isReady);
  await kubelet.apply('versioned', versioned('2'));
  const second = await podThat('versioned', 'another one', (p) => isReady(p) && p?.metadata.uid !== first.metadata.uid);
  const { containerID } = container(second, 'sleeper');
  const id = containerID?.replace(/^.*:\/\//, '') ?? '';
  const says = async (): Promise<string> => Buffer.from((await davit.client.call('ExecSync', { containerId: id, cmd: ['sh', '-c', 'echo $VERSION'], timeout: 30n })).stdout).toString();
  assert.equal(await says(), '2\n');
  const restarts: readonly (() => Promise<void>)[] = [
    async () => { await kubelet.stop(); await kubelet.start(); },
    async () => { await davit.stop(); await davit.start(); },
    async () => { await davit.kill9(); await davit.start(); },
  ];
  for (const restart of restarts) {
    await restart();
    const same = await podThat('versioned', 'ready again', isReady);
    assert.deepEqual([container(same, 'sleeper').containerID, container(same, 'sleeper').restartCount, same.metadata.uid], [containerID, 0, second.metadata.uid]);
    assert.equal(await says(), '2\n');
  }
  await kubelet.remove('versioned');
  await gone('versioned');
});
