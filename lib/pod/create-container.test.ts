/** What a container may be in its pod, and how lists find it again. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ContainerConfig, NamespaceOptions, PodSandboxConfig } from '#oci';
import { containerConfig, FakeNode, podConfig } from './fake-node.ts';
import type { PodService } from './pods.ts';

const live = (): { signal: AbortSignal } => ({ signal: new AbortController().signal });
const SHARED: NamespaceOptions = { network: 'pod', pid: 'container', ipc: 'pod', targetId: '' };

async function withNode(work: (node: FakeNode, pods: PodService) => Promise<void>): Promise<void> {
  await using node = await FakeNode.create();
  await using pods = await node.startDaemon();
  await work(node, pods);
}

function secured(security: Partial<ContainerConfig['linux']['securityContext']>, name = 'c'): ContainerConfig {
  const config = containerConfig(name);
  return { ...config, linux: { ...config.linux, securityContext: { ...config.linux.securityContext, ...security } } };
}

function privilegedPod(): PodSandboxConfig {
  const config = podConfig('privileged');
  return { ...config, linux: { ...config.linux, securityContext: { ...config.linux.securityContext, privileged: true } } };
}

test('a privileged container needs a pod that was run for such', () => withNode(async (_node, pods) => {
  const [plain, privileged] = [await pods.runPodSandbox(podConfig(), '', live()), await pods.runPodSandbox(privilegedPod(), '', live())];
  await assert.rejects(pods.createContainer(plain, secured({ privileged: true }), live()), { code: 'InvalidArgument', message: /security_context\.privileged/ });
  await pods.createContainer(privileged, secured({ privileged: true }), live());
}));

test('processes are shared with a container of the same pod that runs, and with no other', () => withNode(async (node, pods) => {
  const [own, other] = [await pods.runPodSandbox(podConfig(), '', live()), await pods.runPodSandbox(podConfig('other'), '', live())];
  const ids = await Promise.all([own, other].map((podId) => pods.createContainer(podId, containerConfig('target'), live())));
  for (const id of ids) await pods.startContainer(id, live());
  const [mine = '', foreign = ''] = ids;
  const sharing = (targetId: string): Promise<string> => pods.createContainer(own, secured({ namespaceOptions: { ...SHARED, pid: 'target', targetId } }, 'debugger'), live());
  await assert.rejects(sharing(foreign), { code: 'InvalidArgument', message: /is no container of pod/ });
  await assert.rejects(sharing('nobody'), { code: 'InvalidArgument', message: /is no container of pod/ });
  node.exit(mine);
  await assert.rejects(sharing(mine), { code: 'FailedPrecondition', message: /does not run/ });
}));

test('lists of containers: each part of a filter counts, and all of them together', () => withNode(async (_node, pods) => {
  const [one, two] = [await pods.runPodSandbox(podConfig(), '', live()), await pods.runPodSandbox(podConfig('two'), '', live())];
  const create = (podId: string, name: string, labels: Record<string, string>): Promise<string> => pods.createContainer(podId, { ...containerConfig(name), labels }, live());
  const a = await create(one, 'a', { app: 'web', tier: '1' });
  const b = await create(one, 'b', { app: 'web' });
  const c = await create(two, 'c', { app: 'web', tier: '1' });
  await pods.startContainer(a, live());
  const listed = (filter: Parameters<PodService['listContainers']>[0]): string[] => pods.listContainers(filter).map(({ id }) => id).sort();
  assert.deepEqual(listed({}), [a, b, c].sort());
  assert.deepEqual(listed({ id: b.slice(0, 20) }), [b]);
  assert.deepEqual(listed({ podSandboxId: two.slice(0, 20) }), [c]);
  assert.deepEqual(listed({ state: 'running' }), [a]);
  assert.deepEqual(listed({ labelSelector: { app: 'web', tier: '1' } }), [a, c].sort());
  assert.deepEqual(listed({ labelSelector: { tier: '1' }, state: 'created' }), [c]);
  assert.deepEqual(listed({ labelSelector: { tier: '2' } }), []);
}));

test('an image that was asked for by its id is shown by the name that the user gave', () => withNode(async (_node, pods) => {
  const podId = await pods.runPodSandbox(podConfig(), '', live());
  const config = containerConfig();
  const id = await pods.createContainer(podId, { ...config, image: { ...config.image, userSpecifiedImage: 'example.org/web:1' } }, live());
  assert.deepEqual([pods.containerStatus(id).image.image, pods.listContainers({})[0]?.image.image], ['example.org/web:1', 'example.org/web:1']);
  const plain = await pods.createContainer(podId, containerConfig('plain'), live());
  assert.equal(pods.containerStatus(plain).image.image, config.image.image);
}));
