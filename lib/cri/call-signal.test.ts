import assert from 'node:assert/strict';
import { EventEmitter, getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, mock, test } from 'node:test';
import { callSignal } from './call-signal.ts';
import type { EndableCall } from './call-signal.ts';

class FakeCall extends EventEmitter implements EndableCall {
  cancelled = false;
  readonly #deadline: number;
  constructor(timeoutMs: number) {
    super();
    this.#deadline = Date.now() + timeoutMs;
  }
  getDeadline(): number {
    return this.#deadline;
  }
}

const never = new AbortController().signal;
const nameOf = (signal: AbortSignal): unknown => (signal.reason as Error | undefined)?.name;

describe('callSignal()', () => {
  beforeEach(() => { mock.timers.enable({ apis: ['setTimeout', 'Date'] }); });
  afterEach(() => { mock.timers.reset(); });

  for (const [timeoutMs, abortsAtMs, graceMs] of [[2000, 1900, 50], [1000, 950, 25], [100, 95, 2.5], [120_000, 119_900, 50]] as const) {
    test(`of a call with ${timeoutMs} ms aborts after ${abortsAtMs}: the answer has the rest`, () => {
      using scope = callSignal(new FakeCall(timeoutMs), never);
      assert.equal(scope.graceMs, graceMs);
      mock.timers.tick(abortsAtMs - 1);
      assert.equal(scope.signal.aborted, false);
      mock.timers.tick(1);
      assert.equal(nameOf(scope.signal), 'TimeoutError');
    });
  }
  test('of a call whose deadline has passed aborts at once', () => {
    using scope = callSignal(new FakeCall(-5), never);
    assert.equal(nameOf(scope.signal), 'TimeoutError');
  });
  for (const timeoutMs of [Infinity, 2 ** 40]) {
    test(`of a call with ${timeoutMs} ms does not abort by itself`, () => {
      using scope = callSignal(new FakeCall(timeoutMs), never);
      mock.timers.tick(1_000_000_000);
      assert.equal(scope.signal.aborted, false);
    });
  }
  test("aborts with the client's cancel, also one that came before", () => {
    const call = new FakeCall(Infinity);
    using scope = callSignal(call, never);
    call.emit('cancelled');
    assert.equal(nameOf(scope.signal), 'AbortError');
    call.cancelled = true;
    using late = callSignal(call, never);
    assert.equal(nameOf(late.signal), 'AbortError');
  });
  test('calls it the deadline when the library ends the call for it first', () => {
    const call = new FakeCall(1000);
    using scope = callSignal(call, never);
    mock.timers.setTime(Date.now() + 950);
    call.emit('cancelled');
    assert.equal(nameOf(scope.signal), 'TimeoutError');
  });
  test('aborts with the end of the daemon', () => {
    const ending = new AbortController();
    using scope = callSignal(new FakeCall(Infinity), ending.signal);
    ending.abort();
    assert.equal(nameOf(scope.signal), 'AbortError');
  });
  test('leaves no listener and no timer when disposed', () => {
    const call = new FakeCall(1000);
    const ending = new AbortController();
    const scope = callSignal(call, ending.signal);
    scope[Symbol.dispose]();
    assert.deepEqual([call.listenerCount('cancelled'), getEventListeners(ending.signal, 'abort').length], [0, 0]);
    mock.timers.tick(10_000);
    assert.equal(scope.signal.aborted, false);
  });
});
