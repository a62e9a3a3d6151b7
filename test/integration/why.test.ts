/** `davit why` against a running daemon: what somebody asks at three in the morning. */
import { strict as assert } from 'node:assert';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { BUSYBOX_IMAGE, containerConfig, podConfig, runPod, useNode } from '../harness/index.ts';
import { DAVIT } from '../harness/places.ts';

const run = promisify(execFile);
const node = useNode();
const why = async (...args: readonly string[]): Promise<string> => (await run(DAVIT, ['why', `--runroot=${node().davit.runroot}`, ...args])).stdout;

test('davit why tells of a pod that never was what its last attempt failed of', async () => {
  const { davit } = node();
  // The kernel has no such processor.
  const config = podConfig(davit, { name: 'unlucky', linux: { resources: { cpusetCpus: '4000' } } });
  await assert.rejects(davit.client.call('RunPodSandbox', { config }));
  const text = await why('test/unlucky');
  assert.match(text, /^pod test\/unlucky: could not be started\n/);
  assert.match(text, /RunPodSandbox.*: failed in stage "undo": .*cpuset\.cpus.*4000.*\(.*cgroup and namespaces \d+ ms.* in all\)/);
  assert.match(text, /next: .*the next RunPodSandbox begins anew\n$/);
});

test('davit why tells of a pod its containers and the attempts that failed; --json is one object', async () => {
  const { davit } = node();
  await davit.client.call('PullImage', { image: { image: BUSYBOX_IMAGE } });
  const pod = await runPod(davit, { name: 'half' });
  await assert.rejects(davit.client.call('CreateContainer', { podSandboxId: pod.id, config: containerConfig({ name: 'app', command: ['/no/such/program'] }), sandboxConfig: pod.config }));
  assert.match(await why(pod.id.slice(0, 12)), /^pod test\/half \(attempt 0\), [0-9a-f]{64}: ready\n(.*\n)*.*CreateContainer [0-9a-f]{13}: failed in stage "undo": .*no\/such\/program/);
  const { ended } = JSON.parse(await why('--json', 'half')) as { ended: { kind: string; error?: string }[] };
  assert.deepEqual(ended.map(({ kind, error }) => [kind, error !== undefined]), [['RunPodSandbox', false], ['CreateContainer', true]]);
});

test('davit why of a pod that nobody knows fails with a sentence', async () => {
  await assert.rejects(why('nobody'), (error: Error & { code: number; stderr: string }) => error.code !== 0 && /no pod is named or begins with "nobody"/.test(error.stderr));
});
