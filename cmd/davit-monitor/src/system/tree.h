/* Killing everything that descends from one process: children, their sessions and process groups, also those that called setsid(). */
#pragma once
#include "io.h"

enum { KILLING_MAX = 128 };

struct killing {
	pid_t session;     /* -1: none */
	unsigned mark;
	uint64_t since;    /* start of the root */
	pid_t pids[KILLING_MAX];
	unsigned count;
};

/*
 * Stops the tree of `root` until no new member appears, then kills it. All of root's session are members too, if the session is neither ours nor that
 * of `spare` (a container's init, or 0): so a process whose parent has ended is found. `spare` never is a member. More members than fit are
 * killed too, only not waited for. So are those that carry `mark` (0: none) and are not older than the root: what has left the session and
 * lost its parent is found by that.
 */
void tree_kill(struct killing *killing, pid_t root, pid_t spare, unsigned mark, uint64_t since);
/* Reaps those that are ours; true when none is left (a zombie that another process has to reap counts as gone). */
bool tree_gone(struct killing *killing);
