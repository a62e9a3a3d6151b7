import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatHosts, formatResolvConf } from './pod-files.ts';
import { parseNetDev } from './net-dev.ts';
import { Stops } from './stop-container.ts';

test('formatResolvConf() writes search, servers and options in resolv.conf(5) form', () => {
  assert.equal(formatResolvConf({ servers: ['10.96.0.10', '8.8.8.8'], searches: ['a.svc', 'svc'], options: ['ndots:5'] }), 'search a.svc svc\nnameserver 10.96.0.10\nnameserver 8.8.8.8\noptions ndots:5\n');
});

test('formatHosts() has the local names, and the pod\'s own at each of its addresses', () => {
  const lines = formatHosts('web', ['10.1.0.2', 'fd00::2']).split('\n');
  assert.deepEqual([lines[0], lines.slice(-3)], ['127.0.0.1\tlocalhost', ['10.1.0.2\tweb', 'fd00::2\tweb', '']]);
});

test('parseNetDev() reads the counters of every interface but the loopback', () => {
  const text = 'Inter-|   Receive |  Transmit\n face |bytes packets errs drop fifo frame compressed multicast|bytes packets errs drop fifo colls carrier compressed\n    lo: 10 1 0 0 0 0 0 0 10 1 0 0 0 0 0 0\n  eth0:12345678901234567890 7 3 1 0 0 0 0 42 6 5 2 0 0 0 0\nlongname0:  1  2  3 4 0 0 0 0  5  6 7  8 0 0 0 0\n   lo2: 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n';
  const [eth0, long, lo2, ...others] = parseNetDev(text);
  assert.deepEqual(eth0, { name: 'eth0', rxBytes: 12345678901234567890n, rxPackets: 7n, rxErrors: 3n, rxDropped: 1n, txBytes: 42n, txPackets: 6n, txErrors: 5n, txDropped: 2n });
  assert.deepEqual(long, { name: 'longname0', rxBytes: 1n, rxPackets: 2n, rxErrors: 3n, rxDropped: 4n, txBytes: 5n, txPackets: 6n, txErrors: 7n, txDropped: 8n });
  assert.deepEqual([lo2?.name, others], ['lo2', []]);
});

for (const { second, endsAt } of [{ second: 0, endsAt: 0 }, { second: 1_800_000, endsAt: 1_800_000 }, { second: 7_200_000, endsAt: 3_600_000 }]) {
  test(`a second stop of ${second} ms ends a grace of an hour after ${endsAt} ms: it may shorten it and cannot lengthen it`, async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const stops = new Stops();
    let isOver = false;
    const grace = stops.begin('c', 3_600_000);
    const over = grace.over.then(() => { isOver = true; });
    stops.shorten('c', second);
    t.mock.timers.tick(Math.max(endsAt - 1, 0));
    await new Promise(setImmediate);
    assert.equal(isOver, endsAt === 0);
    t.mock.timers.tick(1);
    await new Promise(setImmediate);
    assert.equal(isOver, true);
    await over;
    stops.end('c');
  });
}
