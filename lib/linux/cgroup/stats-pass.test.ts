import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { KnownCgroups } from './known-cgroups.ts';
import { OpenFiles } from './open-files.ts';
import { numbersReader, type ReadNumbers } from './read-numbers.ts';
import { readStats as readLater, type StatsSource } from './stats-pass.ts';
import { numbersOf, parseCgroupStats, STATS_FILES } from './stats.ts';

/** More than a few calls take. */
const MANY = 80;
const PRESSURE = 'some avg10=1.50 avg60=0.20 avg300=0.03 total=77\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=0\n';
const text = (file: string, n: number): string => {
  if (file.endsWith('.pressure')) return PRESSURE;
  if (file === 'cgroup.events') return 'populated 1\n';
  if (file.endsWith('.stat')) return `usage_usec ${n}\nanon ${n}\ninactive_file 1\ntotal_inactive_file 1\ntotal_rss ${n}\npgfault 3\nhierarchical_memory_limit ${n + 5000}\n`;
  return `${n + 1000}\n`;
};

/** Cgroups /0, /1, … of files in a directory of the test's own. */
function scene(version: 1 | 2, options: { limit?: number; readNumbers?: ReadNumbers | undefined } = {}) {
  const root = mkdtempSync(join(tmpdir(), 'davit-stats-pass-'));
  const [files, clock] = [new OpenFiles(options.limit), { now: 0 }];
  const make = (n: number): void => {
    mkdirSync(join(root, String(n), 'container'), { recursive: true });
    for (const { file } of STATS_FILES[version]) writeFileSync(join(root, String(n), file), text(file, n));
  };
  for (let n = 0; n < MANY; n++) make(n);
  const directoryOf = (_: string, path: string): string => root + path;
  const source: StatsSource = { version, files, known: new KnownCgroups(version, files, directoryOf, () => clock.now), readNumbers: 'readNumbers' in options ? options.readNumbers : inPool(version), directoryOf, now: () => 5n };
  const remove = (n: number): void => rmSync(join(root, String(n)), { recursive: true });
  const expected = (n: number) => parseCgroupStats(version, 5n, numbersOf((_, file) => text(file, n)));
  return { source, files, root, clock, make, remove, expected, [Symbol.dispose]: () => { files.forget(root); rmSync(root, { recursive: true }); } };
}

const readStats = async (...args: Parameters<typeof readLater>) => (await readLater(...args)).map((reading) => reading.stats());

const paths = Array.from({ length: MANY }, (_, n) => `/${n}`);

function openOn(fd: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`);
  } catch {
    return 'closed meanwhile';
  }
}

function inPool(version: 1 | 2): ReadNumbers {
  return numbersReader(version) ?? assert.fail('the library is not there');
}

for (const [version, how, options] of [[1, 'by another thread', {}], [2, 'by another thread', {}], [1, 'by this thread', { readNumbers: undefined }], [2, 'by this thread', { readNumbers: undefined }]] as const) {
  test(`readStats() gives what each cgroup's files say, in order, again and again (version ${version}, ${how})`, async () => {
    using of = scene(version, options);
    for (let time = 0; time < 2; time++) assert.deepEqual(await readStats(of.source, paths), paths.map((_, n) => of.expected(n)));
    assert.deepEqual(await readStats(of.source, []), []);
  });
}

test('readStats() gives nothing for a cgroup that was never there, and the others', async () => {
  using of = scene(1);
  of.remove(40);
  assert.deepEqual(await readStats(of.source, paths), paths.map((_, n) => (n === 40 ? undefined : of.expected(n))));
});

test('readStats() has a thread open what is beyond the limit of open files, and what went there is nothing', async () => {
  for (const version of [1, 2] as const) {
    using few = scene(version, { limit: 30 });
    few.files.read = () => assert.fail('read by this thread');
    few.remove(40);
    for (let time = 0; time < 2; time++) assert.deepEqual(await readStats(few.source, paths), paths.map((_, n) => (n === 40 ? undefined : few.expected(n))));
    assert.equal(readdirSync('/proc/self/fd').filter((fd) => openOn(fd).startsWith(few.root)).length, 30);
    rmSync(join(few.root, '50', 'memory.stat'));
    const [gone] = await readStats(few.source, ['/50']);
    assert.deepEqual([gone?.memory.rss, gone?.timestampNs], [0n, 5n]);
  }
});

test('readStats() reads itself texts that are too long', async () => {
  using long = scene(1);
  for (const file of ['cpuacct.usage', 'memory.stat']) writeFileSync(join(long.root, '7', file), text(file, 7) + 'padding 1\n'.repeat(2000));
  assert.deepEqual(await readStats(long.source, paths), paths.map((_, n) => long.expected(n)));
});

test('readStats() while a cgroup goes reads no other file in its place, and closes it afterwards', async () => {
  let during = (): void => undefined;
  using of = scene(1, { readNumbers: async (from) => { during(); return inPool(1)(from); } });
  await readStats(of.source, paths);
  during = () => {
    during = () => undefined;
    of.files.forget(join(of.root, '0'));
    // Would get the lowest descriptor that is free.
    for (const { file } of STATS_FILES[1]) of.files.opened(join(of.root, '1'), file);
    of.make(MANY);
    for (const { file } of STATS_FILES[1]) of.files.opened(join(of.root, String(MANY)), file);
  };
  assert.deepEqual(await readStats(of.source, paths), paths.map((_, n) => of.expected(n)));
});

test('readStats() looks at no file of pressure where the cgroup2 hierarchy has no such cgroup', async () => {
  using of = scene(1);
  const asked: string[] = [];
  const directoryOf = (controller: string, path: string): string | undefined => { asked.push(controller); return controller === 'unified' ? undefined : of.root + path; };
  const source = { ...of.source, directoryOf, known: new KnownCgroups(1, of.files, directoryOf) };
  const [first] = await readStats(source, ['/0']);
  assert.equal(first?.psi, undefined);
  assert.equal(asked.filter((controller) => controller === 'unified').length, 1);
});
