/* The process that holds a shared pid namespace: it can see nothing, do nothing and keep nothing; it waits for signals and reaps. */
#include "pause.h"
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/audit.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include "system/io.h"

enum { PAUSE_ID = 65535 };

#if defined __x86_64__
#define PAUSE_ARCH AUDIT_ARCH_X86_64
#elif defined __aarch64__
#define PAUSE_ARCH AUDIT_ARCH_AARCH64
#else
#error "pause: name the audit architecture of this machine"
#endif

/* A root directory that is empty and read-only; the old mount tree is let go, so that nothing stays mounted because of us. */
static int empty_root(void)
{
	if (unshare(CLONE_NEWNS) < 0
	    || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0
	    || mount("pause", "/proc", "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, "size=0,nr_inodes=2,mode=0555") < 0
	    || chdir("/proc") < 0
	    || syscall(SYS_pivot_root, ".", ".") < 0
	    || umount2(".", MNT_DETACH) < 0
	    || chdir("/") < 0
	    || mount(NULL, "/", NULL, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) < 0)
		return -errno;
	return 0;
}

static int drop_rights(void)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct none[2] = {{0}};
	for (int capability = 0; prctl(PR_CAPBSET_DROP, capability) == 0; capability++)
		;
	/* In a small user namespace the id may not exist: then we stay its root, without any right. */
	if (setgroups(0, NULL) == 0 && setresgid(PAUSE_ID, PAUSE_ID, PAUSE_ID) == 0)
		(void)!setresuid(PAUSE_ID, PAUSE_ID, PAUSE_ID);
	if (syscall(SYS_capset, &header, none) < 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 || prctl(PR_SET_DUMPABLE, 0) < 0)
		return -errno;
	return 0;
}

/* From here on: wait for a signal, reap, leave. Anything else ends the process. */
static int seal(void)
{
#define ALLOW(number) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (number), 0, 1), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, PAUSE_ARCH, 1, 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		ALLOW(SYS_rt_sigtimedwait), ALLOW(SYS_wait4), ALLOW(SYS_restart_syscall), ALLOW(SYS_exit_group), ALLOW(SYS_exit),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
	};
	const struct sock_fprog program = {.len = sizeof filter / sizeof *filter, .filter = filter};
	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) < 0 ? -errno : 0;
}

static int isolate(const char **step)
{
	int result;
	if ((result = empty_root()) < 0)
		*step = "empty root";
	else if ((result = drop_rights()) < 0)
		*step = "drop rights";
	return result;
}

int pause_main(void)
{
	const char *step = "";
	sigset_t signals;
	char byte;
	sigfillset(&signals);
	sigprocmask(SIG_SETMASK, &signals, NULL);
	prctl(PR_SET_NAME, PAUSE_NAME);
	setsid();
	cleanup_fd int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	int result = null < 0 ? -errno : isolate(&step);
	if (result < 0) {
		dprintf(STDERR_FILENO, "pause: %s: %s", step, strerror(-result));
		return 1;
	}
	/* Told that we are there; whoever made us writes down that we exist, and only then lets us go on. */
	if (write(STDOUT_FILENO, "k", 1) != 1 || read(STDIN_FILENO, &byte, 1) != 1)
		return 1;
	for (int fd = 0; fd < 3; fd++)
		dup2(null, fd);
	close_fd(&null);
	if (seal() < 0)
		return 1;
	for (;;) {
		int number = (int)syscall(SYS_rt_sigtimedwait, &signals, NULL, NULL, (size_t)(_NSIG / 8));
		if (number == SIGTERM || number == SIGINT)
			return 0;
		while (number == SIGCHLD && syscall(SYS_wait4, -1, NULL, WNOHANG, NULL) > 0)
			;
	}
}
