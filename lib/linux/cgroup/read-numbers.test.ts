/** Whatever is in a cgroup's files: the numbers that C takes out are those that TypeScript reads in their text. */
import assert from 'node:assert/strict';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { numbersReader, type ReadFrom, type ReadNumbers } from './read-numbers.ts';
import { numbersOf, parseCgroupStats, STATS_FILES } from './stats.ts';

type Texts = Readonly<Record<string, string>>;

const PRESSURE = 'some avg10=1.50 avg60=0.20 avg300=0.03 total=77\nfull avg10=12.34 avg60=0.00 avg300=99.99 total=1234567890123\n';
const V1: Texts = {
  'cpuacct.usage': '9007199254740993\n', 'memory.usage_in_bytes': '1000\n', 'memory.memsw.usage_in_bytes': '1200\n', 'pids.current': '3\n', 'cgroup.events': 'populated 1\nfrozen 0\n',
  'memory.stat': 'cache 1\nrss 2\ninactive_file 8\nhierarchical_memory_limit 4096\nhierarchical_memsw_limit 8192\ntotal_rss 70\ntotal_rss_huge 9\ntotal_inactive_file 300\ntotal_pgfault 11\ntotal_pgmajfault 2\n',
  'cpu.pressure': PRESSURE, 'memory.pressure': PRESSURE, 'io.pressure': PRESSURE,
};
const V2: Texts = {
  'cpu.stat': 'usage_usec 42\nuser_usec 40\n', 'memory.current': '1000\n', 'memory.stat': 'anon 600\nfile 400\ninactive_file 100\npgfault 8\npgmajfault 1\n', 'memory.max': 'max\n',
  'memory.swap.current': '7\n', 'memory.swap.max': '100\n', 'pids.current': '2\n', 'cpu.pressure': PRESSURE, 'memory.pressure': PRESSURE, 'io.pressure': PRESSURE,
};
const without = (texts: Texts, ...names: string[]): Texts => Object.fromEntries(Object.entries(texts).filter(([name]) => !names.includes(name)));
const QUIET = 'some avg10=0.00 avg60=0.00 avg300=0.00 total=0\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=0\n';

const CASES: readonly [what: string, version: 1 | 2, texts: Texts][] = [
  ['version 1', 1, V1], ['version 2', 2, V2],
  ['no limits', 1, { ...V1, 'memory.stat': 'hierarchical_memory_limit 9223372036854771712\nhierarchical_memsw_limit 9223372036854771712\ntotal_rss 9223372036854775807\n' }],
  ['limits of a scope and below it', 2, { ...V2, 'memory.max': '300\n', 'container/memory.max': '200\n', 'container/memory.swap.max': 'max\n' }],
  ['no processes there', 1, { ...V1, 'cgroup.events': 'populated 0\nfrozen 0\n' }],
  ['files that are missing', 1, without(V1, 'memory.memsw.usage_in_bytes', 'pids.current', 'io.pressure')], ['no files', 2, {}], ['no files', 1, {}],
  ['files that are empty', 1, { ...V1, 'memory.stat': '', 'pids.current': '', 'cgroup.events': '' }], ['a memory.stat without the wanted', 2, { ...V2, 'memory.stat': 'anonymous 5\nxanon 6\nanon\nanon x\n' }],
  ['nothing that ever waited', 2, { ...V2, 'cpu.pressure': QUIET, 'io.pressure': QUIET }], ['no full line', 2, { ...V2, 'cpu.pressure': 'some avg10=0.00 avg60=0.10 avg300=0.00 total=3\n' }],
  ['an only wait in full', 2, { ...V2, 'cpu.pressure': QUIET.replace('total=0\n', 'total=0\n').replace(/total=0\n$/, 'total=5\n') }],
];

function readerOf(version: 1 | 2): ReadNumbers {
  return numbersReader(version) ?? assert.fail('the library is not there');
}

/** With nothing kept. */
function once(fds: readonly number[]): ReadFrom {
  return { units: [{ first: 0, hasAbove: false }], fds: Int32Array.from(fds), paths: new Uint8Array(), rows: new Int32Array(fds.length).fill(-1), table: new BigInt64Array(), now: 0 };
}

async function compare(cases: readonly (readonly [version: 1 | 2, texts: Texts])[]): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'davit-read-numbers-'));
  const fds: number[] = [];
  try {
    const [[version] = [1 as const]] = cases;
    cases.forEach(([, texts], n) => {
      mkdirSync(join(root, `${n}/container`), { recursive: true });
      for (const [file, text] of Object.entries(texts)) writeFileSync(join(root, String(n), file), text);
      fds.push(...STATS_FILES[version].map(({ file }) => (texts[file] === undefined ? -1 : openSync(join(root, String(n), file), 'r'))));
    });
    const read = await readerOf(version)(once(fds));
    cases.forEach(([, texts], n) => {
      const expected = parseCgroupStats(version, 5n, numbersOf((_, file) => texts[file]));
      assert.deepEqual(parseCgroupStats(version, 5n, read.of(n) ?? assert.fail('unread')), expected, JSON.stringify(texts));
    });
  } finally {
    for (const fd of fds) if (fd >= 0) closeSync(fd);
    rmSync(root, { recursive: true });
  }
}

for (const [what, version, texts] of CASES) test(`numbersReader() takes out what is in the texts: ${what} (version ${version})`, () => compare([[version, texts]]));

test('numbersReader() keeps the cgroups of one call apart', async () => {
  for (const version of [1, 2] as const) await compare(CASES.filter(([, of]) => of === version).map(([, of, texts]) => [of, texts]));
});

/** A seed, so that a failure can be made again. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => { state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0; return Math.floor(state / 2 ** 32 * below); };
}

test('numbersReader() reads texts that no kernel writes as TypeScript does, and past the end of none', async () => {
  const next = numbersFrom(7);
  const pieces = ['anon ', 'total_rss ', 'some avg10=', 'full ', 'avg60=', 'total=', '\n', ' ', '0', '7', '99', 'max', 'populated ', '1.25', 'x', 'usage_usec '];
  const text = (): string => Array.from({ length: next(12) }, () => pieces[next(pieces.length)] ?? '').join('');
  for (const version of [1, 2] as const) {
    const names = STATS_FILES[version].filter(({ taken }) => taken !== 'pressure').map(({ file }) => file);
    await compare(Array.from({ length: 300 }, () => [version, Object.fromEntries(names.map((name) => [name, text()]))] as const));
  }
});

test('numbersReader() says of a file that it cannot read, or that is too long, that it was not read', async () => {
  const readNumbers = readerOf(2);
  const { length } = STATS_FILES[2];
  const [directory, long] = [openSync('/proc', 'r'), mkdtempSync(join(tmpdir(), 'davit-read-numbers-'))];
  writeFileSync(join(long, 'file'), 'anon 1\n'.repeat(5000));
  const fd = openSync(join(long, 'file'), 'r');
  try {
    for (const bad of [directory, fd, 2 ** 30]) {
      for (let place = 0; place < length; place++) {
        const read = await readNumbers(once(Array.from({ length: length * 2 }, (_, i) => (i === place ? bad : -1))));
        assert.deepEqual([read.of(0), read.of(1)?.number('', 'memory.current'), read.of(1) !== undefined], [undefined, undefined, true]);
      }
    }
  } finally {
    closeSync(directory);
    closeSync(fd);
    rmSync(long, { recursive: true });
  }
});

test('numbersReader() is none where the library was not built', () => assert.equal(numbersReader(1, '/no/library'), undefined));
