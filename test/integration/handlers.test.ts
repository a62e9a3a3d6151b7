/** Runtime handlers of the configuration, and pods that outlive theirs. */
import { strict as assert } from 'node:assert';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { BUSYBOX_IMAGE, runContainer, runPod, useNode } from '../harness/index.ts';

const RUNC_TABLE = '[crio.runtime.runtimes.other]\nruntime_path = "/usr/sbin/runc"\n';
const node = useNode({ config: RUNC_TABLE });

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
  const { stdout } = await davit.client.call('ExecSync', { containerId, cmd: ['echo', 'here'], timeout: 10n });
  assert.equal(Buffer.from(stdout).toString(), 'here\n');
  await davit.client.call('UpdateContainerResources', { containerId, linux: { cpuShares: 512n } });
  await runContainer(davit, pod, { name: 'second', command: ['sleep', '1000'] });
  await davit.client.call('StopPodSandbox', { podSandboxId: pod.id });
  await davit.client.call('RemovePodSandbox', { podSandboxId: pod.id });
  await node().assertClean();
  await restartWith(RUNC_TABLE);
});

test('a pod of the default handler stays with the one that it was run with', async () => {
  const { davit } = node();
  await davit.client.call('PullImage', { image: { image: BUSYBOX_IMAGE } });
  const pod = await runPod(davit, { name: 'plain' });
  await runContainer(davit, pod, { name: 'main', command: ['sleep', '1000'] });
  await restartWith(`[crio.runtime]\ndefault_runtime = "other"\n${RUNC_TABLE}`);
  await davit.client.call('RemovePodSandbox', { podSandboxId: pod.id });
  await node().assertClean();
  await restartWith(RUNC_TABLE);
});
