#include "tree.h"
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include "directory.h"
#include "process.h"

static bool is_member(const struct killing *killing, pid_t pid)
{
	for (unsigned i = 0; i < killing->count; i++)
		if (killing->pids[i] == pid)
			return true;
	return false;
}

static void add(struct killing *killing, pid_t pid)
{
	/* Stopped first, so that it cannot fork away while we look for the others. */
	if (killing->count < KILLING_MAX) {
		kill(pid, SIGSTOP);
		killing->pids[killing->count++] = pid;
	} else {
		kill(pid, SIGKILL);
	}
}

/* One pass over all processes; true when it found a new member. */
static bool collect(struct killing *killing, pid_t spare)
{
	struct directory proc;
	bool found = false;
	if (directory_open(&proc, "/proc") < 0)
		return false;
	for (const char *name; (name = directory_next(&proc)) != NULL;) {
		pid_t pid = (pid_t)atoi(name);
		struct process process;
		if (pid <= 1 || pid == spare || pid == getpid() || is_member(killing, pid) || !process_read(pid, &process) || process.state == 'Z')
			continue;
		bool marked = process.start >= killing->since && process_marked(pid, killing->mark);
		if (!marked && process.session != killing->session && !is_member(killing, process.parent) && !is_member(killing, process.group) && !is_member(killing, process.session))
			continue;
		add(killing, pid);
		found = killing->count < KILLING_MAX;
	}
	close_fd(&proc.fd);
	return found;
}

/* The session that a tree has for itself, or -1. */
static pid_t own_session(pid_t root, pid_t spare)
{
	struct process process, init;
	if (!process_read(root, &process) || process.session == getsid(0))
		return -1;
	return spare > 0 && process_read(spare, &init) && process.session == init.session ? -1 : process.session;
}

void tree_kill(struct killing *killing, pid_t root, pid_t spare, unsigned mark, uint64_t since)
{
	killing->count = 0;
	killing->mark = mark;
	killing->since = since;
	killing->session = own_session(root, spare);
	add(killing, root);
	while (collect(killing, spare))
		;
	for (unsigned i = 0; i < killing->count; i++)
		kill(killing->pids[i], SIGKILL);
}

bool tree_gone(struct killing *killing)
{
	unsigned left = 0;
	for (unsigned i = 0; i < killing->count; i++) {
		pid_t pid = killing->pids[i];
		struct process process;
		bool there = process_read(pid, &process) && process.state != 'X';
		if (there && process.state == 'Z') {
			/* Ours is reaped here; another's zombie is another's business. */
			there = false;
			if (process.parent == getpid())
				waitpid(pid, NULL, WNOHANG);
		}
		if (there)
			killing->pids[left++] = pid;
	}
	killing->count = left;
	return left == 0;
}
