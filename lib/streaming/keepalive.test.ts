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
