import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CgroupFigures } from '#linux';
import type { ContainerRecord } from '../record.ts';
import { metricDescriptors } from './collect.ts';
import type { ContainerFacts, ContainerMetric } from './reading.ts';
import { CONTAINER_METRICS, INTERFACE_METRICS } from './table.ts';

const LINE = { avg10: 0, avg60: 0, avg300: 0, totalUs: 3_999_999n };
const PRESSURE = { some: LINE, full: { ...LINE, totalUs: 1_000_000n } };
const NS = 1_000_000_000n;

const FIGURES: CgroupFigures = {
  stats: {
    timestampNs: 100n * NS + 5n, cpuUsageNs: 9n * NS + 999_999_999n,
    memory: { usage: 1000n, workingSet: 900n, rss: 600n, limit: 4096n, pageFaults: 20n, majorPageFaults: 4n },
    swap: { usage: 7n, limit: 1024n }, pids: { current: 6n }, psi: undefined,
  },
  cpu: { userNs: 5n * NS, systemNs: 4n * NS, throttling: { periods: 13n, throttledPeriods: 11n, throttledNs: 2n * NS } },
  memory: { cache: 300n, mappedFile: 50n, kernel: 60n, peak: 2000n, limitHits: 8n, oomKills: 2n, ownPageFaults: 10n, ownMajorPageFaults: 3n },
  pids: { current: 6n, limit: 128n }, devices: [{ major: 8, minor: 0, readBytes: 10n, writeBytes: 20n, reads: 1n, writes: 2n }],
  hugetlb: [{ pageSize: '2MB', usage: 5n, peak: 9n }, { pageSize: '1GB', usage: 6n, peak: undefined }], pressure: { cpu: PRESSURE, memory: PRESSURE, io: PRESSURE },
};
const RESOURCES = { cpuPeriod: 100_000, cpuQuota: 20_000, cpuShares: 512, memoryLimitInBytes: 4096, memorySwapLimitInBytes: 8192, unified: { 'memory.min': '77' } };
const facts = (resources: Partial<typeof RESOURCES> = {}, figures: Partial<CgroupFigures> = {}): ContainerFacts => ({
  container: { startedAt: 50n * NS + 1n, resources: { ...RESOURCES, ...resources } } as unknown as ContainerRecord,
  figures: { ...FIGURES, ...figures },
  disk: { usedBytes: 11n, fileSystem: { device: '/dev/vda', totalBytes: 500n, inodes: { total: 40n, free: 30n } }, deviceName: (major, minor) => `/dev/${major}-${minor}` },
  processes: { count: 3n, descriptors: { open: 12n, sockets: 4n }, maxOpenFiles: 1024n },
});

const metric = (name: string): ContainerMetric => CONTAINER_METRICS.find((m) => m.name === name) ?? assert.fail(`no metric ${name}`);
const samples = (name: string, of: ContainerFacts = facts()): [string, bigint][] => metric(name).samples(of).map(({ labels, value }) => [labels.join(','), value]);

/** Every metric of a container: its type and its samples, labels joined by commas. */
const EXPECTED: Readonly<Record<string, readonly ['counter' | 'gauge', ...[labels: string, value: bigint][]]>> = {
  container_cpu_usage_seconds_total: ['counter', ['total', 9n]], container_cpu_user_seconds_total: ['counter', ['', 5n]], container_cpu_system_seconds_total: ['counter', ['', 4n]],
  container_cpu_cfs_periods_total: ['counter', ['', 13n]], container_cpu_cfs_throttled_periods_total: ['counter', ['', 11n]], container_cpu_cfs_throttled_seconds_total: ['counter', ['', 2n]],
  container_memory_usage_bytes: ['gauge', ['', 1000n]], container_memory_working_set_bytes: ['gauge', ['', 900n]], container_memory_rss: ['gauge', ['', 600n]],
  container_memory_cache: ['gauge', ['', 300n]], container_memory_mapped_file: ['gauge', ['', 50n]], container_memory_kernel_usage: ['gauge', ['', 60n]], container_memory_swap: ['gauge', ['', 7n]],
  container_memory_max_usage_bytes: ['gauge', ['', 2000n]], container_memory_failcnt: ['counter', ['', 8n]], container_oom_events_total: ['counter', ['', 2n]],
  container_memory_failures_total: ['counter', ['pgfault,container', 10n], ['pgfault,hierarchy', 20n], ['pgmajfault,container', 3n], ['pgmajfault,hierarchy', 4n]],
  container_hugetlb_usage_bytes: ['gauge', ['2MB', 5n], ['1GB', 6n]], container_hugetlb_max_usage_bytes: ['gauge', ['2MB', 9n]],
  container_fs_usage_bytes: ['gauge', ['/dev/vda', 11n]], container_fs_limit_bytes: ['gauge', ['/dev/vda', 500n]], container_fs_inodes_total: ['gauge', ['/dev/vda', 40n]],
  container_fs_inodes_free: ['gauge', ['/dev/vda', 30n]], container_fs_reads_bytes_total: ['counter', ['/dev/8-0', 10n]], container_fs_reads_total: ['counter', ['/dev/8-0', 1n]],
  container_fs_writes_bytes_total: ['counter', ['/dev/8-0', 20n]], container_fs_writes_total: ['counter', ['/dev/8-0', 2n]],
  container_blkio_device_usage_total: ['counter', ['/dev/8-0,8,0,Read', 10n], ['/dev/8-0,8,0,Write', 20n]],
  container_processes: ['gauge', ['', 3n]], container_threads: ['gauge', ['', 6n]], container_threads_max: ['gauge', ['', 128n]], container_file_descriptors: ['gauge', ['', 12n]],
  container_sockets: ['gauge', ['', 4n]], container_ulimits_soft: ['gauge', ['max_open_files', 1024n]],
  container_start_time_seconds: ['gauge', ['', 50n]], container_last_seen: ['gauge', ['', 100n]],
  container_spec_cpu_period: ['gauge', ['', 100_000n]], container_spec_cpu_quota: ['gauge', ['', 20_000n]], container_spec_cpu_shares: ['gauge', ['', 512n]],
  container_spec_memory_limit_bytes: ['gauge', ['', 4096n]], container_spec_memory_swap_limit_bytes: ['gauge', ['', 8192n]], container_spec_memory_reservation_limit_bytes: ['gauge', ['', 77n]],
  container_pressure_cpu_waiting_seconds_total: ['counter', ['', 3n]], container_pressure_cpu_stalled_seconds_total: ['counter', ['', 1n]],
  container_pressure_memory_waiting_seconds_total: ['counter', ['', 3n]], container_pressure_memory_stalled_seconds_total: ['counter', ['', 1n]],
  container_pressure_io_waiting_seconds_total: ['counter', ['', 3n]], container_pressure_io_stalled_seconds_total: ['counter', ['', 1n]],
};

describe('the table of metrics', () => {
  test('has each name once, help and labels', () => {
    const descriptors = metricDescriptors();
    assert.equal(new Set(descriptors.map((d) => d.name)).size, descriptors.length);
    assert.equal(descriptors.length, CONTAINER_METRICS.length + INTERFACE_METRICS.length);
    for (const { name, help, labelKeys } of descriptors) {
      assert.match(name, /^container_[a-z_]+$/);
      assert.match(help, /^[A-Z].+[^.]$/, name);
      assert.deepEqual([labelKeys.slice(0, 6), new Set(labelKeys).size], [['container', 'id', 'image', 'name', 'namespace', 'pod'], labelKeys.length], name);
    }
  });
  test('calls what only grows a counter, and then, with two old exceptions, the name ends in _total', () => {
    const unlike = [...CONTAINER_METRICS, ...INTERFACE_METRICS].filter(({ name, type }) => name.endsWith('_total') !== (type === 'counter'));
    assert.deepEqual(unlike.map((m) => m.name), ['container_memory_failcnt', 'container_fs_inodes_total']);
  });
  test('is tested whole', () => {
    assert.deepEqual(CONTAINER_METRICS.map((m) => m.name).sort(), Object.keys(EXPECTED).sort());
  });
  for (const [name, [type, ...expected]] of Object.entries(EXPECTED)) {
    test(name, () => {
      assert.equal(metric(name).type, type);
      assert.deepEqual(samples(name), expected);
      for (const { labels } of metric(name).samples(facts())) assert.equal(labels.length, metric(name).labels.length);
    });
  }
  test('gives an interface its name as a label', () => {
    const counters = { name: 'eth0', rxBytes: 1n, rxPackets: 2n, rxErrors: 3n, rxDropped: 4n, txBytes: 5n, txPackets: 6n, txErrors: 7n, txDropped: 8n };
    assert.deepEqual(INTERFACE_METRICS.map((m) => [m.name.replace('container_network_', ''), ...m.samples(counters)]), [
      ['receive_bytes_total', 1n], ['receive_packets_total', 2n], ['receive_packets_dropped_total', 4n], ['receive_errors_total', 3n],
      ['transmit_bytes_total', 5n], ['transmit_packets_total', 6n], ['transmit_packets_dropped_total', 8n], ['transmit_errors_total', 7n],
    ].map(([name, value]) => [name, { labels: ['eth0'], value }]));
    for (const { labels } of INTERFACE_METRICS) assert.deepEqual(labels, ['interface']);
  });
});

describe('what is not there', () => {
  test('is left out when the kernel does not count it', () => {
    const { cpuUsageNs, timestampNs, memory, pids } = FIGURES.stats;
    const nothing = facts({}, {
      stats: { timestampNs, cpuUsageNs, memory, swap: undefined, pids, psi: undefined },
      cpu: { userNs: undefined, systemNs: undefined, throttling: undefined },
      memory: { cache: undefined, mappedFile: undefined, kernel: undefined, peak: undefined, limitHits: undefined, oomKills: undefined, ownPageFaults: undefined, ownMajorPageFaults: undefined },
      pids: undefined, devices: undefined, hugetlb: [], pressure: undefined,
    });
    const without = CONTAINER_METRICS.filter((m) => m.samples(nothing).length === 0).map((m) => m.name);
    const always = /_usage_seconds|memory_(usage|working|rss|failures)|fs_(usage|limit|inodes)|processes|descriptors|sockets|ulimits|start_time|last_seen|spec_/;
    assert.deepEqual(without, CONTAINER_METRICS.map((m) => m.name).filter((name) => !always.test(name)));
  });
  test('version 2 has one count of page faults for both scopes', () => {
    const v2 = facts({}, { memory: { ...FIGURES.memory, ownPageFaults: undefined, ownMajorPageFaults: undefined } });
    assert.deepEqual(samples('container_memory_failures_total', v2).map(([, value]) => value), [20n, 20n, 4n, 4n]);
  });
  test('a file system without a fixed number of inodes, uncounted descriptors and an unlimited ulimit have no sample', () => {
    const { disk, processes, ...rest } = facts();
    const odd = { ...rest, disk: { ...disk, fileSystem: { ...disk.fileSystem, inodes: undefined } }, processes: { ...processes, descriptors: undefined, maxOpenFiles: undefined } };
    for (const name of ['container_fs_inodes_total', 'container_fs_inodes_free', 'container_file_descriptors', 'container_sockets', 'container_ulimits_soft']) assert.deepEqual(samples(name, odd), [], name);
    assert.deepEqual(samples('container_processes', odd), [['', 3n]]);
  });
  const cases: readonly [string, Partial<typeof RESOURCES>, readonly bigint[]][] = [
    ['container_spec_cpu_period', { cpuPeriod: 0 }, []], ['container_spec_cpu_quota', { cpuQuota: -1 }, []], ['container_spec_cpu_shares', { cpuShares: 0 }, []],
    ['container_spec_memory_limit_bytes', { memoryLimitInBytes: -1 }, [0n]], ['container_spec_memory_swap_limit_bytes', { memorySwapLimitInBytes: -1 }, [0n]],
    ['container_spec_memory_swap_limit_bytes', { memorySwapLimitInBytes: 0 }, [5120n]], ['container_spec_memory_swap_limit_bytes', { memorySwapLimitInBytes: 0, memoryLimitInBytes: 0 }, [0n]],
    ['container_spec_memory_reservation_limit_bytes', { unified: { 'memory.min': 'max' } }, [0n]],
  ];
  for (const [name, resources, expected] of cases) {
    test(`${name} of ${JSON.stringify(resources)}`, () => assert.deepEqual(samples(name, facts(resources)).map(([, value]) => value), expected));
  }
  test('container_threads_max is 0 without a limit', () => assert.deepEqual(samples('container_threads_max', facts({}, { pids: { current: 1n, limit: undefined } })), [['', 0n]]));
});
