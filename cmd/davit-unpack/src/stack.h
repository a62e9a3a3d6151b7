/*
 * The open directories on the way from a layer's root to where the archive is at work. Each is opened by one name in its parent with O_NOFOLLOW:
 * the kernel never follows a symlink here. Where the archive's path goes through one, its text is read and walked in the same way, as in a container
 * whose root is the layer's: '/' is that root, and '..' ends there. Whoever changes a name stands in its parent, so everything below that name is
 * closed by then: no descriptor is ever stale.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "failure.h"
#include "limits.h"

/* Texts of symlinks that are being followed hold no more names than this. */
enum { MAX_PENDING = MAX_PATH_DEPTH + MAX_PATH_BYTES / 2 + 2 };

struct stack {
	/* The root and what is open below it. */
	int descriptors[MAX_PATH_DEPTH + 1];
	unsigned depth;
	/* So many of them have been open since whoever walks here last set this. */
	unsigned looked_at;
	/* The real path of the top, and where it ends at each depth. */
	size_t ends[MAX_PATH_DEPTH + 1];
	char path[MAX_REAL_PATH_BYTES];
	/* What stack_path_of() gave last. */
	char child[MAX_REAL_PATH_BYTES];
	/* Names of a way through symlinks, last first, and the texts that they lie in. */
	const char *pending[MAX_PENDING];
	const char *absent[MAX_PENDING];
	char links[MAX_SYMLINKS][MAX_PATH_BYTES + 1];
};

/*
 * Asked when `name` in the directory `parent` cannot be opened as a directory, for the reason `number`; `path` is its real path.
 * Returns 1: it is one now; 0: give up; -1.
 */
struct maker {
	void *context;
	int (*make)(void *context, int number, int parent, const char *name, const char *path, struct failure *failure);
};

/* `root` is a path of our own. Close with stack_free(). NULL and a failure when it cannot be opened. */
struct stack *stack_new(const char *root, struct failure *failure);
void stack_free(struct stack *stack);
/* The directory reached last. */
int stack_top(const struct stack *stack);
/* The real path of `name` in it; good until the next call. */
const char *stack_path_of(struct stack *stack, const char *name);
/*
 * Goes to the directory that the `count` names lead to, through symlinks of the layer. `maker` is asked for what is missing once all symlinks are followed; NULL gives up.
 * Returns 1, 0 when it gave up (the stack is then somewhere on the way), -1 for a path that turns in a circle or gets too deep.
 */
int stack_enter(struct stack *stack, const char *const *names, unsigned count, const struct maker *maker, struct failure *failure);
/* Refuses when the top is as deep as directories may be, or `name` in it has too long a path: a directory that is made so could not be reached. Returns 0, -1. */
int stack_may_deepen(const struct stack *stack, const char *name, struct failure *failure);
/* Goes to the directory of this real path, at most MAX_PATH_DEPTH deep: follows nothing, makes nothing. False when it is not there. */
bool stack_reach(struct stack *stack, const char *path);
