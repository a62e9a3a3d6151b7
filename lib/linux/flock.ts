import { constants } from 'node:os';
import { check, lastErrno, native } from './libc.ts';

const LOCK_EX = 2;
const LOCK_NB = 4;

const flock2 = native('flock', 'int', ['int', 'int']);

/**
 * flock(2): makes this process the only holder of the open file `fd`, without waiting. Twice is harmless. The kernel
 * gives the lock up when `fd` is closed, also by death. @returns false when another process holds it.
 * @throws Error with `.code` and `path` in the message.
 */
export function tryLock(fd: number, path: string): boolean {
  const result = flock2()(fd, LOCK_EX | LOCK_NB);
  if (result < 0 && lastErrno() === constants.errno.EAGAIN) return false;
  check(result, 'flock', path);
  return true;
}
