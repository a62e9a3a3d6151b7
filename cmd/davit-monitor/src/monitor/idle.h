/* What a monitor keeps in memory while nothing happens, which is most of its life: every page of it is memory of every container on the node. */
#pragma once
#include "system/io.h"

enum {
	PAGE = 4096,
	IDLE_WORDS = 2560,   /* for arguments, environment and an idle process's frames, in the page that goes on with its state */
};

/* To be put at the start of a page. */
struct idle_stack { char space[512 * 1024 + IDLE_WORDS]; };

/*
 * The arguments, copied to where they share pages with what else an idle monitor needs; so is the environment, and `environ` is the copy.
 * Once in a process. NULL when they are too long.
 */
char **idle_keep(struct idle_stack *stack, char *const *arguments);
/*
 * A child that runs on a stack in that same place, below those `arguments`, and has let go of all that the kernel has mapped elsewhere.
 * Returns its pid, or -errno; the child ends with what `run` returns.
 */
pid_t idle_start(char **arguments, int (*run)(void *), void *what);
/* The memory below the caller's stack goes back to the kernel. */
void idle_trim(struct idle_stack *stack);
