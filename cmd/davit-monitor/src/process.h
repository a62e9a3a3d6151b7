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
