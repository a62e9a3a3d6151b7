/** What listing costs at least: reading the same cgroup files in a bare loop, and a bare HTTP/2 server of Node that answers as many bytes. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync, readSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { readMountInfo } from '#linux';
import { openRawSession } from '../harness/index.ts';

/** Of the controllers' files those that CRI's statistics are made of. */
const FILES = ['cpuacct.usage', 'cpu.stat', 'memory.usage_in_bytes', 'memory.current', 'memory.stat', 'memory.memsw.usage_in_bytes', 'memory.swap.current', 'cpu.pressure', 'memory.pressure', 'io.pressure'];
/** Between two passes: the kernel's counters are to be brought up to date in each, as when they are asked for now and then. */
const PAUSE_MS = 500;
const BUFFER_BYTES = 64 * 1024;

/** Milliseconds of `count` passes over the files of these processes' cgroups, kept open, by one thread. */
export async function timeOfFiles(pids: readonly number[], count: number): Promise<number[]> {
  const fds = [...new Set(pids.flatMap(filesOf))].map((file) => openSync(file, 'r'));
  const [buffer, times] = [Buffer.allocUnsafe(BUFFER_BYTES), [] as number[]];
  for (let n = 0; n < count; n++) {
    await delay(PAUSE_MS);
    const begun = performance.now();
    for (const fd of fds) readSync(fd, buffer, 0, BUFFER_BYTES, 0);
    times.push(performance.now() - begun);
  }
  fds.forEach((fd) => closeSync(fd));
  return times;
}

function filesOf(pid: number): string[] {
  const mounts = readMountInfo().filter(({ fstype }) => fstype === 'cgroup' || fstype === 'cgroup2');
  const lines = readFileSync(`/proc/${pid}/cgroup`, 'utf8').trim().split('\n');
  return lines.flatMap((line) => {
    const [, , controllers = '', path = ''] = /^(\d+):([^:]*):(.*)$/.exec(line) ?? [];
    const mount = mounts.find((m) => (controllers === '' ? m.fstype === 'cgroup2' : m.fstype === 'cgroup' && controllers.split(',').every((c) => m.superOptions.includes(c))));
    return mount ? FILES.map((file) => join(mount.mountPoint, path, file)).filter((file) => isReadable(file)) : [];
  });
}

/** Pressure may be there and switched off. */
function isReadable(file: string): boolean {
  try {
    return existsSync(file) && readFileSync(file).length >= 0;
  } catch {
    return false;
  }
}

/** Milliseconds of `count` calls to a server in a process of its own that does nothing but answer `bytes` bytes. */
export async function timeOfAnswer(bytes: number, count: number): Promise<number[]> {
  const directory = await mkdtemp(join(tmpdir(), 'bench-answer-'));
  const socket = join(directory, 'sock');
  const child = spawn(process.execPath, [join(import.meta.dirname, 'answer-process.ts'), socket, String(bytes)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  try {
    await Promise.race([once(child.stdout, 'data'), exited]);
    using session = openRawSession(socket);
    const times: number[] = [];
    for (let n = 0; n < count; n++) {
      const begun = performance.now();
      await session.call('RuntimeService/Version', new Uint8Array());
      times.push(performance.now() - begun);
    }
    return times;
  } finally {
    child.kill('SIGTERM');
    await exited;
    await rm(directory, { recursive: true, force: true });
  }
}
