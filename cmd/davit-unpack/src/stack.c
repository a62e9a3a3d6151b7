#include "stack.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "names.h"
#include "text.h"

static int open_directory(int parent, const char *name)
{
	return openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY);
}

struct stack *stack_new(const char *root, struct failure *failure)
{
	struct stack *stack = calloc(1, sizeof *stack);
	if (!stack) {
		fail(failure, ENOMEM, "unpack layer");
		return NULL;
	}
	stack->descriptors[0] = open_directory(AT_FDCWD, root);
	if (stack->descriptors[0] < 0) {
		fail(failure, errno, "open %s", root);
		free(stack);
		return NULL;
	}
	return stack;
}

int stack_top(const struct stack *stack)
{
	return stack->descriptors[stack->depth];
}

static void leave(struct stack *stack, unsigned depth)
{
	while (stack->depth > depth)
		close(stack->descriptors[stack->depth--]);
	if (stack->looked_at > depth)
		stack->looked_at = depth;
	stack->path[stack->ends[depth]] = '\0';
}

void stack_free(struct stack *stack)
{
	if (!stack)
		return;
	leave(stack, 0);
	close(stack->descriptors[0]);
	free(stack);
}

const char *stack_path_of(struct stack *stack, const char *name)
{
	size_t length = stack->ends[stack->depth];
	memcpy(stack->child, stack->path, length);
	if (length > 0)
		stack->child[length++] = '/';
	memcpy(stack->child + length, name, strlen(name) + 1);
	return stack->child;
}

static void push(struct stack *stack, const char *name, int descriptor)
{
	size_t end = stack->ends[stack->depth];
	if (end > 0)
		stack->path[end++] = '/';
	const size_t length = strlen(name);
	memmove(stack->path + end, name, length);
	stack->path[end + length] = '\0';
	stack->depth++;
	stack->ends[stack->depth] = end + length;
	stack->descriptors[stack->depth] = descriptor;
}

static int check_depth(unsigned depth, struct failure *failure)
{
	if (depth < MAX_PATH_DEPTH)
		return 0;
	return refuse(failure, DATA_LOSS, "unpack layer: symlinks lead an entry more than %u directories deep, at most %d are allowed", depth, MAX_PATH_DEPTH);
}

int stack_may_deepen(const struct stack *stack, const char *name, struct failure *failure)
{
	/* Each directory's path is kept as long as the layer lasts, and compared with others. */
	const size_t length = stack->ends[stack->depth] + 1 + strlen(name);
	if (length > MAX_PATH_BYTES)
		return refuse(failure, DATA_LOSS, "unpack layer: symlinks lead to a directory whose path has %zu bytes, at most %d are allowed", length, MAX_PATH_BYTES);
	return check_depth(stack->depth, failure);
}

/* Goes one directory down. Returns 0, or errno. Depth and length were checked. */
static int go_down(struct stack *stack, const char *name)
{
	const int descriptor = open_directory(stack_top(stack), name);
	if (descriptor < 0)
		return errno;
	push(stack, name, descriptor);
	return 0;
}

/* Goes up to what the stack has in common with the names; returns how many. */
static unsigned leave_to(struct stack *stack, const char *const *names, unsigned count)
{
	unsigned common = 0;
	while (common < count && common < stack->depth) {
		const size_t begin = common == 0 ? 0 : stack->ends[common] + 1, length = stack->ends[common + 1] - begin;
		if (strlen(names[common]) != length || memcmp(stack->path + begin, names[common], length) != 0)
			break;
		common++;
	}
	leave(stack, common);
	return common;
}

/* Puts the names of a symlink's text before those that are pending. */
static int push_target(struct stack *stack, char *text, unsigned *pending, struct failure *failure)
{
	struct quote quote;
	quote_text(&quote, text);
	const char *names[MAX_PATH_BYTES / 2 + 1];
	unsigned count = 0;
	for (char *name; (name = strsep(&text, "/")) != NULL;) {
		if (*name == '\0' || strcmp(name, ".") == 0)
			continue;
		if (strlen(name) > MAX_NAME_BYTES || begins_with(name, WHITEOUT_PREFIX))
			return refuse(failure, DATA_LOSS, "unpack layer: an entry lies below a symlink to %s, which cannot be a directory", quote.text);
		names[count++] = name;
	}
	while (count > 0)
		stack->pending[(*pending)++] = names[--count];
	return check_depth(*pending, failure);
}

/* Reads the symlink that could not be opened as a directory. Returns 1, 0 when it is something else, or not there. */
static int read_link(const struct stack *stack, int number, const char *name, char text[MAX_PATH_BYTES + 1], struct failure *failure)
{
	if (number != ENOTDIR && number != ELOOP)
		return 0;
	const ssize_t length = readlinkat(stack_top(stack), name, text, MAX_PATH_BYTES);
	if (length < 0)
		return errno == EINVAL ? 0 : fail(failure, errno, "read link");
	text[length] = '\0';
	return 1;
}

static int open_or_make(struct stack *stack, const char *name, const struct maker *maker, struct failure *failure)
{
	if (stack_may_deepen(stack, name, failure) < 0)
		return -1;
	int number = go_down(stack, name);
	if (number == 0)
		return 1;
	if (!maker)
		return 0;
	const int made = maker->make(maker->context, number, stack_top(stack), name, stack_path_of(stack, name), failure);
	if (made == 1 && (number = go_down(stack, name)) != 0)
		return fail(failure, number, "open directory");
	return made;
}

/* One name of a way whose symlinks are followed; `absent` names are not there so far. */
static int follow_one(struct stack *stack, const char *name, unsigned *pending, unsigned *absent, unsigned *links, struct failure *failure)
{
	if (strcmp(name, "..") == 0) {
		if (*absent > 0)
			(*absent)--;
		else if (stack->depth > 0)
			leave(stack, stack->depth - 1);
		return 0;
	}
	int is_link = 0;
	if (*absent == 0) {
		if (stack_may_deepen(stack, name, failure) < 0)
			return -1;
		const int number = go_down(stack, name);
		if (number == 0)
			return 0;
		if (*links == MAX_SYMLINKS) {
			char text[MAX_PATH_BYTES + 1];
			if ((is_link = read_link(stack, number, name, text, failure)) < 0)
				return -1;
			if (is_link)
				return refuse(failure, DATA_LOSS, "unpack layer: the way to an entry goes through more than %d symlinks", MAX_SYMLINKS);
		} else if ((is_link = read_link(stack, number, name, stack->links[*links], failure)) < 0) {
			return -1;
		}
	}
	if (!is_link) {
		stack->absent[(*absent)++] = name;
		return 0;
	}
	char *target = stack->links[(*links)++];
	if (target[0] == '/')
		leave(stack, 0);
	return push_target(stack, target, pending, failure);
}

/* Follows all links before anything is made: a '..' may lead back from a directory that is not there. */
static int follow(struct stack *stack, const char *const *names, unsigned count, const struct maker *maker, struct failure *failure)
{
	unsigned pending = 0, absent = 0, links = 0;
	while (count > 0)
		stack->pending[pending++] = names[--count];
	while (pending > 0) {
		const char *name = stack->pending[--pending];
		if (follow_one(stack, name, &pending, &absent, &links, failure) < 0)
			return -1;
	}
	for (unsigned i = 0; i < absent; i++) {
		const int there = open_or_make(stack, stack->absent[i], maker, failure);
		if (there != 1)
			return there;
	}
	return 1;
}

int stack_enter(struct stack *stack, const char *const *names, unsigned count, const struct maker *maker, struct failure *failure)
{
	for (unsigned at = leave_to(stack, names, count); at < count; at++) {
		if (stack_may_deepen(stack, names[at], failure) < 0)
			return -1;
		if (go_down(stack, names[at]) != 0)
			return follow(stack, names + at, count - at, maker, failure);
	}
	return 1;
}

bool stack_reach(struct stack *stack, const char *path)
{
	char text[MAX_REAL_PATH_BYTES], *rest = text;
	const char *names[MAX_PATH_DEPTH] = {NULL};
	unsigned count = 0;
	memcpy(text, path, strlen(path) + 1);
	for (char *name; *path != '\0' && (name = strsep(&rest, "/")) != NULL;) {
		if (count == MAX_PATH_DEPTH)
			return false;
		names[count++] = name;
	}
	for (unsigned at = leave_to(stack, names, count); at < count; at++)
		if (go_down(stack, names[at]) != 0)
			return false;
	return true;
}
