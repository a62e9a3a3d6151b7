import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { UnavailableError, UnknownError } from '#errors';
import type { PodContext } from './context.ts';
import { execSync } from './exec-sync.ts';
import type { ContainerRecord } from './record.ts';

/** A container whose monitor answers with `error`. */
function container(pid: number, error: Error, more: { isKilled?: boolean; exit?: object } = {}): () => Promise<unknown> {
  const record = { id: 'c1', pid, process: { args: [] }, ...more.exit && { exit: more.exit } } as unknown as ContainerRecord;
  const monitor = { id: 'c1', exec: async () => { throw error; } };
  const context = { cgroups: { readyForMoves: async () => undefined }, store: { getContainer: () => record }, live: new Map([['c1', { monitor, ...more }]]) } as unknown as PodContext;
  return () => execSync(context, record, ['ls'], 1, new AbortController().signal);
}

test('execSync() waits no longer than a timer can, whatever timeout is asked for', async () => {
  let timeoutMs = 0;
  const record = { id: 'c1', process: { args: [] } } as unknown as ContainerRecord;
  const exec = async (spec: { timeoutMs: number }): Promise<never> => { ({ timeoutMs } = spec); throw new UnknownError('asked'); };
  const context = { cgroups: { readyForMoves: async () => undefined }, store: { getContainer: () => record }, live: new Map([['c1', { monitor: { id: 'c1', exec } }]]) } as unknown as PodContext;
  for (const [seconds, ms] of [[10, 10_000], [Number.MAX_SAFE_INTEGER, 2 ** 31 - 1]] as const) {
    await assert.rejects(execSync(context, record, ['ls'], seconds, new AbortController().signal));
    assert.equal(timeoutMs, ms);
  }
});

const refusal = new UnknownError('exec failed: cannot exec in a stopped container');

test('execSync() says that the container has ended when that is why its runtime or its monitor failed', async () => {
  const child = spawn('true');
  await once(child, 'exit');
  for (const work of [container(child.pid ?? 0, refusal), container(process.pid, refusal, { isKilled: true }), container(process.pid, new UnavailableError('the connection ended'), { exit: {} })]) {
    await assert.rejects(work(), { code: 'FailedPrecondition', message: /run a command in container "c1": it has ended/ });
  }
});

test('execSync() keeps the runtime\'s words about a command that cannot be run in a container that lives', async () => {
  await assert.rejects(container(process.pid, refusal)(), { code: 'Unknown', message: /cannot exec/ });
});
