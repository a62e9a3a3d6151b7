import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CancelledError, NotFoundError } from '#errors';
import type { RunResult } from './process.ts';
import { createProcessRunner } from './run-process.ts';

const runner = createProcessRunner();
const never = new AbortController().signal;
const shell = (script: string) => ({ file: '/bin/sh', args: ['-c', script], env: { PATH: '/usr/bin:/bin' }, timeoutMs: 20_000 });

test('run() gives exit code, both streams and the whole environment', async () => {
  const result = await runner.run({ ...shell('cat; echo err >&2; env; exit 3'), env: { A: 'b', PATH: '/usr/bin:/bin' }, stdin: Buffer.from('in\n') }, { signal: never });
  assert.equal(result.exitCode, 3);
  assert.equal(result.stderr.toString(), 'err\n');
  assert.match(result.stdout.toString(), /^in\n[^]*A=b/);
  assert.doesNotMatch(result.stdout.toString(), /HOME=/);
});

test('run() keeps no more output than the limit and does not block the program', async () => {
  const result = await runner.run({ ...shell('head -c 3000000 /dev/zero; echo done >&2'), maxOutputBytes: 1000 }, { signal: never });
  assert.equal(result.stdout.length, 1000);
  assert.equal(result.stderr.toString(), 'done\n');
});

test('run() kills the whole group when the time is over', async () => {
  const run = (timeoutMs: number): Promise<RunResult> => runner.run({ ...shell('sleep 1000 & echo $!; wait'), timeoutMs }, { signal: never });
  let result = await run(300);
  // A busy machine may take longer before it says anything.
  for (let timeoutMs = 600; result.stdout.length === 0; timeoutMs *= 2) result = await run(timeoutMs);
  assert.equal(result.timedOut, true);
  assert.equal(result.signal, 'SIGTERM');
  const sleeper = Number(result.stdout.toString());
  assert.ok(sleeper > 0);
  await eventuallyGone(sleeper);
});

test('run() does not wait for a descendant that keeps the pipes open', async () => {
  const result = await runner.run(shell('sleep 30 & echo $!'), { signal: never });
  assert.equal(result.exitCode, 0);
  process.kill(Number(result.stdout.toString()), 'SIGKILL');
});

test('run() rejects with CancelledError when the caller leaves, and with NotFoundError for a missing program', async () => {
  const controller = new AbortController();
  const running = runner.run(shell('sleep 1000'), { signal: controller.signal });
  controller.abort();
  await assert.rejects(running, CancelledError);
  await assert.rejects(runner.run({ ...shell(''), file: '/nowhere/at/all' }, { signal: never }), NotFoundError);
});

async function eventuallyGone(pid: number): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    try { process.kill(pid, 0); } catch { return; }
    if (await isZombie(pid)) return;
    assert.ok(Date.now() < deadline, `process ${pid} is still there`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function isZombie(pid: number): Promise<boolean> {
  const { readFile } = await import('node:fs/promises');
  return /\) [ZX] /.test(await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ') X '));
}
