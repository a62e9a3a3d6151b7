/** Requests that are wrong: each gets an error that names the thing, and leaves nothing behind. */
import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import type { DavitError, ErrorCode } from '#errors';
import { BUSYBOX_IMAGE, containerConfig, podConfig, rawCall, runContainer, runPod, useNode } from '../harness/index.ts';

const node = useNode();
const client = (): ReturnType<typeof node>['davit']['client'] => node().davit.client;
const UNKNOWN_ID = 'f'.repeat(64);
const INVALID_ARGUMENT = '3';
const NOTHING_OF_IT = new Set(['0', '12']);

/** The call fails with this class, and says this. */
async function refused(call: Promise<unknown>, code: ErrorCode, text: RegExp): Promise<void> {
  await assert.rejects(call, (error: DavitError) => {
    assert.match(error.message, text);
    assert.equal(error.code, code, error.message);
    return true;
  });
}

test('bytes that are no protobuf are refused by every service, and the daemon goes on', async () => {
  const { socket } = node().davit;
  for (const method of ['RuntimeService/RunPodSandbox', 'RuntimeService/CreateContainer', 'RuntimeService/Version', 'ImageService/PullImage']) {
    for (const bytes of [Buffer.from([0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f]), Buffer.from([0x0a, 0x05, 0x01]), Buffer.alloc(64, 0xff), Buffer.from([0x0c])]) {
      const answer = await rawCall(socket, method, bytes);
      assert.equal(answer.httpStatus, 200);
      assert.ok(!NOTHING_OF_IT.has(answer.grpcStatus), `${method} answered ${answer.grpcStatus} to ${bytes.toString('hex')}`);
      assert.notEqual(answer.message, '');
    }
  }
  assert.equal((await client().call('Version', {})).runtimeName, 'davit');
});

test('an empty message is a request without its parts: InvalidArgument, saying which', async () => {
  const { socket } = node().davit;
  for (const [method, part] of [['RunPodSandbox', 'config'], ['StopPodSandbox', 'pod_sandbox_id'], ['PodSandboxStatus', 'pod_sandbox_id'], ['CreateContainer', 'pod_sandbox_id|config'], ['StartContainer', 'container_id'], ['ContainerStatus', 'container_id'], ['ExecSync', 'container_id']] as const) {
    const answer = await rawCall(socket, `RuntimeService/${method}`, Buffer.alloc(0));
    assert.equal(answer.grpcStatus, INVALID_ARGUMENT, `${method}: ${answer.message}`);
    assert.match(answer.message.replaceAll(/\s|([a-z])([A-Z])/g, '$1_$2').toLowerCase(), new RegExp(part), method);
  }
});

test('a pod without metadata, or with empty parts of it, is refused', async () => {
  const { davit } = node();
  const good = podConfig(davit, { name: 'x' });
  for (const [metadata, missing] of [[undefined, /metadata/], [{ ...good.metadata, name: '' }, /name/], [{ ...good.metadata, uid: '' }, /uid/], [{ ...good.metadata, namespace: '' }, /namespace/]] as const) {
    await refused(client().call('RunPodSandbox', { config: { ...good, metadata } }), 'InvalidArgument', missing);
  }
  assert.deepEqual((await client().call('ListPodSandbox', {})).items, []);
});

test('a container without metadata, image or pod configuration is refused', async () => {
  const { davit } = node();
  const pod = await runPod(davit, { name: 'holder' });
  const config = containerConfig({ name: 'x', command: ['true'] });
  const create = (request: object): Promise<unknown> => client().call('CreateContainer', { podSandboxId: pod.id, sandboxConfig: pod.config, ...request });
  await refused(create({ config: { ...config, metadata: undefined } }), 'InvalidArgument', /metadata/);
  await refused(create({ config: { ...config, metadata: { name: '' } } }), 'InvalidArgument', /name/);
  await refused(create({ config: { ...config, image: undefined } }), 'InvalidArgument', /image/);
  await refused(create({ config }), 'NotFound', new RegExp(BUSYBOX_IMAGE));
  assert.deepEqual((await client().call('ListContainers', {})).containers, []);
});

test('unknown ids: NotFound where there must be something, success where nothing is wanted', async () => {
  await refused(client().call('PodSandboxStatus', { podSandboxId: UNKNOWN_ID }), 'NotFound', new RegExp(UNKNOWN_ID));
  await refused(client().call('ContainerStatus', { containerId: UNKNOWN_ID }), 'NotFound', new RegExp(UNKNOWN_ID));
  await refused(client().call('StartContainer', { containerId: UNKNOWN_ID }), 'NotFound', new RegExp(UNKNOWN_ID));
  await refused(client().call('ExecSync', { containerId: UNKNOWN_ID, cmd: ['true'] }), 'NotFound', new RegExp(UNKNOWN_ID));
  await refused(client().call('ContainerStats', { containerId: UNKNOWN_ID }), 'NotFound', new RegExp(UNKNOWN_ID));
  await refused(client().call('CreateContainer', { podSandboxId: UNKNOWN_ID, config: containerConfig({ name: 'x' }), sandboxConfig: podConfig(node().davit, { name: 'x' }) }), 'NotFound', new RegExp(UNKNOWN_ID));
  await client().call('StopPodSandbox', { podSandboxId: UNKNOWN_ID });
  await client().call('RemovePodSandbox', { podSandboxId: UNKNOWN_ID });
  await client().call('StopContainer', { containerId: UNKNOWN_ID, timeout: 0n });
  await client().call('RemoveContainer', { containerId: UNKNOWN_ID });
  await client().call('RemoveImage', { image: { image: `sha256:${UNKNOWN_ID}` } });
  assert.equal((await client().call('ImageStatus', { image: { image: `sha256:${UNKNOWN_ID}` } })).image, null);
});

test('image references that are none are refused before any network', async () => {
  const { images } = node();
  const requests = images.requests.length;
  for (const image of ['', 'example.com/UPPER', 'busybox@sha256:123', `busybox@sha256:${'g'.repeat(64)}`, 'busybox:a b', '../../etc/passwd', 'a/'.repeat(200), 'host:port:port/x']) {
    await refused(client().call('PullImage', { image: { image } }), 'InvalidArgument', new RegExp(image === '' ? 'image' : image.slice(0, 8).replaceAll('.', '\\.')));
  }
  assert.equal(images.requests.length, requests);
});

test('security settings that contradict each other are refused', async () => {
  const { davit } = node();
  await refused(client().call('RunPodSandbox', { config: podConfig(davit, { name: 'x', linux: { securityContext: { runAsGroup: { value: 7n } } } }) }), 'InvalidArgument', /run_?as_?group/i);
  await client().call('PullImage', { image: { image: BUSYBOX_IMAGE } });
  const pod = await runPod(davit, { name: 'holder' });
  const create = (linux: object, more: object = {}): Promise<unknown> =>
    client().call('CreateContainer', { podSandboxId: pod.id, sandboxConfig: pod.config, config: containerConfig({ name: 'x', command: ['true'], linux, ...more }) });
  await refused(create({ securityContext: { runAsGroup: { value: 7n } } }), 'InvalidArgument', /run_?as_?group/i);
  await refused(create({ securityContext: { runAsUsername: 'nobody-at-all' } }), 'InvalidArgument', /nobody-at-all/);
  await refused(create({}, { mounts: [{ containerPath: '/x', hostPath: '/etc/passwd/below' }] }), 'InvalidArgument', /\/etc\/passwd\/below/);
  await refused(create({}, { mounts: [{ containerPath: '/x', hostPath: 'not/absolute' }] }), 'InvalidArgument', /not\/absolute/);
  await refused(create({}, { mounts: [{ containerPath: '', hostPath: '/tmp' }] }), 'InvalidArgument', /container_?path/i);
  assert.deepEqual((await client().call('ListContainers', {})).containers, []);
});

test('a command that is not in the image fails with its name, and the container may be removed', async () => {
  const { davit } = node();
  await client().call('PullImage', { image: { image: BUSYBOX_IMAGE } });
  const pod = await runPod(davit, { name: 'holder' });
  // With a terminal too, which a runtime that fails never sends.
  for (const tty of [false, true]) await assert.rejects(runContainer(davit, pod, { name: `x-${tty}`, command: ['/no/such/program'], tty }), /no\/such\/program/);
  for (const { id } of (await client().call('ListContainers', {})).containers) await client().call('RemoveContainer', { containerId: id });
  const id = await runContainer(davit, pod, { name: 'x', command: ['top', '-b'] });
  assert.equal((await client().call('ContainerStatus', { containerId: id })).status?.state, 1);
});

test('the same pod asked for again is the same pod; another under its name is refused with the difference', async () => {
  const { davit } = node();
  const config = podConfig(davit, { name: 'twin' });
  const first = await client().call('RunPodSandbox', { config });
  assert.deepEqual(await client().call('RunPodSandbox', { config }), first);
  await refused(client().call('RunPodSandbox', { config: { ...config, hostname: 'other' } }), 'AlreadyExists', /hostname/);
});
