/** Processor time of a program's processes: what a pull costs, however busy the machine is with other things. */
import { readdirSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';

/** USER_HZ, the same on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/** Processor seconds of one process so far. */
export interface CpuTime { readonly part: string; readonly seconds: number }

/** Every process of the pull by its pid. */
export function cpuTimes(): Map<string, CpuTime> {
  const times = new Map<string, CpuTime>();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const part = PARTS.find(([pattern]) => pattern.test(readFileSync(`/proc/${pid}/cmdline`, 'latin1')))?.[1];
      if (part === undefined) continue;
      // Of the process with threads that have ended; of its fields the 14th and 15th, counted from behind the name.
      const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').replace(/^.*\) /s, '').split(' ');
      times.set(pid, { part, seconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND });
    } catch {
      continue; // it has ended meanwhile
    }
  }
  return times;
}

/** What each part took between two looks; processes that ended before the second are not counted. */
export function cpuSpent(before: ReadonlyMap<string, CpuTime>, after: ReadonlyMap<string, CpuTime>): Map<string, number> {
  const sums = new Map<string, number>();
  for (const [pid, { part, seconds }] of after) sums.set(part, (sums.get(part) ?? 0) + seconds - (before.get(pid)?.seconds ?? 0));
  return sums;
}

/** Processor seconds of the whole machine so far, the kernel's own threads included: they write to the disk what others have left to them. */
export function busySeconds(): number {
  return cpus().reduce((sum, { times: { user, nice, sys, irq } }) => sum + user + nice + sys + irq, 0) / 1000;
}

/** Of davit and of the bench itself; the first that fits. */
const PARTS: readonly (readonly [RegExp, string])[] = [[/davit-unpack\0/, 'extractors'], [/storage\/worker\/main\.ts/, 'storage worker'], [/registry\/main\.ts/, "the bench's registry"], [/davit\/main\.ts\0serve/, 'daemon']];
