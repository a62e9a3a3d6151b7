/** StopContainer through the socket: signals, graces, and callers that go away. */
import { strict as assert } from 'node:assert';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { messages } from '#cri';
import { BUSYBOX_IMAGE, eventually, runContainer, runPod, useNode } from '../harness/index.ts';
import type { RunningPod } from '../harness/index.ts';

const node = useNode();
const RUNNING = 1;
/** Of CRI's enum. */
const SIGUSR1 = 29;
/** Longer than any test. */
const LONG_S = 3600n;
/** Seconds; more than a host that stands still for a while takes to hear of a caller's leaving. */
const SHORT_S = 10n;
/** Tells each SIGTERM, and lives on. */
const STUBBORN = 'trap "echo told" TERM; echo ready; while :; do sleep 0.05; done';

const client = () => node().davit.client;

async function status(containerId: string): Promise<messages.ContainerStatus> {
  const answer = await client().call('ContainerStatus', { containerId });
  assert.ok(answer.status);
  return answer.status;
}

async function started(script: string, options: { readonly stopSignal?: number } = {}): Promise<{ id: string; lines: (text: string) => Promise<number> }> {
  await client().call('PullImage', { image: { image: BUSYBOX_IMAGE } });
  const pod: RunningPod = await runPod(node().davit, { name: 'stopped' });
  const id = await runContainer(node().davit, pod, { name: 'c', command: ['sh', '-c', script], ...options });
  const lines = async (text: string): Promise<number> => (await readFile(join(pod.config.logDirectory ?? '', 'c.log'), 'utf8')).split(` ${text}\n`).length - 1;
  await eventually('it is ready', async () => await lines('ready') === 1);
  return { id, lines };
}

test('a stop whose caller leaves has told the container and kills nobody; the next one begins anew, and one with less ends its grace', async () => {
  const { id, lines } = await started(STUBBORN);
  const caller = new AbortController();
  const stop = client().call('StopContainer', { containerId: id, timeout: LONG_S }, { signal: caller.signal });
  await eventually('the signal', async () => await lines('told') === 1);
  caller.abort();
  await assert.rejects(stop, { code: 'Cancelled' });
  assert.equal((await status(id)).state, RUNNING);
  const second = client().call('StopContainer', { containerId: id, timeout: LONG_S });
  await eventually('the signal again', async () => await lines('told') === 2);
  await client().call('StopContainer', { containerId: id, timeout: 0n });
  await second;
  assert.equal((await status(id)).exitCode, 137);
  assert.equal(await lines('told'), 2);
});

test('a grace that nobody waits for any more ends without SIGKILL', async () => {
  const { id, lines } = await started(STUBBORN);
  const caller = new AbortController();
  const stop = client().call('StopContainer', { containerId: id, timeout: SHORT_S }, { signal: caller.signal });
  await eventually('the signal', async () => await lines('told') === 1);
  caller.abort();
  await assert.rejects(stop, { code: 'Cancelled' });
  // Another grace of the same length, begun later and waited for in full by its own container's end.
  const other = await started(STUBBORN);
  await client().call('StopContainer', { containerId: other.id, timeout: SHORT_S });
  assert.equal((await status(other.id)).exitCode, 137);
  assert.equal((await status(id)).state, RUNNING);
});

test('without a grace nothing is sent but SIGKILL', async () => {
  const { id, lines } = await started(STUBBORN);
  await client().call('StopContainer', { containerId: id, timeout: 0n });
  assert.equal((await status(id)).exitCode, 137);
  assert.equal(await lines('told'), 0);
});

test('the stop signal of the request is sent and shown, and the exit within the grace counts', async () => {
  const { id } = await started('trap "exit 9" USR1; trap "exit 8" TERM; echo ready; while :; do sleep 0.05; done', { stopSignal: SIGUSR1 });
  assert.equal((await status(id)).stopSignal, SIGUSR1);
  await client().call('StopContainer', { containerId: id, timeout: LONG_S });
  assert.equal((await status(id)).exitCode, 9);
});
