import { closeSync } from 'node:fs';
import { check, native } from './libc.ts';

// The same on every architecture that came after the unified table (asm-generic/unistd.h).
const SYS_PIDFD_OPEN = 434;
const SYS_PIDFD_GETFD = 438;

const syscall4 = native('syscall', 'long', ['long', 'long', 'long', 'long']);

/**
 * pidfd_getfd(2): a descriptor of our own for what descriptor `fd` of process `pid` is; close-on-exec, the caller closes it. The process keeps its own.
 * @throws Error with `.code`: 'ESRCH' or 'EBADF' when there is no such process or descriptor, 'EPERM' or 'ENOSYS' where the kernel does not allow it.
 */
export function takeDescriptor(pid: number, fd: number): number {
  const subject = `/proc/${pid}/fd/${fd}`;
  const pidfd = check(syscall4()(SYS_PIDFD_OPEN, pid, 0, 0), 'pidfd_open', subject);
  try {
    return check(syscall4()(SYS_PIDFD_GETFD, pidfd, fd, 0), 'pidfd_getfd', subject);
  } finally {
    closeSync(pidfd);
  }
}
