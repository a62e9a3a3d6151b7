/* What /proc says of a process. */
#pragma once
#include "io.h"

struct process {
	char state;
	int parent, group, session;
	uint64_t start;      /* ticks after boot: with the pid, the name of a process that is not used twice */
	int status;          /* of a zombie, as wait() gives it */
};

bool process_read(pid_t pid, struct process *process);

enum { MARK_MAX = 8191 };
/*
 * A mark in [1, MARK_MAX] on the calling process and all that will descend from it, whatever session, parent or cgroup it takes: some
 * nanoseconds more of timer slack (50 microseconds by default), which children inherit, programs keep over execve(), and hardly any sets.
 */
void process_mark(unsigned mark);
bool process_marked(pid_t pid, unsigned mark);
