#include "spawn.h"
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

enum { CHILD_STACK = 16 * 1024, UNKNOWN_CODE = 255 };

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
	/* Not our child: its end is known from the pidfd, its code is not. */
	if (errno != ECHILD || wait_readable(child->pidfd, 0) == 0)
		return false;
	child->exited = true;
	child->code = UNKNOWN_CODE;
	return true;
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
