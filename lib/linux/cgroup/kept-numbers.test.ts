/** Which files of a cgroup are read again, and that every change is told that can come about: read-numbers.c with what is kept between its calls. */
import assert from 'node:assert/strict';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { KeptNumbers } from './kept-numbers.ts';
import { countOfNumbers, numbersReader } from './read-numbers.ts';
import { parseCgroupStats, STATS_FILES, type CgroupStats } from './stats.ts';

const WAITED = 'some avg10=0.00 avg60=0.00 avg300=0.00 total=5\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=0\n';
const WAITED_MORE = WAITED.replace('total=5', 'total=6');
const WAITS = WAITED.replace('avg300=0.00 total=5', 'avg300=0.01 total=5');
const QUIET = WAITED.replace('total=5', 'total=0');
/** As long as numbers have to be the same: SETTLING_MS in read-numbers.c. */
const SETTLING_MS = 5000;

type Texts = Readonly<Record<string, string>>;

const TEXTS: Readonly<Record<1 | 2, Texts>> = {
  1: {
    'cpuacct.usage': '100\n', 'memory.usage_in_bytes': '1000\n', 'memory.memsw.usage_in_bytes': '1200\n', 'pids.current': '3\n', 'cgroup.events': 'populated 1\n',
    'memory.stat': 'hierarchical_memory_limit 4096\ntotal_rss 70\ntotal_pgfault 11\ntotal_inactive_file 300\n', 'cpu.pressure': WAITED, 'memory.pressure': WAITED, 'io.pressure': QUIET,
  },
  2: {
    'cpu.stat': 'usage_usec 42\n', 'memory.current': '1000\n', 'memory.stat': 'anon 600\ninactive_file 100\npgfault 8\n', 'memory.max': '5000\n', 'memory.swap.current': '7\n',
    'memory.swap.max': '100\n', 'pids.current': '2\n', 'cpu.pressure': WAITED, 'memory.pressure': WAITED, 'io.pressure': QUIET,
  },
};

/** One cgroup of files in a directory of the test's own, and one before it. */
function scene(version: 1 | 2 = 1) {
  const root = mkdtempSync(join(tmpdir(), 'davit-kept-numbers-'));
  mkdirSync(join(root, 'container'));
  const write = (texts: Texts): void => { for (const [file, text] of Object.entries(texts)) writeFileSync(join(root, file), text); };
  write(TEXTS[version]);
  const names = STATS_FILES[version].map(({ file }) => file);
  const fds = names.map((file) => (file in TEXTS[version] ? openSync(join(root, file), 'r') : -1));
  const read = numbersReader(version) ?? assert.fail('the library is not there');
  const kept = new KeptNumbers(countOfNumbers(version));
  const rows = [kept.take(), kept.take()];
  const clock = { now: 0 };
  const versions: (number | undefined)[] = [];
  /** @param without files that are not there to be read */
  const tell = async ({ isDue = false, without = [] }: { isDue?: boolean; without?: readonly string[] } = {}): Promise<CgroupStats | undefined> => {
    const own = fds.map((fd, i) => (without.includes(names[i] ?? '') ? -1 : fd));
    const numbers = await read({ units: [{ first: 0, hasAbove: false }], fds: Int32Array.from([...fds.map(() => -1), ...own]), rows: Int32Array.from([rows[0] ?? 0, 0, rows[1] ?? 0, isDue ? 1 : 0]), paths: Buffer.alloc(0), table: kept.table, now: clock.now });
    const of = numbers.of(1);
    versions.push(of?.version);
    return of && parseCgroupStats(version, 5n, of);
  };
  /** The cgroup goes, and another one gets its row. */
  const remake = (): void => {
    kept.giveBack(rows[1] ?? 0);
    rows[1] = kept.take();
  };
  /** Until nothing but what is watched, and the CPU's pressure, need be read. */
  const settle = async (): Promise<CgroupStats | undefined> => {
    await tell();
    clock.now += SETTLING_MS;
    return tell();
  };
  return { write, tell, settle, clock, fds, names, version: () => versions.at(-1), rows, remake, [Symbol.dispose]: () => { for (const fd of fds) if (fd >= 0) closeSync(fd); rmSync(root, { recursive: true }); } };
}

for (const version of [1, 2] as const) {
  const [watched, others, each] = (['watched', 'after change', 'each time'] as const).map((when) => STATS_FILES[version].filter((file) => file.when === when && file.file in TEXTS[version]).map(({ file }) => file));

  test(`a cgroup in which nothing happens is told from what was read before (version ${version})`, async () => {
    using of = scene(version);
    const before = await of.settle();
    assert.ok(before?.psi && before.swap);
    assert.deepEqual(await of.tell({ without: others ?? [] }), before);
    for (const file of [...watched ?? [], ...each ?? []]) assert.notDeepEqual(await of.tell({ without: [file] }), before, file);
  });

  for (const file of watched ?? []) {
    test(`a change of ${file} has every file read (version ${version})`, async () => {
      using of = scene(version);
      await of.settle();
      for (const other of others ?? []) {
        const text = TEXTS[version][other] ?? '';
        const before = await of.tell();
        of.write({ [other]: text.includes('avg') ? WAITED_MORE : text.replaceAll(/\d+$/gm, '2000'), [file]: TEXTS[version][file]?.replace(/\d+$/m, (digits) => String(Number(digits) + 1)) ?? '' });
        const after = await of.tell();
        assert.notDeepEqual(after, before, other);
        of.write({ [other]: text });
        assert.notDeepEqual(await of.tell(), after, `${other}, not settled any more`);
        of.write(TEXTS[version]);
        await of.settle();
      }
    });
  }

  test(`a cgroup's version is another one after each change that is told, and after no other (version ${version})`, async () => {
    using of = scene(version);
    const seen = new Set<number>();
    for (const file of Object.keys(TEXTS[version])) {
      const text = TEXTS[version][file] ?? '';
      for (const changed of [text.includes('avg') ? WAITED_MORE : text.replace(/\d+$/m, '2000'), text.includes('avg') ? text.replace('avg60=0.00', 'avg60=1.50') : text.replace(/\d+$/m, '0')]) {
        of.write({ [file]: changed });
        await of.tell({ isDue: true });
        const first = of.version();
        assert.ok(first !== undefined && !seen.has(first), `${file}: ${changed}`);
        seen.add(first);
        for (let time = 0; time < 3 && !changed.includes('1.50'); time++, of.clock.now += SETTLING_MS) {
          await of.tell();
          assert.equal(of.version(), first, file);
        }
        of.write(TEXTS[version]);
        await of.tell({ isDue: true });
      }
    }
  });

  test(`what is settled is read all the same when it is due (version ${version})`, async () => {
    using of = scene(version);
    const before = await of.settle();
    of.write({ 'memory.stat': 'hierarchical_memory_limit 2048\ntotal_rss 8\nanon 9\n' });
    assert.deepEqual(await of.tell(), before);
    const after = await of.tell({ isDue: true });
    assert.equal(after?.memory.rss, version === 1 ? 8n : 9n);
    assert.deepEqual(await of.tell(), after);
  });
}

test('pressure of the CPU is told each time: who waits for one does not run', async () => {
  using of = scene();
  await of.settle();
  of.write({ 'cpu.pressure': WAITED_MORE });
  assert.equal((await of.tell())?.psi?.cpu.some.totalUs, 6n);
});

for (const file of ['memory.pressure', 'io.pressure']) {
  test(`${file} is told each time while its averages fall, and while somebody waits`, async () => {
    using of = scene();
    of.write({ [file]: WAITS });
    await of.settle();
    const told = async (): Promise<unknown> => (await of.tell())?.psi?.[file === 'io.pressure' ? 'io' : 'memory'].some;
    of.clock.now += SETTLING_MS;
    assert.deepEqual(await told(), { avg10: 0, avg60: 0, avg300: 0.01, totalUs: 5n });
    of.write({ [file]: WAITED });
    assert.deepEqual(await told(), { avg10: 0, avg60: 0, avg300: 0, totalUs: 5n });
    of.write({ [file]: WAITED_MORE });
    of.clock.now += SETTLING_MS;
    assert.deepEqual(await told(), { avg10: 0, avg60: 0, avg300: 0, totalUs: 6n });
  });
}

test('what the kernel adds up later is told: numbers are settled when they were the same for long enough', async () => {
  using of = scene();
  await of.tell();
  of.clock.now += SETTLING_MS - 1;
  await of.tell();
  of.write({ 'memory.stat': 'total_rss 8\n' });
  assert.equal((await of.tell())?.memory.rss, 8n);
  of.clock.now += SETTLING_MS - 1;
  await of.tell();
  of.write({ 'memory.stat': 'total_rss 9\n' });
  assert.equal((await of.tell())?.memory.rss, 9n);
});

test('a number that is watched and is not there settles nothing', async () => {
  using of = scene();
  for (const without of [['cpuacct.usage'], ['memory.usage_in_bytes']]) {
    for (let time = 0; time < 3; time++, of.clock.now += SETTLING_MS) await of.tell({ without });
    for (const rss of [1n, 2n]) {
      of.write({ 'memory.stat': `total_rss ${rss}\n` });
      assert.equal((await of.tell({ without }))?.memory.rss, rss, without.join(' '));
    }
  }
});

test('a file that could not be read is read again', async () => {
  using of = scene();
  for (const file of ['cpuacct.usage', 'memory.stat', 'io.pressure']) {
    of.write({ [file]: 'too long '.repeat(4000) });
    for (let time = 0; time < 3; time++, of.clock.now += SETTLING_MS) assert.equal(await of.tell(), undefined, file);
    of.write(TEXTS[1]);
    assert.equal((await of.tell())?.memory.rss, 70n, file);
  }
});

test('KeptNumbers gives empty rows, more than it began with, and those that were given back', () => {
  const kept = new KeptNumbers(3);
  const rows = Array.from({ length: 1000 }, () => kept.take());
  assert.equal(new Set(rows).size, rows.length);
  assert.ok(kept.table.length >= rows.length * 7 && kept.table.every((number) => number === 0n));
  kept.table.fill(7n);
  kept.giveBack(400);
  assert.deepEqual([kept.take(), [...kept.table.subarray(2799, 2808)]], [400, [7n, 0n, 0n, 0n, 0n, 0n, 0n, 0n, 7n]]);
});

test('no two cgroups have one version, be they of one row, and none of which nothing is kept has any', async () => {
  using of = scene();
  using other = scene();
  const versions = new Set<number | undefined>();
  for (let time = 0; time < 3; time++) {
    for (const one of [of, other]) {
      await one.tell();
      versions.add(one.version());
      one.remake();
    }
  }
  assert.deepEqual([versions.size, versions.has(undefined)], [6, false]);
  of.rows.fill(-1);
  await of.tell();
  assert.equal(of.version(), undefined);
});

/** A cgroup as above, below another one; when it is told from there. */
function below(version: 1 | 2 = 1) {
  const [own, above] = [scene(version), scene(version)];
  const inAbove = STATS_FILES[version].filter(({ isInAbove }) => isInAbove).map(({ file }) => file);
  const read = numbersReader(version) ?? assert.fail('the library is not there');
  const kept = new KeptNumbers(countOfNumbers(version));
  const rows = { above: kept.take(), own: kept.take() };
  const clock = { now: 0 };
  /** @param without files that are not there to be read; @param withoutAbove the same, of the one above */
  const tell = async ({ isDue = false, without = [], withoutAbove = [] }: { isDue?: boolean; without?: readonly string[]; withoutAbove?: readonly string[] } = {}): Promise<CgroupStats | undefined> => {
    const fds = [...above.names.map((name, i) => (inAbove.includes(name) && !withoutAbove.includes(name) ? above.fds[i] ?? -1 : -1)), ...own.names.map((name, i) => (without.includes(name) ? -1 : own.fds[i] ?? -1))];
    const numbers = await read({ units: [{ first: 0, hasAbove: true }], fds: Int32Array.from(fds), rows: Int32Array.from([rows.above, 0, rows.own, isDue ? 1 : 0]), paths: Buffer.alloc(0), table: kept.table, now: clock.now });
    const of = numbers.of(1);
    return of && parseCgroupStats(version, 5n, of);
  };
  /** Until the one above tells. */
  const settle = async (): Promise<CgroupStats | undefined> => {
    await tell();
    clock.now += SETTLING_MS;
    return tell();
  };
  return { write: own.write, writeAbove: above.write, tell, settle, clock, rows, inAbove, [Symbol.dispose]: () => { own[Symbol.dispose](); above[Symbol.dispose](); } };
}

/** What a file says when something has happened. */
function later(version: 1 | 2, file: string): Texts {
  const text = TEXTS[version][file] ?? '';
  return { [file]: text.includes('avg') ? WAITED_MORE : text.replace(/\d+$/m, (digits) => String(Number(digits) + 1)) };
}

for (const version of [1, 2] as const) {
  test(`what shows in the cgroup above is read when that has changed, and else not (version ${version})`, async () => {
    for (const changed of STATS_FILES[version].filter(({ isInAbove }) => isInAbove).map(({ file }) => file)) {
      using of = below(version);
      const before = await of.settle();
      for (const file of of.inAbove) of.write(later(version, file));
      assert.deepEqual(await of.tell({ without: of.inAbove }), before);
      assert.deepEqual(await of.tell(), before);
      of.writeAbove(later(version, changed));
      const after = await of.tell();
      assert.notEqual(after?.cpuUsageNs, before?.cpuUsageNs, changed);
      assert.equal(after?.psi?.cpu.some.totalUs, 6n, changed);
    }
  });
}

test('it is read until the cgroup above, in which another has run, has been the same for long enough', async () => {
  for (const [passes, isRead] of [[[], true], [[SETTLING_MS - 1], true], [[SETTLING_MS], false], [[1, SETTLING_MS - 1, 1], false]] as const) {
    using of = below();
    await of.settle();
    of.writeAbove(later(1, 'cpuacct.usage'));
    await of.tell();
    for (const ms of passes) {
      of.clock.now += ms;
      await of.tell();
    }
    of.write(later(1, 'cpuacct.usage'));
    assert.equal((await of.tell())?.cpuUsageNs, isRead ? 101n : 100n, passes.join(' '));
  }
});

test('it is read when the cgroup above has no such file or cannot be read, when everything is due, and when nothing is kept of either', async () => {
  const [usage, pressure] = ['cpuacct.usage', 'cpu.pressure'];
  const changed = { ...later(1, usage), ...later(1, pressure) };
  const told = (stats: CgroupStats | undefined): unknown => [stats?.cpuUsageNs, stats?.psi?.cpu.some.totalUs];
  for (const [what, options, prepare, expected] of [
    ['nothing is wrong', {}, () => undefined, [100n, 5n]],
    ['no usage above', { withoutAbove: [usage] }, () => undefined, [101n, 5n]],
    ['no pressure above', { withoutAbove: [pressure] }, () => undefined, [100n, 6n]],
    ['too long above', {}, (of: ReturnType<typeof below>) => of.writeAbove({ [usage]: 'too long '.repeat(4000) }), [101n, 5n]],
    ['all is due', { isDue: true }, () => undefined, [101n, 6n]],
    ['averages fall', {}, (of: ReturnType<typeof below>) => of.write({ [pressure]: WAITS }), [101n, 6n]],
    ['nothing is kept of the one above', {}, (of: ReturnType<typeof below>) => { of.rows.above = -1; }, [101n, 6n]],
    ['nothing is kept of it', {}, (of: ReturnType<typeof below>) => { of.rows.own = -1; }, [101n, 6n]],
  ] as const) {
    using of = below();
    prepare(of);
    await of.tell(options);
    for (let time = 0; time < 2; time++, of.clock.now += SETTLING_MS) await of.tell('withoutAbove' in options ? options : {});
    await of.tell('withoutAbove' in options ? options : {});
    of.write(changed);
    assert.deepEqual(told(await of.tell(options)), expected, what);
  }
});

test('a change of memory has the rest read while the CPU is told from above', async () => {
  using of = below();
  await of.settle();
  of.write({ 'memory.usage_in_bytes': '1001', 'memory.stat': 'total_rss 8\n', 'cpuacct.usage': '101' });
  const stats = await of.tell();
  assert.deepEqual([stats?.memory.usage, stats?.memory.rss, stats?.cpuUsageNs], [1001n, 8n, 100n]);
  assert.equal((await of.tell())?.cpuUsageNs, 101n, 'not settled any more');
});
