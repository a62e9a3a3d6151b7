import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AlreadyExistsError, DeadlineExceededError } from '#errors';
import { Operations } from './operation.ts';

const live = (): AbortSignal => new AbortController().signal;

test('an equal request joins the operation and gets the same answer', async () => {
  const operations = new Operations();
  const gate = Promise.withResolvers<string>();
  let runs = 0;
  const run = (): Promise<string> => operations.run('k', 'RunPodSandbox', 'ns/a', { x: 1 }, live(), async () => { runs++; return gate.promise; });
  const both = Promise.all([run(), run()]);
  gate.resolve('id');
  assert.deepEqual(await both, ['id', 'id']);
  assert.equal(runs, 1);
  assert.deepEqual(operations.views(), []);
});

test('another request with the same identity is refused with the difference', async () => {
  const operations = new Operations();
  const gate = Promise.withResolvers<void>();
  const first = operations.run('k', 'RunPodSandbox', 'ns/a', { config: { hostname: 'a' } }, live(), async () => gate.promise);
  await assert.rejects(operations.run('k', 'RunPodSandbox', 'ns/a', { config: { hostname: 'b' } }, live(), async () => undefined),
    (e: Error) => e instanceof AlreadyExistsError && e.message.includes('config.hostname'));
  gate.resolve();
  await first;
});

test('a caller whose time is up learns stage and times; the work goes on for the retry', async () => {
  const operations = new Operations();
  const gate = Promise.withResolvers<string>();
  const caller = new AbortController();
  const run = (signal: AbortSignal): Promise<string> => operations.run('k', 'RunPodSandbox', 'ns/a', {}, signal, async (operation) => {
    operation.stage('namespaces');
    operation.stage('network');
    return gate.promise;
  });
  const first = run(caller.signal);
  assert.equal(operations.views()[0]?.stage, 'network');
  caller.abort(new DeadlineExceededError('RunPodSandbox: deadline'));
  await assert.rejects(first, (e: Error) => e instanceof DeadlineExceededError && /stage "network"/.test(e.message) && /namespaces [\d.]+ ms/.test(e.message));
  const retry = run(live());
  gate.resolve('id');
  assert.equal(await retry, 'id');
});

test('an error of the work reaches every caller, and the next request starts anew', async () => {
  const operations = new Operations();
  const failing = async (): Promise<string> => { throw new Error('plugin said no'); };
  await assert.rejects(operations.run('k', 'Run', 'a', {}, live(), failing), /plugin said no/);
  assert.equal(await operations.run('k', 'Run', 'a', { other: 1 }, live(), async () => 'ok'), 'ok');
});
