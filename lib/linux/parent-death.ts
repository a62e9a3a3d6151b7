import { constants } from 'node:os';
import { check, native } from './libc.ts';

const PR_SET_PDEATHSIG = 1;

const prctl5 = native('prctl', 'int', ['int', 'ulong', 'ulong', 'ulong', 'ulong']);

/**
 * Ties this process to the one that started it: the kernel kills it when that one dies, whatever it is doing.
 * Call first thing, with the parent's pid as the parent told it: one that died before the call is noticed too.
 */
export function dieWithParent(parentPid: number): void {
  check(prctl5()(PR_SET_PDEATHSIG, constants.signals.SIGKILL, 0, 0, 0), 'prctl', 'PR_SET_PDEATHSIG');
  if (process.ppid !== parentPid) process.kill(process.pid, 'SIGKILL');
}
