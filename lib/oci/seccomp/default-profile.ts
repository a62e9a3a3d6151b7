/**
 * The profile behind RuntimeDefault. Its rules are those that container runtimes have agreed on over the years
 * (Docker's default profile, which containerd, CRI-O and Podman follow): a call is allowed when an unprivileged process
 * needs it and no namespace is left with it; calls behind a capability come with that capability; what is not listed fails
 * with EPERM. Sockets of AF_ALG and AF_VSOCK are kept out: the first is a kernel crypto interface with a long list of
 * escapes, the second reaches the hypervisor past every network namespace. clone3 fails with ENOSYS, because its flags
 * lie in memory where no filter can see them, and libraries then fall back to clone.
 * The names are system calls of all architectures; one that an architecture lacks has no effect there.
 */
import type { LinuxSeccomp, LinuxSyscall, SeccompArg } from '../spec/types.ts';
import { nativeArchitectures } from './architectures.ts';

/** Always allowed, by what they are about. */
const ALLOWED: Readonly<Record<string, string>> = {
  files: `access chdir chmod chown chown32 close close_range copy_file_range creat dup dup2 dup3 faccessat faccessat2 fadvise64 fadvise64_64 fallocate
    fchdir fchmod fchmodat fchmodat2 fchown fchown32 fchownat fcntl fcntl64 fdatasync flock fstat fstat64 fstatat64 fstatfs fstatfs64 fsync ftruncate ftruncate64
    futimesat getcwd getdents getdents64 ioctl lchown lchown32 link linkat _llseek lseek lstat lstat64 mkdir mkdirat mknod mknodat name_to_handle_at newfstatat
    open openat openat2 pipe pipe2 pread64 preadv preadv2 pwrite64 pwritev pwritev2 read readahead readlink readlinkat readv rename renameat renameat2 rmdir
    sendfile sendfile64 splice stat stat64 statfs statfs64 statx symlink symlinkat sync sync_file_range syncfs tee truncate truncate64 umask unlink unlinkat
    utime utimensat utimensat_time64 utimes vmsplice write writev cachestat listmount statmount`,
  attributes: 'fgetxattr flistxattr fremovexattr fsetxattr getxattr getxattrat lgetxattr listxattr listxattrat llistxattr lremovexattr lsetxattr removexattr removexattrat setxattr setxattrat',
  events: `epoll_create epoll_create1 epoll_ctl epoll_ctl_old epoll_pwait epoll_pwait2 epoll_wait epoll_wait_old eventfd eventfd2 fanotify_mark
    inotify_add_watch inotify_init inotify_init1 inotify_rm_watch io_cancel io_destroy io_getevents io_pgetevents io_pgetevents_time64 io_setup io_submit
    _newselect poll ppoll ppoll_time64 pselect6 pselect6_time64 select signalfd signalfd4`,
  memory: `brk madvise map_shadow_stack membarrier memfd_create memfd_secret mincore mlock mlock2 mlockall mmap mmap2 mprotect mremap mseal msync munlock munlockall munmap
    pkey_alloc pkey_free pkey_mprotect process_mrelease remap_file_pages`,
  processes: `capget capset execve execveat exit exit_group fork getegid getegid32 geteuid geteuid32 getgid getgid32 getgroups getgroups32 getpgid getpgrp getpid getppid
    getresgid getresgid32 getresuid getresuid32 getrusage getsid gettid getuid getuid32 kill pause pidfd_open pidfd_send_signal prctl process_vm_readv process_vm_writev ptrace
    setfsgid setfsgid32 setfsuid setfsuid32 setgid setgid32 setgroups setgroups32 setpgid setregid setregid32 setresgid setresgid32 setresuid setresuid32
    setreuid setreuid32 setsid setuid setuid32 tgkill times tkill vfork wait4 waitid waitpid`,
  signals: `rt_sigaction rt_sigpending rt_sigprocmask rt_sigqueueinfo rt_sigreturn rt_sigsuspend rt_sigtimedwait rt_sigtimedwait_time64 rt_tgsigqueueinfo
    restart_syscall sigaltstack sigprocmask sigreturn uretprobe`,
  threads: 'arch_prctl futex futex_requeue futex_time64 futex_wait futex_waitv futex_wake get_robust_list get_thread_area rseq set_robust_list set_thread_area set_tid_address',
  scheduling: `getcpu getpriority getrlimit ioprio_get ioprio_set prlimit64 sched_getaffinity sched_getattr sched_getparam sched_get_priority_max sched_get_priority_min
    sched_getscheduler sched_rr_get_interval sched_rr_get_interval_time64 sched_setaffinity sched_setattr sched_setparam sched_setscheduler sched_yield
    setpriority setrlimit ugetrlimit`,
  network: `accept accept4 bind connect getpeername getsockname getsockopt listen recv recvfrom recvmmsg recvmmsg_time64 recvmsg send sendmmsg sendmsg sendto
    setsockopt shutdown socketcall socketpair`,
  ipc: `ipc mq_getsetattr mq_notify mq_open mq_timedreceive mq_timedreceive_time64 mq_timedsend mq_timedsend_time64 mq_unlink msgctl msgget msgrcv msgsnd
    semctl semget semop semtimedop semtimedop_time64 shmat shmctl shmdt shmget`,
  time: `adjtimex alarm clock_adjtime clock_adjtime64 clock_getres clock_getres_time64 clock_gettime clock_gettime64 clock_nanosleep clock_nanosleep_time64 getitimer gettimeofday
    nanosleep setitimer time timer_create timer_delete timer_getoverrun timer_gettime timer_gettime64 timer_settime timer_settime64 timerfd_create
    timerfd_gettime timerfd_gettime64 timerfd_settime timerfd_settime64`,
  sandboxing: 'landlock_add_rule landlock_create_ruleset landlock_restrict_self seccomp',
  system: 'getrandom sysinfo uname',
  'x86 only': 'modify_ldt',
  'arm only': 'arm_fadvise64_64 arm_sync_file_range breakpoint cacheflush set_tls sync_file_range2',
};

/** Allowed together with a capability of the container. */
const BY_CAPABILITY: Readonly<Record<string, string>> = {
  CAP_BPF: 'bpf',
  CAP_DAC_READ_SEARCH: 'open_by_handle_at',
  CAP_PERFMON: 'perf_event_open',
  CAP_SYS_ADMIN: `bpf clone clone3 fanotify_init fsconfig fsmount fsopen fspick lookup_dcookie lsm_get_self_attr lsm_list_modules lsm_set_self_attr mount mount_setattr move_mount
    open_tree perf_event_open quotactl quotactl_fd setdomainname sethostname setns syslog umount umount2 unshare`,
  CAP_SYS_BOOT: 'reboot',
  CAP_SYS_CHROOT: 'chroot',
  CAP_SYS_MODULE: 'delete_module finit_module init_module',
  CAP_SYS_NICE: 'get_mempolicy mbind set_mempolicy set_mempolicy_home_node',
  CAP_SYS_PACCT: 'acct',
  CAP_SYS_PTRACE: 'kcmp pidfd_getfd process_madvise',
  CAP_SYS_RAWIO: 'ioperm iopl',
  CAP_SYS_TIME: 'clock_settime clock_settime64 settimeofday stime',
  CAP_SYS_TTY_CONFIG: 'vhangup',
  CAP_SYSLOG: 'syslog',
};

const EPERM = 1;
const ENOSYS = 38;
/** Every CLONE_NEW… flag but CLONE_NEWTIME, which clone(2) cannot take. */
const CLONE_NAMESPACES = 0x7e02_0000;
/** s390 has the stack first. */
const CLONE_FLAGS_ARG = process.arch === 's390x' ? 1 : 0;
const AF_ALG = 38;
const AF_VSOCK = 40;
/** PER_LINUX, PER_LINUX32, each also with UNAME26, and the question which one is set. */
const PERSONALITIES: readonly number[] = [0x0, 0x8, 0x20000, 0x20008, 0xffff_ffff];

/** @param capabilities names that the container will hold. */
export function defaultSeccompProfile(capabilities: Iterable<string> = []): LinuxSeccomp {
  const held = new Set(capabilities);
  const withAdmin = held.has('CAP_SYS_ADMIN');
  const names = [...Object.values(ALLOWED), ...Object.entries(BY_CAPABILITY).filter(([c]) => held.has(c)).map(([, n]) => n)].flatMap(words);
  return {
    defaultAction: 'SCMP_ACT_ERRNO',
    defaultErrnoRet: EPERM,
    architectures: nativeArchitectures(),
    syscalls: [
      { names: [...new Set(names)].sort(), action: 'SCMP_ACT_ALLOW' },
      ...[{ op: 'SCMP_CMP_LT', value: AF_ALG }, { op: 'SCMP_CMP_EQ', value: AF_ALG + 1 }, { op: 'SCMP_CMP_GT', value: AF_VSOCK }].map((a) => allowWhen('socket', { index: 0, ...a } as SeccompArg)),
      ...PERSONALITIES.map((value) => allowWhen('personality', { index: 0, value, op: 'SCMP_CMP_EQ' })),
      ...(withAdmin ? [] : [
        allowWhen('clone', { index: CLONE_FLAGS_ARG, value: CLONE_NAMESPACES, valueTwo: 0, op: 'SCMP_CMP_MASKED_EQ' }),
        { names: ['clone3'], action: 'SCMP_ACT_ERRNO', errnoRet: ENOSYS } as const,
      ]),
    ],
  };
}

function allowWhen(name: string, arg: SeccompArg): LinuxSyscall {
  return { names: [name], action: 'SCMP_ACT_ALLOW', args: [arg] };
}

function words(text: string): string[] {
  return text.split(/\s+/);
}
