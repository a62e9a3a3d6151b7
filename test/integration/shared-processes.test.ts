/** Pods whose containers share one pid namespace. */
import { strict as assert } from 'node:assert';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { BUSYBOX_IMAGE, eventually, runContainer, runPod, useNode } from '../harness/index.ts';
import { RUNC } from '../harness/places.ts';

const node = useNode({ config: `[crio.runtime.runtimes.newer]\nruntime_path = "${RUNC}"\n` });
const [POD, EXITED] = [0, 2];

for (const runtimeHandler of ['crun', 'runc', 'newer']) {
  test(`containers of ${runtimeHandler} see each other's processes; what one leaves behind ends with it, and the pod goes on`, async () => {
    const { davit } = node();
    await davit.client.call('PullImage', { image: { image: BUSYBOX_IMAGE } });
    const pod = await runPod(davit, { name: 'shared', runtimeHandler, linux: { securityContext: { namespaceOptions: { pid: POD } } } });
    const watcher = await runContainer(davit, pod, { name: 'watcher', command: ['sleep', '1111'] });
    // Its child becomes one of the pod's first process, which is not its own.
    const leaver = await runContainer(davit, pod, { name: 'leaver', command: ['sh', '-c', '(sleep 2222 &); trap "exit 5" TERM; while :; do sleep 0.05; done'] });
    const sees = async (words: RegExp): Promise<boolean> => {
      const { stdout } = await davit.client.call('ExecSync', { containerId: watcher, cmd: ['sh', '-c', 'cat /proc/[0-9]*/cmdline 2>/dev/null | tr "\\0" " "'], timeout: 30n });
      return words.test(Buffer.from(stdout).toString());
    };
    // Not the shell's own words.
    const left = /sleep 2222 (?!&)/;
    await eventually('the other container\'s process', () => sees(left));
    await davit.client.call('StopContainer', { containerId: leaver, timeout: 3600n });
    const { status } = await davit.client.call('ContainerStatus', { containerId: leaver });
    assert.deepEqual([status?.state, status?.exitCode], [EXITED, 5]);
    await eventually('the end of what it left', async () => !await sees(left));
    assert.ok(await sees(/sleep 1111 /));
    await davit.client.call('StopContainer', { containerId: watcher, timeout: 0n });
    const again = await runContainer(davit, pod, { name: 'watcher', metadata: { name: 'watcher', attempt: 1 }, command: ['sleep', '1111'] });
    const { stdout } = await davit.client.call('ExecSync', { containerId: again, cmd: ['sh', '-c', 'tr "\\0" " " < /proc/1/cmdline; ps -o pid,stat | grep -c Z || true'], timeout: 30n });
    assert.match(Buffer.from(stdout).toString(), /pause.*\n?0\n$/s);
  });
}

test('the process that holds a shared pid namespace is the last that the OOM killer takes, as far as the daemon may say so', async () => {
  const { davit } = node();
  const pod = await runPod(davit, { name: 'held', linux: { securityContext: { namespaceOptions: { pid: POD } } } });
  const { info } = await davit.client.call('PodSandboxStatus', { podSandboxId: pod.id, verbose: true });
  const { pid } = JSON.parse(info['info'] ?? '{}') as { pid: number };
  const score = async (of: number | 'self'): Promise<number> => Number(await readFile(`/proc/${of}/oom_score_adj`, 'utf8'));
  assert.equal(await readFile(`/proc/${pid}/comm`, 'utf8'), 'pause\n');
  assert.ok([-998, await score(davit.pid())].includes(await score(pid)), `${await score(pid)} of the pause process, ${await score('self')} is ours`);
});
