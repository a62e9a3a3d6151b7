import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keepAlive } from './keepalive.ts';
import { KEEPALIVE_MS } from './limits.ts';

test('a connection on which something has come is pinged; one on which nothing has gives its memory back, too', (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const done: string[] = [];
  const connection = { traffic: 0, ping: () => { done.push('ping'); }, rest: () => { done.push('rest'); }, destroy: () => { done.push('destroy'); } };
  const stop = keepAlive(connection, 3_600_000);
  connection.traffic = 1;
  t.mock.timers.tick(KEEPALIVE_MS);
  assert.deepEqual(done, ['ping']);
  t.mock.timers.tick(KEEPALIVE_MS);
  assert.deepEqual(done, ['ping', 'rest', 'ping']);
  stop();
  t.mock.timers.tick(KEEPALIVE_MS);
  assert.equal(done.length, 3);
});

for (const [idleMs, everyMs] of [[1000, 500], [4 * 3_600_000, KEEPALIVE_MS]] as const) {
  test(`a connection that may be idle for ${idleMs} ms is pinged every ${everyMs} ms, lives as long as bytes go either way, and ends that long after the last`, (t) => {
    t.mock.timers.enable({ apis: ['setInterval'] });
    let now = 0;
    t.mock.method(performance, 'now', () => now);
    const seen = { traffic: 0, pings: 0, errors: [] as string[] };
    const stop = keepAlive({ get traffic() { return seen.traffic; }, ping: () => { seen.pings++; }, rest: () => undefined, destroy: ({ message }) => { seen.errors.push(message); } }, idleMs);
    const pass = (): void => { now += everyMs; t.mock.timers.tick(everyMs); };
    const rounds = idleMs / everyMs;
    for (let round = 0; round < 3 * rounds; round++) { seen.traffic++; pass(); }
    assert.deepEqual([seen.pings, seen.errors], [3 * rounds, []]);
    for (let round = 1; round < rounds; round++) pass();
    assert.deepEqual(seen.errors, []);
    pass();
    assert.deepEqual(seen.errors, [`the stream was idle for ${idleMs} ms`]);
    stop();
    pass();
    assert.equal(seen.errors.length, 1);
  });
}
