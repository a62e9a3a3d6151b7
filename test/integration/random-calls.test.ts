/**
 * Thousands of calls in random order with random and hostile requests: each gets an answer of a defined status, the daemon goes on
 * serving, and nothing is left. RANDOM_CALLS and RANDOM_SEED choose how many and which (npm run test:random).
 */
import { strict as assert } from 'node:assert';
import { setTimeout as delay } from 'node:timers/promises';
import { test } from 'node:test';
import type { CriClient } from '#cri';
import { DavitError } from '#errors';
import { BUSYBOX_IMAGE, useNode } from '../harness/index.ts';
import { createCalls } from './random-calls/calls.ts';
import type { Known, NextCall } from './random-calls/calls.ts';
import { createRandom } from './random-calls/random.ts';
import type { Random } from './random-calls/random.ts';

const node = useNode({ logLevel: 'info' });
const CALLS = Number(process.env['RANDOM_CALLS'] ?? 1500);
const SEED = Number(process.env['RANDOM_SEED'] ?? 1);
const AT_ONCE = 6;
/** An answer that takes longer is none. */
const ANSWER_TIMEOUT_MS = 120_000;
/** Now and then a client does not wait for its answer. */
const IMPATIENT = 0.08;
const PATIENCE_MS = 60;
/** Streams of events end when their client has heard enough. */
const LISTEN_MS = 100;
/** A status that says "a fault of davit's". Unknown is what an OCI runtime said in words of its own; one of no class of ours has its stack in the log. */
const FAULTS = new Set(['Internal', 'DataLoss']);
const MAX_PODS = 12;

/** The error of a call, if any. */
async function make(client: CriClient, { rpc, stream, request }: NextCall, known: Known, impatient: boolean): Promise<DavitError | undefined> {
  const patience = rpc === 'GetContainerEvents' ? AbortSignal.timeout(LISTEN_MS) : impatient ? AbortSignal.timeout(PATIENCE_MS) : undefined;
  const options = { timeoutMs: ANSWER_TIMEOUT_MS, ...patience && { signal: patience } };
  try {
    if (stream) await Array.fromAsync(client.stream(rpc as 'StreamImages', request, options));
    else learn(known, await client.call(rpc as 'RunPodSandbox', request, options));
    return undefined;
  } catch (error) {
    if (error instanceof DavitError) {
      // Its answer is the one that never came.
      assert.ok(error.code !== 'DeadlineExceeded' || !error.message.startsWith('Deadline exceeded after'), `${rpc}: ${error.message}`);
      return error;
    }
    assert.equal((error as Error).name, 'AbortError', `${rpc}: ${String(error)}`);
    return undefined;
  }
}

function learn(known: Known, answer: { podSandboxId?: string; containerId?: string }): void {
  if (answer.podSandboxId) known.pods.push(answer.podSandboxId);
  if (answer.containerId) known.containers.push(answer.containerId);
}

/** As many pods as a small node has: the oldest goes. */
async function prune(client: CriClient, known: Known): Promise<void> {
  while (known.pods.length > MAX_PODS) {
    const oldest = known.pods.shift();
    if (oldest !== undefined) await client.call('RemovePodSandbox', { podSandboxId: oldest });
  }
  known.containers.splice(0, known.containers.length - 4 * MAX_PODS);
}

test(`${CALLS} random calls (seed ${SEED}) get answers of a defined status, and leave nothing`, async () => {
  const { davit } = node();
  const pid = davit.pid();
  const random: Random = createRandom(SEED);
  const source = createCalls(davit.directory);
  const known: Known = { pods: [], containers: [] };
  const outcomes = new Map<string, number>();
  const faults: string[] = [];
  await davit.client.call('PullImage', { image: { image: BUSYBOX_IMAGE } });
  let left = CALLS;
  const work = async (): Promise<void> => {
    while (left-- > 0) {
      const call = source.next(random, known);
      const error = await make(davit.client, call, known, random.chance(IMPATIENT));
      const outcome = error?.code ?? 'OK';
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      if (error && FAULTS.has(error.code)) faults.push(`${call.rpc}: ${error.code}: ${error.message.slice(0, 500)}\n    ${show(call.request)}`);
      if (call.rpc === 'RemoveImage' || left % 100 === 0) await davit.client.call('PullImage', { image: { image: BUSYBOX_IMAGE } });
      await prune(davit.client, known);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  process.stdout.write(`${[...outcomes].sort().map(([code, count]) => `${code} ${count}`).join(', ')}\n`);
  assert.deepEqual(faults, [], faults.join('\n'));
  assert.ok((outcomes.get('OK') ?? 0) > CALLS / 4, 'most calls fail: the test tries too little');
  assert.equal((await davit.client.call('Version', {})).runtimeName, 'davit');
  assert.equal(davit.pid(), pid);
  assert.deepEqual(davit.log().split('\n').filter((line) => /uncaught| stack=/i.test(line)), []);
  // Those whose caller has gone may still be under way; their pods are removed after them.
  for (let operations = 1; operations > 0; await delay(50)) {
    const { info } = await davit.client.call('Status', { verbose: true });
    operations = (JSON.parse(info['config'] ?? '{}') as { operations: { kind: string }[] }).operations.filter(({ kind }) => /^(Run|Create)/.test(kind)).length;
  }
});

function show(request: unknown): string {
  return JSON.stringify(request, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : typeof value === 'string' && value.length > 200 ? `${value.slice(0, 40)}… (${value.length})` : value));
}
