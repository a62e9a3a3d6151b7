/** A disk of root that is full to the last byte: what frees room works, with the daemon, without it, and at its start. */
import { strict as assert } from 'node:assert';
import { execFile } from 'node:child_process';
import { closeSync, openSync, writeSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { BUSYBOX_IMAGE, containerConfig, eventually, runContainer, runPod, startNode } from '../harness/index.ts';
import type { RunningPod, TestNode } from '../harness/index.ts';
import { DAVIT } from '../harness/places.ts';

const run = promisify(execFile);
const PAGE = Buffer.alloc(4096, 'x');

let directory: string;
let disk: string;
let node: TestNode;

before(async () => {
  directory = await mkdtemp('/tmp/dvf-');
  disk = join(directory, 'disk');
  await mkdir(disk);
  await run('mount', ['-t', 'tmpfs', '-o', 'mode=0711,size=48M', 'davit-test', disk]);
  node = await startNode({ parent: disk, runroot: join(directory, 'run') });
});
after(async () => {
  await using undo = new AsyncDisposableStack();
  undo.defer(() => rm(directory, { recursive: true }));
  undo.defer(async () => { await run('umount', [disk]); });
  undo.defer(free);
  undo.use(node);
  undo.defer(free);
});

/** Takes every byte. */
function fill(): void {
  const file = openSync(join(disk, 'fill'), 'a');
  try {
    for (;;) writeSync(file, PAGE);
  } catch (error) {
    assert.equal((error as NodeJS.ErrnoException).code, 'ENOSPC');
  } finally {
    closeSync(file);
  }
}

const free = (): Promise<void> => rm(join(disk, 'fill'), { force: true });

async function podWithContainer(name: string): Promise<RunningPod & { containerId: string }> {
  const pod = await runPod(node.davit, { name });
  return { ...pod, containerId: await runContainer(node.davit, pod, { name, command: ['top', '-b'] }) };
}

test('on a full disk containers end, pods and images go, and a daemon starts; nothing new is begun', async () => {
  const { davit } = node;
  const call = davit.client.call.bind(davit.client);
  await call('PullImage', { image: { image: BUSYBOX_IMAGE } });
  const [first, second] = [await podWithContainer('first'), await podWithContainer('second')];
  fill();
  await assert.rejects(call('CreateContainer', { podSandboxId: first.id, sandboxConfig: first.config, config: containerConfig({ name: 'new', command: ['true'] }) }), /full|ENOSPC|space/);
  await call('StopContainer', { containerId: first.containerId, timeout: 0n });
  assert.equal((await call('ContainerStatus', { containerId: first.containerId })).status?.exitCode, 137);
  await call('StopPodSandbox', { podSandboxId: first.id });
  await call('RemovePodSandbox', { podSandboxId: first.id });
  fill();
  await davit.kill9();
  fill();
  await davit.start();
  assert.deepEqual((await call('ListPodSandbox', {})).items.map(({ id }) => id), [second.id]);
  fill();
  await call('RemovePodSandbox', { podSandboxId: second.id });
  fill();
  await call('RemoveImage', { image: { image: BUSYBOX_IMAGE } });
  await eventually('the layers are gone', async () => (await readdir(join(davit.root, 'trash'))).length === 0);
  assert.deepEqual(await readdir(join(davit.root, 'layers')), []);
  assert.ok((await stat(join(davit.root, 'reserve'))).size > 0, 'some of the reserve is left');
});

test('on a full disk davit image rm works without the daemon, and the next start makes the reserve whole', async () => {
  const { davit } = node;
  await free();
  await davit.client.call('PullImage', { image: { image: BUSYBOX_IMAGE } });
  await davit.stop();
  fill();
  await run(DAVIT, ['image', 'rm', BUSYBOX_IMAGE, `--config=${join(davit.directory, 'davit.conf')}`, '--config-dir=', `--root=${davit.root}`, `--runroot=${davit.runroot}`]);
  fill();
  await davit.start();
  assert.deepEqual((await davit.client.call('ListImages', {})).images, []);
  await davit.stop();
  await free();
  await davit.start();
  assert.equal((await stat(join(davit.root, 'reserve'))).size, 4 * 1024 * 1024);
});
