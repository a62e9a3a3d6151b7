/* Killing everything that descends from one process: children, their sessions and process groups, also those that called setsid(). */
#pragma once
#include "io.h"

enum { KILLING_MAX = 128 };

struct killing {
	pid_t pids[KILLING_MAX];
	unsigned count;
};

/*
 * Stops the tree of `root` until no new member appears, then kills it. `spare` (a container's init, or 0) is never a member. More members than
 * fit are killed too, only not waited for.
 */
void tree_kill(struct killing *killing, pid_t root, pid_t spare);
/* Reaps those that are ours; true when none is left (a zombie that another process has to reap counts as gone). */
bool tree_gone(struct killing *killing);
