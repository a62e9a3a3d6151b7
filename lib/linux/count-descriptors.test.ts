import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { descriptorCounter } from './count-descriptors.ts';

const LIBRARIES: readonly [how: string, library?: string][] = [['by another thread'], ['by this thread', '/no/library']];

/** A proc(5) of links: what each process has open, by pid. */
async function withProc(descriptors: Readonly<Record<number, readonly string[]>>, work: (proc: string) => Promise<void>): Promise<void> {
  const proc = mkdtempSync(join(tmpdir(), 'davit-proc-'));
  try {
    for (const [pid, targets] of Object.entries(descriptors)) {
      mkdirSync(join(proc, pid, 'fd'), { recursive: true });
      targets.forEach((target, fd) => { symlinkSync(target, join(proc, pid, 'fd', String(fd))); });
    }
    await work(proc);
  } finally {
    rmSync(proc, { recursive: true });
  }
}

const PROCESSES = { 5: ['/dev/null', 'socket:[1]', 'pipe:[2]'], 6: ['socket:[3]', ...Array.from({ length: 100 }, (_, n) => `anon_inode:[${n}]`), 'socket:[4]', 'sock', 'socket'], 8: [] };

for (const [how, library] of LIBRARIES) {
  test(`descriptors and sockets are counted for each group, without processes that have ended (${how})`, () => withProc(PROCESSES, async (proc) => {
    const count = descriptorCounter(proc, library);
    assert.deepEqual(await count([[5, 6, 7], [], [5], [8, 9], [6]], 1000), [[107, 3], [0, 0], [3, 1], [0, 0], [104, 2]].map(([open, sockets]) => ({ open, sockets })));
    assert.deepEqual(await count([], 1000), []);
  }));

  test(`more than the limit are not counted, and the next group is (${how})`, () => withProc(PROCESSES, async (proc) => {
    const [many, few, exactly] = await descriptorCounter(proc, library)([[5, 6], [5], [5, 8]], 3);
    assert.ok((many?.open ?? 0) > 3);
    assert.deepEqual([few, exactly], [{ open: 3, sockets: 1 }, { open: 3, sockets: 1 }]);
  }));

  test(`what is no directory of descriptors is an error (${how})`, () => withProc(PROCESSES, async (proc) => {
    mkdirSync(join(proc, '10'));
    writeFileSync(join(proc, '10/fd'), '');
    await assert.rejects(descriptorCounter(proc, library)([[5], [10]], 9), { code: 'ENOTDIR' });
  }));

  test(`the sockets of this very process are seen (${how})`, async () => {
    const count = descriptorCounter('/proc', library);
    const [before] = await count([[process.pid]], 8192);
    const server = createServer();
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    try {
      const [after] = await count([[process.pid]], 8192);
      assert.equal((after?.sockets ?? 0) - (before?.sockets ?? 0), 1);
    } finally {
      server.close();
    }
  });
}
