import assert from 'node:assert/strict';
import test from 'node:test';
import type { CgroupFigures } from './figures.ts';
import { parseCgroupFigures } from './figures.ts';

const files = (texts: Record<string, string>) => (_: string, file: string): string | undefined => texts[file];
const PRESSURE = 'some avg10=5.97 avg60=1.07 avg300=0.22 total=672039\nfull avg10=5.97 avg60=1.07 avg300=0.22 total=671839\n';
const PRESSURE_FILES = { 'cpu.pressure': PRESSURE, 'memory.pressure': PRESSURE, 'io.pressure': PRESSURE };

/** Of a busy container of a hybrid host, Linux 6.18; the devices are from a host with disks. */
const V1 = {
  'cpuacct.usage': '217282173\n', 'cpuacct.stat': 'user 21\nsystem 3\n', 'cpu.stat': 'nr_periods 13\nnr_throttled 11\nthrottled_time 817282173\nnr_bursts 0\nburst_time 0\n',
  'memory.usage_in_bytes': '4825088\n', 'memory.max_usage_in_bytes': '6234112\n', 'memory.kmem.usage_in_bytes': '290816\n', 'memory.failcnt': '7\n', 'memory.memsw.usage_in_bytes': '4825088\n',
  'memory.stat': 'cache 4194304\nrss 122880\nmapped_file 0\nswap 0\npgfault 737\npgmajfault 1\nhierarchical_memory_limit 67108864\nhierarchical_memsw_limit 67108864\n'
    + 'total_cache 4198400\ntotal_rss 122880\ntotal_mapped_file 8192\ntotal_swap 0\ntotal_pgfault 740\ntotal_pgmajfault 2\ntotal_inactive_file 4194304\n',
  'memory.oom_control': 'oom_kill_disable 0\nunder_oom 0\noom_kill 3\n', 'pids.current': '2\n', 'pids.max': 'max\n',
  'blkio.throttle.io_service_bytes_recursive': '8:0 Read 4096\n8:0 Write 8192\n8:0 Sync 12288\n8:0 Async 0\n8:0 Discard 0\n8:0 Total 12288\n254:16 Read 1\n254:16 Total 1\nTotal 12289\n',
  'blkio.throttle.io_serviced_recursive': '8:0 Read 1\n8:0 Write 2\n8:0 Total 3\n254:16 Read 1\nTotal 4\n',
  'hugetlb.2MB.usage_in_bytes': '2097152\n', 'hugetlb.2MB.max_usage_in_bytes': '4194304\n',
};

/** In the form of Linux 6.6, https://docs.kernel.org/admin-guide/cgroup-v2.html. */
const V2 = {
  'cpu.stat': 'usage_usec 217282\nuser_usec 210000\nsystem_usec 7282\nnr_periods 13\nnr_throttled 11\nthrottled_usec 817282\nnr_bursts 0\nburst_usec 0\n',
  'memory.current': '4825088\n', 'memory.peak': '6234112\n', 'memory.max': '67108864\n', 'memory.swap.current': '0\n', 'memory.swap.max': '0\n',
  'memory.stat': 'anon 122880\nfile 4198400\nkernel 290816\nfile_mapped 8192\ninactive_file 4194304\npgfault 740\npgmajfault 2\n',
  'memory.events': 'low 0\nhigh 0\nmax 7\noom 3\noom_kill 3\noom_group_kill 0\n', 'pids.current': '2\n', 'pids.max': '100\n',
  'io.stat': '8:0 rbytes=4096 wbytes=8192 rios=1 wios=2 dbytes=0 dios=0\n254:16 rbytes=1 wbytes=0 rios=1 wios=0 dbytes=0 dios=0\n7:0 \n',
  'hugetlb.2MB.current': '2097152\n', ...PRESSURE_FILES,
};

const MEMORY = { cache: 4198400n, mappedFile: 8192n, kernel: 290816n, peak: 6234112n, limitHits: 7n, oomKills: 3n };
const DEVICES = [{ major: 8, minor: 0, readBytes: 4096n, writeBytes: 8192n, reads: 1n, writes: 2n }, { major: 254, minor: 16, readBytes: 1n, writeBytes: 0n, reads: 1n, writes: 0n }];
const LINE = { some: { avg10: 5.97, avg60: 1.07, avg300: 0.22, totalUs: 672039n }, full: { avg10: 5.97, avg60: 1.07, avg300: 0.22, totalUs: 671839n } };

const CASES: readonly [what: string, version: 1 | 2, texts: Record<string, string>, expected: Omit<CgroupFigures, 'stats'>][] = [
  ['version 1', 1, V1, {
    cpu: { userNs: 210_000_000n, systemNs: 30_000_000n, throttling: { periods: 13n, throttledPeriods: 11n, throttledNs: 817_282_173n } },
    memory: { ...MEMORY, ownPageFaults: 737n, ownMajorPageFaults: 1n }, pids: { current: 2n, limit: undefined }, devices: DEVICES, pressure: undefined,
    hugetlb: [{ pageSize: '2MB', usage: 2097152n, peak: 4194304n }],
  }],
  ['version 2', 2, V2, {
    cpu: { userNs: 210_000_000n, systemNs: 7_282_000n, throttling: { periods: 13n, throttledPeriods: 11n, throttledNs: 817_282_000n } },
    memory: { ...MEMORY, ownPageFaults: undefined, ownMajorPageFaults: undefined }, pids: { current: 2n, limit: 100n }, devices: DEVICES, pressure: { cpu: LINE, memory: LINE, io: LINE },
    hugetlb: [{ pageSize: '2MB', usage: 2097152n, peak: undefined }],
  }],
];

for (const [what, version, texts, expected] of CASES) {
  test(`parseCgroupFigures() reads the files of ${what}`, () => {
    const { stats, ...figures } = parseCgroupFigures(version, 5n, files(texts), ['1GB', '2MB']) ?? assert.fail('gone');
    assert.deepEqual(figures, expected);
    assert.deepEqual([stats.timestampNs, stats.memory.usage, stats.memory.limit], [5n, 4825088n, 67108864n]);
  });
  test(`parseCgroupFigures() leaves out what ${what} does not count, and takes no such figure for 0`, () => {
    const base = version === 1 ? { 'memory.usage_in_bytes': '1\n' } : { 'memory.current': '1\n' };
    const figures = parseCgroupFigures(version, 0n, files(base), ['2MB']) ?? assert.fail('gone');
    assert.deepEqual(figures, {
      stats: figures.stats,
      cpu: { userNs: undefined, systemNs: undefined, throttling: undefined },
      memory: { cache: undefined, mappedFile: undefined, kernel: undefined, peak: undefined, limitHits: undefined, oomKills: undefined, ownPageFaults: undefined, ownMajorPageFaults: undefined },
      pids: undefined, devices: undefined, pressure: undefined, hugetlb: [],
    });
  });
  test(`parseCgroupFigures() gives nothing for a cgroup of ${what} that is gone, and reads no file twice of one that is there`, () => {
    assert.equal(parseCgroupFigures(version, 0n, () => undefined, []), undefined);
    const asked: string[] = [];
    parseCgroupFigures(version, 0n, (_, file) => { asked.push(file); return files(texts)('', file); }, ['2MB']);
    assert.deepEqual(asked, [...new Set(asked)]);
  });
}

test('parseCgroupFigures() finds limit and throttling in the runtime\'s cgroup below a scope', () => {
  const below = { 'container/pids.max': '50\n', 'container/cpu.stat': 'usage_usec 1\nnr_periods 9\nnr_throttled 4\nthrottled_usec 5\n' };
  const figures = parseCgroupFigures(2, 0n, files({ ...V2, 'cpu.stat': 'usage_usec 1\nnr_periods 0\nnr_throttled 0\nthrottled_usec 0\n', ...below }), []);
  assert.deepEqual(figures?.pids, { current: 2n, limit: 50n });
  assert.deepEqual(figures.cpu.throttling, { periods: 9n, throttledPeriods: 4n, throttledNs: 5000n });
  assert.deepEqual(parseCgroupFigures(2, 0n, files(V2), [])?.pids, { current: 2n, limit: 100n });
});

for (const [populated, expected] of [['1', 672039n], ['0', undefined]] as const) {
  test(`parseCgroupFigures() of a hybrid takes pressure from the cgroup2 hierarchy when it is populated (${populated})`, () => {
    const read = (controller: string, file: string): string | undefined => (controller === 'unified' ? { ...PRESSURE_FILES, 'cgroup.events': `populated ${populated}\nfrozen 0\n` }[file] : files(V1)('', file));
    assert.equal(parseCgroupFigures(1, 0n, read, [])?.pressure?.io.some.totalUs, expected);
  });
}
