/** crictl that is killed at any moment of exec, attach and port-forward, from its start on: what it had the daemon do is ended, and nothing of it is held. */
import { strict as assert } from 'node:assert';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { BUSYBOX_IMAGE, eventually, runContainer, runPod, useNode } from '../../harness/index.ts';
import { run, start, TRANSPORTS } from './client.ts';

const node = useNode({ logLevel: 'info' });
/** Close together at first: connecting, asking and starting take milliseconds, crictl's own start tens of them. */
const MOMENTS_MS = Array.from({ length: 20 }, (_, n) => n * n);
const AT_ONCE = 5;
/** Of every command that is run for a client here. */
const MARK = '86399';
const ECHO_PORT = 9000;

test('clients that are killed at any moment leave no command, and the daemon holds nothing of them', async () => {
  const { davit } = node();
  await davit.client.call('PullImage', { image: { image: BUSYBOX_IMAGE } });
  const pod = await runPod(davit, { name: 'killed' });
  const id = await runContainer(davit, pod, { name: 'main', stdin: true, command: ['nc', '-ll', '-p', String(ECHO_PORT), '-e', 'cat'] });
  // What is loaded with the first client of each kind.
  for (const transport of TRANSPORTS) await run(davit, 'x', 'exec', '--transport', transport, '-i', id, 'cat');
  const before = await descriptors();
  const clients = TRANSPORTS.flatMap((transport) => [
    ['exec', '--transport', transport, '-i', id, 'sh', '-c', `cat /dev/zero & sleep ${MARK}`], ['attach', '--transport', transport, '-i', id], ['port-forward', '--transport', transport, pod.id, `:${ECHO_PORT}`],
  ]);
  const all = clients.flatMap((args) => MOMENTS_MS.map((ms) => ({ args, ms })));
  const worker = async (): Promise<void> => {
    for (let next = all.pop(); next; next = all.pop()) await killed(next.args, next.ms);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  await eventually('the end of their commands', async () => !await isRunning(MARK));
  await eventually("the daemon's descriptors", async () => await descriptors() <= before);
  for (const transport of TRANSPORTS) assert.equal((await run(davit, 'still here', 'exec', '--transport', transport, '-i', id, 'cat')).stdout.toString(), 'still here');
});

async function killed(args: readonly string[], afterMs: number): Promise<void> {
  const client = start(node().davit, ...args);
  client.stdout.resume();
  client.stderr.resume();
  client.stdin.on('error', () => undefined).write('a word\n');
  const exited = once(client, 'exit');
  await delay(afterMs);
  client.kill('SIGKILL');
  await exited;
}

async function descriptors(): Promise<number> {
  return (await readdir(`/proc/${node().davit.pid()}/fd`)).length;
}

async function isRunning(word: string): Promise<boolean> {
  const lines = await Promise.all((await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
  return lines.some((line) => line.includes(word));
}
