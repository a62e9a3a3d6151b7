/** A host that fails under davit: a runtime that is gone, a plugin that fails, a full disk. Each is named, nothing is left, the retry works. */
import { strict as assert } from 'node:assert';
import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, readFile, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { promisify } from 'node:util';
import type { DavitError } from '#errors';
import { BUSYBOX_IMAGE, containerConfig, podConfig, runContainer, runPod, startNode } from '../harness/index.ts';
import type { TestNode } from '../harness/index.ts';

const run = promisify(execFile);
const RUNROOT_BYTES = 8 * 1024 * 1024;

let directory: string;
let node: TestNode;

before(async () => {
  directory = await mkdtemp('/tmp/dvb-');
  await mkdir(join(directory, 'plugins'));
  await mkdir(join(directory, 'run'));
  await run('mount', ['-t', 'tmpfs', '-o', `mode=0700,size=${RUNROOT_BYTES}`, 'davit-test', join(directory, 'run')]);
  await copyFile('/usr/bin/crun', join(directory, 'crun'));
  // Stands before the real plugin and does what the file "mood" says.
  await writeFile(join(directory, 'plugins/bridge'), `#!/bin/sh
case "$(cat '${directory}/mood' 2>/dev/null) $CNI_COMMAND" in
  'fail ADD') echo '{"cniVersion":"1.0.0","code":11,"msg":"the cable is out","details":"of the socket"}'; exit 1 ;;
  'fail-after ADD') /usr/lib/cni/bridge > /dev/null; echo '{"cniVersion":"1.0.0","code":11,"msg":"lost my result"}'; exit 1 ;;
  'talk ADD') echo 'this is no JSON'; exit 0 ;;
  *) exec /usr/lib/cni/bridge ;;
esac
`);
  await chmod(join(directory, 'plugins/bridge'), 0o755);
  node = await startNode({
    runroot: join(directory, 'run'), pluginDir: join(directory, 'plugins'),
    config: `[crio.runtime.runtimes.copy]\nruntime_path = "${join(directory, 'crun')}"\n[crio.runtime.runtimes.never]\nruntime_path = "/no/such/runtime"\n`,
  });
  await node.davit.client.call('PullImage', { image: { image: BUSYBOX_IMAGE } });
});
afterEach(async () => {
  await node.removeAllPods();
  await node.assertClean();
});
after(async () => {
  await using undo = new AsyncDisposableStack();
  undo.defer(() => rm(directory, { recursive: true }));
  undo.defer(async () => { await run('umount', [join(directory, 'run')]); });
  undo.use(node);
});

const mood = (text: string): Promise<void> => writeFile(join(directory, 'mood'), text);

test('a handler whose runtime never was there is refused by name; other handlers work', async () => {
  await assert.rejects(runPod(node.davit, { name: 'x', runtimeHandler: 'never' }), /never|\/no\/such\/runtime/);
  assert.deepEqual((await node.davit.client.call('ListPodSandbox', {})).items, []);
  await runPod(node.davit, { name: 'y' });
});

test('a runtime that is taken away: CreateContainer names it, nothing is left of the container, and it works when it is back', async () => {
  const pod = await runPod(node.davit, { name: 'x', runtimeHandler: 'copy' });
  await rename(join(directory, 'crun'), join(directory, 'gone'));
  try {
    await assert.rejects(runContainer(node.davit, pod, { name: 'x', command: ['top', '-b'] }), new RegExp(join(directory, 'crun')));
    assert.deepEqual((await node.davit.client.call('ListContainers', {})).containers, []);
  } finally {
    await rename(join(directory, 'gone'), join(directory, 'crun'));
  }
  await runContainer(node.davit, pod, { name: 'x', command: ['top', '-b'] });
});

test('a runtime that is gone when its pod is to be removed: the removal works all the same, or when it is back', async () => {
  const pod = await runPod(node.davit, { name: 'x', runtimeHandler: 'copy' });
  await runContainer(node.davit, pod, { name: 'x', command: ['top', '-b'] });
  await rename(join(directory, 'crun'), join(directory, 'gone'));
  const error = await node.davit.client.call('RemovePodSandbox', { podSandboxId: pod.id }).then(() => undefined, (e: DavitError) => e);
  await rename(join(directory, 'gone'), join(directory, 'crun'));
  if (error !== undefined) assert.match(error.message, new RegExp(join(directory, 'crun')));
  await node.davit.client.call('RemovePodSandbox', { podSandboxId: pod.id });
});

for (const [state, text] of [['fail', /the cable is out/], ['fail-after', /lost my result/], ['talk', /bridge/]] as const) {
  test(`a CNI plugin that fails (${state}): RunPodSandbox says its words, nothing is left, and the same request works when it does`, async () => {
    const config = podConfig(node.davit, { name: 'x' });
    await mood(state);
    try {
      await assert.rejects(node.davit.client.call('RunPodSandbox', { config }), text);
    } finally {
      await mood('');
    }
    await node.removeAllPods();
    await node.assertClean();
    const { podSandboxId } = await node.davit.client.call('RunPodSandbox', { config });
    assert.equal((await node.davit.client.call('PodSandboxStatus', { podSandboxId })).status?.state, 0);
  });
}

test('a full transient directory: pods and containers fail with it, nothing is left, and they work when there is room', async () => {
  const pod = await runPod(node.davit, { name: 'before' });
  const filler = join(directory, 'run/filler');
  await fill(filler);
  const config = podConfig(node.davit, { name: 'full' });
  const errors: string[] = [];
  const note = (error: DavitError): void => { errors.push(error.message); };
  // What fits into the last block may work: what may not is to fail without a word, or to leave something.
  await node.davit.client.call('RunPodSandbox', { config }).catch(note);
  const { containerId } = await node.davit.client.call('CreateContainer', { podSandboxId: pod.id, sandboxConfig: pod.config, config: containerConfig({ name: 'x', command: ['true'] }) })
    .catch((error: DavitError) => { note(error); return { containerId: '' }; });
  if (containerId !== '') await node.davit.client.call('RemoveContainer', { containerId });
  await rm(filler);
  assert.ok(errors.some((message) => /space|ENOSPC|full/i.test(message)), JSON.stringify(errors));
  await node.davit.client.call('RunPodSandbox', { config });
  await runContainer(node.davit, pod, { name: 'x', command: ['top', '-b'] });
});

/** Leaves no block and no inode to spare. */
async function fill(path: string): Promise<void> {
  const { bfree, bsize } = await statfs(join(directory, 'run'));
  await writeFile(path, Buffer.alloc(bfree * bsize)).catch((error: NodeJS.ErrnoException) => { assert.equal(error.code, 'ENOSPC'); });
  assert.ok((await readFile(path)).length > 0);
}
