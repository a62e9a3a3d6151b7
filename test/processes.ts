/** Processes as /proc has them, which must be that of this PID namespace. */
import { readdirSync, readFileSync } from 'node:fs';

/** What /proc/<pid>/stat says of a process; with `start` (clock ticks since boot) its number names it for good. */
export interface ProcessStat { readonly name: string; readonly state: string; readonly parent: number; readonly start: string }

/** The numbers of all processes. */
export function processNumbers(): number[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number);
}

/** Undefined where it has ended. */
export function statOf(pid: number): ProcessStat | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const end = stat.lastIndexOf(')');
    const fields = stat.slice(end + 2).split(' ');
    return { name: stat.slice(stat.indexOf('(') + 1, end), state: fields[0] ?? '', parent: Number(fields[1]), start: fields[19] ?? '' };
  } catch {
    return undefined;
  }
}

/** @returns false where it has ended */
export function sendSignal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}
