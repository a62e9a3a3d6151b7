/** Calls that neither critest nor crictl make, against real pods: the streaming forms of the lists, statistics of one pod, kubelet's range of addresses. */
import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { BUSYBOX_IMAGE, eventually, NGINX_IMAGE, runContainer, runPod, useNode } from '../harness/index.ts';
import type { RunningPod } from '../harness/index.ts';

const node = useNode();
const PODS = 3;
const READY = 0;

/** Pods of two containers each, of which one has ended. */
async function pods(): Promise<RunningPod[]> {
  const { davit } = node();
  for (const image of [BUSYBOX_IMAGE, NGINX_IMAGE]) await davit.client.call('PullImage', { image: { image } });
  return Promise.all(Array.from({ length: PODS }, async (_, n) => {
    const pod = await runPod(davit, { name: `listed-${n}` });
    await runContainer(davit, pod, { name: 'stays', command: ['sleep', '1000'] });
    const containerId = await runContainer(davit, pod, { name: 'ends', command: ['true'] });
    await eventually('it has ended', async () => (await davit.client.call('ContainerStatus', { containerId })).status?.state === 2);
    return pod;
  }));
}

test('each streaming form says of real pods, containers and images what its list says, with the same filter', async () => {
  const { client } = node().davit;
  const [first] = await pods();
  const podSandboxId = first?.id ?? '';
  const chunks = async <T>(stream: AsyncIterable<T>): Promise<T[]> => Array.fromAsync(stream);
  for (const [filter, count] of [[{}, PODS], [{ id: podSandboxId.slice(0, 13) }, 1], [{ labelSelector: { 'io.kubernetes.pod.name': 'listed-1' } }, 1], [{ id: 'none' }, 0]] as const) {
    const listed = (await client.call('ListPodSandbox', { filter })).items;
    assert.equal(listed.length, count);
    assert.deepEqual((await chunks(client.stream('StreamPodSandboxes', { filter }))).flatMap((c) => c.podSandboxes), listed);
    const stats = (await client.call('ListPodSandboxStats', { filter })).stats.map(({ attributes }) => attributes);
    assert.equal(stats.length, count);
    assert.deepEqual((await chunks(client.stream('StreamPodSandboxStats', { filter }))).flatMap((c) => c.podSandboxStats).map(({ attributes }) => attributes), stats);
  }
  for (const [filter, containers, running] of [[{}, 2 * PODS, PODS], [{ podSandboxId }, 2, 1], [{ labelSelector: { 'io.kubernetes.container.name': 'ends' } }, PODS, 0]] as const) {
    const listed = (await client.call('ListContainers', { filter })).containers;
    assert.equal(listed.length, containers);
    assert.deepEqual((await chunks(client.stream('StreamContainers', { filter }))).flatMap((c) => c.containers), listed);
    const stats = (await client.call('ListContainerStats', { filter })).stats;
    assert.equal(stats.filter(({ cpu }) => (cpu?.usageCoreNanoSeconds?.value ?? 0n) > 0n).length, running);
    assert.deepEqual((await chunks(client.stream('StreamContainerStats', { filter }))).flatMap((c) => c.containerStats).map(({ attributes }) => attributes), stats.map(({ attributes }) => attributes));
  }
  for (const [filter, count] of [[{}, 2], [{ image: { image: NGINX_IMAGE } }, 1]] as const) {
    const { images } = await client.call('ListImages', { filter });
    assert.equal(images.length, count);
    assert.deepEqual((await chunks(client.stream('StreamImages', { filter }))).flatMap((c) => c.images), images);
  }
});

test('statistics of one pod are those that the list has of it, and NotFound of none', async () => {
  const { client } = node().davit;
  const [, second] = await pods();
  const podSandboxId = second?.id ?? '';
  const { stats } = await client.call('PodSandboxStats', { podSandboxId });
  assert.deepEqual([stats?.attributes?.id, stats?.attributes?.metadata?.name], [podSandboxId, 'listed-1']);
  const { cpu, memory, network, process, containers = [] } = stats?.linux ?? {};
  assert.ok((cpu?.usageCoreNanoSeconds?.value ?? 0n) > 0n);
  assert.ok((memory?.workingSetBytes?.value ?? 0n) > 0n);
  assert.equal(network?.defaultInterface?.name, 'eth0');
  // The pause process, and the container that runs.
  assert.equal(process?.processCount?.value, 2n);
  assert.deepEqual(containers.map(({ attributes }) => attributes?.metadata?.name), ['stays']);
  const [listed] = (await client.call('ListPodSandboxStats', { filter: { id: podSandboxId } })).stats;
  assert.deepEqual(listed?.attributes, stats?.attributes);
  await assert.rejects(client.call('PodSandboxStats', { podSandboxId: 'f'.repeat(64) }), { code: 'NotFound' });
});

test('the range of addresses that kubelet tells is shown by Status, and pods go on', async () => {
  const { client } = node().davit;
  await client.call('UpdateRuntimeConfig', { runtimeConfig: { networkConfig: { podCidr: '10.99.0.0/24' } } });
  const { info } = await client.call('Status', { verbose: true });
  assert.equal((JSON.parse(info['config'] ?? '{}') as { podCidr: string }).podCidr, '10.99.0.0/24');
  const pod = await runPod(node().davit, { name: 'after' });
  assert.equal((await client.call('PodSandboxStatus', { podSandboxId: pod.id })).status?.state, READY);
});
