/** A person's crictl session: containers. */
import { strict as assert } from 'node:assert';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { BUSYBOX_IMAGE, containerConfig, eventually, podConfig, useNode, writeConfig } from '../../harness/index.ts';
import type { ContainerConfig } from '../../harness/index.ts';

const node = useNode();
const crictl = (): ReturnType<typeof node>['davit']['crictl'] => node().davit.crictl;

interface Status { readonly id: string; readonly state: string; readonly exitCode: number; readonly reason: string; readonly logPath: string; readonly startedAt: string; readonly finishedAt: string; readonly imageRef: string; readonly imageId: string }

async function run(name: string, command: readonly string[], more: ContainerConfig = {}): Promise<string> {
  const { davit } = node();
  return crictl().ok('run', await writeConfig(davit, containerConfig({ name, command, ...more })), await writeConfig(davit, podConfig(davit, { name: `pod-${name}` })));
}

async function status(id: string): Promise<Status> {
  return (await crictl().json('inspect', id))['status'] as Status;
}

async function exited(id: string): Promise<Status> {
  return eventually(`the exit of ${id}`, async () => {
    const now = await status(id);
    return now.state === 'CONTAINER_EXITED' && now;
  });
}

test('crictl create, start and stop take a container through its states', async () => {
  const { davit } = node();
  const pod = podConfig(davit, { name: 'states' });
  const podFile = await writeConfig(davit, pod);
  const podId = await crictl().ok('runp', podFile);
  const id = await crictl().ok('create', '--with-pull', podId.slice(0, 12), await writeConfig(davit, containerConfig({ name: 'top', command: ['top', '-b'] })), podFile);
  assert.match(id, /^[0-9a-f]{64}$/);
  assert.equal((await status(id)).state, 'CONTAINER_CREATED');
  assert.equal(await crictl().ok('start', id.slice(0, 13)), id.slice(0, 13));
  assert.equal((await status(id)).state, 'CONTAINER_RUNNING');
  assert.equal(await crictl().ok('stop', '-t', '1', id.slice(0, 13)), id.slice(0, 13));
  const ended = await status(id);
  assert.equal(ended.state, 'CONTAINER_EXITED');
  assert.ok(Date.parse(ended.finishedAt) >= Date.parse(ended.startedAt));
});

test('crictl run pulls, creates and starts; the exit code is the program\'s', async () => {
  const ended = await exited(await run('seven', ['sh', '-c', 'exit 7']));
  assert.equal(ended.exitCode, 7);
  assert.equal(ended.reason, 'Error');
  const fine = await exited(await run('zero', ['true']));
  assert.equal(fine.exitCode, 0);
  assert.equal(fine.reason, 'Completed');
});

test('crictl ps lists running containers, -a all, and filters', async () => {
  const running = await run('running', ['top', '-b'], { labels: { 'io.kubernetes.pod.name': 'pod-running', 'io.kubernetes.pod.namespace': 'test' } });
  const ended = await run('ended', ['true']);
  await exited(ended);
  const ids = async (...args: readonly string[]): Promise<string[]> => (await crictl().ok('ps', '-q', '--no-trunc', ...args)).split('\n').filter((l) => l !== '').sort();
  assert.deepEqual(await ids(), [running]);
  assert.deepEqual(await ids('-a'), [running, ended].sort());
  assert.deepEqual(await ids('-a', '--name', 'ended'), [ended]);
  assert.deepEqual(await ids('-a', '--state', 'exited'), [ended]);
  assert.deepEqual(await ids('--id', running.slice(0, 11)), [running]);
  assert.match(await crictl().ok('ps'), new RegExp(`^${running.slice(0, 13)} .* Running +running +0 +[0-9a-f]{13} +pod-running +test$`, 'm'));
});

test('crictl inspect shows status, pid and the OCI specification, by short id', async () => {
  const id = await run('inspected', ['top', '-b'], { workingDir: '/tmp', envs: [{ key: 'GREETING', value: Buffer.from('hello') }] });
  const inspected = await crictl().json('inspect', id.slice(0, 9)) as { status: Status; info: { pid: number; sandboxID: string; runtimeSpec: { process: { cwd: string; env: string[] } } } };
  assert.equal(inspected.status.id, id);
  assert.equal(inspected.status.imageId, (await crictl().ok('images', '-q', '--no-trunc', BUSYBOX_IMAGE)).trim());
  // A container that has been started may not be its program yet.
  await eventually('its program', async () => await readFile(`/proc/${inspected.info.pid}/comm`, 'utf8') === 'top\n');
  assert.equal(inspected.info.runtimeSpec.process.cwd, '/tmp');
  assert.ok(inspected.info.runtimeSpec.process.env.includes('GREETING=hello'));
  await crictl().ok('stop', '-t', '0', id);
  const { info } = await crictl().json('inspect', id) as { info: { pid: number } };
  assert.equal(info.pid, 0, 'a number that may be another process by now is not told');
});

test('crictl logs shows both streams, with timestamps, the tail, and one stream', async () => {
  const id = await run('logged', ['sh', '-c', 'for i in 1 2 3 4; do echo line $i; done; echo problem >&2']);
  await exited(id);
  const { stdout, stderr } = await crictl().run('logs', id);
  assert.equal(stdout, 'line 1\nline 2\nline 3\nline 4\n');
  assert.equal(stderr, 'problem\n');
  assert.equal((await crictl().run('logs', '--tail', '2', id)).stdout, 'line 4\n');
  assert.equal((await crictl().run('logs', '-s', 'stderr', id)).stderr, 'problem\n');
  assert.match((await crictl().run('logs', '--timestamps', '--tail', '5', id.slice(0, 12))).stdout, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}(Z|[+-]\d\d:\d\d) line 1$/m);
});

test('crictl logs -f follows until the container ends', async () => {
  const id = await run('followed', ['sh', '-c', 'echo first; sleep 1; echo last']);
  const { exitCode, stdout } = await crictl().run('logs', '-f', id);
  assert.equal(exitCode, 0);
  assert.equal(stdout, 'first\nlast\n');
});

test('crictl exec -s runs a command in the container and shows its output', async () => {
  const id = await run('host', ['top', '-b'], { envs: [{ key: 'COLOR', value: Buffer.from('green') }] });
  assert.equal((await crictl().ok('exec', '-s', id, 'sh', '-c', 'echo $COLOR; hostname')).trim(), 'green\npod-host');
  const failed = await crictl().run('exec', '-s', id.slice(0, 12), 'sh', '-c', 'echo out; exit 3');
  assert.equal(failed.exitCode, 1);
  assert.match(failed.stderr, /exit code 3|exited with 3|code.*3/);
  const missing = await crictl().run('exec', '-s', id, '/no/such/program');
  assert.notEqual(missing.exitCode, 0);
  assert.match(missing.stderr, /no\/such\/program/);
});

test('crictl exec -s with a timeout ends the command, not the container', async () => {
  const id = await run('patient', ['top', '-b']);
  const late = await crictl().run('exec', '-s', '--timeout', '1', id, 'sleep', '1000');
  assert.notEqual(late.exitCode, 0);
  assert.match(late.stderr, /timed out|deadline/i);
  assert.equal((await crictl().ok('exec', '-s', id, 'sh', '-c', 'pgrep sleep || echo none')).trim(), 'none');
});

test('crictl stats shows CPU and memory of a running container', async () => {
  const id = await run('spinning', ['sh', '-c', 'while :; do :; done']);
  const { stats } = await crictl().json('stats', '-o', 'json') as { stats: { attributes: { id: string }; cpu: { usageCoreNanoSeconds: { value: string } }; memory: { workingSetBytes: { value: string } }; writableLayer: { fsId: { mountpoint: string } } }[] };
  assert.deepEqual(stats.map((s) => s.attributes.id), [id]);
  assert.ok(Number(stats[0]?.cpu.usageCoreNanoSeconds.value) > 0);
  assert.ok(Number(stats[0]?.memory.workingSetBytes.value) > 0);
  assert.ok(stats[0]?.writableLayer.fsId.mountpoint.startsWith('/'));
  assert.match(await crictl().ok('stats', id.slice(0, 12)), new RegExp(`^${id.slice(0, 13)} +spinning +[\\d.]+ `, 'm'));
});

test('crictl rm removes a stopped container, -f a running one, with its log', async () => {
  const ended = await run('ended', ['echo', 'x']);
  const { logPath } = await exited(ended);
  assert.equal(await crictl().ok('rm', ended), ended);
  await assert.rejects(readFile(logPath), { code: 'ENOENT' });
  const running = await run('running', ['top', '-b']);
  assert.notEqual((await crictl().run('rm', running)).exitCode, 0);
  assert.match(await crictl().ok('rm', '-f', running.slice(0, 12)), new RegExp(running.slice(0, 12)));
  assert.equal(await crictl().ok('ps', '-a', '-q'), '');
});

test('crictl events shows a container\'s life', async () => {
  const seen = (text: string): boolean => ['CREATED', 'STARTED', 'STOPPED', 'DELETED'].every((kind) => text.includes(`CONTAINER_${kind}_EVENT`));
  const following = { done: false };
  const followed = crictl().follow(['events'], seen).finally(() => { following.done = true; });
  // When crictl has subscribed nobody can see: give it lives until it has seen a whole one.
  for (let life = 0; life < 20 && !following.done; life++) {
    const id = await run(`life${life}`, ['true']);
    await exited(id);
    await crictl().ok('rm', id);
  }
  assert.match(await followed, /"containerEventType": *"CONTAINER_STOPPED_EVENT"/);
});
