/** A plugin that is being written (ETXTBSY): how often and how long it is tried again. */
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { CancelledError } from '#errors';
import type { ProcessRunner } from '#linux';
import { silentLogger } from '#log';
import { invokePlugin } from './invoke.ts';

const STEP_MS = 200;
const RETRIES = 25;

/** An invocation of a plugin that is being written until it has been tried `busy` times; the time is the test's. */
function invoke(t: TestContext, { busy, timeoutMs, signal = new AbortController().signal }: { busy: number; timeoutMs: number; signal?: AbortSignal }): { tries: () => number; result: Promise<Buffer>; pass: (ms: number) => Promise<void> } {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  let tries = 0;
  const run: ProcessRunner['run'] = async () => {
    if (tries++ < busy) throw Object.assign(new Error('run "/bin/written"'), { cause: Object.assign(new Error('text file busy'), { code: 'ETXTBSY' }) });
    return { exitCode: 0, signal: undefined, stdout: Buffer.from('{}'), stderr: Buffer.alloc(0), timedOut: false };
  };
  const host = { runner: { run }, pluginDirs: [], environment: {}, log: silentLogger };
  const result = invokePlugin(host, { type: 'written', path: '/bin/written', what: 'ADD sandbox "box"', environment: {}, request: {}, deadline: Date.now() + timeoutMs }, { signal });
  result.catch(() => undefined);
  const turn = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });
  const pass = async (ms: number): Promise<void> => { for (let passed = 0; passed < ms; passed += STEP_MS) { await turn(); t.mock.timers.tick(STEP_MS); } await turn(); };
  return { tries: () => tries, result, pass };
}

test(`a plugin that is being written is tried ${RETRIES} times more, and it may be the last one that succeeds`, async (t) => {
  const { tries, result, pass } = invoke(t, { busy: RETRIES, timeoutMs: 60_000 });
  await pass(RETRIES * STEP_MS);
  assert.equal((await result).toString(), '{}');
  assert.equal(tries(), RETRIES + 1);
});

test('a plugin that stays busy fails with what the kernel said', async (t) => {
  const { tries, result, pass } = invoke(t, { busy: Infinity, timeoutMs: 60_000 });
  await pass(2 * RETRIES * STEP_MS);
  await assert.rejects(result, { message: 'run "/bin/written"' });
  assert.equal(tries(), RETRIES + 1);
});

test('a busy plugin is not waited for longer than the deadline allows', async (t) => {
  const { tries, result, pass } = invoke(t, { busy: Infinity, timeoutMs: 2.5 * STEP_MS });
  await pass(RETRIES * STEP_MS);
  await assert.rejects(result, { message: 'run "/bin/written"' });
  assert.equal(tries(), 3);
});

test('a caller that leaves while a plugin is busy starts it no more', async (t) => {
  const leaves = new AbortController();
  const { tries, result, pass } = invoke(t, { busy: Infinity, timeoutMs: 60_000, signal: leaves.signal });
  await pass(STEP_MS);
  assert.equal(tries(), 2);
  leaves.abort();
  await assert.rejects(result, CancelledError);
  await pass(RETRIES * STEP_MS);
  assert.equal(tries(), 2);
});
