import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { processFacts } from './processes.ts';

/** A proc(5) of links: `descriptors` by pid. */
async function withProc(descriptors: Readonly<Record<number, readonly string[]>>, work: (proc: string) => Promise<void>): Promise<void> {
  const proc = await mkdtemp(join(tmpdir(), 'davit-proc-'));
  try {
    for (const [pid, targets] of Object.entries(descriptors)) {
      await mkdir(join(proc, pid, 'fd'), { recursive: true });
      await Promise.all(targets.map((target, fd) => symlink(target, join(proc, pid, 'fd', String(fd)))));
    }
    await work(proc);
  } finally {
    await rm(proc, { recursive: true });
  }
}

test('processFacts() counts descriptors and sockets of all processes, without those that have ended', () => withProc({
  5: ['/dev/null', 'socket:[1]', 'pipe:[2]'], 6: ['socket:[3]', ...Array.from({ length: 100 }, (_, n) => `anon_inode:[${n}]`), 'socket:[4]'],
}, async (proc) => {
  await writeFile(join(proc, '5', 'limits'), 'Limit                     Soft Limit           Hard Limit           Units\nMax processes             unlimited            unlimited            processes\nMax open files            1024                 4096                 files\n');
  assert.deepEqual(await processFacts([5, 6, 7], 5, proc), { count: 3n, descriptors: { open: 105n, sockets: 3n }, maxOpenFiles: 1024n });
}));

test('processFacts() has no soft limit when it is unlimited or the first process has ended', () => withProc({ 5: [] }, async (proc) => {
  await writeFile(join(proc, '5', 'limits'), 'Max open files            unlimited            unlimited            files\n');
  assert.equal((await processFacts([5], 5, proc)).maxOpenFiles, undefined);
  assert.equal((await processFacts([5], 6, proc)).maxOpenFiles, undefined);
}));

const LIMITS = { processes: 3, descriptors: 4 };
for (const [what, pids, descriptors] of [
  ['as many descriptors as are counted', [5, 6], { open: 4n, sockets: 1n }], ['one descriptor more', [5, 6, 7], undefined], ['too many in one process', [8], undefined],
  ['as many processes as are looked at', [90, 91, 92], { open: 0n, sockets: 0n }], ['one process more', [90, 91, 92, 93], undefined],
] as const) {
  test(`processFacts() of ${what}`, () => withProc({ 5: ['a', 'b', 'c'], 6: ['socket:[1]'], 7: ['d'], 8: ['a', 'b', 'c', 'd', 'e', 'f'] }, async (proc) => {
    assert.deepEqual(await processFacts(pids, 5, proc, LIMITS), { count: BigInt(pids.length), descriptors, maxOpenFiles: undefined });
  }));
}

test('processFacts() sees the sockets of this very process', async () => {
  const before = await processFacts([process.pid], process.pid);
  const server = createServer().listen(0, '127.0.0.1');
  try {
    const after = await processFacts([process.pid], process.pid);
    assert.equal((after.descriptors?.sockets ?? 0n) - (before.descriptors?.sockets ?? 0n), 1n);
    assert.ok((after.maxOpenFiles ?? 0n) > 0n);
  } finally {
    server.close();
  }
});
