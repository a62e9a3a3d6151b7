/** Checkpoints of containers, and containers that go on from them, by the real CRIU. */
import { strict as assert } from 'node:assert';
import { execFile } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { promisify } from 'node:util';
import { containerConfig, eventually, runPod } from '../harness/index.ts';
import { useCriuNode } from './checkpoints/criu-node.ts';

const run = promisify(execFile);
const criu = useCriuNode();
const { client, counting, counts, last, exec, status, RUNNING, CREATED } = criu;

for (const handler of ['runc', 'newer']) for (const pid of ['container', 'pod'] as const) {
  test(`${handler}, pid namespace of the ${pid}: goes on in another pod from where it was; log, exec, signals and exit code work`, async () => {
    const { pod, id } = await counting(handler, pid);
    const location = join(criu.directory, `${handler}-${pid}.tar`);
    await client().call('CheckpointContainer', { containerId: id, location });
    const at = last(pod);
    assert.equal((await status(id)).state, RUNNING);
    await eventually('it goes on', () => last(pod) > at);

    const other = await runPod(criu.davit(), { name: 'other', runtimeHandler: handler, ...criu.pidMode(pid) });
    const { containerId } = await client().call('CreateContainer', { podSandboxId: other.id, config: containerConfig({ name: 'c', image: { image: location }, ...criu.pidMode(pid) }), sandboxConfig: other.config });
    assert.equal((await status(containerId)).state, CREATED);
    await client().call('StartContainer', { containerId });
    assert.equal((await status(containerId)).state, RUNNING);
    await eventually('it counts on', () => counts(other).length >= 3);
    const [first = 0, second] = counts(other);
    assert.ok(first > 1 && first <= at + 1 && second === first + 1, `began with ${counts(other).join(' ')}, the checkpoint was at ${at}`);
    // What it wrote and removed, and the pod's own name instead of that of the old one.
    assert.equal(await exec(containerId, 'cat /file; ls -d /bin/true /opt/dir 2>/dev/null; hostname; cat /etc/hostname'), 'written\n/opt/dir\nother\nother');
    assert.deepEqual((await readdir(join(criu.davit().root, 'containers', containerId))).filter((name) => name === 'restore'), []);
    await client().call('StopContainer', { containerId, timeout: 20n });
    assert.equal((await status(containerId)).exitCode, 7);
  });
}

test('the archive is for root only; a container that is restored from it can be checkpointed and restored again', async () => {
  const { pod, id } = await counting('runc');
  const location = join(criu.directory, 'first.tar');
  await client().call('CheckpointContainer', { containerId: id, location });
  assert.equal((await stat(location)).mode & 0o777, 0o600);
  assert.match((await run('tar', ['-tf', location])).stdout, /^config\.dump\nspec\.dump\ncheckpoint\/\n(checkpoint\/[\w.-]+\n)+rootfs-diff\.tar\n$/);
  assert.deepEqual((await readdir(criu.directory)).filter((name) => name.includes('partial')), []);
  await assert.rejects(client().call('CheckpointContainer', { containerId: id, location }), { code: 'InvalidArgument', message: /exists/ });
  let from = location;
  for (const name of ['second', 'third']) {
    const containerId = await criu.restored(pod, from, name);
    await eventually('it counts on', () => counts(pod, name).length >= 3);
    assert.equal(await exec(containerId, 'cat /file; ls /bin/true 2>/dev/null'), 'written');
    from = join(criu.directory, `${name}.tar`);
    await client().call('CheckpointContainer', { containerId, location: from });
  }
});

test('sockets that listen go on; connections stay in the one that was checkpointed and are closed in the one that is restored', async () => {
  const { pod } = await counting('newer');
  const command = ['sh', '-c', 'nc -ll -p 9000 -e cat & until netstat -tln | grep -q :9000; do sleep 0.1; done; (echo hello; sleep 1000) | nc 127.0.0.1 9000 & while :; do sleep 0.1; done'];
  const containerId = await criu.started(pod, { name: 'sockets', command });
  await eventually('the answer', () => criu.log(pod, 'sockets').includes('hello'));
  const location = join(criu.directory, 'sockets.tar');
  await client().call('CheckpointContainer', { containerId, location });
  const connections = 'netstat -tn | grep -c ESTABLISHED';
  const ask = '(echo again; sleep 0.5) | nc 127.0.0.1 9000';
  assert.equal(await exec(containerId, `${connections}; ${ask}`), '2\nagain');
  const other = await runPod(criu.davit(), { name: 'other', runtimeHandler: 'newer' });
  assert.equal(await exec(await criu.restored(other, location, 'sockets'), `${connections}; ${ask}`), '0\nagain');
});

test('a terminal and standard input go on too', async () => {
  const { pod } = await counting('newer');
  const shared = { tty: true, stdin: true };
  const containerId = await criu.started(pod, { name: 'tty', command: ['sh', '-c', 'echo ready; read x; echo "got $x"; exit 3'], ...shared });
  await eventually('it is ready', () => criu.log(pod, 'tty').includes('ready'));
  const location = join(criu.directory, 'tty.tar');
  await client().call('CheckpointContainer', { containerId, location });
  const again = await criu.restored(pod, location, 'tty2', shared);
  assert.match(await exec(again, 'ls -l /proc/1/fd/0'), /\/dev\/pts\/0/);
  await assert.rejects(criu.created(pod, location, 'tty3'), { code: 'FailedPrecondition', message: /terminal/ });
});

describe('what cannot be', () => {
  test('crun without CRIU: FailedPrecondition that says so, for checkpoint and restore, and in Status', async () => {
    const { pod, id } = await counting('crun');
    const missing = { code: 'FailedPrecondition', message: /runtime handler "crun" is crun [\d.]+, which is built without CRIU/ };
    await assert.rejects(client().call('CheckpointContainer', { containerId: id, location: join(criu.directory, 'none.tar') }), missing);
    await assert.rejects(criu.created(pod, join(criu.directory, 'none.tar'), 'restored'), missing);
    assert.equal((await status(id)).state, RUNNING);
    const support = async (): Promise<Record<string, { supported: boolean; words: string }>> =>
      (JSON.parse((await client().call('Status', { verbose: true })).info['config'] ?? '') as { checkpoints: Awaited<ReturnType<typeof support>> }).checkpoints;
    await eventually('CRIU has been tried', async () => 'crun' in await support());
    const checkpoints = await support();
    assert.equal(checkpoints['crun']?.supported, false);
    assert.match(checkpoints['runc']?.words ?? '', /^CRIU \d/);
  });

  test('a location that is none, and a container that does not run, are refused', async () => {
    const { id } = await counting('runc');
    for (const location of ['', 'relative.tar', `${criu.directory}/`]) await assert.rejects(client().call('CheckpointContainer', { containerId: id, location }), { code: 'InvalidArgument', message: /location/ });
    await client().call('StopContainer', { containerId: id, timeout: 0n });
    await assert.rejects(client().call('CheckpointContainer', { containerId: id, location: join(criu.directory, 'late.tar') }), { code: 'FailedPrecondition', message: /exited/ });
  });

  test('a checkpoint that fails says why in CRIU\'s words, and the container goes on', async () => {
    const { pod } = await counting('runc');
    // CRIU does not take a file that is open and has only another name left.
    const containerId = await criu.started(pod, { name: 'strange', command: ['sh', '-c', 'echo > /a; ln /a /b; exec 3</a; rm /a; i=0; while :; do i=$((i+1)); echo count $i; sleep 0.1; done'] });
    await eventually('it counts', () => counts(pod, 'strange').length > 2);
    const location = join(criu.directory, 'strange.tar');
    const before = await readdir(criu.directory);
    await assert.rejects(client().call('CheckpointContainer', { containerId, location }), { code: 'FailedPrecondition', message: /checkpoint container .*Error \(criu\// });
    const at = last(pod, 'strange');
    await eventually('it goes on', () => last(pod, 'strange') > at);
    assert.deepEqual(await readdir(criu.directory), before);
    assert.deepEqual((await readdir(join(criu.davit().root, 'containers', containerId))).filter((name) => name.startsWith('checkpoint')), []);
  });

  test('archives that do not fit the container that is asked for, or are broken, leave nothing', async () => {
    const { pod, id } = await counting('runc');
    const location = join(criu.directory, 'fit.tar');
    await client().call('CheckpointContainer', { containerId: id, location });
    const refused = async (name: string, code: string, message: RegExp, archive = location, more: object = {}): Promise<void> => {
      await assert.rejects(criu.created(pod, archive, name, more), { code, message });
    };
    await refused('absent', 'NotFound', /there is no such file/, join(criu.directory, 'absent.tar'));
    await refused('mount', 'FailedPrecondition', /did not have the mounts \/extra/, location, { mounts: [{ containerPath: '/extra', hostPath: criu.directory }] });
    await refused('tty', 'FailedPrecondition', /no terminal/, location, { tty: true });
    const changed = async (name: string, script: string): Promise<string> => {
      const parts = join(criu.directory, name);
      await run('sh', ['-ec', `mkdir ${parts}; tar -xf ${location} -C ${parts}; cd ${parts}; ${script}; tar -cf ${parts}.tar *`]);
      return `${parts}.tar`;
    };
    await refused('arch', 'FailedPrecondition', /made on other, and this node is/, await changed('arch', 'sed -i \'s/"architecture":"[^"]*"/"architecture":"other"/\' config.dump'));
    await refused('cpu', 'FailedPrecondition', /this CPU does not have: flag-of-tomorrow/, await changed('cpu', 'sed -i \'s/"cpuFlags":\\[/"cpuFlags":["flag-of-tomorrow",/\' config.dump'));
    await refused('runtime', 'FailedPrecondition', /made by the runtime crun 1\.8\.1, and handler "runc" is runc/, await changed('runtime', 'sed -i \'s/"runtime":"[^"]*"/"runtime":"crun 1.8.1"/\' config.dump'));
    await refused('image', 'NotFound', /its image sha256:0+ is not on this node/, await changed('image', `sed -i 's/"rootfsImage":"[^"]*"/"rootfsImage":"sha256:${'0'.repeat(64)}"/' config.dump`));
    await refused('diff', 'InvalidArgument', /rootfs-diff\.tar/, await changed('diff', 'head -c 5000 /dev/urandom > rootfs-diff.tar'));
    await refused('whiteout', 'InvalidArgument', /rootfs-diff\.tar.*0:0/, await changed('whiteout', 'mkdir d; mknod d/x c 0 0; tar -cf rootfs-diff.tar -C d x; rm -r d'));
    await refused('up', 'InvalidArgument', /rootfs-diff\.tar/, await changed('up', 'mkdir d; echo x > d/f; tar -cPf rootfs-diff.tar -C d --transform=s,f,../../../../../../tmp/dv-escaped, f; rm -r d'));
    await assert.rejects(stat('/tmp/dv-escaped'));
    // The first of them ends the restore: what CRIU reads is its own.
    const broken = await criu.created(pod, await changed('pages', 'for f in checkpoint/core-*.img; do echo noise > $f; done'), 'pages');
    await assert.rejects(client().call('StartContainer', { containerId: broken }), { code: 'FailedPrecondition', message: /CRIU says .*Error/ });
    const { reason, exitCode } = await status(broken);
    assert.deepEqual([reason, exitCode], ['StartError', 128]);
  });

  test('a container that waits for its restore is stopped and removed like any other', async () => {
    const { pod, id } = await counting('runc');
    const location = join(criu.directory, 'waiting.tar');
    await client().call('CheckpointContainer', { containerId: id, location });
    const containerId = await criu.created(pod, location, 'waiting');
    await client().call('StopContainer', { containerId, timeout: 5n });
    assert.equal((await status(containerId)).exitCode, 137);
    await assert.rejects(client().call('StartContainer', { containerId }), { code: 'FailedPrecondition', message: /exited/ });
    await client().call('RemoveContainer', { containerId: await criu.created(pod, location, 'removed') });
  });
});
