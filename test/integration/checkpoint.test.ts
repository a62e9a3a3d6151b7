/** CheckpointContainer: through a runtime that can, and through those that cannot. */
import { strict as assert } from 'node:assert';
import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { chmod, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { BUSYBOX_IMAGE, runContainer, runPod, useNode } from '../harness/index.ts';

const run = promisify(execFile);
const directory = mkdtempSync('/tmp/dv-checkpoint-');
const RUNTIME = join(directory, 'runtime');
const RUNNING = 1;

/** crun with a `checkpoint` that writes what CRIU would write some of: CRIU itself is no part of a test host, whose kernel Debian's does not know. */
const SCRIPT = `#!/bin/sh
for word; do
  if [ "$word" = checkpoint ]; then
    while [ $# -gt 0 ]; do case $1 in --image-path) images=$2 ;; --work-path) work=$2 ;; esac; shift; done
    if [ -e ${directory}/broken ]; then echo "Error (criu/x.c): cannot freeze" > "$work/dump.log"; echo "criu failed" >&2; exit 1; fi
    echo memory > "$images/pages-1.img"
    exit 0
  fi
done
exec /usr/bin/crun "$@"
`;

const node = useNode({ config: `[crio.runtime.runtimes.criu]\nruntime_path = "${RUNTIME}"\nruntime_root = "${directory}/state"\n` });
const client = (): ReturnType<typeof node>['davit']['client'] => node().davit.client;

before(async () => {
  await writeFile(RUNTIME, SCRIPT);
  await chmod(RUNTIME, 0o755);
});
after(() => rm(directory, { recursive: true }));

async function started(runtimeHandler: string): Promise<string> {
  await client().call('PullImage', { image: { image: BUSYBOX_IMAGE } });
  const pod = await runPod(node().davit, { name: 'checkpointed', runtimeHandler });
  const id = await runContainer(node().davit, pod, { name: 'c', command: ['sh', '-c', 'echo written > /file; sleep 1000'] });
  await client().call('ExecSync', { containerId: id, cmd: ['sh', '-c', 'until [ -e /file ]; do sleep 0.05; done'], timeout: 30n });
  return id;
}

async function isRunning(containerId: string): Promise<void> {
  assert.equal((await client().call('ContainerStatus', { containerId })).status?.state, RUNNING);
}

test('the archive holds configuration, specification, memory and written files, for root only; the container goes on', async () => {
  const id = await started('criu');
  const location = join(directory, 'archive.tar');
  await client().call('CheckpointContainer', { containerId: id, location });
  assert.equal((await stat(location)).mode & 0o777, 0o600);
  assert.deepEqual((await run('tar', ['-tf', location])).stdout.trim().split('\n').sort(), ['checkpoint/', 'checkpoint/pages-1.img', 'config.dump', 'rootfs-diff.tar', 'spec.dump']);
  const part = async (name: string): Promise<string> => (await run('tar', ['-xOf', location, name])).stdout;
  assert.equal((JSON.parse(await part('config.dump')) as { id: string }).id, id);
  assert.ok('process' in (JSON.parse(await part('spec.dump')) as object));
  assert.equal((await run('sh', ['-c', `tar -xOf ${location} rootfs-diff.tar | tar -xOf - ./file`])).stdout, 'written\n');
  await isRunning(id);
  await assert.rejects(client().call('CheckpointContainer', { containerId: id, location }), { code: 'InvalidArgument', message: /exists/ });
});

test('a checkpoint that fails says why in CRIU\'s words, leaves nothing, and the container goes on', async () => {
  const id = await started('criu');
  await writeFile(join(directory, 'broken'), '');
  const before = await readdir(directory);
  await assert.rejects(client().call('CheckpointContainer', { containerId: id, location: join(directory, 'none.tar') }), { code: 'FailedPrecondition', message: /criu failed; Error \(criu\/x\.c\): cannot freeze/ });
  assert.deepEqual(await readdir(directory), before);
  assert.deepEqual((await readdir(join(node().davit.root, 'containers', id))).filter((name) => name.startsWith('checkpoint')), []);
  await isRunning(id);
});

test('a runtime without CRIU is FailedPrecondition in its words', async () => {
  const id = await started('crun');
  await assert.rejects(client().call('CheckpointContainer', { containerId: id, location: join(directory, 'none.tar') }), { code: 'FailedPrecondition', message: /checkpoint container .*unknown command checkpoint/ });
  await isRunning(id);
});

test('a location that is none, and a container that does not run, are refused', async () => {
  const id = await started('criu');
  for (const location of ['', 'relative.tar', `${directory}/`]) await assert.rejects(client().call('CheckpointContainer', { containerId: id, location }), { code: 'InvalidArgument', message: /location/ });
  await client().call('StopContainer', { containerId: id, timeout: 0n });
  await assert.rejects(client().call('CheckpointContainer', { containerId: id, location: join(directory, 'late.tar') }), { code: 'FailedPrecondition', message: /exited/ });
});
