/** How calls end before their handler is done: deadline, cancel, the end of the daemon. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect } from 'node:http2';
import { connect as connectSocket } from 'node:net';
import { describe, test } from 'node:test';
import { status as Status } from '@grpc/grpc-js';
import { delay, raceSignal } from '#async';
import { CancelledError, DeadlineExceededError, UnavailableError } from '#errors';
import type { ContainerEvent, Pods } from '#pod';
import { silentLogger } from '#log';
import { createClient } from './client.ts';
import { CALLS } from './generated/services.ts';
import { createServer } from './server.ts';
import { patientCall } from './testing/patient-call.ts';
import { serve } from './testing/serve.ts';
import type { Served } from './testing/serve.ts';
import { fakeImages, fakeInfo, fakePods, POD, TIME, fakeStreams } from './testing/fakes.ts';

/** A StartContainer that waits until its signal aborts, as lib/pod's waits do; `started` resolves with that signal. */
function waiting(): { readonly pods: Partial<Pods>; readonly started: Promise<AbortSignal> } {
  const { promise: started, resolve } = Promise.withResolvers<AbortSignal>();
  return { started, pods: { startContainer: async (_id, { signal }) => { resolve(signal); await raceSignal(new Promise<never>(() => undefined), signal, 'start container "c1": stage create'); } } };
}

async function aborted(signal: AbortSignal): Promise<unknown> {
  if (!signal.aborted) await once(signal, 'abort');
  return signal.reason;
}

const LONG = { timeoutMs: 60_000 };
/** A deadline that passes; long enough for a busy host to begin with the call. */
const SHORT_MS = 1500;

/** The log line of the call; it may be written after the client has its answer. */
async function logged(served: Served, name: string): Promise<Record<string, unknown>> {
  for (;;) {
    const line = served.log.find((l) => l['msg'] === name);
    if (line) return line;
    await delay(5, AbortSignal.timeout(10_000), `log line of ${name}`);
  }
}

const START = CALLS.StartContainer.request.encode({ containerId: 'c1' }).finish();

describe('deadline', () => {
  test("aborts the handler, whose words of the stage are the answer's", async () => {
    const { pods, started } = waiting();
    await using served = await serve({ pods });
    assert.deepEqual(await patientCall(served.socketPath, CALLS.StartContainer.path, START, SHORT_MS),
      { status: Status.DEADLINE_EXCEEDED, message: `start container "c1": stage create: the caller's deadline passed` });
    assert.equal(((await started).reason as Error).name, 'TimeoutError');
    assert.equal((await logged(served, 'StartContainer'))['outcome'], 'DeadlineExceeded');
  });
  test('a handler that does not heed its signal is left alone', async () => {
    await using served = await serve({ pods: { startContainer: () => new Promise<never>(() => undefined) } });
    assert.equal((await patientCall(served.socketPath, CALLS.StartContainer.path, START, SHORT_MS)).status, Status.DEADLINE_EXCEEDED);
    const { outcome, error } = await logged(served, 'StartContainer');
    assert.deepEqual([outcome, error], ['DeadlineExceeded', "StartContainer: still under way when its caller's time was over"]);
  });
});

describe('cancel', () => {
  test('aborts the handler, and the log says Cancelled', async () => {
    const { pods, started } = waiting();
    await using served = await serve({ pods });
    const controller = new AbortController();
    const call = served.client.call('StartContainer', { containerId: 'c1' }, { signal: controller.signal });
    const signal = await started;
    controller.abort();
    await assert.rejects(call, CancelledError);
    assert.equal((await aborted(signal) as Error).name, 'AbortError');
    assert.equal((await logged(served, 'StartContainer'))['outcome'], 'Cancelled');
  });
  test('a signal that has aborted already does not call', async () => {
    await using served = await serve();
    await assert.rejects(served.client.call('Version', {}, { signal: AbortSignal.abort() }), CancelledError);
    assert.deepEqual(served.log.filter((l) => l['request'] !== undefined), []);
  });
  test('a client whose connection breaks aborts the handler too', async () => {
    const { pods, started } = waiting();
    await using served = await serve({ pods });
    const client = createClient(served.socketPath);
    const call = assert.rejects(client.call('StartContainer', { containerId: 'c1' }, LONG));
    const signal = await started;
    await served.server.stop({ drainTimeoutMs: 0 });
    await call;
    client.close();
    assert.ok(signal.aborted);
  });
  test('leaving the loop over a stream ends it at the daemon', async () => {
    const { promise: ended, resolve } = Promise.withResolvers<AbortSignal>();
    await using served = await serve({ pods: { events: ({ signal }) => endless(signal, resolve) } });
    let seen = 0;
    for await (const event of served.client.stream('GetContainerEvents', {})) {
      assert.equal(event.createdAt, TIME);
      if (++seen === 3) break;
    }
    assert.ok((await ended).aborted);
  });
});

describe('events', () => {
  test('are read no faster than the client takes them', async () => {
    let made = 0;
    const { promise: ended, resolve } = Promise.withResolvers<AbortSignal>();
    const note = 'x'.repeat(100_000);
    const pod = { ...POD, annotations: { note } };
    await using served = await serve({ pods: { events: ({ signal }) => counted(endless(signal, resolve, pod), () => { made++; }) } });
    const stream = served.client.stream('GetContainerEvents', {})[Symbol.asyncIterator]();
    await stream.next();
    let before = -1;
    // Until no more are made: what fills the buffers in between is some hundreds of kilobytes.
    while (before !== made) { before = made; await delay(200, AbortSignal.timeout(10_000), 'events'); }
    assert.ok(made < 100, `${made} events of 100 kB were made for one that was read`);
    await stream.return?.();
    await ended;
  });
});

describe('stop()', () => {
  test('lets a call under way finish, refuses new ones and takes the socket away', async () => {
    const { promise: started, resolve: start } = Promise.withResolvers<undefined>();
    const { promise: finished, resolve: finish } = Promise.withResolvers<undefined>();
    await using served = await serve({ pods: { startContainer: async () => { start(undefined); await finished; } } });
    const call = served.client.call('StartContainer', { containerId: 'c1' }, LONG);
    await started;
    const stop = served.server.stop({ drainTimeoutMs: 30_000 });
    const late = createClient(served.socketPath);
    await assert.rejects(late.call('Version', {}, { timeoutMs: 1000 }), (e) => e instanceof UnavailableError || e instanceof DeadlineExceededError);
    late.close();
    finish(undefined);
    await call;
    await stop;
    assert.equal(existsSync(served.socketPath), false);
  });
  test('ends a call that takes too long with UNAVAILABLE and its stage', async () => {
    const { pods, started } = waiting();
    await using served = await serve({ pods });
    const call = assert.rejects(served.client.call('StartContainer', { containerId: 'c1' }, LONG), (error: Error) =>
      error instanceof UnavailableError && error.message.startsWith('start container "c1": stage create: cancelled by the caller'));
    await started;
    await served.server.stop({ drainTimeoutMs: 10 });
    await call;
  });
  test('ends streams before it waits for calls, with UNAVAILABLE', { timeout: 20_000 }, async () => {
    const { promise: ended, resolve } = Promise.withResolvers<AbortSignal>();
    await using served = await serve({ pods: { events: ({ signal }) => silent(signal, resolve) } });
    const reading = assert.rejects(Array.fromAsync(served.client.stream('GetContainerEvents', {})), UnavailableError);
    while (!served.calls.some((c) => c.name === 'events')) await delay(5, AbortSignal.timeout(5000), 'stream');
    await served.server.stop({ drainTimeoutMs: 600_000 });
    await reading;
    await ended;
  });
  test('does not wait for a client that reads no end of its stream', { timeout: 60_000 }, async () => {
    await using served = await serve({ pods: { events: ({ signal }) => endless(signal, () => undefined) } });
    // The server may send one byte.
    const session = connect('http://localhost', { createConnection: () => connectSocket(served.socketPath), settings: { initialWindowSize: 1 } });
    session.on('error', () => undefined);
    const stream = session.request({ ':method': 'POST', ':path': CALLS.GetContainerEvents.path, 'content-type': 'application/grpc', te: 'trailers' });
    stream.on('error', () => undefined).end(Buffer.alloc(5));
    await once(stream, 'response');
    await served.server.stop({ drainTimeoutMs: 600_000 });
    session.destroy();
  });
  test('twice is harmless, and without a listen() too', async () => {
    await using served = await serve();
    await Promise.all([served.server.stop(), served.server.stop()]);
  });
  test('leaves the place to the next daemon, which the same client finds', async () => {
    await using served = await serve();
    await served.client.call('Version', {}, LONG);
    await served.server.stop();
    const next = createServer({ socketPath: served.socketPath, pods: fakePods([]), images: fakeImages([]), info: fakeInfo([]), streams: fakeStreams([]), log: silentLogger });
    await next.listen();
    // The client may have to notice first that its connection has gone.
    const answer = await served.client.call('Version', {}, LONG).catch(() => served.client.call('Version', {}, LONG));
    assert.equal(answer.runtimeName, 'davit');
    await next.stop();
  });
});

async function* endless(signal: AbortSignal, ended: (signal: AbortSignal) => void, pod = POD): AsyncGenerator<ContainerEvent> {
  try {
    while (!signal.aborted) {
      yield { containerId: 'c1', type: 'started', createdAt: TIME, podStatus: pod };
      await new Promise(setImmediate);
    }
  } finally {
    ended(signal);
  }
}

async function* silent(signal: AbortSignal, ended: (signal: AbortSignal) => void): AsyncGenerator<ContainerEvent> {
  yield* [];
  await aborted(signal);
  ended(signal);
}

async function* counted<T>(items: AsyncIterable<T>, count: () => void): AsyncGenerator<T> {
  for await (const item of items) {
    count();
    yield item;
  }
}
