/* Starting programs without copying the caller's memory, and watching them by pidfd. */
#pragma once
#include "io.h"

struct child {
	pid_t pid;
	int pidfd;     /* readable when it has ended; -1 when there is none */
	bool exited;   /* reaped; the two below are valid */
	bool unknown;  /* nobody knows how it ended */
	int code;      /* exit code, 128 + signal when a signal ended it, 255 when unknown */
	int signal;
};

struct spawn {
	const char *path;
	char *const *arguments;
	char *const *environment;
	const char *directory;     /* NULL: the caller's */
	int in, out, err;          /* become 0, 1, 2 */
	int extra;                 /* becomes 3; -1: none */
	bool die_with_parent;
	const char *oom_score;     /* its /proc/PID/oom_score_adj; NULL or refused: the caller's */
	unsigned mark;             /* 0: none; else all that descends from it can be told by process_marked() */
};

/* The program runs in a process group of its own, with default signals. -errno also when it cannot be executed; then no process is left. */
int spawn(const struct spawn *what, struct child *child);
/* A process that somebody else started below us (the runtime's container or exec). It must not have been reaped. */
int adopt(pid_t pid, struct child *child);
/* Reaps it if it has ended; true when it has (also on later calls). */
bool child_ended(struct child *child);
/* Records what waitid() said. */
void child_record(struct child *child, int code, int status);
/* Ends its process group at once and reaps it, waiting at most `timeout_ms`. */
void child_kill(struct child *child, int64_t timeout_ms);
static inline bool child_running(const struct child *child) { return child->pid > 0 && !child->exited; }
void child_forget(struct child *child);
