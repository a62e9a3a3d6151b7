/** What /proc says about the processes of one container. */
import { readlinkSync } from 'node:fs';
import { opendir, readFile } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { errnoOf } from '#errors';

export interface ProcessFacts {
  readonly count: bigint;
  /** Undefined when there are more than are counted: a part of them would be no truth. */
  readonly descriptors: { readonly open: bigint; readonly sockets: bigint } | undefined;
  /** Soft limit of the container's first process; undefined: unlimited, or the process is gone. */
  readonly maxOpenFiles: bigint | undefined;
}

/** Bounds of one count of descriptors. */
const COUNT_LIMITS: CountLimits = { processes: 512, descriptors: 8192 };
/** So many links are read before others get their turn. */
const BATCH = 64;
const GONE = new Set(['ENOENT', 'ESRCH', 'EINVAL']);

export interface CountLimits {
  readonly processes: number;
  readonly descriptors: number;
}

/** @param pids of the container @param firstPid the process that it was started with @param limits beyond which descriptors are not counted */
export async function processFacts(pids: readonly number[], firstPid: number, proc = '/proc', limits = COUNT_LIMITS): Promise<ProcessFacts> {
  return { count: BigInt(pids.length), descriptors: await countDescriptors(pids, proc, limits), maxOpenFiles: await softLimitOfOpenFiles(firstPid, proc) };
}

async function countDescriptors(pids: readonly number[], proc: string, limits: CountLimits): Promise<ProcessFacts['descriptors']> {
  if (pids.length > limits.processes) return undefined;
  let [open, sockets] = [0, 0];
  for (const pid of pids) {
    const links = await unlessGone(names(`${proc}/${pid}/fd`, limits.descriptors - open));
    if (!links) continue;
    open += links.length;
    if (open > limits.descriptors) return undefined;
    for (let first = 0; first < links.length; first += BATCH) {
      if (first > 0) await setImmediate();
      sockets += links.slice(first, first + BATCH).filter(isSocket).length;
    }
  }
  return { open: BigInt(open), sockets: BigInt(sockets) };
}

/** The entries of a directory with their paths; one more than `limit` at most. */
async function names(directory: string, limit: number): Promise<string[]> {
  const found: string[] = [];
  for await (const { name } of await opendir(directory, { bufferSize: BATCH })) {
    found.push(`${directory}/${name}`);
    if (found.length > limit) break;
  }
  return found;
}

function isSocket(link: string): boolean {
  try {
    return readlinkSync(link).startsWith('socket:');
  } catch (error) {
    // Closed since its name was read.
    if (GONE.has(errnoOf(error) ?? '')) return false;
    throw error;
  }
}

async function softLimitOfOpenFiles(pid: number, proc: string): Promise<bigint | undefined> {
  const text = await unlessGone(readFile(`${proc}/${pid}/limits`, 'utf8'));
  const soft = /^Max open files\s+(\d+)/m.exec(text ?? '')?.[1];
  return soft === undefined ? undefined : BigInt(soft);
}

/** Undefined when the process ended meanwhile. */
async function unlessGone<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    if (GONE.has(errnoOf(error) ?? '')) return undefined;
    throw error;
  }
}
