import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdirSync, mkdtempSync, openSync, readFileSync, readSync, rmSync, writeSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { movesPreparer, ownPath } from './ready-for-moves.ts';

const V1 = '12:cpu,cpuacct:/a/cpu\n5:pids:/a/b:c\n1:name=systemd:/s\n0::/u\n';

const cases: readonly { readonly name: string; readonly lines: string; readonly version: 1 | 2; readonly controllers: readonly string[]; readonly path: string | undefined }[] = [
  { name: 'a hierarchy of one controller, a path with a colon', lines: V1, version: 1, controllers: ['pids'], path: '/a/b:c' },
  { name: 'a hierarchy of two', lines: V1, version: 1, controllers: ['cpuacct', 'cpu'], path: '/a/cpu' },
  { name: 'version 2 beside them', lines: V1, version: 2, controllers: [], path: '/u' },
  { name: 'version 2 alone', lines: '0::/system.slice/davit.service\n', version: 2, controllers: ['pids'], path: '/system.slice/davit.service' },
  { name: 'a controller that is nowhere', lines: V1, version: 1, controllers: ['pid'], path: undefined },
  { name: 'a process above the root of its cgroup namespace', lines: '0::/../../other\n', version: 2, controllers: [], path: undefined },
];
for (const { name, lines, version, controllers, path } of cases) {
  test(`ownPath() of ${name} is ${path ?? 'unknown'}`, () => { assert.equal(ownPath(lines, { version, controllers }), path); });
}

const base = mkdtempSync(join(tmpdir(), 'davit-moves-'));
after(() => { rmSync(base, { recursive: true }); });

/** A hierarchy whose `cgroup.procs` of this process is a fifo: what is written shows, and a full one keeps writers waiting as the kernel does. */
function fifoHierarchy(name: string): { prepare: ReturnType<typeof movesPreparer>; fd: number } & Disposable {
  const [, , controllers = '', path = ''] = /^(\d+):([^:]*):(.*)$/m.exec(readFileSync('/proc/self/cgroup', 'utf8')) ?? [];
  const mountPoint = join(base, name);
  mkdirSync(join(mountPoint, path), { recursive: true });
  const fifo = join(mountPoint, path, 'cgroup.procs');
  execFileSync('mkfifo', [fifo]);
  const fd = openSync(fifo, constants.O_RDWR | constants.O_NONBLOCK);
  const hierarchy = { version: controllers === '' ? 2 : 1, mountPoint, controllers: controllers.split(',') } as const;
  return { prepare: movesPreparer(hierarchy), fd, [Symbol.dispose]: () => { closeSync(fd); } };
}

/** What is in the fifo, taken out. */
function taken(fd: number): string {
  const buffer = Buffer.alloc(64 * 1024);
  try {
    return buffer.toString('utf8', 0, readSync(fd, buffer));
  } catch {
    return ''; // EAGAIN: nothing
  }
}

const PID = String(process.pid);

test('movesPreparer() moves once, and with a signal again and again until that aborts', { timeout: 20_000 }, async (t) => {
  using fifo = fifoHierarchy('again');
  await fifo.prepare();
  assert.equal(taken(fifo.fd), PID);
  const stop = new AbortController();
  const kept = fifo.prepare(stop.signal);
  for (let seen = ''; seen.length < 3 * PID.length; seen += taken(fifo.fd)) await delay(1, undefined, { signal: t.signal });
  stop.abort();
  await kept;
  taken(fifo.fd);
  await delay(20);
  assert.equal(taken(fifo.fd), '');
});

test('movesPreparer() does not go on for ever', { timeout: 20_000 }, async () => {
  using fifo = fifoHierarchy('end');
  await fifo.prepare(new AbortController().signal);
  assert.equal(taken(fifo.fd), PID.repeat(50));
});

test('movesPreparer() keeps one thread where the kernel does not answer, whoever else asks', { timeout: 20_000 }, async () => {
  using fifo = fifoHierarchy('silent');
  assert.throws(() => { for (;;) writeSync(fifo.fd, Buffer.alloc(4096)); }, { code: 'EAGAIN' });
  const stop = new AbortController();
  const callers = Array.from({ length: 20 }, (_, n) => fifo.prepare(n % 2 === 0 ? stop.signal : undefined));
  await stat(base);
  stop.abort();
  taken(fifo.fd);
  await Promise.all(callers);
  assert.equal(taken(fifo.fd), PID);
});
