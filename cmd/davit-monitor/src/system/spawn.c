#include "spawn.h"
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include "process.h"

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#endif

enum { CHILD_STACK = 16 * 1024, UNKNOWN_CODE = 255, LOOKS = 3 };

struct start {
	const struct spawn *what;
	pid_t parent;
	int error;
};

/* Runs on the caller's memory until execve(): it touches nothing but `start`. */
static int run_child(void *argument)
{
	struct start *start = argument;
	const struct spawn *what = start->what;
	for (int i = 1; i < NSIG; i++)
		signal(i, SIG_DFL);
	setpgid(0, 0);
	if (what->die_with_parent) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (getppid() != start->parent)
			_exit(127);
	}
	if (what->mark != 0)
		process_mark(what->mark);
	if (what->oom_score != NULL)
		(void)write_file("/proc/self/oom_score_adj", what->oom_score);
	sigset_t none;
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	if ((what->directory == NULL || chdir(what->directory) == 0)
	    && dup2(what->in, 0) >= 0 && dup2(what->out, 1) >= 0 && dup2(what->err, 2) >= 0
	    && (what->extra < 0 || (what->extra == 3 ? fcntl(3, F_SETFD, 0) : dup2(what->extra, 3)) >= 0))
		execve(what->path, what->arguments, what->environment);
	start->error = errno;
	_exit(127);
}

int spawn(const struct spawn *what, struct child *child)
{
	_Alignas(16) char stack[CHILD_STACK];
	struct start start = {.what = what, .parent = getpid()};
	sigset_t all, before;
	int pidfd = -1;
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &before);
	pid_t pid = clone(run_child, stack + sizeof stack, CLONE_VM | CLONE_VFORK | CLONE_PIDFD | SIGCHLD, &start, &pidfd, NULL, NULL);
	int error = errno;
#ifdef __SANITIZE_ADDRESS__
	/* The child has left its frames without returning: their marks would be found in ours, which lie there next. */
	__asan_unpoison_memory_region(stack, sizeof stack);
#endif
	sigprocmask(SIG_SETMASK, &before, NULL);
	if (pid < 0)
		return -error;
	*child = (struct child){.pid = pid, .pidfd = pidfd};
	if (start.error != 0) {
		waitpid(pid, NULL, 0);
		child_forget(child);
		return -start.error;
	}
	return 0;
}

int adopt(pid_t pid, struct child *child)
{
	int pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
	if (pidfd < 0)
		return -errno;
	*child = (struct child){.pid = pid, .pidfd = pidfd};
	return 0;
}

void child_record(struct child *child, int code, int status)
{
	child->exited = true;
	child->signal = code == CLD_EXITED ? 0 : status;
	child->code = code == CLD_EXITED ? status : 128 + status;
}

/* Since Linux 6.15 a pidfd tells how its process ended, to anybody and also after somebody else has reaped it. */
struct pidfd_info {
	uint64_t mask, cgroup;
	uint32_t pid, tgid, ppid, ruid, rgid, euid, egid, suid, sgid, fsuid, fsgid;
	int32_t status;
};
#define PIDFD_GET_INFO _IOWR(0xff, 11, struct pidfd_info)
enum { PIDFD_INFO_EXIT = 1 << 3 };

static void record_status(struct child *child, int status)
{
	child_record(child, WIFEXITED(status) ? CLD_EXITED : CLD_KILLED, WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
}

/* The end of a process that is not our child: its pidfd says that it has ended; how is known from the pidfd or, until it is reaped, from /proc. */
static bool stranger_ended(struct child *child)
{
	struct process process;
	if (wait_readable(child->pidfd, 0) <= 0)
		return false;
	/* It may be reaped between one look and the other. */
	for (int tries = 0; tries < LOOKS; tries++) {
		struct pidfd_info info = {.mask = PIDFD_INFO_EXIT};
		if (syscall(SYS_ioctl, child->pidfd, PIDFD_GET_INFO, &info) == 0 && info.mask & PIDFD_INFO_EXIT) {
			record_status(child, info.status);
			return true;
		}
		if (process_read(child->pid, &process) && process.state == 'Z') {
			record_status(child, process.status);
			return true;
		}
	}
	child->exited = child->unknown = true;
	child->code = UNKNOWN_CODE;
	return true;
}

bool child_ended(struct child *child)
{
	if (child->pid <= 0 || child->exited)
		return true;
	siginfo_t info = {0};
	if (waitid(P_PID, (id_t)child->pid, &info, WEXITED | WNOHANG) == 0) {
		if (info.si_pid == 0)
			return false;
		child_record(child, info.si_code, info.si_status);
		return true;
	}
	return errno == ECHILD && stranger_ended(child);
}

void child_kill(struct child *child, int64_t timeout_ms)
{
	if (!child_running(child))
		return;
	kill(-child->pid, SIGKILL);
	kill(child->pid, SIGKILL);
	if (wait_readable(child->pidfd, timeout_ms) > 0)
		(void)child_ended(child);
}

void child_forget(struct child *child)
{
	close_fd(&child->pidfd);
	child->pid = 0;
}
