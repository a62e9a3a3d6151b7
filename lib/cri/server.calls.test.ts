/** Every call over a real socket: what the daemon is asked, and what the client gets. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Calls, UnaryName } from './generated/services.ts';
import type { Input } from './generated/cri.js';
import { serve } from './testing/serve.ts';
import type { Served } from './testing/serve.ts';
import { CONTAINER, IMAGE, IMAGE_ID, POD, TIME } from './testing/fakes.ts';

let served: Served;
before(async () => { served = await serve(); });
after(async () => { await served[Symbol.asyncDispose](); });

async function call<N extends UnaryName>(name: N, request: Input<Calls[N]['request']>): Promise<Calls[N]['response']> {
  served.calls.length = 0;
  return served.client.call(name, request, { timeoutMs: 60_000 });
}

/** What the fakes were asked, without the options that hold a signal. */
function asked(): unknown[] {
  return served.calls.map(({ name, args }) => [name, ...args.map((arg) => (typeof arg === 'object' && arg !== null && 'signal' in arg ? 'options' : arg))]);
}

const METADATA = { name: 'web', namespace: 'default', uid: 'u1', attempt: 3 };
const CONFIG = { metadata: { name: 'web' }, image: { image: 'example.org/web:1' } };

test('the server says of each call that it has been answered: unary, refused, and a stream at its end', async () => {
  const before = served.answered();
  await call('Version', {});
  await assert.rejects(call('ContainerStatus', {}));
  await Array.fromAsync(served.client.stream('StreamContainers', {}));
  assert.equal(served.answered() - before, 3);
});

describe('runtime', () => {
  test('Version', async () => {
    assert.deepEqual({ ...await call('Version', {}) }, { version: '0.1.0', runtimeName: 'davit', runtimeVersion: '9.8.7', runtimeApiVersion: 'v1' });
  });
  test('Status has both conditions, features, and the default handler under its name and the empty one', async () => {
    const { status, runtimeHandlers, features, info } = await call('Status', {});
    assert.deepEqual(status?.conditions.map((c) => [c.type, c.status, c.reason]), [['RuntimeReady', true, ''], ['NetworkReady', false, 'NetworkPluginNotReady']]);
    assert.deepEqual(runtimeHandlers.map((h) => [h.name, h.features?.userNamespaces, h.features?.recursiveReadOnlyMounts]), [['', true, true], ['crun', true, true], ['runc', false, false]]);
    assert.deepEqual([features?.supplementalGroupsPolicy, features?.userNamespacesHostNetwork, features?.mountOptions], [true, false, true]);
    assert.deepEqual(info, {});
  });
  test('Status verbose holds one JSON object with the state directory and the operations under way', async () => {
    const { info } = await call('Status', { verbose: true });
    const config = JSON.parse(info['config'] ?? '') as Record<string, unknown>;
    assert.equal(config['stateDir'], '/var/lib/davit');
    assert.equal(config['cgroupDriver'], 'cgroupfs');
    assert.deepEqual((config['operations'] as { stage: string }[])[0]?.stage, 'network');
  });
  test('RuntimeConfig', async () => {
    assert.equal((await call('RuntimeConfig', {})).linux?.cgroupDriver, 1);
  });
  test('UpdateRuntimeConfig passes the pod CIDR on, and nothing when there is none', async () => {
    await call('UpdateRuntimeConfig', { runtimeConfig: { networkConfig: { podCidr: '10.0.0.0/24' } } });
    assert.deepEqual(asked(), [['setPodCidr', '10.0.0.0/24']]);
    await call('UpdateRuntimeConfig', {});
    assert.deepEqual(asked(), []);
  });
});

describe('pods', () => {
  test('RunPodSandbox', async () => {
    assert.equal((await call('RunPodSandbox', { config: { metadata: METADATA, labels: { a: 'b' } }, runtimeHandler: 'runc' })).podSandboxId, 'p1');
    const [[name, config, handler, options] = []] = asked() as [string, { metadata: unknown; labels: unknown }, string, string][];
    assert.deepEqual([name, config?.metadata, { ...config?.labels as object }, handler, options], ['runPodSandbox', METADATA, { a: 'b' }, 'runc', 'options']);
  });
  for (const [rpc, method] of [['StopPodSandbox', 'stopPodSandbox'], ['RemovePodSandbox', 'removePodSandbox']] as const) {
    test(rpc, async () => {
      await call(rpc, { podSandboxId: 'p1' });
      assert.deepEqual(asked(), [[method, 'p1', 'options']]);
    });
  }
  test('PodSandboxStatus', async () => {
    const { status, containersStatuses, timestamp, info } = await call('PodSandboxStatus', { podSandboxId: 'p1' });
    assert.deepEqual([status?.id, status?.state, status?.createdAt, status?.runtimeHandler], ['p1', 0, TIME, 'crun']);
    assert.deepEqual([status?.network?.ip, status?.network?.additionalIps.map((i) => i.ip)], ['10.0.0.2', ['fd00::2']]);
    assert.equal(status?.linux?.namespaces?.options?.pid, 2);
    assert.deepEqual([containersStatuses[0]?.id, timestamp, info], ['c1', TIME, {}]);
  });
  test('PodSandboxStatus verbose', async () => {
    assert.deepEqual((await call('PodSandboxStatus', { podSandboxId: 'p1', verbose: true })).info, { info: '{"stage":"ready"}' });
  });
  test('UpdatePodSandboxResources passes on what is given', async () => {
    await call('UpdatePodSandboxResources', { podSandboxId: 'p1', resources: { cpuShares: 7n } });
    const [[name, id, resources] = []] = asked() as [string, string, { resources?: { cpuShares: number }; overhead?: unknown }][];
    assert.deepEqual([name, id, resources?.resources?.cpuShares, resources?.overhead], ['updatePodSandboxResources', 'p1', 7, undefined]);
  });
  test('ListPodSandbox passes every part of the filter on', async () => {
    const { items } = await call('ListPodSandbox', { filter: { id: 'p', state: { state: 1 }, labelSelector: { app: 'web' } } });
    assert.deepEqual(asked().map((a) => JSON.stringify(a)), ['["listPodSandboxes",{"id":"p","state":"notReady","labelSelector":{"app":"web"}}]']);
    assert.deepEqual([items[0]?.id, { ...items[0]?.metadata }, items[0]?.labels], ['p1', { ...POD.metadata }, { app: 'web' }]);
  });
  test('ListPodSandbox with nothing to filter by', async () => {
    await call('ListPodSandbox', { filter: { id: '', labelSelector: {} } });
    assert.deepEqual(asked(), [['listPodSandboxes', {}]]);
  });
});

describe('containers', () => {
  test('CreateContainer', async () => {
    assert.equal((await call('CreateContainer', { podSandboxId: 'p1', config: CONFIG })).containerId, 'c1');
    assert.deepEqual(asked().map((a) => (a as unknown[]).slice(0, 2)), [['createContainer', 'p1']]);
  });
  for (const [rpc, method] of [['StartContainer', 'startContainer'], ['RemoveContainer', 'removeContainer'], ['ReopenContainerLog', 'reopenContainerLog']] as const) {
    test(rpc, async () => {
      await call(rpc, { containerId: 'c1' });
      assert.deepEqual(asked(), [[method, 'c1', 'options']]);
    });
  }
  test('StopContainer', async () => {
    await call('StopContainer', { containerId: 'c1', timeout: 30n });
    assert.deepEqual(asked(), [['stopContainer', 'c1', 30, 'options']]);
  });
  test('ContainerStatus', async () => {
    const { status, info } = await call('ContainerStatus', { containerId: 'c1' });
    assert.deepEqual([status?.createdAt, status?.startedAt, status?.finishedAt], [TIME, TIME + 1n, TIME + 2n]);
    assert.deepEqual([status?.state, status?.exitCode, status?.reason, status?.message], [2, 137, 'OOMKilled', 'out of memory']);
    assert.deepEqual([status?.imageRef, status?.imageId, status?.image?.image, status?.image?.userSpecifiedImage], [IMAGE_ID, IMAGE_ID, 'example.org/web:1', 'web']);
    assert.deepEqual([status?.mounts.length, status?.mounts[0]?.propagation, status?.mounts[0]?.mountOptions], [1, 1, ['noexec']]);
    assert.deepEqual([status?.resources?.linux?.memoryLimitInBytes, status?.resources?.linux?.cpuQuota, status?.resources?.linux?.oomScoreAdj], [2n ** 40n, -1n, -998n]);
    assert.deepEqual([status?.user?.linux?.uid, status?.user?.linux?.supplementalGroups, status?.stopSignal], [1000n, [5n, 6n], 38]);
    assert.deepEqual([status?.logPath, status?.labels, status?.annotations, info], [CONTAINER.logPath, { app: 'web' }, { note: 'ä' }, {}]);
  });
  test('ContainerStatus verbose gives an object for every key', async () => {
    const { info } = await call('ContainerStatus', { containerId: 'c1', verbose: true });
    assert.deepEqual(Object.entries(info).map(([key, text]) => [key, JSON.parse(text) as unknown]), [['pid', { value: 42 }], ['runtimeSpec', { ociVersion: '1.2.0', at: TIME.toString() }]]);
  });
  test('ListContainers passes every part of the filter on', async () => {
    const { containers } = await call('ListContainers', { filter: { id: 'c', state: { state: 1 }, podSandboxId: 'p1', labelSelector: { app: 'web' } } });
    assert.deepEqual(asked().map((a) => JSON.stringify(a)), ['["listContainers",{"id":"c","state":"running","podSandboxId":"p1","labelSelector":{"app":"web"}}]']);
    assert.deepEqual([containers[0]?.id, containers[0]?.podSandboxId, containers[0]?.imageId, containers[0]?.state], ['c1', 'p1', IMAGE_ID, 2]);
  });
  test('UpdateContainerResources', async () => {
    await call('UpdateContainerResources', { containerId: 'c1', linux: { cpuShares: 5n, memorySwapLimitInBytes: -1n } });
    const [[name, id, resources] = []] = asked() as [string, string, { cpuShares: number; memorySwapLimitInBytes: number }][];
    assert.deepEqual([name, id, resources?.cpuShares, resources?.memorySwapLimitInBytes], ['updateContainerResources', 'c1', 5, -1]);
  });
  test('UpdateContainerResources with annotations or Windows limits is refused, not obeyed in part', async () => {
    await assert.rejects(call('UpdateContainerResources', { containerId: 'c1', linux: {}, annotations: { a: 'b' } }), { code: 'InvalidArgument', message: /^annotations: / });
    await assert.rejects(call('UpdateContainerResources', { containerId: 'c1', linux: {}, windows: { cpuShares: 5n } }), { code: 'InvalidArgument', message: /^windows: / });
    assert.deepEqual(asked(), []);
  });
  test('CreateContainer with the configuration of another pod is refused, with fresher labels it is not', async () => {
    const { metadata } = POD;
    await assert.rejects(call('CreateContainer', { podSandboxId: 'p1', config: CONFIG, sandboxConfig: { metadata: { ...metadata, uid: 'u2' } } }), { code: 'InvalidArgument', message: /sandbox_config\.metadata\.uid: "u2"/ });
    await call('CreateContainer', { podSandboxId: 'p1', config: CONFIG, sandboxConfig: { metadata, labels: { app: 'new' } } });
  });
  test('an image for a handler that does not exist is refused by every call', async () => {
    const image = { image: 'web', runtimeHandler: 'kata' };
    for (const rpc of ['PullImage', 'ImageStatus', 'RemoveImage'] as const) await assert.rejects(call(rpc, { image }), { code: 'InvalidArgument', message: /image\.runtime_handler: "kata"/ });
    await assert.rejects(call('CreateContainer', { podSandboxId: 'p1', config: { ...CONFIG, image } }), { code: 'InvalidArgument', message: /runtime_handler/ });
    await call('PullImage', { image: { image: 'web', runtimeHandler: 'runc' } });
  });
  test('Exec, Attach and PortForward answer with a URL', async () => {
    assert.equal((await call('Exec', { containerId: 'c1', cmd: ['ls', '-l'], tty: true, stdin: true, stdout: true })).url, 'http://127.0.0.1:1/exec/t');
    assert.deepEqual(asked()[0], ['exec', 'c1', ['ls', '-l'], { tty: true, stdin: true }, 'options']);
    assert.equal((await call('Attach', { containerId: 'c1', stderr: true })).url, 'http://127.0.0.1:1/attach/t');
    assert.equal((await call('PortForward', { podSandboxId: 'p1', port: [80] })).url, 'http://127.0.0.1:1/portforward/t');
  });
  test('ExecSync', async () => {
    const { stdout, stderr, exitCode } = await call('ExecSync', { containerId: 'c1', cmd: ['ls', '-l'], timeout: 5n });
    assert.deepEqual(asked(), [['execSync', 'c1', ['ls', '-l'], 5, 'options']]);
    assert.deepEqual([Buffer.from(stdout).toString(), [...stderr], exitCode], ['out', [0xff, 0], 3]);
  });
});

describe('figures and events', () => {
  test('ContainerStats', async () => {
    const { stats } = await call('ContainerStats', { containerId: 'c1' });
    assert.deepEqual([stats?.cpu?.timestamp, stats?.cpu?.usageCoreNanoSeconds?.value, stats?.memory?.majorPageFaults?.value], [TIME, 2n ** 60n + 1n, 6n]);
    assert.deepEqual([stats?.writableLayer?.fsId?.mountpoint, stats?.writableLayer?.inodesUsed?.value, stats?.swap?.swapUsageBytes?.value], ['/var/lib/davit', 9n, 11n]);
  });
  test('statistics of containers and pods hold pressure of cpu, memory and io, in nanoseconds', async () => {
    const { stats: container } = await call('ContainerStats', { containerId: 'c1' });
    const { stats: pod } = await call('PodSandboxStats', { podSandboxId: 'p1' });
    for (const part of [container, pod?.linux]) {
      for (const usage of [part?.cpu, part?.memory, part?.io]) {
        assert.deepEqual([usage?.timestamp, usage?.psi?.Some?.Total, usage?.psi?.Full?.Total, usage?.psi?.Some?.Avg10, usage?.psi?.Some?.Avg60, usage?.psi?.Some?.Avg300], [TIME, 7000n, 3000n, 1.5, 0.5, 0.25]);
      }
    }
  });
  test('ListContainerStats', async () => {
    const { stats } = await call('ListContainerStats', { filter: { podSandboxId: 'p1' } });
    assert.deepEqual([asked(), stats[0]?.attributes?.id], [[['listContainerStats', { podSandboxId: 'p1' }, 'options']], 'c1']);
  });
  test('PodSandboxStats', async () => {
    const { stats } = await call('PodSandboxStats', { podSandboxId: 'p1' });
    assert.deepEqual([stats?.linux?.network?.defaultInterface?.txErrors?.value, stats?.linux?.process?.processCount?.value, stats?.linux?.containers.length], [4n, 12n, 1]);
  });
  test('ListPodSandboxStats', async () => {
    const { stats } = await call('ListPodSandboxStats', { filter: { id: 'p1' } });
    assert.deepEqual([asked(), stats[0]?.attributes?.id], [[['listPodSandboxStats', { id: 'p1' }, 'options']], 'p1']);
  });
  test('ListMetricDescriptors', async () => {
    const { descriptors } = await call('ListMetricDescriptors', {});
    assert.deepEqual(descriptors.map((d) => ({ ...d })), [{ name: 'container_file_descriptors', help: 'open files', labelKeys: ['container', 'name'] }]);
  });
  test('ListPodSandboxMetrics keeps values and labels whole, of the pod and of its containers', async () => {
    const { podMetrics: [pod] } = await call('ListPodSandboxMetrics', {});
    assert.deepEqual(asked(), [['listPodSandboxMetrics', 'options']]);
    const samples = (of: NonNullable<typeof pod>['metrics'] = []): unknown[] => of.map((m) => [m.name, m.timestamp, m.metricType, m.labelValues, m.value?.value]);
    const [received, open] = [['container_network_receive_bytes_total', TIME, 0], 'container_file_descriptors'];
    assert.deepEqual([pod?.podSandboxId, samples(pod?.metrics)], ['p1', [[...received, ['POD', '', 'eth0'], 0n], [...received, ['POD', '', 'eth1'], 0n]]]);
    assert.deepEqual(pod?.containerMetrics.map((c) => [c.containerId, samples(c.metrics)]), [['c1', [[open, TIME, 1, ['web', 'c1'], 2n ** 63n]]], ['c2', [[open, TIME + 1n, 1, ['ä', '', 'c1'], 2n ** 63n]]]]);
  });
  test('StreamPodSandboxMetrics gives each pod once', async () => {
    const messages = await Array.fromAsync(served.client.stream('StreamPodSandboxMetrics', {}, { timeoutMs: 60_000 }));
    assert.deepEqual(messages.map((m) => m.podSandboxMetrics.map((p) => [p.podSandboxId, p.metrics.length, p.containerMetrics.length])), [[['p1', 2, 2]]]);
  });
  test('GetContainerEvents', async () => {
    const events = await Array.fromAsync(served.client.stream('GetContainerEvents', {}, { timeoutMs: 60_000 }));
    assert.deepEqual(events.map((e) => [e.containerId, e.containerEventType, e.createdAt, e.podSandboxStatus?.id, e.containersStatuses.length]), [['c1', 2, TIME, 'p1', 1]]);
  });
});

describe('images', () => {
  test('ListImages', async () => {
    const { images } = await call('ListImages', {});
    const [image] = images;
    assert.deepEqual([image?.id, image?.repoTags, image?.repoDigests, image?.size, image?.uid?.value, image?.pinned], [IMAGE_ID, IMAGE.repoTags, IMAGE.repoDigests, 2n ** 33n, 0n, false]);
    await call('ListImages', { filter: { image: { image: 'web' } } });
    assert.deepEqual(asked(), [['list', 'web']]);
  });
  test('ImageStatus of an image that is absent is an answer without one', async () => {
    const { image, info } = await call('ImageStatus', { image: { image: 'absent' }, verbose: true });
    assert.deepEqual([image, info], [null, {}]);
  });
  test('ImageStatus verbose', async () => {
    const { image, info } = await call('ImageStatus', { image: { image: 'example.org/web:1' }, verbose: true });
    assert.equal(image?.id, IMAGE_ID);
    assert.deepEqual(JSON.parse(info['info'] ?? ''), {
      labels: { a: 'b' }, chainIDs: ['sha256:3'],
      imageSpec: {
        architecture: 'amd64', os: 'linux', rootfs: { type: 'layers', diff_ids: ['sha256:3'] },
        config: { User: '0', Env: ['A=b'], Entrypoint: ['/web'], Volumes: { '/data': {} }, Labels: { a: 'b' } },
      },
    });
  });
  test('PullImage passes the credentials on and logs none of them', async () => {
    assert.equal((await call('PullImage', { image: { image: 'web' }, auth: { username: 'me', password: 'hunter2', registryToken: 'tok-123' } })).imageRef, IMAGE_ID);
    const [reference, { auth }] = served.calls[0]?.args as [string, { auth: { password: string } }];
    assert.deepEqual([reference, auth.password], ['web', 'hunter2']);
    const lines = JSON.stringify(served.log);
    assert.ok(lines.includes('PullImage') && !lines.includes('hunter2') && !lines.includes('tok-123'));
  });
  test('PullImage passes the namespace of the pod on', async () => {
    await call('PullImage', { image: { image: 'web' }, sandboxConfig: { metadata: { name: 'n', uid: 'u', namespace: 'team', attempt: 0 } } });
    assert.equal((served.calls[0]?.args[1] as { namespace?: string }).namespace, 'team');
    await call('PullImage', { image: { image: 'web' } });
    assert.equal('namespace' in (served.calls[0]?.args[1] as object), false);
  });
  test('PullImage with an empty AuthConfig is anonymous', async () => {
    await call('PullImage', { image: { image: 'web' }, auth: {} });
    assert.equal('auth' in (served.calls[0]?.args[1] as object), false);
  });
  test('RemoveImage', async () => {
    await call('RemoveImage', { image: { image: IMAGE_ID } });
    assert.deepEqual(asked(), [['remove', IMAGE_ID]]);
  });
  test('ImageFsInfo', async () => {
    const { imageFilesystems: [fs], containerFilesystems } = await call('ImageFsInfo', {});
    assert.deepEqual([fs?.fsId?.mountpoint, fs?.usedBytes?.value, fs?.inodesUsed?.value, fs?.timestamp, containerFilesystems.length], ['/var/lib/davit', 5n, 6n, 7_000_000n, 1]);
  });
});
