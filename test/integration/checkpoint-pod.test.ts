/** CheckpointPod and RestorePod by the real CRIU: pods of two containers, their rules, and a daemon that is killed in the middle. */
import { strict as assert } from 'node:assert';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { promisify } from 'node:util';
import { containerConfig, eventually, podConfig, runPod } from '../harness/index.ts';
import type { ContainerConfig, PodConfig, RunningPod } from '../harness/index.ts';
import { useCriuNode } from './checkpoints/criu-node.ts';

const run = promisify(execFile);
const criu = useCriuNode();
const { client, counting, counts, last, started, status, exec, RUNNING, CREATED } = criu;
const SCRIPT = 'i=0; while :; do i=$((i+1)); echo count $i; sleep 0.1; done';

/** A container as it was checkpointed; where it was made, image and process are the same. */
function config(name: string, pid: 'pod' | 'container' = 'container'): ContainerConfig {
  return containerConfig({ name, command: ['sh', '-c', SCRIPT], ...criu.pidMode(pid) });
}

async function twoCounting(handler = 'runc', pid: 'pod' | 'container' = 'container'): Promise<{ pod: RunningPod; ids: string[] }> {
  const { pod } = await counting(handler, pid);
  const ids = [];
  for (const name of ['one', 'two']) ids.push(await started(pod, { name, command: ['sh', '-c', SCRIPT], ...criu.pidMode(pid) }));
  await eventually('both count', () => last(pod, 'one') > 2 && last(pod, 'two') > 2);
  return { pod, ids };
}

const emptyDirectory = (): Promise<string> => mkdtemp(join(criu.directory, 'pod-'));

function restoreRequest(checkpointPath: string, name: string, names: readonly string[] = ['one', 'two'], pid: 'pod' | 'container' = 'container'): { checkpointPath: string; config: PodConfig; runtimeHandler: string; containerConfigs: ContainerConfig[] } {
  return { checkpointPath, config: podConfig(criu.davit(), { name, ...criu.pidMode(pid) }), runtimeHandler: 'runc', containerConfigs: names.map((n) => config(n, pid)) };
}

const TIMEOUT = { timeoutMs: 60_000 };

async function goOn(pod: RunningPod, names = ['one', 'two']): Promise<void> {
  const before = names.map((name) => last(pod, name));
  await eventually('they go on', () => names.every((name, i) => last(pod, name) > (before[i] ?? 0)));
}

for (const pid of ['container', 'pod'] as const) test(`two of three containers, pid namespace of the ${pid}: one moment for both, and both go on in another pod when they are started`, async () => {
  const { pod, ids } = await twoCounting('runc', pid);
  const outputPath = await emptyDirectory();
  await client().call('CheckpointPod', { podSandboxId: pod.id, outputPath, containerIds: ids }, TIMEOUT);
  const at = [last(pod, 'one'), last(pod, 'two')];
  await goOn(pod, ['c', 'one', 'two']);
  assert.deepEqual((await readdir(outputPath)).sort(), ['container-0.tar', 'container-1.tar', 'pod.json']);
  for (const name of await readdir(outputPath)) assert.equal((await stat(join(outputPath, name))).mode & 0o777, 0o600);

  const request = restoreRequest(outputPath, 'restored', ['two', 'one'], pid);
  const { podSandboxId, restoredContainers } = await client().call('RestorePod', request, TIMEOUT);
  assert.deepEqual(restoredContainers.map(({ name }) => name), ['two', 'one']);
  // The checkpoint may go: what is needed has been copied.
  await rename(outputPath, `${outputPath}-gone`);
  for (const { containerId } of restoredContainers) assert.equal((await status(containerId)).state, CREATED);
  const restored = { id: podSandboxId, config: request.config };
  assert.deepEqual([counts(restored, 'one'), counts(restored, 'two')], [[], []]);
  for (const { containerId } of restoredContainers) await client().call('StartContainer', { containerId });
  await goOn(restored);
  for (const [i, name] of ['one', 'two'].entries()) {
    const [first = 0] = counts(restored, name);
    assert.ok(first > 1 && first <= (at[i] ?? 0) + 1, `${name} began with ${first}, the checkpoint was at ${at[i]}`);
  }
  const [{ containerId } = assert.fail()] = restoredContainers;
  assert.equal((await status(containerId)).state, RUNNING);
  assert.equal(await exec(containerId, 'hostname'), 'restored');
  assert.equal((await client().call('PodSandboxStatus', { podSandboxId })).status?.state, 0);
});

test('an equal RestorePod is answered alike until a container is started', async () => {
  const { pod, ids } = await twoCounting();
  const outputPath = await emptyDirectory();
  await client().call('CheckpointPod', { podSandboxId: pod.id, outputPath, containerIds: ids }, TIMEOUT);
  const request = restoreRequest(outputPath, 'twice');
  const [first, second] = await Promise.all([client().call('RestorePod', request, TIMEOUT), client().call('RestorePod', request, TIMEOUT)]);
  assert.deepEqual(second, first);
  assert.deepEqual(await client().call('RestorePod', request, TIMEOUT), first);
  await client().call('StartContainer', { containerId: first.restoredContainers[0]?.containerId ?? '' });
  await assert.rejects(client().call('RestorePod', request, TIMEOUT), { code: 'AlreadyExists' });
});

describe('CheckpointPod refuses, and the containers go on', () => {
  test('what breaks a rule of the request', async () => {
    const { pod, ids } = await twoCounting();
    const [one = '', two = ''] = ids;
    const other = await runPod(criu.davit(), { name: 'other', runtimeHandler: 'runc' });
    const elsewhere = await started(other, { name: 'x', command: ['sleep', '1000'], ...criu.pidMode('pod') });
    const outputPath = await emptyDirectory();
    const full = await emptyDirectory();
    await writeFile(join(full, 'mine'), 'mine');
    const good = { podSandboxId: pod.id, outputPath, containerIds: ids };
    const table: readonly (readonly [object, string, RegExp])[] = [
      [{ podSandboxId: 'f'.repeat(64) }, 'NotFound', /no pod/], [{ outputPath: 'relative' }, 'InvalidArgument', /output_path/], [{ outputPath: join(outputPath, 'none') }, 'NotFound', /no such directory/],
      [{ outputPath: full }, 'InvalidArgument', /holds "mine"/], [{ outputPath: join(full, 'mine') }, 'InvalidArgument', /no directory/], [{ containerIds: [] }, 'InvalidArgument', /container_ids is empty/],
      [{ containerIds: [one, one] }, 'InvalidArgument', /twice/], [{ containerIds: [one, 'f'.repeat(64)] }, 'NotFound', /no container/], [{ containerIds: [one, elsewhere] }, 'InvalidArgument', /belongs to pod/],
      [{ options: { key: '' } }, 'InvalidArgument', /options: "key"/],
    ];
    for (const [change, code, message] of table) await assert.rejects(client().call('CheckpointPod', { ...good, ...change }, TIMEOUT), { code, message });
    await client().call('StopContainer', { containerId: two, timeout: 0n });
    await assert.rejects(client().call('CheckpointPod', good, TIMEOUT), { code: 'FailedPrecondition', message: /is exited, expected running/ });
    await client().call('StopPodSandbox', { podSandboxId: other.id });
    await assert.rejects(client().call('CheckpointPod', { ...good, podSandboxId: other.id, containerIds: [elsewhere] }, TIMEOUT), { code: 'FailedPrecondition', message: /not ready/ });
    assert.deepEqual([await readdir(outputPath), await readdir(full)], [[], ['mine']]);
    await goOn(pod, ['one']);
  });

  test('a container that CRIU cannot take: none of the checkpoint stays, all go on', async () => {
    const { pod, ids } = await twoCounting();
    const strange = await started(pod, { name: 'strange', command: ['sh', '-c', `echo > /a; ln /a /b; exec 3</a; rm /a; ${SCRIPT}`] });
    await eventually('it counts', () => last(pod, 'strange') > 2);
    const outputPath = await emptyDirectory();
    await assert.rejects(client().call('CheckpointPod', { podSandboxId: pod.id, outputPath, containerIds: [...ids, strange] }, TIMEOUT), { code: 'FailedPrecondition', message: /Error \(criu/ });
    assert.deepEqual(await readdir(outputPath), []);
    await goOn(pod, ['c', 'one', 'two', 'strange']);
  });

  test('a caller that leaves in the middle', async () => {
    const { pod, ids } = await twoCounting();
    const outputPath = await emptyDirectory();
    for (const timeoutMs of [150, 400, 900]) {
      await client().call('CheckpointPod', { podSandboxId: pod.id, outputPath, containerIds: ids }, { timeoutMs }).then(
        async () => { for (const name of await readdir(outputPath)) await run('rm', ['-r', join(outputPath, name)]); },
        (error: unknown) => assert.match(String((error as { code?: string }).code), /DeadlineExceeded|Cancelled/),
      );
      await eventually('nothing is left', async () => (await readdir(outputPath)).length === 0);
      await goOn(pod);
    }
    // CRIU's firewall rules would keep every packet from the pod.
    assert.doesNotMatch((await run('nsenter', [`--net=${criu.davit().runroot}/ns/${pod.id}/net`, 'iptables-save'])).stdout, /CRIU/);
  });
});

describe('RestorePod refuses, and nothing is left', () => {
  test('what does not fit the checkpoint', async () => {
    const { pod, ids } = await twoCounting();
    const checkpoint = await emptyDirectory();
    await client().call('CheckpointPod', { podSandboxId: pod.id, outputPath: checkpoint, containerIds: ids }, TIMEOUT);
    const good = restoreRequest(checkpoint, 'refused');
    const changed = (change: ContainerConfig): object => ({ containerConfigs: [config('one'), { ...config('two'), ...change }] });
    const broken = async (script: string): Promise<object> => {
      const copy = await emptyDirectory();
      await run('sh', ['-ec', `cp ${checkpoint}/* ${copy}; cd ${copy}; ${script}`]);
      return { checkpointPath: copy };
    };
    const table: readonly (readonly [object, string, RegExp])[] = [
      [{ checkpointPath: '' }, 'InvalidArgument', /checkpoint_path is missing/], [{ checkpointPath: join(checkpoint, 'none') }, 'NotFound', /no such directory/], [{ checkpointPath: await emptyDirectory() }, 'NotFound', /pod\.json/],
      [{ runtimeHandler: 'nobody' }, 'InvalidArgument', /nobody/], [{ runtimeHandler: 'crun' }, 'FailedPrecondition', /built without CRIU/], [{ options: { a: 'b' } }, 'InvalidArgument', /options: "a"/],
      [{ containerConfigs: [] }, 'InvalidArgument', /container_configs is empty/], [{ containerConfigs: [config('one')] }, 'InvalidArgument', /without two/], [{ containerConfigs: [config('one'), config('one')] }, 'InvalidArgument', /two have the name "one"/],
      [{ containerConfigs: [config('one'), config('two'), config('three')] }, 'InvalidArgument', /three is not in it/],
      [changed({ command: ['sleep', '1'] }), 'InvalidArgument', /"two": command with args/], [changed({ workingDir: '/tmp' }), 'InvalidArgument', /"two": working_dir/], [changed({ envs: [{ key: 'A', value: Buffer.from('b') }] }), 'InvalidArgument', /envs.*"A"/],
      [changed({ stdin: true }), 'InvalidArgument', /"two": stdin/], [changed({ linux: { securityContext: { ...criu.pidMode('container').linux.securityContext, runAsUser: { value: 7n } } } }), 'InvalidArgument', /uid/],
      [changed({ mounts: [{ containerPath: '/x', hostPath: checkpoint }] }), 'FailedPrecondition', /did not have the mounts \/x/], [restoreRequest(checkpoint, 'refused', ['one', 'two'], 'pod'), 'FailedPrecondition', /its pid namespace was its own/],
      [await broken('echo { > pod.json'), 'InvalidArgument', /no JSON/], [await broken("sed -i 's,container-1.tar,../container-1.tar,' pod.json"), 'InvalidArgument', /expected a name like/],
      [await broken('rm container-1.tar'), 'NotFound', /container-1/], [await broken('rm container-1.tar; ln -s container-0.tar container-1.tar'), 'InvalidArgument', /no regular file/],
      [await broken('cp container-0.tar container-1.tar'), 'InvalidArgument', /it is of container "one"/], [await broken('truncate -s 5000 container-1.tar'), 'InvalidArgument', /tar/],
    ];
    for (const [change, code, message] of table) await assert.rejects(client().call('RestorePod', { ...good, ...change }, TIMEOUT), { code, message }, String(message));
    assert.deepEqual((await client().call('ListPodSandbox', {})).items.map(({ id }) => id), [pod.id]);
    assert.equal((await client().call('ListContainers', {})).containers.length, 3);
  });
});

describe('a daemon that is killed', () => {
  test('in the middle of CheckpointPod lets the next one thaw the containers and take the files away', async () => {
    const { pod, ids } = await twoCounting();
    const outputPath = await emptyDirectory();
    for (let isCut = false; !isCut;) {
      const call = client().call('CheckpointPod', { podSandboxId: pod.id, outputPath, containerIds: ids }, TIMEOUT).then(() => false, () => true);
      await eventually('something is written', async () => (await readdir(outputPath)).length > 0);
      await criu.davit().kill9();
      isCut = await call;
      await criu.davit().start();
      // It was done before it was killed: once more.
      if (!isCut) for (const name of await readdir(outputPath)) await rm(join(outputPath, name));
    }
    await eventually('nothing is left', async () => (await readdir(outputPath)).length === 0);
    await goOn(pod, ['c', 'one', 'two']);
    await client().call('CheckpointPod', { podSandboxId: pod.id, outputPath, containerIds: ids }, TIMEOUT);
  });

  test('in the middle of RestorePod leaves nothing to the next one; after it, all of it', async () => {
    const { pod, ids } = await twoCounting();
    const checkpointPath = await emptyDirectory();
    await client().call('CheckpointPod', { podSandboxId: pod.id, outputPath: checkpointPath, containerIds: ids }, TIMEOUT);
    const written = await readFile(join(checkpointPath, 'pod.json'), 'utf8');
    for (let isCut = false; !isCut;) {
      const call = client().call('RestorePod', restoreRequest(checkpointPath, 'cut'), TIMEOUT);
      const ended = call.then(() => false, () => true);
      await eventually('the pod is there', async () => (await client().call('ListPodSandbox', {})).items.length === 2);
      await criu.davit().kill9();
      isCut = await ended;
      await criu.davit().start();
      if (!isCut) await client().call('RemovePodSandbox', { podSandboxId: (await call).podSandboxId });
    }
    await eventually('only the first pod is left', async () => (await client().call('ListPodSandbox', {})).items.length === 1);
    assert.equal(await readFile(join(checkpointPath, 'pod.json'), 'utf8'), written);

    const request = restoreRequest(checkpointPath, 'whole');
    const { podSandboxId, restoredContainers } = await client().call('RestorePod', request, TIMEOUT);
    await criu.davit().kill9();
    await criu.davit().start();
    for (const { containerId } of restoredContainers) {
      assert.equal((await status(containerId)).state, CREATED);
      await client().call('StartContainer', { containerId });
    }
    await criu.davit().kill9();
    await criu.davit().start();
    await goOn({ id: podSandboxId, config: request.config });
    for (const { containerId } of restoredContainers) assert.equal((await status(containerId)).state, RUNNING);
  });
});
