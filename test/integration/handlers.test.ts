/** Runtime handlers of the configuration, and pods that outlive theirs. */
import { strict as assert } from 'node:assert';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { BUSYBOX_IMAGE, runContainer, runPod, useNode } from '../harness/index.ts';

const RUNC_TABLE = '[crio.runtime.runtimes.other]\nruntime_path = "/usr/sbin/runc"\n';
/** A handler whose pods may ask by CRI-O's annotations. */
const ASKING_TABLE = '[crio.runtime.runtimes.asking]\nruntime_path = "/usr/bin/crun"\nallowed_annotations = ["umask.crio.io", "shm-size.crio.io", "devices.crio.io"]\n';
const node = useNode({ config: RUNC_TABLE + ASKING_TABLE });

async function restartWith(config: string): Promise<void> {
  const { davit } = node();
  await davit.stop();
  await writeFile(join(davit.directory, 'davit.conf'), config);
  await davit.start();
}

test('a pod whose handler is not configured any more goes on, takes updates and containers, and goes when told', async () => {
  const { davit } = node();
  await davit.client.call('PullImage', { image: { image: BUSYBOX_IMAGE } });
  const pod = await runPod(davit, { name: 'former', runtimeHandler: 'other' });
  const containerId = await runContainer(davit, pod, { name: 'main', command: ['sleep', '1000'] });
  await restartWith('');
  await assert.rejects(runPod(davit, { name: 'new', runtimeHandler: 'other' }), /runtime handler 'other': not configured/);
  const { stdout } = await davit.client.call('ExecSync', { containerId, cmd: ['echo', 'here'], timeout: 60n });
  assert.equal(Buffer.from(stdout).toString(), 'here\n');
  await davit.client.call('UpdateContainerResources', { containerId, linux: { cpuShares: 512n } });
  await runContainer(davit, pod, { name: 'second', command: ['sleep', '1000'] });
  await davit.client.call('StopPodSandbox', { podSandboxId: pod.id });
  await davit.client.call('RemovePodSandbox', { podSandboxId: pod.id });
  await node().assertClean();
  await restartWith(RUNC_TABLE + ASKING_TABLE);
});

test('a pod of the default handler stays with the one that it was run with', async () => {
  const { davit } = node();
  await davit.client.call('PullImage', { image: { image: BUSYBOX_IMAGE } });
  const pod = await runPod(davit, { name: 'plain' });
  await runContainer(davit, pod, { name: 'main', command: ['sleep', '1000'] });
  await restartWith(`[crio.runtime]\ndefault_runtime = "other"\n${RUNC_TABLE}`);
  await davit.client.call('RemovePodSandbox', { podSandboxId: pod.id });
  await node().assertClean();
  await restartWith(RUNC_TABLE + ASKING_TABLE);
});

test('umask and size of /dev/shm by annotation, where the handler allows it; what davit does not do is refused, and nothing is left of it', async () => {
  const { davit } = node();
  await davit.client.call('PullImage', { image: { image: BUSYBOX_IMAGE } });
  const annotations = { 'umask.crio.io': '027', 'shm-size.crio.io': '3Mi' };
  const show = async (runtimeHandler: string): Promise<string> => {
    const pod = await runPod(davit, { name: `asks-${runtimeHandler}`, runtimeHandler, annotations });
    const containerId = await runContainer(davit, pod, { name: 'main', command: ['sleep', '1000'] });
    const { stdout } = await davit.client.call('ExecSync', { containerId, cmd: ['sh', '-c', 'umask; df -k /dev/shm | tail -n 1 | tr -s " " | cut -d " " -f 2'], timeout: 60n });
    return Buffer.from(stdout).toString();
  };
  assert.equal(await show('asking'), '0027\n3072\n');
  assert.equal(await show(''), '0022\n65536\n');
  await assert.rejects(runPod(davit, { name: 'refused', runtimeHandler: 'asking', annotations: { 'devices.crio.io': '/dev/fuse' } }), (error: Error) => error.name === 'UnimplementedError' && error.message.includes('devices.crio.io'));
  await assert.rejects(runPod(davit, { name: 'wrong', runtimeHandler: 'asking', annotations: { 'umask.crio.io': '9' } }), { name: 'InvalidArgumentError' });
});
