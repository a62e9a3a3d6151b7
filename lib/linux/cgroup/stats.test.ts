import assert from 'node:assert/strict';
import test from 'node:test';
import { numbersOf, parseCgroupStats, parsePressure } from './stats.ts';

const files = (texts: Record<string, string>) => numbersOf((_, file) => texts[file]);

test('parseCgroupStats() reads version 1 files', () => {
  const stats = parseCgroupStats(1, 5n, files({
    'cpuacct.usage': '123456789\n', 'memory.usage_in_bytes': '1000\n', 'memory.memsw.usage_in_bytes': '1200\n', 'pids.current': '3\n',
    'memory.stat': 'cache 1\nrss 2\nhierarchical_memory_limit 4096\nhierarchical_memsw_limit 8192\ntotal_rss 70\ntotal_inactive_file 300\ntotal_pgfault 11\ntotal_pgmajfault 2\n',
    'blkio.throttle.io_service_bytes_recursive': '8:0 Read 10\n8:0 Write 20\n8:0 Total 30\n8:16 Read 1\nTotal 31\n',
    'blkio.throttle.io_serviced_recursive': '8:0 Read 2\n8:0 Write 3\nTotal 5\n',
  }));
  assert.deepEqual(stats, {
    timestampNs: 5n, cpuUsageNs: 123456789n,
    memory: { usage: 1000n, workingSet: 700n, rss: 70n, limit: 4096n, pageFaults: 11n, majorPageFaults: 2n },
    swap: { usage: 200n, limit: 4096n }, pids: { current: 3n }, psi: undefined,
  });
});

test('parseCgroupStats() takes version 1\'s huge limit for none and a missing memsw file for no swap accounting', () => {
  const stats = parseCgroupStats(1, 0n, files({ 'cpuacct.usage': '1\n', 'memory.usage_in_bytes': '5\n', 'memory.stat': 'hierarchical_memory_limit 9223372036854771712\ntotal_inactive_file 9\n' }));
  assert.equal(stats?.memory.limit, undefined);
  assert.equal(stats?.memory.workingSet, 0n);
  assert.equal(stats?.swap, undefined);
});

test('parseCgroupStats() reads version 2 files', () => {
  const pressure = 'some avg10=1.50 avg60=0.20 avg300=0.03 total=77\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=5\n';
  const stats = parseCgroupStats(2, 9n, files({
    'cpu.stat': 'usage_usec 42\nuser_usec 40\nsystem_usec 2\n', 'memory.current': '1000\n', 'memory.stat': 'anon 600\nfile 400\ninactive_file 100\npgfault 8\npgmajfault 1\n',
    'memory.max': 'max\n', 'memory.swap.current': '7\n', 'memory.swap.max': '100\n', 'pids.current': '2\n',
    'cpu.pressure': pressure, 'memory.pressure': pressure, 'io.pressure': pressure,
    'io.stat': '8:0 rbytes=100 wbytes=200 rios=3 wios=4 dbytes=0 dios=0\n8:16 rbytes=1 wbytes=2 rios=1 wios=1 dbytes=0 dios=0\n',
  }));
  const line = { some: { avg10: 1.5, avg60: 0.2, avg300: 0.03, totalUs: 77n }, full: { avg10: 0, avg60: 0, avg300: 0, totalUs: 5n } };
  assert.deepEqual(stats, {
    timestampNs: 9n, cpuUsageNs: 42_000n,
    memory: { usage: 1000n, workingSet: 900n, rss: 600n, limit: undefined, pageFaults: 8n, majorPageFaults: 1n },
    swap: { usage: 7n, limit: 100n }, pids: { current: 2n }, psi: { cpu: line, memory: line, io: line },
  });
});

for (const [own, below, limit] of [['max', '300', 300n], ['300', '400', 300n], ['400', 'max', 400n], ['max', 'max', undefined], ['400', undefined, 400n]] as const) {
  test(`parseCgroupStats() takes the smaller limit of a scope (${own}) and of the runtime's cgroup below it (${below ?? 'not there'})`, () => {
    const stats = parseCgroupStats(2, 9n, files({
      'cpu.stat': 'usage_usec 42\n', 'memory.max': `${own}\n`, 'memory.swap.current': '7\n', 'memory.swap.max': `${own}\n`,
      ...(below !== undefined && { 'container/memory.max': `${below}\n`, 'container/memory.swap.max': `${below}\n` }),
    }));
    assert.deepEqual([stats?.memory.limit, stats?.swap?.limit], [limit, limit]);
  });
}

test('parseCgroupStats() gives nothing for a cgroup that is gone', () => {
  assert.equal(parseCgroupStats(1, 0n, files({})), undefined);
  assert.equal(parseCgroupStats(2, 0n, files({})), undefined);
});

test('parsePressure() counts a missing full line as zero', () => {
  assert.equal(parsePressure('some avg10=0.00 avg60=0.00 avg300=0.00 total=3\n')?.full.totalUs, 0n);
});
