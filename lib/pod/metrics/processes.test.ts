import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { descriptorCounter, fileReader } from '#linux';
import { processFacts, type ProcessFacts, type ProcessesOf } from './processes.ts';

/** A proc(5) of links: `descriptors` by pid, and process 5 with limits. */
async function factsIn(descriptors: Readonly<Record<number, readonly string[]>>, limits: string, of: readonly ProcessesOf[], countLimits?: { processes: number; descriptors: number }): Promise<ProcessFacts[]> {
  const proc = await mkdtemp(join(tmpdir(), 'davit-proc-'));
  try {
    for (const [pid, targets] of Object.entries(descriptors)) {
      await mkdir(join(proc, pid, 'fd'), { recursive: true });
      await Promise.all(targets.map((target, fd) => symlink(target, join(proc, pid, 'fd', String(fd)))));
    }
    await writeFile(join(proc, '5', 'limits'), limits);
    return await processFacts(of, { readFiles: fileReader(), countDescriptors: descriptorCounter(proc) }, proc, countLimits);
  } finally {
    await rm(proc, { recursive: true });
  }
}

const SOFT = 'Limit                     Soft Limit           Hard Limit           Units\nMax processes             unlimited            unlimited            processes\nMax open files            1024                 4096                 files\n';
const OPEN = { 5: ['/dev/null', 'socket:[1]', 'pipe:[2]'], 6: ['socket:[3]'] };

test('processFacts() gives of each container what its processes have open and the limit of its first, without those that have ended', async () => {
  const facts = await factsIn(OPEN, SOFT, [{ pids: [6, 9], firstPid: 9 }, { pids: [5, 6], firstPid: 5 }, { pids: [], firstPid: 0 }]);
  assert.deepEqual(facts, [
    { count: 2n, descriptors: { open: 1n, sockets: 1n }, maxOpenFiles: undefined }, { count: 2n, descriptors: { open: 4n, sockets: 2n }, maxOpenFiles: 1024n },
    { count: 0n, descriptors: { open: 0n, sockets: 0n }, maxOpenFiles: undefined },
  ]);
});

test('processFacts() has no soft limit when it is unlimited', async () => {
  const [facts] = await factsIn(OPEN, 'Max open files            unlimited            unlimited            files\n', [{ pids: [5], firstPid: 5 }]);
  assert.equal(facts?.maxOpenFiles, undefined);
});

const LIMITS = { processes: 3, descriptors: 4 };
for (const [what, pids, descriptors] of [
  ['as many descriptors as are counted', [5, 6], { open: 4n, sockets: 2n }], ['one descriptor more', [5, 6, 7], undefined], ['too many in one process', [8], undefined],
  ['as many processes as are looked at', [90, 91, 92], { open: 0n, sockets: 0n }], ['one process more', [90, 91, 92, 93], undefined],
] as const) {
  test(`processFacts() of ${what}`, async () => {
    const [facts] = await factsIn({ ...OPEN, 7: ['d'], 8: ['a', 'b', 'c', 'd', 'e', 'f'] }, SOFT, [{ pids, firstPid: 5 }], LIMITS);
    assert.deepEqual(facts, { count: BigInt(pids.length), descriptors, maxOpenFiles: 1024n });
  });
}
