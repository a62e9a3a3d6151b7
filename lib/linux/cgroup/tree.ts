/** Walking, emptying and removing a cgroup with all below it. */
import { readdirSync, readFileSync } from 'node:fs';
import { readdir, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { errnoOf } from '#errors';
import { abortedError } from '../aborted.ts';
import type { CgroupKind } from './layout.ts';

/** First and longest wait between two tries while processes leave; killing takes the kernel a few ms. */
const RETRY_MS = { first: 2, longest: 50 } as const;

/** Removes `directory` and all cgroups below it, deepest first; EBUSY (a process is still leaving) is tried again until `signal` aborts. */
export async function removeTree(directory: string, signal: AbortSignal): Promise<void> {
  const what = `remove cgroup '${directory}'`;
  for (let wait: number = RETRY_MS.first; ; wait = Math.min(wait * 2, RETRY_MS.longest)) {
    if (signal.aborted) throw abortedError(what, signal);
    if (await tryRemove(directory)) return;
    await pause(wait, signal, `${what}: processes are left in it`);
  }
}

async function pause(ms: number, signal: AbortSignal, what: string): Promise<void> {
  try {
    await delay(ms, undefined, { signal });
  } catch {
    throw abortedError(what, signal);
  }
}

async function tryRemove(directory: string): Promise<boolean> {
  if (await removeEmpty(directory)) return true;
  const results = await Promise.all((await children(directory)).map((child) => tryRemove(child)));
  return results.every((done) => done) && removeEmpty(directory);
}

async function removeEmpty(directory: string): Promise<boolean> {
  try {
    await rmdir(directory);
    return true;
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === 'ENOENT') return true;
    // EBUSY: processes or child cgroups. EINTR: the kernel's lock was waited for.
    if (errno === 'EBUSY' || errno === 'ENOTEMPTY' || errno === 'EINTR') return false;
    throw error;
  }
}

async function children(directory: string): Promise<string[]> {
  try {
    return (await readdir(directory, { withFileTypes: true })).filter((e) => e.isDirectory()).map((e) => join(directory, e.name));
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return [];
    throw error;
  }
}

/** SIGKILL until no process is left in or below `directories` (one cgroup in its hierarchies). */
export async function killAll(kind: CgroupKind, directories: readonly string[], signal: AbortSignal): Promise<void> {
  for (let wait: number = RETRY_MS.first; ; wait = Math.min(wait * 2, RETRY_MS.longest)) {
    const pids = processes(directories);
    if (pids.length === 0) return;
    await (kind === 'v2' ? killCgroup(directories, pids) : killEach(directories, pids));
    await pause(wait, signal, `kill the processes of cgroup '${directories[0] ?? ''}': ${pids.length} left`);
  }
}

/** One write kills all, also those that fork meanwhile (Linux 5.14); older kernels get a signal per process. */
async function killCgroup(directories: readonly string[], pids: readonly number[]): Promise<void> {
  try {
    await Promise.all(directories.map((d) => writeFile(join(d, 'cgroup.kill'), '1', { flag: 'r+' })));
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') await killEach(directories, pids);
    else throw error;
  }
}

async function killEach(directories: readonly string[], pids: readonly number[]): Promise<void> {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      if (errnoOf(error) !== 'ESRCH') throw error;
    }
  }
  // A frozen process of version 1 dies only when it is thawed.
  await Promise.all(directories.map((d) => writeFile(join(d, 'freezer.state'), 'THAWED', { flag: 'r+' }).catch(() => undefined)));
}

/** The pids in or below `directories`, each once. */
export function processes(directories: readonly string[]): number[] {
  const pids = new Set<number>();
  for (const directory of directories) collect(directory, pids);
  return [...pids];
}

function collect(directory: string, pids: Set<number>): void {
  try {
    for (const line of readFileSync(join(directory, 'cgroup.procs'), 'utf8').split('\n')) if (line !== '') pids.add(Number(line));
    for (const entry of readdirSync(directory, { withFileTypes: true })) if (entry.isDirectory()) collect(join(directory, entry.name), pids);
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT' && errnoOf(error) !== 'ENODEV') throw error;
  }
}
