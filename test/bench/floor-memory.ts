/** What the least possible daemon and monitor take: a Node that does nothing, and a static C process that waits. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, rmdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { COUNTERS_MS, memoryCgroupOf, memoryHierarchy, pssBytes, rssBytes } from './processes.ts';

/** Static, with the library that the monitor is built with. */
const COMPILER = 'musl-gcc';
const WAITER = '#include <unistd.h>\nint main(void) { for (;;) pause(); }\n';
const REMOVE_TRIES = 100;

export interface MemoryFloor {
  readonly nodeRss: number;
  readonly nodePss: number;
  /** With kernel memory, by a memory cgroup of its own. */
  readonly waiterAllIn: number;
  readonly waiterPss: number;
}

/** All in bytes. */
export async function measureMemoryFloor(): Promise<MemoryFloor> {
  const { mount } = memoryHierarchy();
  const cgroup = join(mount, `davit-bench-floor-${process.pid}`);
  const directory = await mkdtemp(join(tmpdir(), 'bench-memory-'));
  const program = await compileWaiter(directory);
  await mkdir(cgroup);
  const node = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)'], { stdio: 'ignore' });
  // Moved before its exec, so that every page is charged to the cgroup.
  const waiter = spawn('/bin/sh', ['-c', 'echo $$ > "$1" && exec "$2"', 'sh', join(cgroup, 'cgroup.procs'), program], { stdio: 'ignore' });
  try {
    await delay(COUNTERS_MS);
    const { pid = 0 } = waiter;
    const all = memoryCgroupOf(pid);
    if (waiter.exitCode !== null || all?.path !== cgroup) throw new Error(`measure a waiting process: it does not wait in ${cgroup}`);
    return { nodeRss: rssBytes(node.pid ?? 0), nodePss: pssBytes(node.pid ?? 0), waiterAllIn: all.bytes, waiterPss: pssBytes(pid) };
  } finally {
    await Promise.all([node, waiter].map(end));
    await removeCgroup(cgroup);
    await rm(directory, { recursive: true });
  }
}

async function compileWaiter(directory: string): Promise<string> {
  const [source, program] = [join(directory, 'wait.c'), join(directory, 'wait')];
  await writeFile(source, WAITER);
  const child = spawn(COMPILER, ['-static', '-Os', '-s', '-o', program, source], { stdio: 'inherit' });
  const [code] = await once(child, 'exit') as [number | null];
  if (code !== 0) throw new Error(`${COMPILER}: exit code ${code}`);
  return program;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

/** The kernel lets go of it a moment after its last process. */
async function removeCgroup(path: string): Promise<void> {
  for (let n = 1; ; n++) {
    try {
      await rmdir(path);
      return;
    } catch (error) {
      if (n === REMOVE_TRIES) throw error;
      await delay(20);
    }
  }
}
