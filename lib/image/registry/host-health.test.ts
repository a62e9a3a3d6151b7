import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { DEFAULT_PULL_LIMITS } from '../limits.ts';
import { EndpointFailure, EndpointsFailed } from './failure.ts';
import { HostHealth } from './host-health.ts';
import { tryEndpoints } from './try-endpoints.ts';
import type { Source } from './try-endpoints.ts';

const signal = new AbortController().signal;
/** More than a busy machine takes for what must happen within it. */
const PAUSE_MS = 600;
const limits = { ...DEFAULT_PULL_LIMITS, retryBaseMs: 1, retryAfterMaxMs: 2 * PAUSE_MS };
const source = (host: string): Source => ({ host, name: `${host} (anonymous)` });
const unreachable = (s: Source): EndpointFailure => new EndpointFailure(s.name, 'unreachable', 'no connection after 10000 ms');

test('a host that does not answer is silent for a while, probed once, and longer silent after each failed probe', () => {
  let now = 0;
  const health = new HostHealth(() => now);
  health.failed('m', 'late');
  health.failed('m', 'later');
  assert.equal(health.silence('m'), 'no answer 0 s ago: late');
  now = 30_000;
  assert.equal(health.silence('m'), undefined);
  health.asking('m');
  assert.notEqual(health.silence('m'), undefined, 'others do not probe with it');
  health.failed('m', 'still late');
  now = 89_000;
  assert.notEqual(health.silence('m'), undefined);
  now = 90_000;
  assert.equal(health.silence('m'), undefined);
  health.answered('m');
  health.failed('m', 'late');
  now += 30_000;
  assert.equal(health.silence('m'), undefined, 'an answer makes it forget the past');
});

test('a silent host is probed every five minutes at least, and of a thousand hosts the oldest is forgotten', () => {
  let now = 0;
  const health = new HostHealth(() => now);
  for (let probe = 0; probe < 10; probe++, now += 300_000) {
    assert.equal(health.silence('m'), undefined, `probe ${probe}`);
    health.failed('m', 'late');
  }
  for (let n = 0; n < 1000; n++) health.failed(`n${n}`, 'late');
  assert.deepEqual([health.silence('m'), health.silence('n0')], [undefined, 'no answer 0 s ago: late']);
  health.failed('n1000', 'late');
  assert.equal(health.silence('n0'), undefined);
  for (let n = 0; n <= 1000; n++) health.pause(`n${n}`, 1000);
  assert.deepEqual([health.pauseMs('n0'), health.pauseMs('n1')], [0, 1000]);
});

test('tryEndpoints() asks a silent host last, and not at all when another one has given a final answer', async () => {
  const health = new HostHealth();
  const [mirror, primary] = [source('mirror'), source('primary')];
  const asked: string[] = [];
  const ask = (answer: (s: Source) => string) => tryEndpoints('manifest 1', { sources: [mirror, primary], health }, { signal, limits }, async (s) => { asked.push(s.host); return answer(s); });
  const dead = (s: Source): never => { throw s === mirror ? unreachable(s) : new EndpointFailure(s.name, 'notFound', '404'); };
  assert.equal(await ask((s) => { if (s === mirror) throw unreachable(s); return s.host; }), 'primary');
  assert.equal(await ask((s) => s.host), 'primary');
  await assert.rejects(ask(dead), (error) => error instanceof EndpointsFailed && /not asked again \(no answer \d s ago: no connection after 10000 ms\)/.test(error.failures[0]?.message ?? ''));
  assert.deepEqual(asked, ['mirror', 'primary', 'primary', 'primary']);
});

test('tryEndpoints() asks a silent host when it is the only one, or the others may only do better later', async () => {
  const health = new HostHealth();
  const [mirror, primary] = [source('mirror'), source('primary')];
  health.failed('mirror', 'late');
  assert.equal(await tryEndpoints('x', { sources: [mirror], health }, { signal, limits }, async (s) => s.host), 'mirror');
  health.failed('mirror', 'late');
  assert.equal(await tryEndpoints('x', { sources: [mirror, primary], health }, { signal, limits }, async (s) => { if (s === primary) throw new EndpointFailure(s.name, 'server', '500'); return s.host; }), 'mirror');
});

test('tryEndpoints() leaves a host alone that asked to wait, also in other pulls, and asks the next one meanwhile', async () => {
  const health = new HostHealth();
  const [mirror, primary] = [source('mirror'), source('primary')];
  const asked: string[] = [];
  const ask = (sources: readonly Source[]): Promise<string> => tryEndpoints('x', { sources, health }, { signal, limits }, async (s) => {
    asked.push(s.host);
    if (s === mirror && asked.length === 1) throw new EndpointFailure(s.name, 'throttled', '429', { retryAfterMs: PAUSE_MS });
    return s.host;
  });
  assert.equal(await ask([mirror, primary]), 'primary');
  assert.equal(await ask([mirror, primary]), 'primary');
  const left = health.pauseMs('mirror');
  const begun = performance.now();
  assert.equal(await ask([mirror]), 'mirror');
  assert.ok(performance.now() - begun >= left - 5, 'it was waited for');
});

test('tryEndpoints() pauses twice as long each time before it asks again, and no longer than the bound; a Retry-After is kept to instead', async (t) => {
  t.mock.method(Math, 'random', () => 0);
  const pauses: number[] = [];
  t.mock.method(globalThis, 'setTimeout', (run: () => void, ms: number) => { pauses.push(ms); setImmediate(run); });
  const failing = async (retryBaseMs: number, retryAfterMaxMs: number, failure: ConstructorParameters<typeof EndpointFailure>[3]): Promise<number[]> => {
    pauses.length = 0;
    // A silent clock: what a host asked for is over as soon as it was waited for.
    const order = { sources: [source('registry')], health: new HostHealth(() => 0) };
    let left = 5;
    await tryEndpoints('x', order, { signal, limits: { ...limits, retryBaseMs, retryAfterMaxMs } }, async (s) => {
      if (left-- > 0) throw new EndpointFailure(s.name, 'server', '503', { progressed: true, ...failure });
    });
    return [...pauses];
  };
  assert.deepEqual(await failing(100, 60_000, {}), [100, 200, 400, 800, 1600]);
  assert.deepEqual(await failing(100, 500, {}), [100, 200, 400, 500, 500]);
  t.mock.method(Math, 'random', () => 0.8);
  assert.deepEqual(await failing(100, 60_000, {}), [120, 240, 480, 960, 1920]);
  t.mock.method(Math, 'random', () => 0);
  assert.ok((await failing(100, 60_000, { retryAfterMs: 7000 })).every((ms) => ms === 7000));
});

/** Asks `sources` with failures in turn, each of which ends when there is no more of it. @returns the hosts as they were asked */
async function away(t: TestContext, failing: Readonly<Record<string, (health: HostHealth) => EndpointFailure | undefined>>, { patient = true, outageMs = 30_000 } = {}): Promise<string[]> {
  t.mock.method(Math, 'random', () => 0);
  let now = 0;
  t.mock.method(performance, 'now', () => now);
  t.mock.method(globalThis, 'setTimeout', (run: () => void, ms: number) => { now += ms; setImmediate(run); });
  const health = new HostHealth(() => now);
  const sources = Object.keys(failing).map(source);
  for (const s of sources) await tryEndpoints('x', { sources: [s], health }, { signal, limits }, async () => undefined);
  const asked: string[] = [];
  await tryEndpoints('x', { sources, health }, { signal, patient, limits: { ...limits, retryBaseMs: 250, retryAfterMaxMs: 60_000, outageMs } }, async (s) => {
    asked.push(`${s.host} ${now / 1000}`);
    const failure = failing[s.host]?.(health);
    if (failure) throw failure;
  }).catch((error: unknown) => { assert.ok(error instanceof EndpointsFailed); asked.push(`given up ${now / 1000}`); });
  return asked;
}

const times = (count: number, failure: () => EndpointFailure): (() => EndpointFailure | undefined) => () => (count-- > 0 ? failure() : undefined);

for (const [name, failure] of [
  ['takes no connections', () => unreachable(source('r'))], ['is away behind a proxy', () => new EndpointFailure('r', 'server', '502 Bad Gateway')], ['cuts connections', () => new EndpointFailure('r', 'server', 'the connection was cut')],
] as const) {
  test(`tryEndpoints() waits for a registry that served it and ${name}, with pauses of five seconds at most, and gives it up after its time`, async (t) => {
    assert.deepEqual(await away(t, { r: times(6, failure) }), ['r 0', 'r 0.25', 'r 0.75', 'r 1.75', 'r 3.75', 'r 7.75', 'r 12.75']);
    assert.deepEqual((await away(t, { r: times(100, failure) })).slice(-3), ['r 27.75', 'r 32.75', 'given up 32.75']);
    assert.ok((await away(t, { r: times(6, failure) }, { patient: false })).length <= 4);
    assert.ok((await away(t, { r: times(6, failure) }, { outageMs: 0 })).length <= 4);
  });
}

test('tryEndpoints() waits for no answer that is one, and for no registry that asks to wait for longer than it may', async (t) => {
  for (const failure of [new EndpointFailure('r', 'notFound', '404'), new EndpointFailure('r', 'unauthorized', '401'), new EndpointFailure('r', 'content', 'wrong'), new EndpointFailure('r', 'server', '503', { retriable: false, retryAfterMs: 3_600_000 })]) {
    assert.deepEqual(await away(t, { r: () => failure }), ['r 0', 'given up 0']);
  }
});

test('tryEndpoints() asks the next endpoint first, and a mirror that is away again although that one has a final answer', async (t) => {
  assert.deepEqual(await away(t, { mirror: times(2, () => unreachable(source('mirror'))), r: () => undefined }), ['mirror 0', 'r 0']);
  assert.deepEqual(await away(t, { mirror: times(2, () => unreachable(source('mirror'))), r: () => new EndpointFailure('r', 'notFound', '404') }), ['mirror 0', 'r 0', 'mirror 0.25', 'mirror 0.75']);
});

test('tryEndpoints() does not wait for a registry that never served it', async () => {
  let asked = 0;
  await assert.rejects(tryEndpoints('x', { sources: [source('r')], health: new HostHealth() }, { signal, limits, patient: true }, async (s) => { asked++; throw unreachable(s); }), EndpointsFailed);
  assert.equal(asked, 1);
});

test('tryEndpoints() counts the time of an outage anew after progress', async (t) => {
  let left = 6;
  const broken = (): EndpointFailure => (left-- > 0 ? new EndpointFailure('r', 'server', 'the connection was cut', { progressed: true }) : unreachable(source('r')));
  assert.deepEqual((await away(t, { r: broken })).slice(6), ['r 15.75', 'r 20.75', 'r 25.75', 'r 30.75', 'r 35.75', 'r 40.75', 'r 45.75', 'given up 45.75']);
});

test('tryEndpoints() gives up a registry that serves others and not it', async (t) => {
  const asked = await away(t, { r: (health) => { health.served('r'); return new EndpointFailure('r', 'server', '500'); } });
  assert.equal(asked.at(-1), 'given up 32.75');
});
