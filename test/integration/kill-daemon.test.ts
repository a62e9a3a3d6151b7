/** kill -9 of the daemon: containers, logs and exit codes go on without it, and the next daemon knows everything. */
import { strict as assert } from 'node:assert';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { test } from 'node:test';
import { BUSYBOX_IMAGE, containerConfig, eventually, podConfig, runContainer, runPod, useNode } from '../harness/index.ts';
import type { Davit } from '../harness/index.ts';

const node = useNode();
const CREATED = 0;
const RUNNING = 1;
const EXITED = 2;
const READY = 0;
const NOT_READY = 1;

async function statusOf(davit: Davit, containerId: string): Promise<NonNullable<Awaited<ReturnType<typeof containerStatus>>>> {
  const status = await containerStatus(davit, containerId);
  assert.ok(status);
  return status;
}

async function containerStatus(davit: Davit, containerId: string) {
  return (await davit.client.call('ContainerStatus', { containerId })).status;
}

async function logLines(davit: Davit, containerId: string): Promise<string[]> {
  const { logPath } = await statusOf(davit, containerId);
  return (await readFile(logPath, 'utf8')).split('\n').filter((line) => line !== '').map((line) => line.split(' ').slice(3).join(' '));
}

test('pods and containers keep state, address, logs and exit codes over kill -9', async () => {
  const { davit } = node();
  await davit.client.call('PullImage', { image: { image: BUSYBOX_IMAGE } });
  const pod = await runPod(davit, { name: 'survivor' });
  const stopped = await runPod(davit, { name: 'stopped' });
  await davit.client.call('StopPodSandbox', { podSandboxId: stopped.id });
  const gate = join(davit.directory, 'gate');
  await writeFile(gate, '');
  const mounts = [{ containerPath: '/gate', hostPath: gate }];
  const wait = 'while [ ! -s /gate ]; do usleep 20000; done';
  const counter = await runContainer(davit, pod, { name: 'counter', mounts, command: ['sh', '-c', 'i=0; while [ ! -s /gate ]; do i=$((i+1)); echo $i; usleep 1000; done; echo end; exec top -b >/dev/null'] });
  const seven = await runContainer(davit, pod, { name: 'seven', mounts, command: ['sh', '-c', `${wait}; echo bye; exit 7`] });
  const before = await runContainer(davit, pod, { name: 'before', command: ['sh', '-c', 'exit 3'] });
  const { containerId: created } = await davit.client.call('CreateContainer', { podSandboxId: pod.id, sandboxConfig: pod.config, config: containerConfig({ name: 'created', command: ['top', '-b'] }) });
  await eventually('the exit before the kill', async () => (await statusOf(davit, before)).state === EXITED);
  const network = (await davit.client.call('PodSandboxStatus', { podSandboxId: pod.id })).status?.network;
  const { startedAt } = await statusOf(davit, counter);
  const { logPath } = await statusOf(davit, counter);

  await davit.kill9();
  const linesAtKill = (await readFile(logPath, 'utf8')).split('\n').length;
  await eventually('lines that are logged without a daemon', async () => (await readFile(logPath, 'utf8')).split('\n').length > linesAtKill + 100);
  await writeFile(gate, 'open');
  await eventually('the end of the count', async () => (await readFile(logPath, 'utf8')).includes(' end\n'));
  await eventually('the exit record', async () => (await readFile(logPath.replace('counter', 'seven'), 'utf8')).includes('bye'));
  await davit.start();

  const pods = (await davit.client.call('ListPodSandbox', {})).items;
  assert.deepEqual(pods.map((p) => [p.id, p.state]).sort(), [[pod.id, READY], [stopped.id, NOT_READY]].sort());
  assert.deepEqual((await davit.client.call('PodSandboxStatus', { podSandboxId: pod.id })).status?.network, network);
  await eventually('the exit code from without a daemon', async () => (await statusOf(davit, seven)).state === EXITED);
  const states = await Promise.all([counter, seven, before, created].map(async (id) => { const s = await statusOf(davit, id); return [s.state, s.exitCode]; }));
  assert.deepEqual(states, [[RUNNING, 0], [EXITED, 7], [EXITED, 3], [CREATED, 0]]);
  assert.equal((await statusOf(davit, counter)).startedAt, startedAt);

  const numbers = await logLines(davit, counter);
  assert.equal(numbers.pop(), 'end');
  assert.deepEqual(numbers, numbers.map((_, index) => String(index + 1)));
  assert.deepEqual(await logLines(davit, seven), ['bye']);

  const answer = await davit.client.call('ExecSync', { containerId: counter, cmd: ['echo', 'still here'], timeout: 60n });
  assert.equal(Buffer.from(answer.stdout).toString(), 'still here\n');
  await davit.client.call('StartContainer', { containerId: created });
  assert.equal((await statusOf(davit, created)).state, RUNNING);
});

test('a container that is stopped by the next daemon ends, and its pod leaves nothing', async () => {
  const { davit } = node();
  await davit.client.call('PullImage', { image: { image: BUSYBOX_IMAGE } });
  const pod = await runPod(davit, { name: 'survivor' });
  const id = await runContainer(davit, pod, { name: 'top', command: ['top', '-b'] });
  await davit.kill9();
  await davit.start();
  await davit.client.call('StopContainer', { containerId: id, timeout: 0n });
  const { state, exitCode } = await statusOf(davit, id);
  assert.deepEqual([state, exitCode], [EXITED, 137]);
  await davit.client.call('RemovePodSandbox', { podSandboxId: pod.id });
  await node().assertClean();
});

test('a daemon that is stopped politely leaves containers running, and so does the next start', async () => {
  const { davit } = node();
  await davit.client.call('PullImage', { image: { image: BUSYBOX_IMAGE } });
  const pod = await runPod(davit, { name: 'survivor' });
  const id = await runContainer(davit, pod, { name: 'top', command: ['top', '-b'] });
  const { info } = await davit.client.call('ContainerStatus', { containerId: id, verbose: true });
  const { pid } = JSON.parse(info['info'] ?? '{}') as { pid: number };
  await davit.stop();
  assert.ok(existsSync(`/proc/${pid}`));
  assert.ok(!existsSync(davit.socket), 'the socket of a daemon that has gone');
  await davit.start();
  assert.equal((await statusOf(davit, id)).state, RUNNING);
});

/** Spread over the time that four pods take to start. */
const KILL_AFTER_MS = [5, 20, 40, 70, 110, 160, 220, 300];

test('kill -9 at any moment of starting pods: whatever the next daemon knows can be removed, and nothing else is left', async () => {
  const { davit } = node();
  await davit.client.call('PullImage', { image: { image: BUSYBOX_IMAGE } });
  for (const ms of KILL_AFTER_MS) {
    const starts = [1, 2, 3, 4].map(async (n) => {
      const pod = await runPod(davit, { name: `pod${n}` });
      await runContainer(davit, pod, { name: 'top', command: ['top', '-b'] });
    });
    const settled = Promise.allSettled(starts);
    await delay(ms);
    await davit.kill9();
    await settled;
    await davit.start();
    await node().removeAllPods();
    await node().assertClean();
  }
});

test('kill -9 at any moment of removing pods: the removal can be finished', async () => {
  const { davit } = node();
  await davit.client.call('PullImage', { image: { image: BUSYBOX_IMAGE } });
  for (const ms of KILL_AFTER_MS) {
    const pods = await Promise.all([1, 2].map(async (n) => {
      const pod = await runPod(davit, { name: `pod${n}` });
      await runContainer(davit, pod, { name: 'top', command: ['top', '-b'] });
      return pod;
    }));
    const settled = Promise.allSettled(pods.map((pod) => davit.client.call('RemovePodSandbox', { podSandboxId: pod.id })));
    await delay(ms);
    await davit.kill9();
    await settled;
    await davit.start();
    for (const pod of pods) await davit.client.call('RemovePodSandbox', { podSandboxId: pod.id });
    await node().assertClean();
  }
});

test('kill -9 in the middle of a pull: nothing half is listed or left, and the next pull works', async () => {
  const { davit, images } = node();
  const image = 'registry.k8s.io/e2e-test-images/nginx:1.14-2';
  images.faults.add({ when: (t) => t.kind === 'blob' && t.method === 'GET', action: { do: 'hang-body', afterBytes: 100_000 } });
  const pulled = davit.client.call('PullImage', { image: { image } }).then(() => 'pulled', () => 'failed');
  await eventually('the pull to be under way', () => images.requests.some((r) => r.kind === 'blob' && r.method === 'GET'));
  await davit.kill9();
  images.faults.clear();
  assert.equal(await pulled, 'failed');
  await davit.start();
  assert.equal((await davit.client.call('ImageStatus', { image: { image } })).image, null);
  await node().assertClean();
  await davit.client.call('PullImage', { image: { image } });
});

test('callers that go away in the middle: nothing is left but what a retry joins', async () => {
  const { davit } = node();
  await davit.client.call('PullImage', { image: { image: BUSYBOX_IMAGE } });
  for (const ms of [1, 5, 15, 30, 60]) {
    const config = podConfig(davit, { name: 'left' });
    const signal = AbortSignal.timeout(ms);
    await davit.client.call('RunPodSandbox', { config }, { signal }).catch(() => undefined);
    const { podSandboxId } = await davit.client.call('RunPodSandbox', { config });
    const container = containerConfig({ name: 'top', command: ['top', '-b'] });
    const request = { podSandboxId, config: container, sandboxConfig: config };
    await davit.client.call('CreateContainer', request, { signal: AbortSignal.timeout(ms) }).catch(() => undefined);
    const { containerId } = await davit.client.call('CreateContainer', request);
    await davit.client.call('StartContainer', { containerId }, { signal: AbortSignal.timeout(ms) }).catch(() => undefined);
    await davit.client.call('StopPodSandbox', { podSandboxId }, { signal: AbortSignal.timeout(ms) }).catch(() => undefined);
    await davit.client.call('RemovePodSandbox', { podSandboxId });
    await node().assertClean();
  }
});
