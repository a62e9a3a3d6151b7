import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { RunResult } from '#linux';
import { parseOptions } from './options.ts';
import { hostProcesses, listenerOf, memoryCgroupOf, parentOf, pssBytes, rssBytes } from './processes.ts';
import { createStopwatch } from './stopwatch.ts';
import { createTimedShell } from './timed-shell.ts';

test('the stopwatch times programs by their own clock', async () => {
  await using stopwatch = await createStopwatch();
  const slept = await stopwatch.run('sleep', '0.2');
  assert.ok(slept >= 200, `${slept} ms`);
});

test('the timed shell runs programs one after another, each with its own input and environment, and adds up their times', async () => {
  await using shell = await createTimedShell();
  const say = (word: string): Promise<RunResult> => shell.run({ file: '/bin/sh', args: ['-c', 'sleep 0.1; echo "$WORD"; cat; echo no >&2; exit 3'], env: { WORD: word }, stdin: Buffer.from('in'), timeoutMs: 10_000 }, { signal: AbortSignal.timeout(10_000) });
  for (const [word, { stdout, stderr, exitCode }] of (await Promise.all(['one', "tw'o"].map(async (word) => [word, await say(word)] as const)))) {
    assert.deepEqual([stdout.toString(), stderr.toString(), exitCode], [`${word}\nin`, 'no\n', 3]);
  }
  const total = shell.takeTotal();
  assert.ok(total >= 200, `${total} ms`);
  assert.equal(shell.takeTotal(), 0);
});

test('the stopwatch tells what a failed program wrote', async () => {
  await using stopwatch = await createStopwatch();
  await assert.rejects(stopwatch.run('/bin/sh', '-c', 'echo no space >&2; exit 4'), /exit code 4: no space/);
});

test('processes: this one has memory, a cgroup and a parent, and listens where it listens', async (t) => {
  const directory = await mkdtemp(join(tmpdir(), 'bench-test-'));
  t.after(() => rm(directory, { recursive: true }));
  const socket = join(directory, 's');
  const server = createServer().listen(socket);
  t.after(() => server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  assert.equal(listenerOf(socket), process.pid);
  assert.throws(() => listenerOf(`${socket}2`), /nobody/);
  assert.ok(hostProcesses().some(({ pid, command }) => pid === process.pid && command.includes('measuring.test.ts')));
  assert.equal(parentOf(process.pid), process.ppid);
  assert.ok(rssBytes(process.pid) >= pssBytes(process.pid) && pssBytes(process.pid) > 1e7);
  assert.ok(memoryCgroupOf(process.pid)?.pids.includes(process.pid));
});

test('parseOptions() has defaults for each bench and refuses what it does not know', () => {
  assert.deepEqual([parseOptions(['pod']).count, parseOptions(['exec']).count, parseOptions(['memory', '--pods', '7']).pods, parseOptions(['pull', '--socket', '/s']).socket], [30, 100, 7, '/s']);
  for (const args of [[], ['nope'], ['pod', 'exec'], ['pod', '--count', '0'], ['pod', '--count', 'many'], ['pod', '--what']]) assert.throws(() => parseOptions(args), Error);
});
