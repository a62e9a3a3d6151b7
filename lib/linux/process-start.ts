import { readFileSync } from 'node:fs';
import { errnoOf } from '#errors';

/** Place of `starttime` among the fields that follow the command's name in /proc/<pid>/stat (field 22, the name is field 2). */
const START_TIME_INDEX = 22 - 3;

/** Start of process `pid` in clock ticks since boot; undefined when there is none. With the pid it names a process for good: pids are used again. */
export function processStartTime(pid: number): bigint | undefined {
  try {
    return parseStartTime(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === 'ENOENT' || errno === 'ESRCH') return undefined;
    throw error;
  }
}

/** The name may hold spaces and parentheses: fields count from its last ')'. */
export function parseStartTime(stat: string): bigint | undefined {
  const field = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[START_TIME_INDEX];
  return field === undefined || !/^\d+$/.test(field) ? undefined : BigInt(field);
}
