import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { KnownCgroups, type AskedCgroups } from './known-cgroups.ts';
import { OpenFiles } from './open-files.ts';
import { STATS_FILES } from './stats.ts';

const ABSENT = 'memory.swap.max';

/** Cgroup /a of version 2, but for one file; `found` tells what the descriptors are open on. */
function scene() {
  const root = mkdtempSync(join(tmpdir(), 'davit-known-cgroups-'));
  const make = (path: string): void => {
    mkdirSync(join(root, path, 'container'), { recursive: true });
    for (const { file } of STATS_FILES[2]) if (!file.endsWith(ABSENT)) writeFileSync(join(root, path, file), '');
  };
  make('/a');
  const [files, asked, clock] = [new OpenFiles(100), [] as string[], { now: 0 }];
  const directoryOf = (_: string, path: string): string => { asked.push(path); return root + path; };
  const known = new KnownCgroups(2, files, directoryOf, () => clock.now);
  const found = (path: string): string[] => [...askedOnce(known, path).fds].map((fd) => (fd < 0 ? 'absent' : readlinkSync(`/proc/self/fd/${fd}`)));
  const expected = (path: string, hasAll = false): string[] => STATS_FILES[2].map(({ file }) => (!hasAll && file.endsWith(ABSENT) ? 'absent' : join(root, path, file)));
  return { root, files, asked, clock, known, make, found, expected, [Symbol.dispose]: () => { files.forget(root); rmSync(root, { recursive: true }); } };
}

/** What one call is told, over at once. */
function askedOnce(known: KnownCgroups, ...paths: string[]): AskedCgroups {
  const asked = known.ask(paths);
  asked.release();
  return asked;
}

test('KnownCgroups finds the files of a cgroup once', () => {
  using of = scene();
  for (let time = 0; time < 3; time++) assert.deepEqual(of.found('/a'), of.expected('/a'));
  assert.equal(of.asked.length, STATS_FILES[2].length);
});

test('KnownCgroups finds them anew when any file was closed: its number may be that of another one', () => {
  using of = scene();
  of.make('/b');
  assert.deepEqual([of.found('/a'), of.found('/b')], [of.expected('/a'), of.expected('/b')]);
  of.files.forget(join(of.root, '/a'));
  of.make('/c');
  assert.deepEqual([of.found('/c'), of.found('/b'), of.found('/a')], [of.expected('/c'), of.expected('/b'), of.expected('/a')]);
});

test('KnownCgroups looks again for a file that was not there after a minute, and for a cgroup each time', () => {
  using of = scene();
  assert.ok(of.found('/later').every((found) => found === 'absent'));
  of.make('/later');
  assert.deepEqual([of.found('/a'), of.found('/later')], [of.expected('/a'), of.expected('/later')]);
  for (const file of [ABSENT, `container/${ABSENT}`]) writeFileSync(join(of.root, '/a', file), '');
  of.clock.now = 59_999;
  assert.deepEqual(of.found('/a'), of.expected('/a'));
  of.clock.now = 60_000;
  assert.deepEqual(of.found('/a'), of.expected('/a', true));
});

test('KnownCgroups tells the paths of a cgroup of which not all files can be kept open, and has nothing kept of it', () => {
  using of = scene();
  const few = new OpenFiles(3);
  const asked = askedOnce(new KnownCgroups(2, few, (_, path) => of.root + path), '/later', '/a');
  const paths = [...asked.fds].filter((fd) => fd < -1).map((fd) => Buffer.from(asked.paths.subarray(-2 - fd)).toString().split('\0', 1)[0]);
  assert.deepEqual([[...asked.fds].slice(0, STATS_FILES[2].length).every((fd) => fd === -1), paths, asked.rows.every((row) => row === -1)], [true, of.expected('/a', true), true]);
  few.forget(of.root);
});

test('KnownCgroups gives each cgroup a row of its own, the same each time, and an empty one to a cgroup that was made again', () => {
  using of = scene();
  for (const path of ['/b', '/c']) of.make(path);
  const rows = (...paths: string[]): number[] => [...askedOnce(of.known, ...paths).rows].filter((_, i) => i % 2 === 0);
  assert.deepEqual([rows('/a', '/b', '/no'), rows('/c', '/b', '/a')], [[0, 1, -1], [2, 1, 0]]);
  askedOnce(of.known, '/b').table.fill(7n);
  of.files.forget(join(of.root, '/b'));
  assert.deepEqual(rows('/a', '/b'), [0, 1]);
  const { table } = askedOnce(of.known, '/a');
  const numbers = table.length / 64;
  assert.deepEqual([...new Set(table.subarray(0, numbers)), ...new Set(table.subarray(numbers, 2 * numbers))], [7n, 0n], 'of /a what it was, of /b nothing');
});

test('KnownCgroups gives a row to one call at a time, and that of a cgroup that went meanwhile to nobody before that call is over', () => {
  using of = scene();
  for (const path of ['/b', '/c', '/d']) of.make(path);
  const first = of.known.ask(['/a', '/b']);
  const second = of.known.ask(['/b', '/b', '/c']);
  assert.deepEqual([[...first.rows], [...second.rows]], [[0, 0, 1, 0], [-1, -1, -1, -1, 2, 0]]);
  of.files.forget(join(of.root, '/a'));
  assert.deepEqual([...askedOnce(of.known, '/a').rows], [3, 0]);
  first.release();
  assert.deepEqual([...askedOnce(of.known, '/d', '/b').rows], [0, 0, 1, 0]);
  second.release();
});

test('KnownCgroups has all of a cgroup read once when its limits or those above it have changed, be it while it is read', () => {
  using of = scene();
  for (const path of ['/a/below', '/ab']) of.make(path);
  const isDue = (): boolean[] => [...askedOnce(of.known, '/a', '/a/below', '/ab').rows].filter((_, i) => i % 2 === 1).map((due) => due === 1);
  assert.deepEqual(isDue(), [false, false, false]);
  of.known.limitsChanged('/a');
  assert.deepEqual([isDue(), isDue()], [[true, true, false], [false, false, false]]);
  const underWay = of.known.ask(['/ab']);
  of.known.limitsChanged('/ab');
  assert.deepEqual([...underWay.rows], [2, 0]);
  underWay.release();
  assert.deepEqual([isDue(), isDue()], [[false, false, true], [false, false, false]]);
});

test('KnownCgroups has all of every cgroup read within a minute, and not of all of them at one time', () => {
  using of = scene();
  const paths = Array.from({ length: 64 }, (_, n) => `/${n}`);
  for (const path of paths) of.make(path);
  const files = new OpenFiles();
  const known = new KnownCgroups(2, files, (_, path) => of.root + path, () => of.clock.now);
  const dueAt: number[][] = paths.map(() => []);
  for (of.clock.now = 0; of.clock.now <= 120_000; of.clock.now += 1000) askedOnce(known, ...paths).rows.forEach((due, i) => { if (i % 2 === 1 && due === 1) dueAt[(i - 1) / 2]?.push(of.clock.now); });
  files.forget(of.root);
  for (const [first = 0, second, third] of dueAt) assert.ok(first > 30_000 && first <= 60_000 && second === first + 60_000 && third === undefined, `${first} ${second} ${third}`);
  assert.ok(Math.max(...dueAt.map(([first]) => dueAt.filter(([other]) => other === first).length)) <= paths.length / 16);
});

test('KnownCgroups asks the cgroup above some that lie together before them, for the files that show what happens below', () => {
  using of = scene();
  for (const path of ['/pod', '/pod/x', '/pod/y', '/other', '/other/z']) of.make(path);
  const paths = ['/pod/x', '/other/z', '/a', '/pod/y'];
  const asked = askedOnce(of.known, ...paths);
  assert.deepEqual([asked.units, asked.places], [[{ first: 0, hasAbove: true }, { first: 3, hasAbove: false }], [1, 3, 4, 2]]);
  const { length } = STATS_FILES[2];
  const found = (place: number): string[] => [...asked.fds].slice(place * length, (place + 1) * length).map((fd) => (fd < 0 ? 'absent' : readlinkSync(`/proc/self/fd/${fd}`)));
  assert.deepEqual(found(0), STATS_FILES[2].map(({ file, isInAbove }) => (isInAbove ? join(of.root, '/pod', file) : 'absent')));
  for (const [i, path] of paths.entries()) assert.deepEqual(found(asked.places[i] ?? 0), of.expected(path), path);
  assert.deepEqual(new Set([...asked.rows].filter((_, i) => i % 2 === 0)).size, 5, 'each its own row');
  assert.deepEqual(of.found('/pod'), of.expected('/pod'), 'asked for itself it has all of its files');
});

test('KnownCgroups asks no cgroup above that is the root, is not there, is above one or very many, is being asked, or has no room for open files', () => {
  using of = scene();
  const many = Array.from({ length: 33 }, (_, n) => `/many/${n}`);
  for (const path of ['/b', '/pod', '/pod/x', '/pod/y', '/many', ...many, '/gone/x', '/gone/y']) of.make(path);
  for (const { file } of STATS_FILES[2]) rmSync(join(of.root, '/gone', file), { force: true });
  const hasAbove = (known: KnownCgroups, ...paths: string[]): boolean => askedOnce(known, ...paths).units.some((unit) => unit.hasAbove);
  const files = new OpenFiles();
  const known = new KnownCgroups(2, files, (_, path) => of.root + path);
  const few = new OpenFiles(1);
  for (const [paths, expected] of [[['/pod/x', '/pod/y'], true], [['/a', '/b'], false], [['/gone/x', '/gone/y'], false], [['/pod/x'], false], [many, false], [many.slice(1), true]] as const) {
    assert.equal(hasAbove(known, ...paths), expected, paths.join(' '));
  }
  assert.equal(hasAbove(new KnownCgroups(2, few, (_, path) => of.root + path), '/pod/x', '/pod/y'), false);
  const underWay = known.ask(['/pod/x', '/pod/y']);
  assert.equal(hasAbove(known, '/pod/x', '/pod/y'), false);
  underWay.release();
  assert.equal(hasAbove(known, '/pod/x', '/pod/y'), true);
  for (const open of [files, few]) open.forget(of.root);
});

test('KnownCgroups gives what threads share in small units', () => {
  using of = scene();
  const paths = Array.from({ length: 20 }, (_, n) => `/no/${n}`);
  assert.deepEqual(askedOnce(of.known, ...paths).units.map(({ first }) => first), [0, 8, 16]);
});
