import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { OpenFiles } from './open-files.ts';
import { StatsDescriptors } from './stats-descriptors.ts';
import { STATS_FILES } from './stats.ts';

const ABSENT = 'memory.swap.max';

/** Cgroup /a of version 2, but for one file; `found` tells what the descriptors are open on. */
function scene() {
  const root = mkdtempSync(join(tmpdir(), 'davit-stats-descriptors-'));
  const make = (path: string): void => {
    mkdirSync(join(root, path, 'container'), { recursive: true });
    for (const { file } of STATS_FILES[2]) if (!file.endsWith(ABSENT)) writeFileSync(join(root, path, file), '');
  };
  make('/a');
  const [files, asked, clock] = [new OpenFiles(100), [] as string[], { now: 0 }];
  const directoryOf = (_: string, path: string): string => { asked.push(path); return root + path; };
  const descriptors = new StatsDescriptors(2, files, directoryOf, () => clock.now);
  const found = (path: string): string[] => [...descriptors.of(path) ?? assert.fail(`${path}: no room`)].map((fd) => (fd < 0 ? 'absent' : readlinkSync(`/proc/self/fd/${fd}`)));
  const expected = (path: string, hasAll = false): string[] => STATS_FILES[2].map(({ file }) => (!hasAll && file.endsWith(ABSENT) ? 'absent' : join(root, path, file)));
  return { root, files, asked, clock, descriptors, make, found, expected, [Symbol.dispose]: () => { files.forget(root); rmSync(root, { recursive: true }); } };
}

test('StatsDescriptors finds the files of a cgroup once', () => {
  using of = scene();
  for (let time = 0; time < 3; time++) assert.deepEqual(of.found('/a'), of.expected('/a'));
  assert.equal(of.asked.length, STATS_FILES[2].length);
});

test('StatsDescriptors finds them anew when any file was closed: its number may be that of another one', () => {
  using of = scene();
  of.make('/b');
  assert.deepEqual([of.found('/a'), of.found('/b')], [of.expected('/a'), of.expected('/b')]);
  of.files.forget(join(of.root, '/a'));
  of.make('/c');
  assert.deepEqual([of.found('/c'), of.found('/b'), of.found('/a')], [of.expected('/c'), of.expected('/b'), of.expected('/a')]);
});

test('StatsDescriptors looks again for a file that was not there after a minute, and for a cgroup each time', () => {
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

test('StatsDescriptors tells nothing of a cgroup of which not all files can be kept open', () => {
  using of = scene();
  const few = new OpenFiles(3);
  assert.equal(new StatsDescriptors(2, few, (_, path) => of.root + path).of('/a'), undefined);
  few.forget(of.root);
});
